"""Alerts in the store: ten a watchlist at most, on its symbols only, and gone with them; each fires once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.rivals import EACH, RACED, TODAY, USER, WATCHLIST, compete, draft, prepare
from contract_tests.storage.world import MIDNIGHT, StillClock, python, released
from handlers.domain.triggers import Alert
from handlers.storage.alerts import (
    MAX_ALERTS,
    Alerts,
    NoSuchWatchlist,
    NotWatched,
    TooManyAlerts,
    alert_key,
    tally_key,
)
from handlers.storage.configurations import Configurations, WatchedTicker
from handlers.storage.configurations import Draft as Watchlist
from handlers.storage.items import ConditionFailed, Delete, Exists, Key, Put, Store, Value, Write
from handlers.storage.mail_quota import MailQuota
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import user_key

APPLE = WatchedTicker("AAPL", "Apple Inc.", "NASDAQ", MIDNIGHT)
RIVALS = 16


def symbols(*names: str) -> list[Value]:
    return [replace(APPLE, symbol=name).value() for name in names]


@pytest.fixture
def user(store: Store, pk: str) -> str:
    """A user with one watchlist, `w`, on the symbols `{pk}A` and `{pk}B`, which nobody else watches."""
    watched = tuple(replace(APPLE, symbol=f"{pk}{letter}") for letter in "AB")
    Configurations(store).create(pk, "w", Watchlist("", watched, 7, False), MIDNIGHT)
    return pk


def made(store: Store, user: str, alert_id: str, letter: str = "A", **changed: object) -> Alert:
    wanted = replace(draft("w", f"{user}{letter}"), **changed)  # type: ignore[arg-type]
    return Alerts(store).create(user, alert_id, wanted, MIDNIGHT)


def tally(store: Store, user: str, config_id: str = "w") -> object:
    item = store.get(tally_key(user, config_id))
    return item and item["alerts"]


def ids(alerts: list[Alert]) -> list[str]:
    return [alert.alert_id for alert in alerts]


def rows(store: Store, user: str) -> list[object]:
    """What is kept of a user's alerts, and what leads to them."""
    own = store.query("users", user_key(user), prefix="ALERT").items
    pointers = [item for letter in "AB" for item in store.query("users", f"WATCHING#{user}{letter}").items]
    return [item["SK"] for item in (*own, *pointers)]


@pytest.mark.parametrize("threshold", [-1.0, -0.0, 0.1, 100.0])
def test_an_alert_is_read_as_it_was_written(store: Store, user: str, threshold: float) -> None:
    alert = made(store, user, "1", threshold_value=threshold, alert_type="volatility_threshold", is_enabled=False)
    wanted = Alert("1", user, "w", f"{user}A", "volatility_threshold", threshold, "above", False, None, 0, MIDNIGHT)

    assert alert == wanted == Alerts(store).get(user, "1")
    assert Alerts(store).all(user) == [alert]
    assert Alerts(store).get(f"not {user}", "1") is None


def test_alerts_come_newest_first(store: Store, user: str) -> None:
    for number, minutes in (("1", 2), ("2", 0), ("3", 2), ("4", 1)):
        Alerts(store).create(user, number, draft("w", f"{user}A"), MIDNIGHT + timedelta(minutes=minutes))

    assert ids(Alerts(store).all(user)) == ["3", "1", "4", "2"]


def test_the_eleventh_is_refused_and_deleting_one_makes_room_once(store: Store, user: str) -> None:
    alerts = Alerts(store)
    for number in range(MAX_ALERTS):
        made(store, user, str(number))
    with pytest.raises(TooManyAlerts):
        made(store, user, "eleventh")
    deleted = [alerts.delete(user, "0") for _ in range(2)]
    made(store, user, "eleventh")
    with pytest.raises(TooManyAlerts):
        made(store, user, "twelfth")

    assert deleted == [True, False]
    assert len(alerts.all(user)) == len(alerts.watching(f"{user}A")) == tally(store, user) == MAX_ALERTS


def test_an_alert_needs_a_watchlist_of_its_user_that_has_the_symbol(store: Store, user: str) -> None:
    alerts = Alerts(store)
    for owner, config_id, ticker, refused in (
        (user, "w", "MSFT", NotWatched),
        (user, "other", f"{user}A", NoSuchWatchlist),
        (f"not {user}", "w", f"{user}A", NoSuchWatchlist),
    ):
        with pytest.raises(refused):
            alerts.create(owner, "1", draft(config_id, ticker), MIDNIGHT)

    assert rows(store, user) == []
    assert tally(store, user) is None


