"""The coverage of the contract as it is: complete; what would make it less is found at its line."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.registry import entries
from tools.artefacts import ROOT
from tools.corpus import files as corpus_files
from tools.corpus.entries import BadEntry
from tools.coverage.findings import FELL, RULES, findings, rule_of
from tools.coverage.items import Coverage, Item
from tools.coverage.measuring import files, measured, threshold, threshold_in
from tools.findings import Place, Severity, Subject
from tools.goldens import replay
from tools.openapi.document import document
from tools.sources import Sources

MADE = document()
GOLDENS = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in replay.files()}
CORPUS = corpus_files.committed()
SOURCES = Sources(entries())


@pytest.fixture(scope="module")
def whole() -> Coverage:
    return measured(MADE, GOLDENS, CORPUS)


def without(goldens: Mapping[str, bytes], part: str) -> dict[str, bytes]:
    return {path: data for path, data in goldens.items() if part not in path}


def test_everything_in_the_contract_is_exercised(whole: Coverage) -> None:
    assert whole.missing == []
    assert whole.share == 1


def test_a_status_whose_goldens_are_gone_is_unexercised() -> None:
    coverage = measured(MADE, without(GOLDENS, "createConfiguration/409"), {})

    found = [
        f for f in findings(coverage, SOURCES, None) if f.subject == Subject("createConfiguration", "response 409")
    ]
    assert [(f.rule, f.severity) for f in found] == [("status-unexercised", Severity.ERROR)]
    assert found[0].place is not None
    assert found[0].place.path == "models/dashboard/configurations.py"
    assert found[0].message.endswith("add an Example to createConfiguration in models/dashboard/configurations.py")


def test_a_new_constraint_that_nothing_exercises_is_found_at_its_type() -> None:
    changed = copy.deepcopy(MADE)
    search = changed["paths"]["/api/v2/tickers/search"]["get"]
    next(p for p in search["parameters"] if p["name"] == "limit")["schema"]["exclusiveMaximum"] = 10**9

    found = list(findings(measured(changed, GOLDENS, CORPUS), SOURCES, None))

    assert [(f.rule, f.subject.pointer, f.key) for f in found] == [
        ("constraint-unexercised", "/limit", ["keyword", "exclusiveMaximum", "refused"])
    ]
    assert found[0].place is not None
    assert "SearchLimit" in Path(ROOT, found[0].place.path).read_text().splitlines()[found[0].place.line - 1]


def test_what_the_gate_proved_once_is_exercised_for_every_operation() -> None:
    coverage = measured(MADE, GOLDENS, {})

    for_all = [
        n for i, n in coverage.exercised.items() if i.kind == "status" and i.name in ("400", "413", "415", "500")
    ]
    assert min(for_all) > 0


def test_the_probes_own_goldens_exercise_no_operation() -> None:
    only_the_gates = {path: data for path, data in GOLDENS.items() if path.startswith("golden/gate/")}

    shown = {i.name for i, n in measured(MADE, only_the_gates, {}).exercised.items() if n and i.kind == "status"}
    assert shown == {"400", "413", "415", "500"}


def test_the_corpus_exercises_what_no_golden_does(whole: Coverage) -> None:
    alone = measured(MADE, GOLDENS, {})

    assert alone.share < whole.share


def test_a_line_of_the_corpus_that_is_no_entry_is_named() -> None:
    with pytest.raises(BadEntry, match=r"^golden/corpus/getMe.jsonl:1: "):
        measured(MADE, {}, {"golden/corpus/getMe.jsonl": b"{}\n"})


def test_a_share_below_the_bases_threshold_fails(whole: Coverage) -> None:
    less = measured(MADE, GOLDENS, {})

    fell = [f for f in findings(less, SOURCES, threshold(whole)) if f.rule == FELL]
    assert len(fell) == 1
    assert fell[0].place == Place("spec/coverage.json", 1)
    assert not [f for f in findings(less, SOURCES, threshold(less)) if f.rule == FELL]


def test_the_committed_file_tells_the_next_run_its_threshold(whole: Coverage) -> None:
    data = files(whole)["spec/coverage.json"]

    assert threshold_in(data) == threshold(whole)
    assert json.loads(data)["unexercised"] == []


@pytest.mark.parametrize("data", [None, b"", b"[]", b"{}", b'{"threshold": null}', b'{"threshold": "x"}'])
def test_a_base_without_a_threshold_has_none_to_fall_from(data: bytes | None) -> None:
    assert threshold_in(data) is None


@given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
def test_the_threshold_is_the_share_without_what_is_beyond_four_digits(counts: list[int]) -> None:
    coverage = Coverage(
        {Item(Subject("op", "query", f"/{n}"), "keyword", "type", "accepted"): c for n, c in enumerate(counts)}
    )

    assert threshold(coverage) <= coverage.share < threshold(coverage) + Fraction(1, 10_000)
    assert threshold_in(files(coverage)["spec/coverage.json"]) == threshold(coverage)
    assert coverage.share == Fraction(sum(c > 0 for c in counts), len(counts))


def test_every_kind_of_item_has_a_rule_with_a_text(whole: Coverage) -> None:
    assert {rule_of(item) for item in whole.exercised} | {FELL} == set(RULES)
