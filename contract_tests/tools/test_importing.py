"""A model that does not load is told by a sentence with its line and exit code 100, never by a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.copies import copied, run
from contract_tests.lines import line_of

TICKERS = "models/dashboard/tickers.py"
BREAKAGES = {
    "no Python": ("class TickerMatch(Response):", "class TickerMatch(Response)", "class TickerMatch", "SyntaxError"),
    "a name that is not there": ("Field(ge=1, le=20)", "Feld(ge=1, le=20)", "SearchLimit =", "name 'Feld' is not defined"),
    "a module that is not there": (
        "from annotated_types", "from annotated_tips", "from annotated_tips", "No module named 'annotated_tips'"),
    "a type that is not there": ("    symbol: Ticker\n", "    symbol: Tickr\n", "symbol: Tickr", "name 'Tickr' is not defined"),
    "a type that nothing can be read as": ("    name: str\n", "    name: object()\n", "name: object()", "TickerMatch.name"),
    "a parameter without a location": (
        "symbol: Annotated[Ticker, Query()]", "symbol: Annotated[Ticker, Query]", "symbol: Annotated", "it has no location"),
    "an operation that says too little": ('    summary="Find symbols",\n', "", "SEARCH =", "'summary'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("unimportable"))


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_does_not_load_opens_at_its_line(copy: Path, what: str) -> None:
    old, new, line, says = BREAKAGES[what]
    file = copy / TICKERS
    whole = file.read_text("utf-8")
    try:
        file.write_text(whole.replace(old, new, 1), "utf-8")
        place = line_of(TICKERS, line, root=copy)
        ran = run(copy, "lint")
    finally:
        file.write_text(whole, "utf-8")

    assert ran.returncode == 100
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"{place} "), ran.stderr
    assert says in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_what_is_no_fault_of_the_models_is_not_said_to_be(copy: Path) -> None:
    file = copy / "tools/lint/table.py"
    whole = file.read_text("utf-8")
    try:
        file.write_text(whole + "\nraise ValueError('ours')\n", "utf-8")
        ran = run(copy, "lint")
    finally:
        file.write_text(whole, "utf-8")

    assert ran.returncode == 1
    assert "Traceback" in ran.stderr
