"""The circuit of a source: what opens it, what closes it, and that all processes see the same one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract_tests.dashboard.disk import locked
from contract_tests.logs import logged
from handlers.domain.circuits import CLOSED, FAILURES, OPEN, TRIAL, WINDOW, CircuitState, tried
from handlers.feeds.breaker import Breaker, Ticket
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.clock import FixedClock
from handlers.storage.items import Key, StoreUnavailable
from handlers.storage.opening import open_store
from handlers.storage.sources import Circuits
from handlers.storage.sqlite import SqliteStore

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
PROCESSES = 3


class World:
    def __init__(self, url: str = "sqlite://:memory:") -> None:
        self.clock = FixedClock(NOW)
        self.store = open_store(url, self.clock)
        self.breaker = Breaker("tiingo", Circuits(self.store), self.clock)

    def fail(self, times: int = FAILURES) -> None:
        for _ in range(times):
            self.breaker.failed(self.breaker.admit())

    def state(self) -> CircuitState:
        return Circuits(self.store).read("tiingo").state

    def refused(self) -> int:
        """The seconds that a refused call is told to wait."""
        with pytest.raises(FeedUnavailable) as caught:
            self.breaker.admit()
        return caught.value.retry_after_seconds


@pytest.fixture
def world() -> World:
    return World()


def test_five_failures_within_the_window_open_the_circuit(world: World) -> None:
    world.fail(4)
    assert world.state() == "closed"

    world.fail(1)
    assert world.state() == "open"
    assert world.refused() == 60


def test_failures_that_are_too_old_do_not_count(world: World) -> None:
    world.fail(4)
    world.clock.sleep(WINDOW.total_seconds())
    world.fail(4)

    assert world.state() == "closed"


def test_the_window_slides(world: World) -> None:
    for seconds in (0, 200, 0, 0, 99):
        world.clock.sleep(seconds)
        world.fail(1)

    assert world.state() == "open"


def test_a_success_ends_a_row_of_failures(world: World) -> None:
    world.fail(4)
    world.breaker.succeeded(world.breaker.admit())
    world.fail(4)

    assert world.state() == "closed"


def test_after_a_minute_one_trial_is_let_through(world: World) -> None:
    world.fail()
    world.clock.sleep(59.5)
    assert world.refused() == 1

    world.clock.sleep(0.5)
    assert world.breaker.admit().trial is not None
    assert world.state() == "half_open"
    assert world.refused() == TRIAL.total_seconds()


def test_a_trial_that_succeeds_closes_and_one_that_fails_opens_again(world: World) -> None:
    world.fail()
    world.clock.sleep(60)
    world.breaker.failed(world.breaker.admit())
    assert (world.state(), world.refused()) == ("open", 60)

    world.clock.sleep(60)
    world.breaker.succeeded(world.breaker.admit())
    assert world.state() == "closed"
    world.fail(4)
    assert world.state() == "closed"


def test_a_trial_that_told_nothing_makes_room_for_the_next(world: World) -> None:
    world.fail()
    world.clock.sleep(60)
    world.breaker.released(world.breaker.admit())

    assert world.state() == "open"
    assert world.breaker.admit().trial is not None


def test_a_trial_that_crashed_blocks_nobody_for_good(world: World) -> None:
    world.fail()
    world.clock.sleep(60)
    crashed = world.breaker.admit()
    world.clock.sleep(TRIAL.total_seconds())
    second = world.breaker.admit()
    world.breaker.succeeded(crashed)

    assert world.state() == "half_open"
    world.breaker.succeeded(second)
    assert world.state() == "closed"


@pytest.mark.parametrize("end", ["failed", "succeeded", "released"])
def test_a_call_from_before_does_not_move_an_open_circuit(world: World, end: str) -> None:
    early = world.breaker.admit()
    world.fail()
    before = Circuits(world.store).read("tiingo")
    getattr(world.breaker, end)(early)

    assert Circuits(world.store).read("tiingo") == before


def test_the_end_of_a_block_is_the_end_of_its_call(world: World) -> None:
    for error in [FeedUnavailable("tiingo", 1, "down")] * 5:
        with pytest.raises(FeedUnavailable), world.breaker.call():
            raise error
    assert world.state() == "open"

    world.clock.sleep(60)
    with pytest.raises(FeedUnavailable), world.breaker.call():
        raise FeedUnavailable("tiingo", 1, "not asked", counts=False)
    assert world.state() == "open"
    with pytest.raises(KeyError), world.breaker.call():
        raise KeyError("a defect of ours")
    assert world.state() == "open"
    with world.breaker.call():
        pass
    assert world.state() == "closed"


def test_each_change_is_logged_once(world: World) -> None:
    with logged() as lines:
        world.fail()
        world.clock.sleep(60)
        world.breaker.succeeded(world.breaker.admit())

    told = [line for level in ("WARNING", "INFO") for line in lines.lines(level)]
    assert [(line["source"], line["before"], line["after"]) for line in told] == [
        ("tiingo", "closed", "open"), ("tiingo", "open", "half_open"), ("tiingo", "half_open", "closed"),
    ]  # fmt: skip


@pytest.mark.parametrize("seconds", [0, 59])
def test_a_circuit_takes_no_trial_before_its_time(world: World, seconds: float) -> None:
    world.fail()
    circuit = Circuits(world.store).read("tiingo")

    for early in (CLOSED, circuit):
        with pytest.raises(ValueError, match="takes no trial"):
            tried(early, NOW + timedelta(seconds=seconds))


def test_sources_have_circuits_of_their_own(world: World) -> None:
    world.fail()

    assert Breaker("finnhub", Circuits(world.store), world.clock).admit() == Ticket()


def test_a_success_without_failures_writes_nothing(world: World) -> None:
    world.breaker.succeeded(world.breaker.admit())

    assert world.store.get(Key("limits", "CIRCUIT#tiingo", "STATE")) is None


def test_an_answer_is_not_lost_because_its_success_cannot_be_noted(tmp_path: Path) -> None:
    file, clock = tmp_path / "store.db", FixedClock(NOW)
    breaker = Breaker("tiingo", Circuits(SqliteStore(str(file), clock, busy_timeout_seconds=0)), clock)
    breaker.failed(breaker.admit())
    with logged() as lines, locked(file), breaker.call():
        pass

    assert [line["message"] for line in lines.lines("ERROR")] == ["circuit not noted"]


def test_a_trial_is_not_let_through_where_nobody_can_hear_of_it(tmp_path: Path) -> None:
    file, clock = tmp_path / "store.db", FixedClock(NOW)
    breaker = Breaker("tiingo", Circuits(SqliteStore(str(file), clock, busy_timeout_seconds=0)), clock)
    for _ in range(FAILURES):
        breaker.failed(breaker.admit())
    clock.sleep(60)

    with locked(file), pytest.raises(StoreUnavailable):
        breaker.admit()


def test_of_many_that_want_the_trial_one_gets_it(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path / 'store.db'}")
    world.fail()
    world.clock.sleep(60)

    def admitted(_: int) -> bool:
        try:
            return world.breaker.admit().trial is not None
        except FeedUnavailable:
            return False

    with ThreadPoolExecutor(16) as threads:
        assert sorted(threads.map(admitted, range(16))) == [False] * 15 + [True]


def test_failures_at_once_are_all_counted(tmp_path: Path) -> None:
    world = World(f"sqlite:///{tmp_path / 'store.db'}")
    tickets = [world.breaker.admit() for _ in range(FAILURES)]
    with ThreadPoolExecutor(FAILURES) as threads:
        list(threads.map(world.breaker.failed, tickets))

    assert world.state() == "open"


class Processes(RuleBasedStateMachine):
    """Several processes over one store, whose calls overlap, against the rules as a person would tell them."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.store = open_store("sqlite://:memory:", self.clock)
        self.breakers = [Breaker("tiingo", Circuits(self.store), self.clock) for _ in range(PROCESSES)]
        self.calls: list[tuple[Ticket, bool]] = []
        """Those under way, and whether they are the trial."""
        self.failures: list[datetime] = []
        self.opened: datetime | None = None
        self.trial: tuple[Ticket, datetime] | None = None

    def teardown(self) -> None:
        self.store.close()

    def running_trial(self) -> Ticket | None:
        return self.trial[0] if self.trial else None

    @rule(process=st.integers(0, PROCESSES - 1))
    def admit(self, process: int) -> None:
        now = self.clock.now()
        busy = self.trial is not None and now < self.trial[1]
        if self.opened is not None and (now < self.opened + OPEN or busy):
            self.is_refused(process)
            return
        ticket = self.breakers[process].admit()
        is_trial = self.opened is not None
        assert (ticket.trial is not None) == is_trial
        if is_trial:
            self.trial = ticket, now + TRIAL
        self.calls.append((ticket, is_trial))

    def is_refused(self, process: int) -> None:
        with pytest.raises(FeedUnavailable) as caught:
            self.breakers[process].admit()
        assert 0 < caught.value.retry_after_seconds <= 60

    @precondition(lambda self: self.calls)
    @rule(
        process=st.integers(0, PROCESSES - 1),
        which=st.integers(0),
        end=st.sampled_from(["failed", "succeeded", "released"]),
    )
    def finish(self, process: int, which: int, end: str) -> None:
        ticket, is_trial = self.calls.pop(which % len(self.calls))
        getattr(self.breakers[process], end)(ticket)
        if self.opened is not None:
            if is_trial and ticket == self.running_trial():
                self.finish_trial(end)
        elif end == "succeeded":
            self.failures = []
        elif end == "failed":
            self.fail()

    def finish_trial(self, end: str) -> None:
        self.trial = None
        if end == "succeeded":
            self.opened, self.failures = None, []
        elif end == "failed":
            self.opened = self.clock.now()

    def fail(self) -> None:
        now = self.clock.now()
        self.failures = [at for at in self.failures if now - at < WINDOW] + [now]
        if len(self.failures) == FAILURES:
            self.opened, self.failures, self.trial = now, [], None

    @rule(seconds=st.sampled_from([0.5, 10.0, 29.5, 30.0, 60.0, 150.0, 300.0]))
    def wait(self, seconds: float) -> None:
        self.clock.sleep(seconds)

    @invariant()
    def all_see_the_same_state(self) -> None:
        circuit = Circuits(self.store).read("tiingo")
        told = "closed" if self.opened is None else "half_open" if self.trial else "open"

        assert circuit.state == told
        assert circuit.opened_at == self.opened


TestProcesses = Processes.TestCase
TestProcesses.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
