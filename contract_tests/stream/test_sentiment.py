"""What clients are told of a ticker's sentiment, once articles about it are judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from contract_tests.stream.world import NOW, Connection, Told, World
from handlers.domain.buckets import to_units
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.configurations import Configurations
from handlers.storage.items import Item, Key, Page, StoreUnavailable
from handlers.storage.sqlite import SqliteStore
from tools.identities import ANONYMOUS, CONFIGURATION, credentials_of, enrol

TICKERS = ("AAPL", "MSFT")
PATH = f"/api/v2/configurations/{CONFIGURATION}/stream"


class Partial(SqliteStore):
    """A store of which some tables or partitions cannot be read."""

    down: frozenset[str] = frozenset()

    def query(self, table: str, pk: str, *asked: Any, **named: Any) -> Page:
        self._check(table, pk)
        return super().query(table, pk, *asked, **named)

    def get(self, key: Key) -> Item | None:
        self._check(key.table)
        return super().get(key)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        for key in wanted:
            self._check(key.table)
        return super().get_many(wanted)

    def _check(self, *names: str) -> None:
        if not self.down.isdisjoint(names):
            raise StoreUnavailable("down for a test", 1)


def partial() -> tuple[World, Partial]:
    clock = FixedClock(NOW)
    store = Partial(":memory:", clock)
    enrol(store, NOW)
    return World(store=store, clock=clock), store


def connected(world: World, query: str = "", last_event_id: str | None = None) -> Connection:
    connection = world.open(query, last_event_id)
    connection.until("metrics")
    return connection


def watching(world: World, last_event_id: str | None = None) -> Connection:
    """The stream of the watchlist of AAPL and MSFT."""
    headers = credentials_of("anonymous", world.settings, world.clock.now())
    return world.open("resolutions=24h", last_event_id, path=PATH, headers=headers)


def updates(events: list[Told]) -> list[Told]:
    return [told for told in events if told.event == "sentiment_update"]


def tickers(events: list[Told]) -> list[str]:
    return [told.data["ticker"] for told in updates(events)]


def test_a_judged_article_comes_as_the_sentiment_of_its_ticker_within_three_seconds() -> None:
    world = World()
    world.judge("AAPL", score=0.9, ago=timedelta(hours=23))
    connection = connected(world)
    world.judge("AAPL", score=0.1)
    judged_at = world.clock.now()
    told = connection.until("sentiment_update")[-1]

    assert world.clock.now() - judged_at <= timedelta(seconds=3)
    assert told.data == {
        "ticker": "AAPL",
        "score": 0.5,
        "label": "positive",
        "confidence": 0.92,
        "article_count": 2,
        "timestamp": "2024-12-02T15:00:21Z",
        "origin_timestamp": "2024-12-02T15:00:20Z",
    }


def test_a_single_article_agrees_with_nobody() -> None:
    world = World()
    connection = connected(world)
    world.judge("AAPL", score=-0.33)
    told = connection.until("sentiment_update")[-1]

    assert (told.data["label"], told.data["confidence"], told.data["article_count"]) == ("negative", None, 1)


def test_what_was_judged_before_somebody_connects_is_silent() -> None:
    world = World()
    world.judge("AAPL", score=0.5)
    world.wait(2)
    world.judge("MSFT", score=0.5)
    connection = world.open()
    told = [event for _ in range(3) for event in connection.until("heartbeat")]

    assert {event.event for event in told} == {"heartbeat", "metrics"}


def test_a_ticker_comes_once_in_a_poll_and_not_again() -> None:
    world = World()
    connection = connected(world, "resolutions=24h")
    for tenths in range(3):
        world.judge(*TICKERS, score=tenths / 10)
    told = connection.until("heartbeat")

    assert tickers(told) == ["AAPL", "MSFT"]
    assert [event.data["article_count"] for event in updates(told)] == [3, 3]


def test_who_slept_through_several_polls_is_told_the_last_word_on_a_ticker() -> None:
    world = World()
    slow, fast = connected(world, "resolutions=24h"), connected(world, "resolutions=24h")
    for tenths in range(3):
        world.judge("AAPL", score=tenths / 10)
        fast.until("sentiment_update")
    told = updates(slow.until("heartbeat"))

    assert [(event.data["article_count"], event.data["score"]) for event in told] == [(3, 0.1)]


def test_an_article_that_is_older_than_a_day_changes_no_sentiment() -> None:
    world = World()
    world.judge("AAPL", score=0.9)
    world.wait(20)
    connection = connected(world)
    world.judge("AAPL", score=0.5, ago=timedelta(hours=24, seconds=1))
    told = connection.until("heartbeat")

    assert {event.event for event in told} == {"bucket_update", "heartbeat"}


def test_tickers_filter_the_sentiment_and_resolutions_do_not() -> None:
    world = World()
    connection = connected(world, "tickers=AAPL&resolutions=1m")
    world.judge("AAPL", "MSFT", "NVDA", score=0.5)

    assert tickers(connection.until("heartbeat")) == ["AAPL"]


def test_a_watchlist_is_told_of_its_own_tickers_only_live_and_after_coming_back() -> None:
    world, _ = partial()
    stayed = watching(world)
    position = stayed.next().id
    world.judge("NVDA", "AAPL", score=0.5)
    world.wait(10)
    resumed = watching(World(store=world.store, clock=world.clock), position)

    for told in (stayed.until("heartbeat"), resumed.until("heartbeat")):
        assert [(event.event, event.data.get("ticker")) for event in told] == [
            ("partial_bucket", "AAPL"),
            ("sentiment_update", "AAPL"),
            ("heartbeat", None),
        ]


@pytest.mark.parametrize(
    ("down", "kinds"),
    [
        ("timeseries", {"sentiment_update", "metrics"}),
        ("articles", {"partial_bucket"}),
        ("journal", {"metrics"}),
    ],
)
def test_what_cannot_be_read_holds_up_nothing_else_and_comes_at_last(down: str, kinds: set[str]) -> None:
    world, store = partial()
    connection = connected(world, "resolutions=24h")
    meanwhile: list[Told] = []
    for ticker in TICKERS:
        store.down = frozenset()
        world.judge(ticker, score=0.5)
        store.down = frozenset({down})
        meanwhile += connection.until("heartbeat")
    store.down = frozenset()
    position = meanwhile[-1].id
    afterwards = connection.until("heartbeat")
    resumed = world.open("resolutions=24h", position).until("heartbeat")

    missing = {"sentiment_update", "partial_bucket", "metrics"} - kinds
    assert {told.event for told in meanwhile} == kinds | {"heartbeat"}
    assert {told.event for told in afterwards} == missing | {"heartbeat"}
    # The position has not passed what was held up.
    brought = {(told.event, told.data["ticker"]) for told in resumed if "ticker" in told.data}
    assert brought >= {(kind, ticker) for kind in missing - {"metrics"} for ticker in TICKERS}


def test_metrics_that_could_not_be_counted_are_counted_when_they_can_be() -> None:
    world, store = partial()
    connection = connected(world, "resolutions=24h")
    world.judge("AAPL", score=0.5)
    store.down = frozenset({"DAY#2024-12-02"})
    connection.until("sentiment_update")
    store.down = frozenset()
    told = connection.until("heartbeat")

    assert [event.event for event in told] == ["metrics", "heartbeat"]


def test_a_stream_opens_while_a_part_of_the_store_answers() -> None:
    world, store = partial()
    store.down = frozenset({"timeseries", "journal"})
    opened = world.open()
    store.down = frozenset({"timeseries", "journal", "articles"})
    world.wait(1)

    assert [event.event for event in opened.take(2)] == ["heartbeat", "metrics"]
    assert world.open().status == 503


def test_a_watchlist_that_cannot_be_read_keeps_its_tickers() -> None:
    world, store = partial()
    connection = watching(world)
    connection.next()
    store.down = frozenset({"users"})
    world.judge("AAPL", "NVDA", score=0.5)

    assert tickers(connection.until("heartbeat")) == ["AAPL"]


def test_a_ticker_that_left_a_watchlist_leaves_its_stream_and_its_replays() -> None:
    world, _ = partial()
    connection = watching(world)
    position = connection.next().id
    world.judge(*TICKERS, score=0.5)
    connection.until("sentiment_update")
    assert Configurations(world.store).change(ANONYMOUS, CONFIGURATION, {"tickers": []}, world.clock.now())
    world.wait(10)

    assert updates(watching(world, position).until("heartbeat")) == []


@bounded(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TICKERS), st.integers(-100, 100), st.integers(0, 4000)), max_size=6))
def test_whoever_follows_or_resumes_ends_with_the_mean_of_what_is_stored(said: list[tuple[str, int, int]]) -> None:
    world = World()
    stayed = connected(world, "resolutions=24h")
    position = f"{world.clock.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    for ticker, hundredths, milliseconds in said:
        world.judge(ticker, score=hundredths / 100)
        world.wait(milliseconds / 1000)
    world.wait(5)
    resumed = World(store=world.store, clock=world.clock).open("resolutions=24h", position)

    expected = stored(world, world.clock.now() - timedelta(hours=24))
    assert last_words(stayed.until("heartbeat")) == expected
    assert last_words(resumed.until("heartbeat")) == expected


def last_words(events: list[Told]) -> dict[str, tuple[int, float]]:
    return {told.data["ticker"]: (told.data["article_count"], told.data["score"]) for told in updates(events)}


def stored(world: World, since: datetime) -> dict[str, tuple[int, float]]:
    scores = {ticker: Articles(world.store).scores(ticker, since) for ticker in TICKERS}
    means = {ticker: sum(map(to_units, found)) / len(found) / 10_000 for ticker, found in scores.items() if found}
    return {ticker: (len(scores[ticker]), round(mean, 4) + 0.0) for ticker, mean in means.items()}
