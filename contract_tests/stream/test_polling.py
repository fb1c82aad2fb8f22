"""The poll of a process: what it remembers, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from contract_tests.stream.world import FEEDS, NOW
from handlers.assembly import Backend
from handlers.domain.buckets import Score, to_units
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.buckets import Buckets
from handlers.storage.items import Item, Key, Page
from handlers.storage.sqlite import SqliteStore
from handlers.stream.changes import Wanted
from handlers.stream.polling import Poll


class Asked(SqliteStore):
    """A store that counts how often it is asked for a range, and keeps which items it is asked for."""

    times = 0
    tables: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()

    def query(self, *asked: Any, **named: Any) -> Page:
        self.times += 1
        self.tables += (asked[0],)
        return super().query(*asked, **named)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        self.keys += tuple(wanted)
        return super().get_many(wanted)


class Polling:
    """A poll over a store that counts, and what is said in it."""

    def __init__(self) -> None:
        self.clock = FixedClock(NOW)
        self.store = Asked(":memory:", self.clock)
        self.poll = self.opened()

    def opened(self) -> Poll:
        """The poll of another process."""
        return Poll(Backend(Settings(), self.clock, CountedChance("poll"), FEEDS, self.store))

    def say(self, ticker: str) -> None:
        score = Score(ticker, self.clock.now(), to_units(0.5), f"{ticker}-{self.clock.now()}", "tiingo")
        Buckets(self.store, self.clock).record(score)

    def run(self, seconds: int) -> None:
        """Polls each second; what is counted afterwards is of these."""
        self.store.tables = self.store.keys = ()
        for _ in range(seconds):
            self.clock.sleep(1)
            self.poll.refresh()


def test_the_journal_is_read_once_a_poll_for_all_that_is_told() -> None:
    polling = Polling()
    polling.poll.follow(polling, Wanted(frozenset(["AAPL"])))
    polling.run(10)

    assert polling.store.tables.count("journal") == 10


def test_only_what_somebody_follows_is_read() -> None:
    polling = Polling()
    polling.poll.follow(polling, Wanted(frozenset(["AAPL"])))
    polling.say("AAPL")
    polling.say("MSFT")
    polling.run(60)

    assert {key.pk.partition("#")[0] for key in polling.store.keys if key.table == "timeseries"} == {"AAPL"}
    changes, _ = polling.poll.buckets.since(NOW, Wanted())
    assert {change.bucket.ticker for change in changes if change.is_complete} == {"AAPL"}
    assert polling.poll.metrics is None


def test_of_all_tickers_those_are_read_that_had_a_score_even_before_the_process_began() -> None:
    polling = Polling()
    polling.say("MSFT")
    polling.clock.sleep(20)
    polling.poll = polling.opened()
    polling.poll.follow(polling, Wanted(metrics=True))
    polling.run(60)

    assert {key.pk.partition("#")[0] for key in polling.store.keys if key.table == "timeseries"} == {"MSFT"}
    changes, _ = polling.poll.buckets.since(NOW, Wanted())
    assert [(change.bucket.ticker, change.bucket.resolution) for change in changes if change.is_complete] == [
        ("MSFT", "1m")
    ]


def test_who_is_gone_is_read_for_no_more() -> None:
    polling, follower = Polling(), Polling()
    polling.poll.follow(follower, Wanted())
    del follower
    polling.say("AAPL")
    polling.run(60)

    assert polling.store.keys == ()


def test_what_was_found_in_the_last_minute_is_in_memory_and_what_was_before_in_the_store() -> None:
    clock = FixedClock(NOW)
    store = Asked(":memory:", clock)
    poll = Poll(Backend(Settings(), clock, CountedChance("poll"), FEEDS, store))
    poll.follow(store, Wanted(metrics=True))
    for _ in range(90):
        poll.refresh()
        clock.sleep(1)

    asked = []
    for seconds in (30, 20):
        before = store.times
        poll.buckets.since(NOW + timedelta(seconds=seconds), Wanted())
        asked.append(store.times - before)
    assert asked[0] == 0
    assert asked[1] > 0
