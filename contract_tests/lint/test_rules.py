"""Each rule of the lint finds what breaks it, at its line, and nothing in what keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.lint.cases import CASES, Case
from contract_tests.lint.small import small
from models.registry import entries
from tools.findings import Severity
from tools.lint.linting import linted
from tools.lint.rule import Rule
from tools.lint.rules import (
    caching,
    constraints,
    deprecation,
    links,
    methods,
    names,
    operation_ids,
    pages,
    paths,
    pattern,
    statuses,
    texts,
    types,
    unused,
)
from tools.lint.table import RULES, TABLE
from tools.openapi.document import document
from tools.sources import Sources

MODULES = (
    caching, constraints, deprecation, links, methods, names, operation_ids, pages, paths, pattern, statuses, texts, types,
    unused,
)  # fmt: skip


def sentence(case: Case) -> str:
    """The rule, as the name of a test."""
    return f"{RULES[case.rule].title} ({case.line.strip(' (=:')})"


@pytest.mark.parametrize("case", CASES, ids=sentence)
def test_what_breaks_a_rule_is_found_at_its_line(case: Case, tmp_path: Path) -> None:
    contract = small(tmp_path, case.breaks)
    found = contract.linted(case.rule)

    assert [finding.rule for finding in found] == [case.rule], found
    assert contract.line(found[0]).startswith(case.line)


def test_the_small_contract_breaks_no_rule(tmp_path: Path) -> None:
    contract = small(tmp_path, {})
    found = linted(contract.entries, document(contract.entries), Sources(contract.entries))

    assert found == []


@pytest.mark.parametrize("case", [case for case in CASES if case.keeps], ids=sentence)
def test_what_keeps_a_rule_is_not_found(case: Case, tmp_path: Path) -> None:
    found = small(tmp_path, case.keeps).linted(case.rule)

    assert found == []


@pytest.mark.parametrize("text", ["", "finds things", "Finds things.", "F" * 61])
def test_a_summary_is_a_short_line(tmp_path: Path, text: str) -> None:
    contract = small(tmp_path, {})
    contract.entries[0].operation.summary = text
    found = contract.linted("summary-short")

    assert [contract.line(finding) for finding in found] == ['summary="Find a thing",']


def test_a_tag_says_what_it_is(tmp_path: Path) -> None:
    found = small(tmp_path, {}, described="").linted("described")

    assert [(finding.message, finding.place and finding.place.path) for finding in found] == [
        ("the tag things has no description", "models/registry.py")
    ]


def test_a_credential_that_the_gate_reads_needs_no_bound(tmp_path: Path) -> None:
    fields = '    {}: Annotated[str | None, Query()] = None\n    """Who asks."""'
    read = small(tmp_path, {"fields": fields.format("user_token")}).linted("text-bounded")
    unread = small(tmp_path, {"fields": fields.format("other_token")}).linted("text-bounded")

    assert read == []
    assert len(unread) == 1


def test_a_line_at_fault_in_many_places_is_one_finding(tmp_path: Path) -> None:
    parts = {"head": "Big = Annotated[int, Le(2**60)]"}
    parts |= {"members": '    one: Big\n    """One."""\n    two: Big\n    """Two."""', "shown": '"one": 1, "two": 2'}
    found = small(tmp_path, parts).linted("integer-exact")

    assert [(str(finding.subject), finding.detail) for finding in found] == [
        ("getThing response 200 /one", "also getThing response 200 /two")
    ]


def test_the_contract_breaks_no_rule_that_is_an_error() -> None:
    everything = list(entries())
    found = linted(everything, document(), Sources(everything))

    assert [f"{f.place}: {f.rule}: {f.message}" for f in found if f.severity is Severity.ERROR] == []


def test_every_rule_is_in_the_table_once_and_has_a_case() -> None:
    written = [rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)]

    assert sorted(rule.text.id for rule in written) == sorted(rule.text.id for rule in TABLE)
    assert len(RULES) == len(TABLE)
    assert {case.rule for case in CASES} | {"summary-short"} == set(RULES)


def test_every_rule_says_what_it_demands_and_what_to_do() -> None:
    wordless = [rule.id for rule in RULES.values() if not rule.title.endswith(".") or len(rule.help) < 40]

    assert wordless == []