def test_an_id_that_is_taken_is_not_mistaken_for_a_full_watchlist(store: Store, user: str) -> None:
    first = made(store, user, "1")
    with pytest.raises(ConditionFailed):
        made(store, user, "1", letter="B")

    assert Alerts(store).all(user) == [first]
    assert tally(store, user) == 1


def test_changing_leaves_the_rest(store: Store, user: str) -> None:
    alerts, first = Alerts(store), made(store, user, "1")
    changed = alerts.change(user, "1", {"threshold_value": 0.75, "threshold_direction": "below"})

    assert changed == replace(first, threshold_value=0.75, threshold_direction="below") == alerts.get(user, "1")
    assert alerts.change(user, "1", {}) == changed
    assert alerts.change(user, "2", {"is_enabled": False}) is alerts.change(f"not {user}", "1", {}) is None
    assert alerts.get(user, "2") is None


def test_toggling_goes_back_and_forth_and_finds_only_what_there_is(store: Store, user: str) -> None:
    alerts = Alerts(store)
    made(store, user, "1")

    assert [alerts.toggle(user, "1") for _ in range(3)] == [False, True, False]
    assert alerts.toggle(user, "2") is alerts.toggle(f"not {user}", "1") is None


def test_a_deleted_watchlist_takes_its_alerts_with_it_and_no_others(store: Store, user: str) -> None:
    Configurations(store).create(user, "v", Watchlist("", (replace(APPLE, symbol=f"{user}A"),), 7, False), MIDNIGHT)
    other = Alerts(store).create(user, "kept", draft("v", f"{user}A"), MIDNIGHT)
    for number, letter in enumerate("AAB"):
        made(store, user, str(number), letter)
    done = Configurations(store).delete(user, "w", MIDNIGHT)

    assert done
    assert Alerts(store).all(user) == Alerts(store).watching(f"{user}A") == [other]
    assert rows(store, user) == ["ALERT#kept", "ALERTS#v", f"{user}#kept"]
    with pytest.raises(NoSuchWatchlist):
        made(store, user, "late")


def test_a_symbol_that_leaves_its_watchlist_takes_its_alerts_with_it_and_frees_their_places(
    store: Store, user: str
) -> None:
    configurations = Configurations(store)
    for number in range(MAX_ALERTS):
        made(store, user, str(number), "AB"[number % 2])
    shown = configurations.change(user, "w", {"tickers": symbols("MSFT", f"{user}B"), "name": "new"}, MIDNIGHT)

    assert shown is not None
    assert shown == configurations.get(user, "w")
    assert [ticker.symbol for ticker in shown.draft.tickers] == ["MSFT", f"{user}B"]
    assert ids(Alerts(store).all(user)) == ["9", "7", "5", "3", "1"]
    assert Alerts(store).watching(f"{user}A") == []
    assert tally(store, user) == 5
    with pytest.raises(NotWatched):
        made(store, user, "late")


def test_changes_that_keep_the_symbols_keep_the_alerts(store: Store, user: str) -> None:
    configurations, first = Configurations(store), made(store, user, "1")
    configurations.change(user, "w", {"name": "new"}, MIDNIGHT)
    configurations.change(user, "w", {"tickers": symbols(f"{user}B", "MSFT", f"{user}A")}, MIDNIGHT)

    assert Alerts(store).all(user) == Alerts(store).watching(f"{user}A") == [first]
    assert configurations.change(user, "v", {"tickers": []}, MIDNIGHT) is None


def test_an_evaluator_finds_the_enabled_alerts_of_all_users_on_a_symbol(store: Store, user: str) -> None:
    other = f"z{user}"
    watched = (replace(APPLE, symbol=f"{user}A"),)
    Configurations(store).create(other, "w", Watchlist("", watched, 7, False), MIDNIGHT)
    theirs = Alerts(store).create(other, "9", draft("w", f"{user}A"), MIDNIGHT)
    mine = [made(store, user, number) for number in "12"]
    made(store, user, "3", is_enabled=False)
    made(store, user, "4", letter="B")

    assert sorted(Alerts(store).watching(f"{user}A"), key=lambda each: each.alert_id) == [*mine, theirs]
    assert Alerts(store).watching("NOBODY") == []


def test_disabling_all_says_how_many_were_enabled(store: Store, user: str) -> None:
    alerts = Alerts(store)
    for number in "123":
        made(store, user, number)
    made(store, user, "4", is_enabled=False)

    assert [alerts.disable_all(user), alerts.disable_all(user), alerts.disable_all("nobody")] == [3, 0, 0]
    assert [alert.is_enabled for alert in alerts.all(user)] == [False] * 4
    assert alerts.watching(f"{user}A") == []


