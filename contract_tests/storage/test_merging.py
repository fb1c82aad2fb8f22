"""Merging anonymous users into accounts: nothing is lost or doubled, wherever it stops and whoever else asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.test_users import account
from contract_tests.storage.world import StillClock, python, released
from handlers.storage.alerts import Alerts
from handlers.storage.alerts import Draft as AlertDraft
from handlers.storage.belongings import KINDS, kind_of
from handlers.storage.configurations import Configurations, Draft, TooManyActive, WatchedTicker
from handlers.storage.items import Item, Key, Store, StoreUnavailable
from handlers.storage.merging import Counted, MergedElsewhere, Merging, NoSuchSource, NoSuchTarget
from handlers.storage.notifications import Notification, Notifications
from handlers.storage.preferences import PreferenceBook
from handlers.storage.sessions import Sessions
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import TABLE, Users, profile_key, user_key
from models.refusals import Unauthenticated

THREADS = 8


@dataclass
class World:
    """An anonymous user with everything that can be had, and an account with nothing."""

    store: Store
    clock: StillClock
    name: str

    @property
    def source(self) -> str:
        return f"{self.name}-anonymous"

    @property
    def target(self) -> str:
        return f"{self.name}-account"

    def begin(self, watchlists: int = 2) -> None:
        now = self.clock.now()
        Users(self.store).start_anonymous(self.source, "UTC", now)
        Users(self.store).add(account(self.target, None))
        for number in range(watchlists):
            self.add_watchlist(self.source, number)

    def add_watchlist(self, user_id: str, number: int, alerts: tuple[int, ...] = (0, 1, 2)) -> None:
        now, config_id = self.clock.now() + timedelta(seconds=number), f"{self.name}-{number}"
        tickers = (WatchedTicker("AAPL", "Apple Inc.", "NASDAQ", now),)
        Configurations(self.store).create(user_id, config_id, Draft(f"list {number}", tickers, 7, False), now)
        for each in alerts:
            draft = AlertDraft(config_id, "AAPL", "sentiment_threshold", each / 10, "above", each > 0)
            Alerts(self.store).create(user_id, f"{config_id}-alert-{each}", draft, now)

    def add_the_rest(self) -> None:
        """What only an account can have today, and a watchlist that was deleted."""
        now = self.clock.now()
        PreferenceBook(self.store).change(self.source, "UTC", {"digest_enabled": True}, now)
        Notifications(self.store).add(self.notification())
        Configurations(self.store).delete(self.source, f"{self.name}-1", now)

    def notification(self) -> Notification:
        return Notification(
            notification_id=f"{self.name}-mail",
            user_id=self.source,
            alert_id="a",
            config_id="c",
            ticker="AAPL",
            alert_type="sentiment_threshold",
            triggered_value=0.5,
            threshold_value=0.25,
            threshold_direction="above",
            subject="s",
            body_preview="b",
            email="e",
            deep_link="d",
            created_at=self.clock.now(),
        )

    def merge(self, store: Store | None = None, target: str | None = None) -> Any:
        return Merging(store or self.store).merge(self.source, target or self.target, self.clock.now())

    def finish(self) -> None:
        """What signing in to the account goes on with."""
        Merging(self.store).finish(self.target, self.clock.now())

    def extend(self) -> None:
        """The anonymous session is prolonged: what was read of its user is not true any more."""
        sessions, now = Sessions(self.store), self.clock.now()
        session = sessions.anonymous(self.source, now)
        assert session is not None
        sessions.extend(session, now + timedelta(seconds=1))

    def under(self, user_id: str) -> list[Item]:
        return self.store.query(TABLE, user_key(user_id)).items

    def kept(self, *users: str) -> list[tuple[str, Any]]:
        """All that moves of some users together, without saying whose it is."""
        items = [item for user in users for item in self.under(user) if (kind := kind_of(item)) and stays_nowhere(kind)]
        return sorted((str(item["SK"]), {**item, "PK": "", "user_id": ""}) for item in items)

    def watching(self) -> list[tuple[str, str]]:
        found = [(alert.user_id, alert.alert_id) for alert in Alerts(self.store).watching("AAPL")]
        return [each for each in found if each[0] in (self.source, self.target)]

    def pointers(self) -> list[str]:
        """The users to whom the symbol leads an evaluator."""
        found = [str(item["user_id"]) for item in self.store.query(TABLE, "WATCHING#AAPL").items]
        return sorted({each for each in found if each in (self.source, self.target)})

    def count(self, user_id: str) -> object:
        item = self.store.get(Key(TABLE, user_key(user_id), "CONFIG_COUNT"))
        return item["active"] if item else 0


def stays_nowhere(kind: Any) -> bool:
    return kind.moving is not None or kind.prefix in ("ALERT#", "ALERTS#")


@pytest.fixture
def world(store: Store, clock: StillClock, pk: str) -> World:
    return World(store, clock, pk)


def test_everything_an_anonymous_user_had_is_the_accounts(world: World) -> None:
    world.begin()
    before = world.kept(world.source)
    merged = world.merge()

    assert (merged.status, merged.counted, merged.skipped) == ("completed", Counted(2, 6, 0), ())
    assert world.kept(world.target) == before
    assert world.kept(world.source) == []
    assert (world.count(world.source), world.count(world.target)) == (0, 2)
    assert len(Configurations(world.store).all(world.target)) == 2
    assert len(Alerts(world.store).all(world.target)) == 6
    assert world.watching() == [(world.target, f"{world.name}-{n}-alert-{a}") for n in (0, 1) for a in (1, 2)]
    assert world.pointers() == [world.target]


def test_what_only_accounts_have_today_would_move_as_well(world: World) -> None:
    world.begin()
    world.add_the_rest()
    before = world.kept(world.source)
    merged = world.merge()
    notifications, preferences = Notifications(world.store), PreferenceBook(world.store)
    due = preferences.due(world.clock.now() + timedelta(days=2), 100)

    assert merged.counted == Counted(1, 3, 1)
    assert world.kept(world.target) == before
    assert notifications.get(world.target, f"{world.name}-mail") is not None
    assert notifications.settled(f"{world.name}-mail", "sent", world.clock.now())
    assert preferences.get(world.target, "UTC").digest_enabled
    assert [each.user_id for each in due if world.name in each.user_id] == [world.target]


def test_an_account_that_said_what_it_wants_keeps_that(world: World) -> None:
    world.begin(0)
    world.add_the_rest()
    PreferenceBook(world.store).change(world.target, "UTC", {"digest_time": "07:30"}, world.clock.now())
    first, again = world.merge(), world.merge()
    preferences = PreferenceBook(world.store)
    due = preferences.due(world.clock.now() + timedelta(days=2), 100)

    assert (first.status, first.counted.preferences, again.status) == ("completed", 0, "already_merged")
    assert preferences.get(world.target, "UTC").digest_time == "07:30"
    assert [each for each in due if world.name in each.user_id] == []


def test_alerts_of_a_moved_watchlist_are_still_counted_and_deleted_with_it(world: World) -> None:
    world.begin(1)
    world.merge()
    alerts = Alerts(world.store)
    alerts.delete(world.target, f"{world.name}-0-alert-0")
    draft = AlertDraft(f"{world.name}-0", "AAPL", "volatility_threshold", 5.0, "above")
    alerts.create(world.target, f"{world.name}-new", draft, world.clock.now())
    Configurations(world.store).delete(world.target, f"{world.name}-0", world.clock.now())

    assert alerts.all(world.target) == []
    assert world.watching() == []


@pytest.mark.parametrize("present", [1, 2])
def test_a_watchlist_that_finds_no_place_is_kept_named_and_moves_when_there_is_one(world: World, present: int) -> None:
    world.begin()
    for number in range(present):
        world.add_watchlist(world.target, 7 + number, ())
    before = world.kept(world.source, world.target)
    first = world.merge()
    between = world.kept(world.source, world.target)
    for number in range(present):
        Configurations(world.store).delete(world.target, f"{world.name}-{7 + number}", world.clock.now())
    second, third = world.merge(), world.merge()

    assert first.status == "partial"
    assert [each.name for each in first.skipped] == ["list 1", "list 0"][:present]
    assert first.counted == Counted(2 - present, 3 * (2 - present), 0)
    assert between == before
    assert (second.status, second.counted, third.status) == ("completed", Counted(2, 6, 0), "already_merged")
    assert [each.draft.name for each in Configurations(world.store).all(world.target)] == ["list 1", "list 0"]


def test_repeating_says_the_same_and_changes_nothing(world: World) -> None:
    world.begin()
    first = world.merge()
    world.clock.advance(3600)
    after = world.under(world.target)
    again = world.merge()

    assert again == replace(first, status="already_merged")
    assert world.under(world.target) == after


def test_the_merged_user_is_nobody_from_then_on_and_has_nothing_new(world: World) -> None:
    world.begin(1)
    world.merge()
    with pytest.raises(Unauthenticated):
        world.add_watchlist(world.source, 5)

    assert Sessions(world.store).anonymous(world.source, world.clock.now()) is None
    assert Users(world.store).standing(world.source) == Users(world.store).get(world.target)
    assert world.kept(world.source) == []


def test_who_is_no_live_anonymous_user_is_not_merged(world: World) -> None:
    world.begin()
    merging, now = Merging(world.store), world.clock.now()
    Users(world.store).start_anonymous(f"{world.name}-revoked", "UTC", now)
    world.store.update(profile_key(f"{world.name}-revoked"), set={"revoked": True})
    Users(world.store).add(account(f"{world.name}-second", None))
    for source in (f"{world.name}-nobody", f"{world.name}-revoked", f"{world.name}-second", world.target):
        with pytest.raises(NoSuchSource):
            merging.merge(source, world.target, now)
    with pytest.raises(NoSuchSource):
        merging.merge(world.source, world.target, now + timedelta(days=30))
    with pytest.raises(NoSuchTarget):
        merging.merge(world.source, f"{world.name}-nobody", now)

    assert Sessions(world.store).anonymous(world.source, now) is not None


def test_an_account_cannot_get_what_another_has(world: World) -> None:
    world.begin()
    Users(world.store).add(account(f"{world.name}-second", None))
    world.merge()
    with pytest.raises(MergedElsewhere):
        world.merge(target=f"{world.name}-second")

    assert world.kept(f"{world.name}-second") == []


def test_how_far_a_merge_is_can_be_asked(world: World) -> None:
    world.begin()
    world.add_watchlist(world.target, 7, ())
    merging = Merging(world.store)
    before = (
        merging.has_data(world.source),
        merging.standing(world.source, world.target),
        merging.newest(world.target),
    )
    world.merge()
    partial = merging.standing(world.source, world.target)
    Configurations(world.store).delete(world.target, f"{world.name}-7", world.clock.now())
    pending = merging.newest(world.target)
    world.merge()
    done = merging.newest(world.target)

    assert pending is not None
    assert (pending.status, len(pending.skipped)) == ("pending", 1)
    assert before == (True, None, None)
    assert partial is not None
    assert done is not None
    assert (partial.status, partial.counted.configurations, len(partial.skipped)) == ("partial", 1, 1)
    assert (done.status, done.counted.configurations, done.skipped) == ("completed", 2, ())
    assert not merging.has_data(world.source)


def scenes(clock: StillClock) -> Iterator[World]:
    """The same world as often as it is needed, each in a store of its own."""
    while True:
        world = World(SqliteStore(":memory:", clock), clock, "w")
        world.begin()
        world.add_watchlist(world.target, 7)
        world.add_the_rest()
        world.add_watchlist(world.source, 3)
        yield world


@pytest.mark.parametrize("finish", [World.merge, World.finish])
@pytest.mark.parametrize("answer_lost", [False, True])
@pytest.mark.parametrize(("disturbed", "least", "refused"), [(False, 4, 1), (True, 7, 2)])
def test_a_merge_that_stops_at_any_write_is_finished_by_asking_again(
    clock: StillClock,
    disturbed: bool,
    least: int,
    refused: int,
    answer_lost: bool,
    finish: Callable[[World], object],
) -> None:
    worlds = scenes(clock)
    whole = next(worlds)
    everything = whole.kept(whole.source, whole.target)
    expected = whole.merge()
    after = whole.kept(whole.target)
    stopped = 0
    for n in range(1, 100):
        world = next(worlds)
        broken = Interrupted(world.store, n, answer_lost)
        if disturbed:
            broken.meanwhile[1] = world.extend
        try:
            world.merge(broken)
        except StoreUnavailable:
            stopped += 1
        if broken.writes < n:
            break
        between = world.kept(world.source, world.target)
        begun = Merging(world.store).standing(world.source, world.target) is not None
        lives = Sessions(world.store).anonymous(world.source, clock.now()) is not None
        finish(world)
        finished = world.merge()

        # What has not begun is nobody's to go on with: the session lives, and its owner may ask again.
        assert begun is not lives
        assert between == everything
        assert (finished.counted, finished.skipped) == (expected.counted, expected.skipped)
        assert world.kept(world.target) == after
        assert world.kept(world.source, world.target) == everything
        assert (world.count(world.source), world.count(world.target)) == (1, 2)

    assert expected.status == "partial"
    assert broken.writes >= least
    # A write that the store refuses has no answer to lose.
    assert stopped == broken.writes - answer_lost * refused


def test_no_device_that_is_merging_too_makes_anything_twice(tmp_path: Path, clock: StillClock) -> None:
    store = SqliteStore(str(tmp_path / "store.db"), clock, busy_timeout_seconds=30)
    world, together = World(store, clock, "w"), threading.Barrier(THREADS)
    world.begin()
    before = world.kept(world.source)

    def device(_: int) -> Any:
        together.wait()
        return world.merge()

    with ThreadPoolExecutor(THREADS) as threads:
        merged = list(threads.map(device, range(THREADS)))
    counted, after = Merging(store).newest(world.target), world.kept(world.target)
    store.close()

    assert {each.status for each in merged} <= {"completed", "already_merged"}
    assert counted is not None
    assert (counted.status, counted.counted) == ("completed", Counted(2, 6, 0))
    assert after == before


def test_of_processes_that_merge_one_user_into_different_accounts_one_wins(tmp_path: Path, clock: StillClock) -> None:
    path, names = str(tmp_path / "store.db"), ("a", "b", "c")
    store = SqliteStore(path, clock)
    world = World(store, clock, "w")
    world.begin()
    targets = [f"{name}-{thread}" for name in names for thread in range(4)]
    for target in targets:
        Users(store).add(account(target, None))
    before = world.kept(world.source)
    store.close()
    with ExitStack() as stack:
        running = [stack.enter_context(python("-m", "contract_tests.storage.merger", path, name)) for name in names]
        ready = [process.stdout.readline() for process in running if process.stdout]
        printed = released(running)
    world = World(SqliteStore(path, clock), clock, "w")
    owners = [target for target in targets if world.kept(target)]
    after = world.kept(*targets)
    world.store.close()

    assert ready == ["ready\n"] * len(names)
    assert sorted("".join(printed).split()) == sorted(["elsewhere"] * (len(targets) - 1) + owners)
    assert len(owners) == 1
    assert after == before


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_what_was_changed_while_it_moved_is_as_it_was_changed(world: World, at: int) -> None:
    world.begin(2)
    changed: list[object] = []

    def change() -> None:
        lists, alerts = Configurations(world.store), Alerts(world.store)
        changed.append(lists.change(world.source, f"{world.name}-1", {"name": "renamed"}, world.clock.now()))
        changed.append(alerts.change(world.source, f"{world.name}-1-alert-2", {"threshold_value": 0.75}))
        changed.append(alerts.delete(world.source, f"{world.name}-1-alert-1"))

    racing = Interrupted(world.store)
    # What changed before the first write makes the merge go on thing by thing.
    racing.meanwhile = {1: world.extend, at: change}
    merged = world.merge(racing)
    found = Configurations(world.store).get(world.target, f"{world.name}-1")
    alert = Alerts(world.store).get(world.target, f"{world.name}-1-alert-2")

    assert all(changed)
    assert found is not None
    assert alert is not None
    assert (found.draft.name, alert.threshold_value) == ("renamed", 0.75)
    assert merged.counted == Counted(2, 5, 0)
    assert world.kept(world.source) == []


@pytest.mark.parametrize(("at", "taken"), [(1, True), (3, False)])
def test_a_watchlist_made_while_another_device_merges_is_moved_or_refused(world: World, at: int, taken: bool) -> None:
    world.begin(1)
    refused: list[bool] = []

    def create() -> None:
        try:
            world.add_watchlist(world.source, 5, ())
        except Unauthenticated:
            refused.append(True)

    racing = Interrupted(world.store)
    racing.meanwhile = {1: world.extend, at: create}
    merged = world.merge(racing)

    assert refused == [True] * (not taken)
    assert merged.counted.configurations == 1 + taken
    assert world.kept(world.source) == []


def test_creating_while_another_device_merges_loses_no_watchlist(tmp_path: Path, clock: StillClock) -> None:
    for attempt in range(6):
        store = SqliteStore(str(tmp_path / f"{attempt}.db"), clock, busy_timeout_seconds=30)
        world, together = World(store, clock, "w"), threading.Barrier(2)
        world.begin(0)

        def create(world: World = world, together: threading.Barrier = together) -> bool:
            together.wait()
            try:
                world.add_watchlist(world.source, 1, ())
            except (Unauthenticated, TooManyActive):
                return False
            return True

        def merge(world: World = world, together: threading.Barrier = together) -> Any:
            together.wait()
            return world.merge()

        with ThreadPoolExecutor(2) as threads:
            created, merged = threads.submit(create), threads.submit(merge)
        names = [each.draft.name for each in Configurations(store).all(world.target)]
        left = world.kept(world.source)
        store.close()

        assert merged.result().status in ("completed", "no_data")
        assert ("list 1" in names) == created.result()
        assert left == []


def test_each_kind_is_named_once_and_no_prefix_hides_another() -> None:
    prefixes = [kind.prefix for kind in KINDS]
    hidden = [(one, other) for one in prefixes for other in prefixes if one != other and other.startswith(one)]

    assert len(set(prefixes)) == len(prefixes)
    assert hidden == []
