"""Each article counts once, whoever delivers it how often and in which order; ranges come whole whatever the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import MIDNIGHT
from handlers.domain import buckets as domain
from handlers.domain import days
from handlers.domain.buckets import RESOLUTIONS, SPANS, Bucket, Score
from handlers.runtime.clock import Clock, FixedClock, SystemClock
from handlers.storage.buckets import Buckets, Stretch
from handlers.storage.days import Days
from handlers.storage.items import Item, Key, Store, StoreUnavailable
from handlers.storage.sqlite import SqliteStore
from models.fields import Resolution

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
TICKERS = ("AAPL", "BRK.B")
SOURCES = ("tiingo", "finnhub", "our_model")
law = settings(max_examples=25, deadline=None)

scores = st.builds(
    Score,
    ticker=st.sampled_from(TICKERS),
    at=st.integers(0, 5 * 3600 - 1).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    units=st.integers(-10_000, 10_000),
    article_id=st.uuids(version=4).map(str),
    source=st.sampled_from(SOURCES),
)
some_scores = st.lists(scores, min_size=1, max_size=12)


def fresh(clock: Clock | None = None) -> Buckets:
    clock = clock or FixedClock(NOW)
    return Buckets(SqliteStore(":memory:", clock), clock)


def minutely(count: int, end: datetime = NOW, ticker: str = "AAPL") -> list[Score]:
    """One score in each of the last minutes before `end`, oldest first."""
    return [
        Score(ticker, end - timedelta(minutes=n), 100 * (n % 7), f"article-{n}", "tiingo") for n in range(count, 0, -1)
    ]


def everything(stored: Buckets) -> Iterator[Item]:
    """Every item of the test's tickers."""
    for ticker in TICKERS:
        partitions = [*RESOLUTIONS, "article", *(f"day#{source}" for source in SOURCES)]
        for name in partitions:
            yield from stored.store.query("timeseries", f"{ticker}#{name}").items


def whole(stored: Buckets, ticker: str, resolution: Resolution) -> list[Bucket]:
    stretch = stored.range(ticker, resolution, None, None, 1000)
    return stretch.complete + ([stretch.open] if stretch.open else [])


def counted(said: Iterable[Score], ticker: str, resolution: Resolution) -> list[Bucket]:
    """What the domain makes of scores, each article once."""
    singles = {score.article_id: domain.of_score(score, resolution) for score in said if score.ticker == ticker}
    return domain.aggregate(singles.values(), resolution)


@law
@given(some_scores, st.randoms(use_true_random=False))
def test_any_order_and_any_redelivery_leave_the_same_items(said: list[Score], order: st.DataObject) -> None:
    one_by_one, redelivered = fresh(), fresh()
    for score in said:
        one_by_one.record(score)
    again = said + said[::2]
    order.shuffle(again)  # type: ignore[attr-defined]
    for score in again:
        redelivered.record(score)

    assert list(everything(redelivered)) == list(everything(one_by_one))


@law
@given(some_scores)
def test_recording_many_leaves_the_items_that_recording_each_leaves(said: list[Score]) -> None:
    each, many = fresh(), fresh()
    for score in said:
        each.record(score)
    new = many.record_many(said[:5]) + many.record_many(said + said[::-1])

    assert new == len({(score.ticker, score.article_id) for score in said})
    assert list(everything(many)) == list(everything(each))


@law
@given(some_scores)
def test_what_is_stored_is_what_the_domain_counts_at_every_resolution(said: list[Score]) -> None:
    stored = fresh()
    for score in said:
        stored.record(score)

    for ticker in TICKERS:
        for resolution in RESOLUTIONS:
            assert whole(stored, ticker, resolution) == counted(said, ticker, resolution)


@law
@given(some_scores)
def test_coarse_buckets_are_the_aggregation_of_the_finer_ones(said: list[Score]) -> None:
    stored = fresh()
    stored.record_many(said)

    for resolution in RESOLUTIONS[1:]:
        fine = whole(stored, "AAPL", "1m")
        assert whole(stored, "AAPL", resolution) == domain.aggregate(fine, resolution)