def test_firing_is_noted_once_however_many_evaluators_saw_it(store: Store, user: str) -> None:
    alerts, seen = Alerts(store), made(store, user, "1")
    fired = [alerts.fired(seen, 0.9, MIDNIGHT + timedelta(minutes=1)) for _ in range(3)]
    noted = alerts.get(user, "1")

    assert fired == [True, False, False]
    assert noted == replace(seen, last_triggered_at=MIDNIGHT + timedelta(minutes=1), trigger_count=1)
    assert noted is not None
    assert alerts.fired(noted, 0.8, MIDNIGHT + timedelta(hours=2))


@pytest.mark.parametrize(
    "change",
    [
        lambda alerts, user: alerts.toggle(user, "1"),
        lambda alerts, user: alerts.change(user, "1", {"threshold_value": 0.95}),
        lambda alerts, user: alerts.change(user, "1", {"threshold_direction": "below"}),
        lambda alerts, user: alerts.delete(user, "1"),
        lambda alerts, user: Configurations(alerts.store).delete(user, "w", MIDNIGHT),
    ],
)
def test_an_alert_that_changed_since_it_was_read_does_not_fire(
    store: Store, user: str, change: Callable[[Alerts, str], object]
) -> None:
    seen = made(store, user, "1")
    change(Alerts(store), user)
    before = store.get(alert_key(user, "1"))

    assert not Alerts(store).fired(seen, 0.9, MIDNIGHT)
    assert store.get(alert_key(user, "1")) == before


def test_what_follows_from_firing_is_written_with_it_or_not_at_all(store: Store, user: str) -> None:
    alerts, seen, mail = Alerts(store), made(store, user, "1"), Key("users", user, "MAIL")
    following: list[Write] = [MailQuota(store).taking(user, TODAY), Put("users", {"PK": user, "SK": "MAIL"})]
    impossible = Delete(Key("users", user, "NOTHING"), Exists())
    with pytest.raises(ConditionFailed) as raised:
        alerts.fired(seen, 0.9, MIDNIGHT, [*following, impossible])
    unfired = (alerts.get(user, "1"), store.get(mail), MailQuota(store).used(user, TODAY))
    fired = [alerts.fired(seen, 0.9, MIDNIGHT, following) for _ in range(2)]

    assert raised.value.key == impossible.key
    assert unfired == (seen, None, 0)
    assert fired == [True, False]
    assert store.get(mail) is not None
    assert MailQuota(store).used(user, TODAY) == 1


def interrupted(store: Store, meanwhile: Callable[[], object]) -> Store:
    """The store, before whose first write `meanwhile` is done."""
    made = Interrupted(store)
    made.meanwhile[1] = meanwhile
    return made


def test_an_alert_is_not_made_on_a_symbol_that_leaves_while_it_is_made(store: Store, user: str) -> None:
    leave = {"tickers": symbols(f"{user}B")}
    during = interrupted(store, lambda: Configurations(store).change(user, "w", leave, MIDNIGHT))
    with pytest.raises(NotWatched):
        made(during, user, "1")

    assert rows(store, user) == []


def test_an_alert_is_not_made_on_a_watchlist_that_is_deleted_while_it_is_made(store: Store, user: str) -> None:
    during = interrupted(store, lambda: Configurations(store).delete(user, "w", MIDNIGHT))
    with pytest.raises(NoSuchWatchlist):
        made(during, user, "1")

    assert rows(store, user) == []


@pytest.mark.parametrize("changes", [{"name": "new"}, {"tickers": symbols("MSFT")}])
def test_an_alert_is_made_though_its_watchlist_changes_around_it(
    store: Store, user: str, changes: dict[str, Value]
) -> None:
    tickers = changes.get("tickers", [])
    assert isinstance(tickers, list)
    kept = {**changes, "tickers": [*tickers, *symbols(f"{user}A")]}
    alert = made(interrupted(store, lambda: Configurations(store).change(user, "w", kept, MIDNIGHT)), user, "1")

    assert Alerts(store).all(user) == [alert]
    assert tally(store, user) == 1


def replaced(store: Store, user: str) -> None:
    """As many alerts as before, but not the same."""
    Alerts(store).delete(user, "1")
    made(store, user, "2")


@pytest.mark.parametrize(
    "meanwhile",
    [lambda store, user: made(store, user, "2"), replaced, lambda store, user: Alerts(store).delete(user, "1")],
)
def test_an_alert_that_comes_or_goes_while_its_symbol_leaves_goes_with_it_and_is_counted_once(
    store: Store, user: str, meanwhile: Callable[[Store, str], object]
) -> None:
    made(store, user, "1")
    during = interrupted(store, lambda: meanwhile(store, user))
    shown = Configurations(during).change(user, "w", {"tickers": symbols(f"{user}B")}, MIDNIGHT)

    assert shown is not None
    assert rows(store, user) == ["ALERTS#w"]
    assert tally(store, user) == 0


