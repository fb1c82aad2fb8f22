"""Refreshes: one at a time and one in five minutes, whoever asks, and none is lost with the job that took it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.items import Store, StoreUnavailable
from handlers.storage.refreshes import INTERVAL, KEPT, LEASE, LeftOut, Refresh, Refreshes, TooSoon
from handlers.storage.sqlite import SqliteStore

TICKERS = ["AAPL", "BRK.B"]


def ended(refreshes: Refreshes, asked: Refresh, clock: StillClock, left_out: Sequence[LeftOut] = ()) -> None:
    started = refreshes.started(asked, clock.now())
    assert started is not None
    assert refreshes.ended(started, "partial" if left_out else "succeeded", clock.now(), left_out)


def due(refreshes: Refreshes, config_id: str, clock: StillClock) -> list[Refresh]:
    """Of one watchlist: the engines that are tested keep what other tests left."""
    return [refresh for refresh in refreshes.due(clock.now()) if refresh.config_id == config_id]


def test_a_refresh_waits_runs_and_ends(store: Store, pk: str, clock: StillClock) -> None:
    refreshes = Refreshes(store)
    before = refreshes.of(pk)
    asked = refreshes.ask(pk, TICKERS, "1", clock.now())
    waiting = due(refreshes, pk, clock)
    clock.advance(2)
    started = refreshes.started(asked, clock.now())
    running, while_running = refreshes.of(pk), due(refreshes, pk, clock)
    clock.advance(10.5)

    assert before is None
    assert waiting == [asked]
    assert (asked.state, asked.tickers, asked.last_ended_at) == ("queued", ("AAPL", "BRK.B"), None)
    assert started is not None
    assert running == started
    assert (started.state, started.started_at, while_running) == ("running", MIDNIGHT + timedelta(seconds=2), [])
    assert refreshes.ended(started, "succeeded", clock.now())
    found = refreshes.of(pk)
    assert found is not None
    assert (found.state, found.last_outcome, found.last_ended_at) == ("idle", "succeeded", clock.now())
    assert found.last_took == timedelta(seconds=12.5)
    assert due(refreshes, pk, clock) == []


def test_who_asks_while_one_is_on_its_way_gets_that_one(store: Store, pk: str, clock: StillClock) -> None:
    refreshes = Refreshes(store)
    first = refreshes.ask(pk, TICKERS, "1", clock.now())
    clock.advance(400)
    second = refreshes.ask(pk, ["MSFT"], "2", clock.now())
    started = refreshes.started(second, clock.now())
    third = refreshes.ask(pk, ["MSFT"], "3", clock.now())

    assert first == second
    assert third == started
    assert len(due(refreshes, pk, clock)) == 0


def test_the_next_may_be_asked_for_five_minutes_after_the_last_was(store: Store, pk: str, clock: StillClock) -> None:
    refreshes = Refreshes(store)
    left_out = LeftOut("news", "tiingo", ("AAPL",)), LeftOut("prices", None, ("AAPL", "BRK.B"))
    ended(refreshes, refreshes.ask(pk, TICKERS, "1", clock.now()), clock, left_out)
    clock.advance(INTERVAL.total_seconds() - 0.001)
    with pytest.raises(TooSoon) as refused:
        refreshes.ask(pk, TICKERS, "2", clock.now())
    clock.advance(0.001)
    again = refreshes.ask(pk, ["MSFT"], "3", clock.now())

    assert refused.value.possible_at == clock.now()
    assert (again.refresh_id, again.tickers, again.state) == ("3", ("MSFT",), "queued")
    assert (again.last_outcome, again.last_ended_at, again.last_left_out) == ("partial", MIDNIGHT, left_out)
    assert refreshes.of(pk) == again


def test_the_refresh_of_a_job_that_died_is_due_again_and_the_dead_cannot_end_it(
    store: Store, pk: str, clock: StillClock
) -> None:
    refreshes = Refreshes(store)
    asked = refreshes.ask(pk, TICKERS, "1", clock.now())
    died = refreshes.started(asked, clock.now())
    clock.advance(LEASE.total_seconds() - 1)
    too_early = due(refreshes, pk, clock)
    clock.advance(1)
    again = due(refreshes, pk, clock)
    taken = refreshes.started(again[0], clock.now())

    assert too_early == []
    assert again == [died]
    assert died is not None
    assert taken is not None
    assert not refreshes.ended(died, "failed", clock.now())
    assert refreshes.ended(taken, "succeeded", clock.now())
    assert not refreshes.ended(taken, "succeeded", clock.now())


def test_one_job_gets_a_refresh_that_several_want(store: Store, pk: str, clock: StillClock) -> None:
    refreshes = Refreshes(store)
    asked = refreshes.ask(pk, TICKERS, "1", clock.now())
    started = [refreshes.started(asked, clock.now()) for _ in range(3)]

    assert [each is not None for each in started] == [True, False, False]


def test_a_refresh_is_remembered_for_thirty_days(store: Store, pk: str, clock: StillClock) -> None:
    refreshes = Refreshes(store)
    refreshes.ask(pk, TICKERS, "1", clock.now())
    clock.advance(KEPT.total_seconds() - 1)
    before = refreshes.of(pk), due(refreshes, pk, clock)
    clock.advance(1)

    assert before[0] is not None
    assert before[1] == [before[0]]
    assert refreshes.of(pk) is None
    assert due(refreshes, pk, clock) == []


@pytest.mark.parametrize("before", ["never", "ended"])
def test_who_was_overtaken_between_reading_and_writing_gets_what_the_other_asked_for(
    store: Store, pk: str, clock: StillClock, before: str
) -> None:
    refreshes, slow = Refreshes(store), Interrupted(store)
    if before == "ended":
        ended(refreshes, refreshes.ask(pk, TICKERS, "0", clock.now()), clock)
        clock.advance(INTERVAL.total_seconds())
    faster: list[Refresh] = []
    slow.meanwhile[1] = lambda: faster.append(refreshes.ask(pk, TICKERS, "1", clock.now()))
    got = Refreshes(slow).ask(pk, TICKERS, "2", clock.now())

    assert faster == [got]
    assert due(refreshes, pk, clock) == [got]


def test_a_request_whose_answer_was_lost_is_found_when_it_is_repeated(store: Store, pk: str, clock: StillClock) -> None:
    with pytest.raises(StoreUnavailable):
        Refreshes(Interrupted(store, fails_at=1, answer_lost=True)).ask(pk, TICKERS, "1", clock.now())
    again = Refreshes(store).ask(pk, TICKERS, "2", clock.now())

    assert again.refresh_id == "1"
    assert due(Refreshes(store), pk, clock) == [again]


def test_however_many_ask_at_once_one_refresh_is_made(tmp_path: Path, clock: StillClock) -> None:
    path = str(tmp_path / "store.db")
    SqliteStore(path, clock).close()
    stores = [SqliteStore(path, clock, busy_timeout_seconds=30) for _ in range(4)]

    def ask(number: int) -> Refresh:
        return Refreshes(stores[number % 4]).ask("raced", TICKERS, str(number), MIDNIGHT)

    with ThreadPoolExecutor(16) as threads:
        asked = list(threads.map(ask, range(64)))

    assert len({refresh.refresh_id for refresh in asked}) == 1
    assert Refreshes(stores[0]).due(MIDNIGHT) == asked[:1]


class LifeOfRefreshes(RuleBasedStateMachine):
    """Owners ask, jobs take and end or die, time passes; at most one refresh is alive, and none is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = StillClock()
        self.refreshes = Refreshes(SqliteStore(":memory:", self.clock))
        self.numbers = 0
        self.alive: str | None = None
        self.asked_at = MIDNIGHT - INTERVAL
        self.held: list[Refresh] = []

    @rule(seconds=st.sampled_from([0.5, 30, 299, 300, 700]))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def ask(self) -> None:
        self.numbers += 1
        now, number = self.clock.now(), str(self.numbers)
        if self.alive is None and now < self.asked_at + INTERVAL:
            with pytest.raises(TooSoon):
                self.refreshes.ask("1", TICKERS, number, now)
            return
        got = self.refreshes.ask("1", TICKERS, number, now)
        assert got.refresh_id == (self.alive or number)
        if self.alive is None:
            self.alive, self.asked_at = number, now

    @rule()
    def take(self) -> None:
        for refresh in self.refreshes.due(self.clock.now()):
            started = self.refreshes.started(refresh, self.clock.now())
            assert started is not None
            self.held.append(started)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.held) - 1))
        held = self.held.pop(place)
        newest = place == len(self.held)
        done = self.refreshes.ended(held, "failed", self.clock.now())
        assert done == (newest and held.refresh_id == self.alive)
        if done:
            self.alive = None
            self.held.clear()

    @invariant()
    def one_is_alive_and_a_job_can_get_it(self) -> None:
        found = self.refreshes.of("1")
        assert (found is not None and found.is_on_its_way) == (self.alive is not None)
        later = self.refreshes.due(self.clock.now() + LEASE)
        assert [refresh.refresh_id for refresh in later] == ([self.alive] if self.alive else [])


LifeOfRefreshes.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestLifeOfRefreshes = LifeOfRefreshes.TestCase
