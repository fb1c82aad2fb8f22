"""Sentiment buckets as they are answered, read through the memory of the process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, cast

import orjson

from handlers.assembly import Backend
from handlers.domain.buckets import SPANS, Bucket, align, end_of, from_units, progress_pct
from handlers.gate import cursors
from handlers.runtime.memory import Memory
from handlers.storage.buckets import Buckets, Stretch, sort_key
from models.dashboard import timeseries as api
from models.fields import Resolution, SentimentSource

KEPT = timedelta(seconds=60)
"""The longest that an answer is remembered: a score that another process stores is seen after a minute at most."""
SCORE_DIGITS = 4


class Asked(NamedTuple):
    """One page of buckets: the newest of a ticker if it has neither start nor end, else the next after a position."""

    ticker: str
    resolution: Resolution
    start: datetime | None
    end: datetime | None
    limit: int
    after: str | None = None

    @property
    def of(self) -> cursors.ListId:
        """The list that cursors of this page belong to."""
        bounds = (None if instant is None else instant.isoformat() for instant in (self.start, self.end))
        return (api.GET.id, self.ticker, self.resolution, *bounds)


@dataclass(frozen=True, slots=True)
class Found:
    """One page as it was read; `tag` changes exactly when its buckets do."""

    rows: list[api.SentimentBucket]
    open: Bucket | None
    next: str | None
    tag: str


class Series:
    """Reads buckets for all requests of a process. A page is remembered until its open bucket's time is over, at most."""

    def __init__(self, backend: Backend) -> None:
        self._buckets = Buckets(backend.store, backend.clock)
        self._clock = backend.clock
        self._signing = backend.signing
        self.memory: Memory[Asked, Found] = Memory()

    def read(self, asked: Asked) -> tuple[api.Timeseries, str]:
        """The page and its tag. Raises StoreUnavailable."""
        began = self._clock.now()
        found = self.memory.get(asked, began)
        if found is not None:
            return self._page(asked, found, began, True, 0.0), found.tag
        found = _found(self._stretch(asked))
        ended = self._clock.now()
        # The open bucket is the one that was open when reading began: past its end, what was read may lack scores.
        self.memory.keep(asked, found, min(began + KEPT, end_of(align(began, asked.resolution), asked.resolution)))
        spent = max((ended - began) / timedelta(milliseconds=1), 0.0)
        return self._page(asked, found, began, False, round(spent, 3)), found.tag

    def max_age(self, asked: Asked) -> int:
        """Seconds until the newest bucket changes: until the open one's end, or a bucket's length in a range before it."""
        now = self._clock.now()
        opened = align(now, asked.resolution)
        if asked.end is not None and asked.end <= opened:
            return int(SPANS[asked.resolution].length.total_seconds())
        return int((end_of(opened, asked.resolution) - now).total_seconds())

    def _stretch(self, asked: Asked) -> Stretch:
        if asked.start is None and asked.end is None:
            return self._buckets.newest(asked.ticker, asked.resolution, asked.limit)
        return self._buckets.range(*asked)

    def _page(self, asked: Asked, found: Found, now: datetime, hit: bool, spent_ms: float) -> api.Timeseries:
        return api.Timeseries(
            ticker=asked.ticker,
            resolution=asked.resolution,
            buckets=found.rows,
            partial_bucket=None if found.open is None else _partial(found.open, now),
            cache_hit=hit,
            query_time_ms=spent_ms,
            next_cursor=None if found.next is None else cursors.sign(found.next, asked.of, self._signing.current),
            has_more=found.next is not None,
        )


def default_limit(resolution: Resolution, start: datetime | None, end: datetime | None) -> int:
    """How many buckets are answered unasked."""
    return SPANS[resolution].default_limit if start is None and end is None else api.MAX_PAGE


def weak(*tags: str) -> str:
    """An entity tag of pages that are the same but for when and from where they were answered (RFC 9110, 8.8.1)."""
    return f'W/"{hashlib.sha1("".join(tags).encode(), usedforsecurity=False).hexdigest()}"'


def _found(stretch: Stretch) -> Found:
    rows = [_complete(bucket) for bucket in stretch.complete]
    running = stretch.open and _values(stretch.open)
    data = orjson.dumps((rows, running, stretch.next))
    return Found(rows, stretch.open, stretch.next, hashlib.sha1(data, usedforsecurity=False).hexdigest())


def _values(bucket: Bucket) -> api.Bucket:
    return {
        "ticker": bucket.ticker,
        "resolution": bucket.resolution,
        "timestamp": sort_key(bucket.start),
        "open": from_units(bucket.open),
        "high": from_units(bucket.high),
        "low": from_units(bucket.low),
        "close": from_units(bucket.close),
        "count": bucket.count,
        "sum": from_units(bucket.sum),
        "avg": round(bucket.average, SCORE_DIGITS) + 0.0,
        "label_counts": dict(bucket.label_counts),
        "sources": cast(list[SentimentSource], list(bucket.sources)),
    }


def _complete(bucket: Bucket) -> api.SentimentBucket:
    return {**_values(bucket), "is_partial": False}


def _partial(bucket: Bucket, now: datetime) -> api.PartialBucket:
    return {
        **_values(bucket),
        "is_partial": True,
        "progress_pct": round(progress_pct(bucket.start, bucket.resolution, now), 2),
        "next_update_at": sort_key(bucket.end),
    }