@pytest.mark.parametrize("meanwhile", [lambda store, user: made(store, user, "2"), replaced])
def test_an_alert_that_is_made_while_its_watchlist_is_deleted_goes_with_it(
    store: Store, user: str, meanwhile: Callable[[Store, str], object]
) -> None:
    made(store, user, "1")

    assert Configurations(interrupted(store, lambda: meanwhile(store, user))).delete(user, "w", MIDNIGHT)
    assert rows(store, user) == []


def test_a_first_alert_that_is_made_while_its_watchlist_is_deleted_goes_with_it(store: Store, user: str) -> None:
    assert Configurations(interrupted(store, lambda: made(store, user, "1"))).delete(user, "w", MIDNIGHT)
    assert rows(store, user) == []


def test_of_two_deletions_at_once_one_deletes(store: Store, user: str) -> None:
    for number in "123":
        made(store, user, number)
    second = Alerts(interrupted(store, lambda: Alerts(store).delete(user, "1"))).delete(user, "1")
    with_watchlist = Alerts(interrupted(store, lambda: Configurations(store).delete(user, "w", MIDNIGHT)))

    assert not second
    assert tally(store, user) == 2
    assert not with_watchlist.delete(user, "2")
    assert rows(store, user) == []


def test_of_two_toggles_at_once_each_toggles(store: Store, user: str) -> None:
    made(store, user, "1")
    toggled = Alerts(interrupted(store, lambda: Alerts(store).toggle(user, "1"))).toggle(user, "1")
    gone = Alerts(interrupted(store, lambda: Alerts(store).delete(user, "1"))).toggle(user, "1")

    assert toggled is True
    assert gone is None
    assert rows(store, user) == ["ALERTS#w"]


@pytest.mark.parametrize(
    "meanwhile",
    [lambda alerts, user: alerts.toggle(user, "2"), lambda alerts, user: alerts.delete(user, "2")],
)
def test_what_is_disabled_meanwhile_is_not_counted_as_disabled_here(
    store: Store, user: str, meanwhile: Callable[[Alerts, str], object]
) -> None:
    for number in "123":
        made(store, user, number)
    disabled = Alerts(interrupted(store, lambda: meanwhile(Alerts(store), user))).disable_all(user)

    assert disabled == 2
    assert Alerts(store).watching(f"{user}A") == []


def raced_by_threads(path: str) -> list[list[int]]:
    """What each did, over a connection of its own."""
    together = threading.Barrier(RIVALS)

    def run(number: int) -> list[int]:
        return compete(path, str(number), together.wait)

    with ThreadPoolExecutor(RIVALS) as threads:
        return list(threads.map(run, range(RIVALS)))


def raced_by_processes(path: str) -> list[list[int]]:
    with ExitStack() as stack:
        command = ("-m", "contract_tests.storage.rivals", path)
        running = [stack.enter_context(python(*command, str(number))) for number in range(RIVALS)]
        ready = [process.stdout.readline() for process in running if process.stdout]
        assert ready == ["ready\n"] * RIVALS
        return [[int(text) for text in line.split()] for line in released(running)]


@pytest.mark.parametrize("raced_by", [raced_by_threads, pytest.param(raced_by_processes, marks=pytest.mark.exhaustive)])
def test_sixteen_rivals_take_ten_mails_fire_once_and_never_make_an_eleventh_alert(
    tmp_path: Path, clock: StillClock, raced_by: Callable[[str], list[list[int]]]
) -> None:
    path = str(tmp_path / "store.db")
    prepare(SqliteStore(path, clock))
    taken, fired, created, toggled, disabled = (sum(column) for column in zip(*raced_by(path), strict=True))
    store = SqliteStore(path, clock)
    alerts = Alerts(store)
    raced, fired_alert = alerts.all(USER), alerts.get(USER, "0")

    assert taken == MailQuota(store).used(USER, TODAY) == 10
    assert fired == 1
    assert fired_alert is not None
    assert fired_alert.trigger_count == 1
    assert created == tally(store, USER, WATCHLIST) == len([a for a in raced if a.config_id == WATCHLIST]) == MAX_ALERTS
    assert tally(store, USER, RACED) == 3
    assert toggled == RIVALS * EACH
    # Each ends disabled; the toggled one, which was toggled an even number of times, was disabled an odd number of times.
    assert not any(alert.is_enabled for alert in raced)
    assert (disabled - len(raced)) % 2 == 0
    assert len(rows(store, USER)) == len(raced) + 2
