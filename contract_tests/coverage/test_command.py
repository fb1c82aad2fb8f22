"""`python -m tools coverage`: a table for people, and an exit code."""

from __future__ import annotations

import pytest

from tools.commands.coverage import main, table
from tools.coverage.items import Coverage, Item
from tools.findings import Subject
from tools.report import FINE, NEEDS_A_PERSON


def test_the_contract_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--operation", "getCandles"]) == FINE

    said = capsys.readouterr()
    assert "getCandles" in said.err
    assert "searchTickers" not in said.err


def test_an_operation_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--operation", "nothing*"]) == NEEDS_A_PERSON

    assert "no operation is called 'nothing*'; there are " in capsys.readouterr().err


def item(operation: str, name: str) -> Item:
    return Item(Subject(operation, "query", "/q"), "keyword", name, "accepted")


def test_the_table_has_a_row_for_each_operation_and_one_for_all() -> None:
    coverage = Coverage({item("one", "type"): 1, item("two", "type"): 0, item("two", "enum"): 3})

    rows = [" ".join(line.split()) for line in table(coverage)]

    assert rows[1:] == ["one 100.00% 1/1 - - - - -", "two 50.00% 1/2 - - - - -", "all 66.67% 2/3 - - - - -"]


def test_the_table_can_leave_out_what_is_complete() -> None:
    coverage = Coverage({item("one", "type"): 1, item("two", "type"): 0})

    rows = [line.split()[0] for line in table(coverage, missing=True)]

    assert rows == ["operation", "two", "all"]
