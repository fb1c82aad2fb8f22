"""What may change in the store and be told of it: buckets, and what is thought of tickers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from handlers.backend import Backend
from handlers.domain.buckets import RESOLUTIONS, Bucket, align, end_of
from handlers.storage.articles import Articles
from handlers.storage.buckets import Buckets
from handlers.stream.hearing import Hearing
from models.fields import Resolution

DAY = timedelta(hours=24)

Place = tuple[str, Resolution, datetime]
"""Ticker, resolution and start of a bucket."""


class Stretch(NamedTuple):
    """Scores stored in [stored_from, until], and buckets that ended in (ended_after, until]."""

    stored_from: datetime
    ended_after: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a connection follows; None is all there are. Resolutions say nothing about the sentiment of a ticker."""

    tickers: frozenset[str] | None = None
    resolutions: frozenset[Resolution] | None = None
    metrics: bool = False
    """Whether it is told the metrics, which any change of any ticker may move."""

    def joined(self, other: Wanted) -> Wanted:
        """What one of them follows."""
        tickers, resolutions = _union(self.tickers, other.tickers), _union(self.resolutions, other.resolutions)
        return Wanted(tickers, resolutions, self.metrics or other.metrics)

    def has(self, ticker: str) -> bool:
        return self.tickers is None or ticker in self.tickers

    def includes(self, ticker: str, resolution: Resolution) -> bool:
        return self.has(ticker) and (self.resolutions is None or resolution in self.resolutions)


NOTHING = Wanted(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Change:
    """The latest state of something that changed at an instant."""

    at: datetime

    @property
    def place(self) -> Hashable:
        """What it is that changed."""
        raise NotImplementedError

    @property
    def rank(self) -> tuple[datetime, str, int]:
        """What changes are sorted by."""
        raise NotImplementedError

    def is_wanted(self, wanted: Wanted) -> bool:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class BucketChange(Change):
    """A bucket that changed, by a score or by its end."""

    bucket: Bucket
    is_complete: bool

    @property
    def place(self) -> Place:
        return self.bucket.ticker, self.bucket.resolution, self.bucket.start

    @property
    def rank(self) -> tuple[datetime, str, int]:
        return self.at, self.bucket.ticker, RESOLUTIONS.index(self.bucket.resolution)

    def is_wanted(self, wanted: Wanted) -> bool:
        return wanted.includes(self.bucket.ticker, self.bucket.resolution)


@dataclass(frozen=True, slots=True)
class SentimentChange(Change):
    """How the articles about a ticker were judged, of which the last was stored then."""

    ticker: str
    scores: tuple[float, ...]

    @property
    def place(self) -> str:
        return self.ticker

    @property
    def rank(self) -> tuple[datetime, str, int]:
        """After the buckets of the ticker that changed with it."""
        return self.at, self.ticker, len(RESOLUTIONS)

    def is_wanted(self, wanted: Wanted) -> bool:
        return wanted.has(self.ticker)


def bucket_changes(backend: Backend, hearing: Hearing, stretch: Stretch, wanted: Wanted) -> list[BucketChange]:
    """Each bucket that got a score or ended in a stretch, in its latest state."""
    heard = hearing.between(stretch.stored_from, stretch.until)
    changed = dict(_ended(hearing, stretch, wanted))
    for entry in heard:
        for resolution in RESOLUTIONS:
            if wanted.includes(entry.ticker, resolution):
                place = entry.ticker, resolution, align(entry.score_at, resolution)
                changed[place] = max(entry.stored_at, changed.get(place, entry.stored_at))
    buckets = Buckets(backend.store, backend.clock).at(changed)
    return [BucketChange(changed[b.ticker, b.resolution, b.start], b, b.end <= stretch.until) for b in buckets]


def sentiment_changes(backend: Backend, hearing: Hearing, stretch: Stretch, wanted: Wanted) -> list[SentimentChange]:
    """Each ticker that got a score of the last 24 hours in a stretch, with all of its articles of these."""
    since, changed = stretch.until - DAY, dict[str, datetime]()
    for entry in hearing.between(stretch.stored_from, stretch.until):
        if entry.score_at >= since and wanted.has(entry.ticker):
            changed[entry.ticker] = entry.stored_at
    articles = Articles(backend.store)
    found = (SentimentChange(at, ticker, tuple(articles.scores(ticker, since))) for ticker, at in changed.items())
    return [change for change in found if change.scores]


def _ended(hearing: Hearing, stretch: Stretch, wanted: Wanted) -> Iterator[tuple[Place, datetime]]:
    """Places of the buckets that were open when it began and had ended by its end; those that began later had a score since.

    Reading a bucket that is not there costs as much as one that is: only those are named that somebody follows, or,
    where somebody follows all, those of tickers that had a score meanwhile.
    """
    for resolution in RESOLUTIONS:
        start = align(stretch.ended_after, resolution)
        end = end_of(start, resolution)
        if end <= stretch.until and (wanted.resolutions is None or resolution in wanted.resolutions):
            for ticker in sorted(hearing.tickers(start, stretch.until) if wanted.tickers is None else wanted.tickers):
                yield (ticker, resolution, start), end


T = TypeVar("T")


def _union(some: frozenset[T] | None, others: frozenset[T] | None) -> frozenset[T] | None:
    return None if some is None or others is None else some | others
