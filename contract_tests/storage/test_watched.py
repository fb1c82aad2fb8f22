"""What is watched is counted with each change of a watchlist, whatever races and whoever is merged."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.test_users import account
from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.configurations import Configurations, Draft, TooManyActive, WatchedTicker
from handlers.storage.items import Store, Value
from handlers.storage.merging import Merging
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import TABLE, Users
from handlers.storage.watched import PARTITION, Watched
from models.refusals import Unauthenticated

ANONYMOUS, ACCOUNT = ("one", "two"), "account"
USERS = (*ANONYMOUS, ACCOUNT)
symbols = st.lists(st.sampled_from(["AAPL", "MSFT", "XOM"]), min_size=1, unique=True)
changes = st.tuples(
    st.sampled_from(["create", "change", "delete", "merge"]), st.sampled_from(USERS), st.integers(0, 2), symbols
)


def watched(tickers: list[str]) -> tuple[WatchedTicker, ...]:
    return tuple(WatchedTicker(ticker, ticker, "NASDAQ", MIDNIGHT) for ticker in tickers)


def make(store: Store, what: str, user: str, number: int, tickers: list[str]) -> None:
    configurations, config_id = Configurations(store), f"{user}-{number}"
    if what == "merge" and user in ANONYMOUS:
        Merging(store).merge(user, ACCOUNT, MIDNIGHT)
    if what == "create" and configurations.get(user, config_id) is None:
        try:
            configurations.create(user, config_id, Draft("", watched(tickers), 7, False), MIDNIGHT)
        except TooManyActive:
            return
    elif what == "change":
        values: list[Value] = [ticker.value() for ticker in watched(tickers)]
        configurations.change(user, config_id, {"tickers": values}, MIDNIGHT)
    elif what == "delete":
        configurations.delete(user, config_id, MIDNIGHT)


def enrol(store: Store) -> None:
    """Two anonymous users, and an account into which they may be merged."""
    for user in ANONYMOUS:
        Users(store).start_anonymous(user, "UTC", MIDNIGHT)
    Users(store).add(account(ACCOUNT, None))


def on_watchlists(store: Store) -> Counter[str]:
    """On how many watchlists each symbol is, of users who were not merged: what waits for a place watches nothing."""
    live = [user for user in USERS if (profile := Users(store).get(user)) and profile.merged_to is None]
    found = [each for user in live for each in Configurations(store).all(user)]
    return Counter(ticker.symbol for each in found for ticker in each.draft.tickers)


def counted(store: Store) -> dict[str, object]:
    return {str(item["SK"]): item["watchlists"] for item in store.query(TABLE, PARTITION).items if item["watchlists"]}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2), st.lists(changes, max_size=15))
def test_what_is_watched_is_what_the_watchlists_say(present: int, made: list[tuple[str, str, int, list[str]]]) -> None:
    store = SqliteStore(":memory:", StillClock())
    enrol(store)
    # Mostly somebody has something to be merged, and there is not always a place for it.
    begun = [("create", ACCOUNT, number, ["AAPL", "XOM"]) for number in range(present)]
    for change in [*begun, ("create", "one", 0, ["AAPL", "MSFT"]), *made]:
        # Who was merged has no session: what they ask for all the same is refused.
        with suppress(Unauthenticated):
            make(store, *change)

        assert counted(store) == on_watchlists(store)
        assert Watched(store).tickers() == sorted(on_watchlists(store))


def test_a_watchlist_that_waits_for_a_place_watches_nothing_until_there_is_one() -> None:
    store = SqliteStore(":memory:", StillClock())
    enrol(store)
    for number in (0, 1):
        make(store, "create", ACCOUNT, number, ["XOM"])
        make(store, "create", "one", number, ["AAPL", "MSFT"])
    before = counted(store)
    make(store, "merge", "one", 0, [])
    waiting = counted(store)
    make(store, "delete", ACCOUNT, 0, [])
    make(store, "merge", "one", 0, [])

    assert before == {"AAPL": 2, "MSFT": 2, "XOM": 2}
    assert waiting == {"XOM": 2}
    assert counted(store) == {"AAPL": 1, "MSFT": 1, "XOM": 1}


@pytest.mark.parametrize("what", ["create", "change", "delete"])
def test_a_request_that_comes_after_its_user_was_merged_changes_no_watchlist_that_waits(what: str) -> None:
    store = SqliteStore(":memory:", StillClock())
    enrol(store)
    for user, number in ((ACCOUNT, 0), (ACCOUNT, 1), ("one", 0)):
        make(store, "create", user, number, ["AAPL"])
    make(store, "merge", "one", 0, [])
    waiting = Configurations(store).all("one")
    with pytest.raises(Unauthenticated):
        make(store, what, "one", 1 if what == "create" else 0, ["MSFT"])

    assert Configurations(store).all("one") == waiting != []
    assert counted(store) == {"AAPL": 2}


def test_changes_at_the_same_time_are_counted_as_if_one_after_the_other(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "store.db"), StillClock(), busy_timeout_seconds=30)
    enrol(store)
    make(store, "create", "one", 0, ["AAPL"])
    choices = [["AAPL"], ["MSFT"], ["XOM", "AAPL"], ["MSFT", "XOM"]]

    def change(share: int) -> None:
        for number in range(8):
            make(store, "change", "one", 0, choices[(share + number) % 4])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(change, range(4)))
    seen = counted(store)

    assert seen == on_watchlists(store)
    make(store, "delete", "one", 0, [])
    assert Watched(store).tickers() == []
