"""Sentiment buckets and days in the store: each article changes those of its tickers once, all together or not at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from handlers.domain import days
from handlers.domain.buckets import (
    RESOLUTIONS,
    Bucket,
    Score,
    accumulate,
    align,
    end_of,
    expires_at,
    from_row,
    to_row,
)
from handlers.runtime.clock import Clock
from handlers.storage import journal
from handlers.storage.items import Absent, Condition, ConditionFailed, Equals, Item, Key, Put, Store, StoreUnavailable
from models.fields import Resolution

TABLE = "timeseries"
ATTEMPTS = 12
FIRST_BACKOFF_SECONDS = 0.01
LONGEST_BACKOFF_SECONDS = 0.5
BATCH = 500


class Stretch(NamedTuple):
    """Buckets in time: the complete ones, oldest first, and the open one if it is among those asked for."""

    complete: list[Bucket]
    open: Bucket | None
    next: str | None
    """Where the following complete buckets start; None exactly when there are none."""


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
            keys = _touched(score, self.clock.now())
            known = dict(zip(keys, self.store.get_many(keys), strict=True))
            changes = _changes(score, keys, known)
            try:
                if changes:
                    noted = Put(journal.TABLE, journal.entry(score, self.clock.now()))
                    changed = [Put(TABLE, item, _unchanged(known[key])) for key, item in changes.items()]
                    self.store.transact([*changed, noted])
                return bool(changes)
            except ConditionFailed:
                self._wait(attempt)
        raise StoreUnavailable(f"{ATTEMPTS} attempts to count a score of {score.ticker} met other writers", 1)

    def record_many(self, scores: Iterable[Score]) -> int:
        """Counts scores as `record` would, in batches that are not atomic: for one writer filling a store. How many."""
        remaining = iter(scores)
        counted = 0
        while batch := list(islice(remaining, BATCH)):
            counted += self._record_batch(batch)
        return counted

    def _record_batch(self, scores: list[Score]) -> int:
        now = self.clock.now()
        touched = [_touched(score, now) for score in scores]
        keys = list(dict.fromkeys(key for keys in touched for key in keys))
        known = dict(zip(keys, self.store.get_many(keys), strict=True))
        written: dict[Key, Item] = {}
        counted: list[Score] = []
        for score, own in zip(scores, touched, strict=True):
            if changes := _changes(score, own, known):
                known.update(changes)
                written.update(changes)
                counted.append(score)
        self.store.put_many(TABLE, written.values())
        # A filled store reads as if each score had been stored when its article appeared.
        noted = [journal.entry(score, score.at) for score in counted if score.at > now - journal.KEPT]
        self.store.put_many(journal.TABLE, noted)
        return len(counted)

    def at(self, places: Iterable[tuple[str, Resolution, datetime]]) -> list[Bucket]:
        """The buckets of ticker, resolution and start, in order; places where nothing was said are left out."""
        keys = [Key(TABLE, _partition(ticker, resolution), sort_key(start)) for ticker, resolution, start in places]
        return [from_row(item) for item in self.store.get_many(keys) if item is not None]

    def newest(self, ticker: str, resolution: Resolution, limit: int) -> Stretch:
        """The newest `limit` complete buckets, and the open one."""
        opened = align(self.clock.now(), resolution)
        until = sort_key(end_of(opened, resolution))
        page = self.store.query(TABLE, _partition(ticker, resolution), end=until, limit=limit + 1, newest_first=True)
        found = [from_row(item) for item in reversed(page.items)]
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
        found = [from_row(item) for item in page.items]
        asked = (start is None or start <= opened) and (end is None or opened < end)
        current = self._stored(ticker, resolution, opened) if asked and page.next is None else None
        return Stretch(found, current, page.next)

    def _stored(self, ticker: str, resolution: Resolution, start: datetime) -> Bucket | None:
        item = self.store.get(Key(TABLE, _partition(ticker, resolution), sort_key(start)))
        return None if item is None else from_row(item)

    def _wait(self, attempt: int) -> None:
        """Exponential backoff with full jitter."""
        longest = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2**attempt)
        self.clock.sleep(self.jitter() * longest)


def sort_key(instant: datetime) -> str:
    """The sort key of the first bucket that starts at or after an instant. Buckets start at whole seconds."""
    up = instant.astimezone(UTC).replace(tzinfo=None)
    if up.microsecond:
        up = up.replace(microsecond=0) + timedelta(seconds=1)
    return up.isoformat() + "Z"


def _partition(ticker: str, resolution: Resolution) -> str:
    return f"{ticker}#{resolution}"


def day_partition(ticker: str, source: str) -> str:
    """The partition key of what one source says about a ticker day by day; the sort key is the date."""
    return f"{ticker}#day#{source}"


def _touched(score: Score, now: datetime) -> list[Key]:
    """What a score changes and is still kept at `now`: mark, day, buckets. Empty if it is too old for everything."""
    return list(_touched_keys(score, now))


def _touched_keys(score: Score, now: datetime) -> Iterator[Key]:
    day = days.day_of(score.at)
    if days.expires_at(day) <= now:
        return
    yield Key(TABLE, f"{score.ticker}#article", score.article_id)
    yield Key(TABLE, day_partition(score.ticker, score.source), day.isoformat())
    for resolution in RESOLUTIONS:
        start = align(score.at, resolution)
        if expires_at(start, resolution) > now:
            yield Key(TABLE, _partition(score.ticker, resolution), sort_key(start))


def _changes(score: Score, touched: list[Key], known: Mapping[Key, Item | None]) -> dict[Key, Item]:
    """The items that a score changes, as they are to be; none if its article is marked as counted."""
    if not touched or known[touched[0]] is not None:
        return {}
    mark, day, *buckets = touched
    # The mark outlives everything that the article changed: a redelivery after that finds nothing to change.
    ttl = _epoch(days.expires_at(days.day_of(score.at)))
    return {
        mark: {"PK": mark.pk, "SK": mark.sk, "ttl": ttl},
        day: {"PK": day.pk, "SK": day.sk, "ttl": ttl, **_next_day(known[day], score)},
        **{key: _next_bucket(key, known[key], score) for key in buckets},
    }


def _next_day(item: Item | None, score: Score) -> Item:
    return days.to_row(days.accumulate(None if item is None else days.from_row(item), score))


def _next_bucket(key: Key, item: Item | None, score: Score) -> Item:
    resolution = next(name for name in RESOLUTIONS if key.pk == _partition(score.ticker, name))
    bucket = accumulate(None if item is None else from_row(item), score, resolution)
    return {"PK": key.pk, "SK": key.sk, "ttl": _epoch(expires_at(bucket.start, resolution)), **to_row(bucket)}


def _unchanged(known: Item | None) -> Condition:
    """Nobody wrote since it was read: every change raises `count` by one, so that it is the version as well."""
    return Absent() if known is None else Equals("count", known["count"])


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())
