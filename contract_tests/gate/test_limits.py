"""Rate limits: for each caller or address, in each window, exactly as many requests as declared."""

from __future__ import annotations

from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contract_tests.client import value
from contract_tests.gate import trial
from handlers.gate.gate import Gate
from handlers.runtime.clock import FixedClock
from handlers.storage.counts import Counts
from handlers.storage.sqlite import SqliteStore
from tools.events import SHAPES, HttpCall, Pairs, Received, received

WINDOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
"""The beginning of a window of a minute."""


class Counted:
    """The counts of a store, as the function keeps them."""

    def __init__(self, store: SqliteStore) -> None:
        self._counts = Counts(store)

    def count(self, name: str, window_start: int, window_seconds: int) -> int:
        return self._counts.count(name, window_start, window_seconds)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(WINDOW + timedelta(seconds=10))


@pytest.fixture
def gate(clock: FixedClock) -> Gate:
    return trial.gate(clock, Counted(SqliteStore(":memory:", clock)))


def ask(
    gate: Gate, path: str = "/counted", source: str = "203.0.113.7", shape: str = "v1", headers: Pairs = ()
) -> Received:
    event = SHAPES[shape](HttpCall("GET", path, "", headers))
    event["requestContext"].setdefault("identity", {})["sourceIp"] = source
    event["requestContext"].setdefault("http", {})["sourceIp"] = source
    return received(gate(event))


def used_up(gate: Gate, **asked: str) -> None:
    for _ in range(trial.LIMIT.requests):
        assert ask(gate, **asked).status == 200  # type: ignore[arg-type]
    assert ask(gate, **asked).status == 429  # type: ignore[arg-type]


def allowance(got: Received) -> tuple[str | None, ...]:
    return tuple(got.header(f"X-RateLimit-{name}") for name in ("Limit", "Remaining", "Reset"))


def test_every_answer_says_what_is_left_and_the_refusal_when_to_retry(gate: Gate) -> None:
    got = [ask(gate) for _ in range(5)]
    reset = str(int(WINDOW.timestamp()) + 60)

    assert [answer.status for answer in got] == [200, 200, 200, 429, 429]
    assert [allowance(answer) for answer in got] == [("3", left, reset) for left in "21000"]
    assert [answer.header("Retry-After") for answer in got] == [None, None, None, "50", "50"]
    assert value(got[-1])["code"] == "TOO_MANY_REQUESTS"
    assert got[-1].header("Cache-Control") == "no-store"


def test_the_next_window_starts_when_the_clock_says_so_and_not_a_second_before(gate: Gate, clock: FixedClock) -> None:
    used_up(gate)
    clock.at = WINDOW + timedelta(seconds=59, microseconds=999_999)
    late = ask(gate)
    clock.at = WINDOW + timedelta(seconds=60)

    assert (late.status, late.header("Retry-After")) == (429, "1")
    assert allowance(ask(gate)) == ("3", "2", str(int(WINDOW.timestamp()) + 120))


def test_addresses_and_operations_are_counted_apart_and_shapes_together(gate: Gate) -> None:
    used_up(gate, source="203.0.113.7")

    assert [ask(gate, shape=shape).status for shape in SHAPES] == [429, 429, 429]
    assert ask(gate, source="203.0.113.8").status == 200
    assert ask(gate, path="/counted-too").status == 200


def test_operations_that_name_the_same_bucket_use_its_requests_up_together(gate: Gate) -> None:
    got = [ask(gate, path) for path in ("/sharing", "/sharing-too", "/sharing", "/sharing-too", "/sharing")]

    assert [answer.status for answer in got] == [200, 200, 200, 429, 429]
    assert [answer.header("X-RateLimit-Remaining") for answer in got] == list("21000")
    assert ask(gate, "/sharing-too", source="203.0.113.8").status == 200
    assert ask(gate, "/counted").status == 200


def test_callers_are_counted_wherever_they_call_from(gate: Gate) -> None:
    one: Pairs = (("Authorization", f"Bearer {trial.ONE}"),)
    other: Pairs = (("X-User-ID", trial.OTHER),)
    got = [ask(gate, "/counted-callers", f"203.0.113.{n}", headers=one).status for n in range(4)]

    assert got == [200, 200, 200, 429]
    assert ask(gate, "/counted-callers", "203.0.113.0", headers=other).status == 200


def test_a_public_operation_counts_addresses_whatever_credential_comes_along(gate: Gate) -> None:
    got = [ask(gate, headers=(("X-User-ID", f"somebody {n}"),)).status for n in range(4)]

    assert got == [200, 200, 200, 429]


def test_a_request_without_a_live_credential_uses_nothing_up(gate: Gate) -> None:
    for _ in range(5):
        assert ask(gate, "/counted-callers", headers=(("X-User-ID", "nobody"),)).status == 401

    assert allowance(ask(gate, "/counted-callers", headers=(("X-User-ID", trial.ONE),)))[1] == "2"


def test_a_setting_turns_limits_off(clock: FixedClock) -> None:
    gate = trial.gate(clock, Counted(SqliteStore(":memory:", clock)), rate_limits=False)
    got = [ask(gate) for _ in range(5)]

    assert {answer.status for answer in got} == {200}
    assert {allowance(answer) for answer in got} == {(None, None, None)}


def test_threads_together_never_exceed_a_limit(tmp_path: Path, clock: FixedClock) -> None:
    gate = trial.gate(clock, Counted(SqliteStore(str(tmp_path / "counts.db"), clock)))
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: ask(gate), range(40)))

    assert Tally(answer.status for answer in got) == {200: trial.LIMIT.requests, 429: 40 - trial.LIMIT.requests}
    assert sorted(allowance(answer)[1] or "" for answer in got if answer.status == 200) == ["0", "1", "2"]