def test_an_article_counts_for_each_of_its_tickers() -> None:
    stored = fresh()
    score = minutely(1)[0]

    assert stored.record(score)
    assert stored.record(replace(score, ticker="MSFT"))
    assert not stored.record(score)
    assert [bucket.count for bucket in whole(stored, "AAPL", "1h") + whole(stored, "MSFT", "1h")] == [1, 1]


def test_recorders_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    clock = SystemClock()
    store = SqliteStore(str(tmp_path / "store.db"), clock)
    said = [replace(score, at=clock.now()) for score in minutely(40)]

    def deliver(share: list[Score]) -> int:
        return sum(Buckets(store, clock).record(score) for score in share)

    with ThreadPoolExecutor(4) as threads:
        # Each article is delivered twice, by two recorders at once.
        recorded = list(threads.map(deliver, [said[::2], said[::-2], said[::2], said[1::2]]))

    assert sum(recorded) == len(said)
    assert sum(bucket.count for bucket in whole(Buckets(store, clock), "AAPL", "24h")) == len(said)
    assert sum(day.count for day in Days(store).of_source("AAPL", "tiingo", *around(clock.now()))) == len(said)


class Contended(SqliteStore):
    """A store on which somebody else always writes between a recorder's read and its write."""

    rivals: int = 0

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        found = super().get_many(wanted)
        if self.rivals:
            self.rivals -= 1
            rival = replace(minutely(1)[0], article_id=f"rival-{self.rivals}")
            rivals, self.rivals = self.rivals, 0
            Buckets(self, FixedClock(NOW)).record(rival)
            self.rivals = rivals
        return found


def test_a_recorder_that_was_overtaken_counts_on_top_of_the_other() -> None:
    store = Contended(":memory:", FixedClock(NOW))
    store.rivals = 3

    assert Buckets(store, FixedClock(NOW), lambda: 0.5).record(minutely(1)[0])
    assert whole(Buckets(store, FixedClock(NOW)), "AAPL", "1m")[0].count == 4


def test_a_recorder_that_is_overtaken_again_and_again_gives_up_and_says_when_to_retry() -> None:
    store = Contended(":memory:", FixedClock(NOW))
    store.rivals = 1000
    clock = FixedClock(NOW)

    with pytest.raises(StoreUnavailable) as refusal:
        Buckets(store, clock, lambda: 0.5).record(minutely(1)[0])

    assert refusal.value.retry_after_seconds == 1
    # Half of 10, 20, 40, 80, 160 and 320 ms, then six times half of 500 ms.
    assert clock.now() - NOW == timedelta(milliseconds=315 + 1500)


def test_a_bucket_is_complete_from_the_instant_at_which_it_ends() -> None:
    clock = FixedClock(NOW - timedelta(microseconds=1))
    stored = fresh(clock)
    stored.record(Score("AAPL", NOW - timedelta(minutes=1), 5, "one", "tiingo"))
    before = stored.newest("AAPL", "1m", 60)
    clock.at = NOW

    assert before.complete == []
    assert before.open is not None
    assert stored.newest("AAPL", "1m", 60) == ([before.open], None, None)


def test_the_newest_buckets_are_complete_ones_and_the_open_one_comes_apart() -> None:
    stored = fresh(FixedClock(NOW + timedelta(seconds=30)))
    stored.record_many(minutely(10, end=NOW + timedelta(minutes=1)))
    newest = stored.newest("AAPL", "1m", 3)

    assert [bucket.start for bucket in newest.complete] == [NOW - timedelta(minutes=n) for n in (3, 2, 1)]
    assert newest.open is not None
    assert newest.open.start == NOW


@law
@given(st.integers(1, 30), st.integers(1, 32), st.integers(0, 59))
def test_pages_of_any_length_together_are_the_whole_range(count: int, limit: int, seconds: int) -> None:
    stored = fresh(FixedClock(NOW + timedelta(seconds=seconds)))
    stored.record_many(minutely(count, end=NOW + timedelta(minutes=1)))
    pages: list[Stretch] = []
    after: str | None = None
    while not pages or after is not None:
        pages.append(stored.range("AAPL", "1m", NOW - timedelta(days=1), None, limit, after))
        after = pages[-1].next
    found = [bucket for page in pages for bucket in page.complete]

    assert [bucket.start for bucket in found] == [NOW - timedelta(minutes=n) for n in range(count - 1, 0, -1)]
    assert all(len(page.complete) == limit for page in pages[:-1])
    assert pages[-1].complete or count == 1
    assert [page.open is not None for page in pages] == [False] * (len(pages) - 1) + [True]


