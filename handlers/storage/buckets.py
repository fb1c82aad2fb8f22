"""Sentiment buckets and days in the store: each article changes those of its tickers once, all together or not at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, cast

from handlers.domain import days
from handlers.domain.buckets import (
    RESOLUTIONS,
    Bucket,
    Score,
    accumulate,
    align,
    end_of,
    from_row,
    of_score,
    starts,
    to_row,
)
from handlers.domain.days import SourceDay
from handlers.runtime.clock import Clock
from handlers.storage import journal
from handlers.storage.items import Absent, Condition, ConditionFailed, Equals, Item, Key, Put, Store, StoreUnavailable
from models.fields import Resolution

TABLE = "timeseries"
ATTEMPTS = 12
FIRST_BACKOFF_SECONDS = 0.01
LONGEST_BACKOFF_SECONDS = 0.5
BATCH = 500
SECOND = timedelta(seconds=1)


class Stretch(NamedTuple):
    """Buckets in time: the complete ones, oldest first, and the open one if it is among those asked for."""

    complete: list[Bucket]
    open: Bucket | None
    next: str | None
    """Where the following complete buckets start; None exactly when there are none."""


class _Counted(NamedTuple):
    """What was known, what is to be, and the scores that make the difference."""

    known: Mapping[Key, Item | None]
    items: dict[Key, Item]
    new: list[Score]


@dataclass(frozen=True, slots=True)
class Buckets:
    """`PK={ticker}#{resolution}`, `SK=` bucket start ending in Z; days under `{ticker}#day#{source}`.

    A bucket is complete when its end has passed on the clock, whatever is stored. `jitter` gives shares [0, 1) of a wait.
    """

    store: Store
    clock: Clock
    jitter: Callable[[], float] = random.random

    def record(self, score: Score) -> bool:
        """Counts a score in its buckets and its day; False if it is counted already, or too old for all of them.

        Raises StoreUnavailable when others keep changing the same buckets.
        """
        for attempt in range(ATTEMPTS):
            now = self.clock.now()
            counted = self._counted([score], now)
            try:
                if counted.new:
                    changed = [Put(TABLE, item, unchanged(counted.known[key])) for key, item in counted.items.items()]
                    self.store.transact([*changed, Put(journal.TABLE, journal.entry([score], now))])
                return bool(counted.new)
            except ConditionFailed:
                self._wait(attempt)
        raise StoreUnavailable(f"{ATTEMPTS} attempts to count a score of {score.ticker} met other writers", 1)

    def record_many(self, scores: Iterable[Score]) -> int:
        """Counts scores as `record` would, in batches that are not atomic: for one writer filling a store. How many."""
        remaining = iter(scores)
        recorded = 0
        while batch := list(islice(remaining, BATCH)):
            recorded += self._record_batch(batch)
        return recorded

    def _record_batch(self, scores: list[Score]) -> int:
        now = self.clock.now()
        counted = self._counted(scores, now)
        self.store.put_many(TABLE, counted.items.values())
        # A filled store reads as if each score had been stored when its article appeared.
        noted = [journal.entry([score], score.at) for score in counted.new if score.at > now - journal.KEPT]
        self.store.put_many(journal.TABLE, noted)
        return len(counted.new)

    def _counted(self, scores: Iterable[Score], now: datetime) -> _Counted:
        said: dict[Key, tuple[Score, list[Place]]] = {}
        for score in scores:
            said.setdefault(_mark_of(score), (score, places_of(score.ticker, score.source, score.at, now)))
        keys = list(dict.fromkeys(key for mark, (_, places) in said.items() for key in (mark, *keys_of(places))))
        known = dict(zip(keys, self.store.get_many(keys), strict=True))
        new = {mark: found for mark, found in said.items() if known[mark] is None and found[1]}
        counting = Counting()
        for score, places in new.values():
            counting.add(score, places)
        # A mark outlives everything that its article changed: a redelivery after that finds nothing to change.
        marks: dict[Key, Item] = {
            mark: {"PK": mark.pk, "SK": mark.sk, "ttl": places[0].ttl} for mark, (_, places) in new.items()
        }
        return _Counted(known, {**marks, **counting.items(known)}, [score for score, _ in new.values()])

    def at(self, places: Iterable[tuple[str, Resolution, datetime]]) -> list[Bucket]:
        """The buckets of ticker, resolution and start, in order; places where nothing was said are left out."""
        keys = [Key(TABLE, _partition(ticker, resolution), sort_key(start)) for ticker, resolution, start in places]
        return [_bucket(item) for item in self.store.get_many(keys) if item is not None]

    def newest(self, ticker: str, resolution: Resolution, limit: int) -> Stretch:
        """The newest `limit` complete buckets, and the open one."""
        opened = align(self.clock.now(), resolution)
        until = sort_key(end_of(opened, resolution))
        page = self.store.query(TABLE, _partition(ticker, resolution), end=until, limit=limit + 1, newest_first=True)
        found = [_bucket(item) for item in reversed(page.items)]
        last = found.pop() if found and found[-1].start == opened else None
        return Stretch(found[-limit:], last, None)

    def range(
        self,
        ticker: str,
        resolution: Resolution,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        after: str | None = None,
    ) -> Stretch:
        """At most `limit` complete buckets that start in [start, end) and beyond `after`; None is without bound.

        The open one comes with the last of them.
        """
        opened = align(self.clock.now(), resolution)
        first = None if start is None else sort_key(start)
        last = sort_key(opened if end is None else min(opened, end))
        page = self.store.query(TABLE, _partition(ticker, resolution), first, last, limit=limit, after=after)
        found = [_bucket(item) for item in page.items]
        asked = (start is None or start <= opened) and (end is None or opened < end)
        current = self._stored(ticker, resolution, opened) if asked and page.next is None else None
        return Stretch(found, current, page.next)

    def _stored(self, ticker: str, resolution: Resolution, start: datetime) -> Bucket | None:
        item = self.store.get(Key(TABLE, _partition(ticker, resolution), sort_key(start)))
        return None if item is None else _bucket(item)

    def _wait(self, attempt: int) -> None:
        """Exponential backoff with full jitter."""
        longest = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2**attempt)
        self.clock.sleep(self.jitter() * longest)


def sort_key(instant: datetime) -> str:
    """The sort key of the first bucket that starts at or after an instant. Buckets start at whole seconds."""
    up = instant.astimezone(UTC)
    if up.microsecond:
        up = up.replace(microsecond=0) + SECOND
    return up.isoformat().removesuffix("+00:00") + "Z"


def _partition(ticker: str, resolution: Resolution) -> str:
    return f"{ticker}#{resolution}"


def day_partition(ticker: str, source: str) -> str:
    """The partition key of what one source says about a ticker day by day; the sort key is the date."""
    return f"{ticker}#day#{source}"


class Place(NamedTuple):
    """Where a score counts: in a bucket, or in a day, which has no resolution. `ttl` is when that is forgotten."""

    key: Key
    resolution: Resolution | None
    ttl: int


def places_of(ticker: str, source: str, at: datetime, now: datetime) -> list[Place]:
    """Where a score counts that is kept at `now`: its day, then its buckets. Empty if it is too old for everything."""
    day = day_of(ticker, source, at, now)
    return [*day, *_buckets_of(ticker, at, now)] if day else []


def day_of(ticker: str, source: str, at: datetime, now: datetime) -> list[Place]:
    """Where what a source itself says of an article counts: in its own day, and in no bucket."""
    text, ttl = _day(days.day_of(at))
    if ttl <= now.timestamp():
        return []
    return [Place(Key(TABLE, day_partition(ticker, source), text), None, ttl)]


@lru_cache(maxsize=64)
def _day(day: date) -> tuple[str, int]:
    """Sort key and expiry of a day."""
    return day.isoformat(), int(days.expires_at(day).timestamp())


def _buckets_of(ticker: str, at: datetime, now: datetime) -> Iterator[Place]:
    for resolution, start, ttl in starts(at, now):
        yield Place(Key(TABLE, _partition(ticker, resolution), sort_key(start)), resolution, ttl)


def keys_of(places: Iterable[Place]) -> Iterator[Key]:
    return (place.key for place in places)


def _mark_of(score: Score) -> Key:
    """What marks an article as counted for a ticker."""
    return Key(TABLE, f"{score.ticker}#article", score.article_id)


class Counting:
    """Scores that are counted together: each bucket and day is made once, whatever falls into it."""

    def __init__(self) -> None:
        self._said: dict[Key, tuple[Place, list[_Said]]] = {}

    def add(self, score: Score, places: Sequence[Place]) -> None:
        said = _Said(score)
        for place in places:
            self._said.setdefault(place.key, (place, []))[1].append(said)

    def items(self, known: Mapping[Key, Item | None]) -> dict[Key, Item]:
        """The items as they are to be, on top of those that are known."""
        return {key: _next(place, known[key], said) for key, (place, said) in self._said.items()}


class _Said:
    """A score, and what a bucket holds that holds nothing else."""

    def __init__(self, score: Score) -> None:
        self.score = score
        self._row: Item | None = None

    def row(self) -> Item:
        if self._row is None:
            self._row = to_row(of_score(self.score, RESOLUTIONS[0]))
        return self._row


def _next(place: Place, item: Item | None, said: Sequence[_Said]) -> Item:
    row = _next_day(item, said) if place.resolution is None else _next_bucket(place, place.resolution, item, said)
    return {"PK": place.key.pk, "SK": place.key.sk, "ttl": place.ttl, **row}


def _next_day(item: Item | None, said: Sequence[_Said]) -> Item:
    day = None if item is None else days.from_row(item)
    for each in said:
        day = days.accumulate(day, each.score)
    return days.to_row(cast(SourceDay, day))


def _next_bucket(place: Place, resolution: Resolution, item: Item | None, said: Sequence[_Said]) -> Item:
    if item is None and len(said) == 1:
        return said[0].row()
    bucket = None if item is None else _bucket(item)
    for each in said:
        bucket = accumulate(bucket, each.score, resolution)
    return to_row(cast(Bucket, bucket))


def _bucket(item: Item) -> Bucket:
    ticker, _, resolution = str(item["PK"]).rpartition("#")
    return from_row(ticker, cast(Resolution, resolution), datetime.fromisoformat(str(item["SK"])), item)


def unchanged(known: Item | None) -> Condition:
    """Nobody wrote since it was read: every change raises `count` by one, so that it is the version as well."""
    return Absent() if known is None else Equals("count", known["count"])
