"""The bench measures what it says it measures; how long anything takes is no matter of a test."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handlers.runtime.log import log
from tools.bench import floor, warm
from tools.bench.cold import FIRST_ANSWER, FLOOR, started
from tools.bench.measure import Budget, Costs, costs
from tools.bench.rows import Results, Row, as_markdown
from tools.commands import bench
from tools.events import SHAPES
from tools.report import Report


def measured(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    assert bench.main(["--quick", "--json", *args]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.exhaustive
def test_every_target_has_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {(row["group"], row["what"]): row for row in measured(capsys)["rows"]}

    targets = {what: (row["kind"], row["target"]) for (_, what), row in rows.items() if row["target"] is not None}
    assert targets == {
        "list of 50": ("most", 1.6),
        "POST": ("most", 2.0),
        "422": ("most", 2.0),
        "1,000 candles": ("most", 1.5),
        "404": ("most", 5.0),
        "405": ("most", 5.0),
        "400 routes against 10": ("between", 0.1),
        "first tickers response, CPU time": ("most", 1.5),
        "… against a floor without plugin search": ("most", 1.5),
        "peak memory": ("most", 1.3),
        "the document of all operations": ("most", 1.0),
        "generate --check, whole process": ("most", 2.0),
        "diff HEAD, whole process": ("most", 2.0),
        "check --base HEAD, whole process": ("most", 60.0),
        "diff of thirty changes with witnesses": ("most", 20.0),
        "golden replay, one core": ("least", 1000),
        "corpus replay, one core": ("least", 2000),
        "fuzzing, one process": ("least", 200),
        "collect → judge → buckets, articles of 188 characters": ("most", 1.5),
        "collect → judge → buckets, articles of 1865 characters": ("most", 1.5),
        "the slowest operation, p95": ("most", 10.0),
        "timeseries, newest hours, median": ("most", 1.0),
        "timeseries, batch of 10, p95": ("most", 10.0),
        "time series remembered": ("least", 80.0),
        "DynamoDB, a month": ("most", 60.0),
        "slowest first answer of a tag, CPU time": ("most", 1.5),
        "largest peak memory of a tag": ("most", 1.5),
        "slowest import of a job, CPU time": ("most", 1.5),
    }
    assert all(row["value"] > 0 for row in rows.values() if row["target"] is not None)


@pytest.mark.exhaustive
def test_one_group_can_be_measured_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["group"] for row in measured(capsys, "--only", "warm")["rows"]} == {"warm request"}


@pytest.mark.exhaustive
def test_the_level_of_the_log_is_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    before = log.log_level
    measured(capsys, "--only", "warm")

    assert log.log_level == before


def test_the_floor_gives_the_bytes_that_the_gate_gives() -> None:
    floor.ready()
    gate = warm.gate_of(100)
    for call, answer in ((warm.LIST, floor.list_rows), (warm.POST, floor.create_row), (warm.BROKEN, floor.create_row)):
        event = SHAPES["v1"](call)

        assert gate(event)["body"].encode() == answer(event)


def test_the_floor_of_the_candles_is_most_of_their_answer() -> None:
    body = warm.gate_of(100)(SHAPES["v1"](warm.CANDLES))["body"].encode()

    assert body == b'{"candles":' + floor.candles() + b"}"


def test_a_subject_that_answers_something_else_is_not_measured() -> None:
    with pytest.raises(AssertionError, match="answers 404, not 200"):
        warm.subject(warm.gate_of(10), warm.UNKNOWN, 200)


@pytest.mark.exhaustive
def test_subjects_take_turns_and_are_all_called_in_every_round() -> None:
    seen: list[str] = []
    found = costs({name: lambda name=name: seen.append(name) for name in "ab"}, Budget(rounds=4, round_ns=1))  # type: ignore[misc]

    assert {len(rounds) for rounds in found.rounds.values()} == {4}
    assert set(seen) == {"a", "b"}


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    found = Costs({"floor": [1.0, 10.0, 100.0], "subject": [2.0, 30.0, 200.0]})

    assert (found.ns("floor"), found.ratio("subject", "floor")) == (10.0, 2.0)


def test_a_fresh_process_uses_time_and_memory() -> None:
    floor_start, first = started([FLOOR, FIRST_ANSWER], 1)

    assert all(start.ms > 1 and 5 < start.mib < 500 for start in (floor_start, first))


@pytest.mark.parametrize(("kind", "value", "holds"), [("most", 2.0, True), ("most", 2.1, False), ("least", 1.9, False),
                                                      ("least", 2.0, True)])  # fmt: skip
def test_a_target_holds_up_to_its_bound(kind: Any, value: float, holds: bool) -> None:
    assert Row("g", "w", value, "×", 2.0, kind).holds is holds


@pytest.mark.parametrize(("value", "holds"), [(0.89, False), (0.91, True), (1.09, True), (1.11, False)])
def test_flat_is_within_a_tenth_on_both_sides(value: float, holds: bool) -> None:
    assert Row("g", "w", value, "×", 0.1, "between").holds is holds


def test_a_row_without_a_target_is_never_over() -> None:
    results = Results([Row("g", "w", 9e9, "µs")], [])

    assert not results.over
    assert "| g: w |" in as_markdown(results)


def test_a_missed_target_fails_only_where_it_was_asked_for() -> None:
    results = Results([Row("g", "slow", 3.0, "×", 2.0)], [])
    report = Report(quiet=True)

    assert (bench.outcome(report, results, gate=False), bench.outcome(report, results, gate=True)) == (0, 100)