@law
@given(st.integers(0, 200), st.integers(0, 200))
def test_a_range_has_the_buckets_that_start_in_it_to_the_microsecond(one: int, other: int) -> None:
    stored = fresh()
    stored.record_many(minutely(3))
    start, end = sorted(NOW - timedelta(minutes=3) + timedelta(seconds=1, microseconds=-1) * n for n in (one, other))
    found = stored.range("AAPL", "1m", start, end, 10).complete

    starts = [NOW - timedelta(minutes=n) for n in (3, 2, 1)]
    assert [bucket.start for bucket in found] == [at for at in starts if start <= at < end]


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_a_bucket_is_forgotten_when_its_retention_after_its_end_is_over(resolution: Resolution) -> None:
    clock = FixedClock(NOW)
    stored = fresh(clock)
    stored.record(Score("AAPL", NOW, 5, "one", "tiingo"))
    end = domain.end_of(domain.align(NOW, resolution), resolution) + SPANS[resolution].retention
    clock.at = end - timedelta(seconds=1)
    last_second = whole(stored, "AAPL", resolution)
    clock.at = end

    assert len(last_second) == 1
    assert whole(stored, "AAPL", resolution) == []


def test_what_marks_an_article_as_counted_is_forgotten_with_its_day() -> None:
    clock = FixedClock(NOW)
    stored, mark = fresh(clock), Key("timeseries", "AAPL#article", "one")
    stored.record(Score("AAPL", NOW, 5, "one", "tiingo"))
    clock.at = days.expires_at(NOW.date()) - timedelta(seconds=1)
    last_second = stored.store.get(mark)
    clock.at += timedelta(seconds=1)

    assert last_second is not None
    assert stored.store.get(mark) is None


def test_an_article_that_comes_late_counts_only_where_it_is_not_forgotten_yet() -> None:
    stored = fresh()
    stored.record(Score("AAPL", NOW - timedelta(days=10), 5, "late", "tiingo"))
    kept = [resolution for resolution in RESOLUTIONS if whole(stored, "AAPL", resolution)]

    assert kept == ["3h", "6h", "12h", "24h"]


def test_an_article_older_than_everything_changes_nothing() -> None:
    stored = fresh()

    assert not stored.record(Score("AAPL", NOW - days.RETENTION - timedelta(days=2), 5, "ancient", "tiingo"))
    assert list(everything(stored)) == []


@law
@given(some_scores)
def test_days_add_up_the_scores_of_each_source(said: list[Score]) -> None:
    stored = fresh()
    stored.record_many(said)

    for source in SOURCES:
        own = {s.article_id: s.units for s in said if (s.ticker, s.source) == ("AAPL", source)}
        found = Days(stored.store).of_source("AAPL", source, *around(NOW))
        assert sum(day.sum for day in found) == sum(own.values())
        assert sum(day.squares for day in found) == sum(units**2 for units in own.values())
        assert sum(sum(day.label_counts.values()) for day in found) == sum(day.count for day in found) == len(own)


def test_every_engine_counts_once_and_gives_ranges(store: Store, engine: str) -> None:
    clock = FixedClock(MIDNIGHT)
    stored = Buckets(store, clock)
    ticker = "EXT" if engine == "external" else "AAPL"
    said = minutely(4, end=MIDNIGHT, ticker=ticker)
    recorded = [stored.record(score) for score in said + said]
    first = stored.range(ticker, "1m", MIDNIGHT - timedelta(hours=1), MIDNIGHT, 3)
    rest = stored.range(ticker, "1m", MIDNIGHT - timedelta(hours=1), MIDNIGHT, 3, first.next)

    assert recorded == [True] * 4 + [False] * 4
    assert first.complete + rest.complete == counted(said, ticker, "1m")
    assert rest.next is None
    assert stored.newest(ticker, "24h", 7).complete == counted(said, ticker, "24h")


def around(instant: datetime) -> tuple[datetime, datetime]:
    return instant.date() - timedelta(days=1), instant.date() + timedelta(days=1)  # type: ignore[return-value]
