"""Candles as they are answered: from the memory of the process, else from the store, else from their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from handlers.assembly import Backend
from handlers.domain import calendar
from handlers.domain.candles import Candle, expected, next_change
from handlers.feeds.failover import first_answer
from handlers.feeds.port import PriceFeed
from handlers.runtime.log import log
from handlers.runtime.memory import Memory
from handlers.storage.candles import Candles, Kept, Series
from handlers.storage.items import StoreUnavailable
from models.dashboard import candles as api
from models.fields import CandleResolution, NewsSource, Provenance

KEPT_SECONDS: Mapping[CandleResolution, int] = {"1": 300, "5": 900, "15": 900, "30": 900, "60": 1800, "D": 3600}
"""The longest that candles of a resolution are remembered, and may be reused by clients."""

Origin = Literal["in-memory", "persistent-cache", "live-api"]


class Asked(NamedTuple):
    """The candles of a symbol that start in New York's days from `first` to `last`, both inclusive."""

    ticker: str
    resolution: CandleResolution
    first: date
    last: date


@dataclass(frozen=True)
class Found:
    """Candles, oldest first, whose they are, when they were fetched, and whether the calendar expects any."""

    candles: list[Candle]
    source: NewsSource
    fetched_at: datetime
    expected: bool

    @cached_property
    def rows(self) -> list[api.Candle]:
        """The candles as they are answered; writing half a year of them takes longer than reading it."""
        return [_row(candle) for candle in self.candles]


class Prices:
    """Reads candles for all requests of a process."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.provenance: Provenance = "recorded" if backend.settings.feed == "recorded" else "live"
        self.memory: Memory[Asked, Found] = Memory()

    def read(self, asked: Asked) -> tuple[Found, Origin]:
        """Raises StoreUnavailable, or FeedUnavailable if the source has to be asked."""
        now = self._backend.now()
        found = self.memory.get(asked, now)
        if found is not None:
            return found, "in-memory"
        found, origin = self._fetched(asked, now)
        until = now + timedelta(seconds=KEPT_SECONDS[asked.resolution])
        self.memory.keep(asked, found, min(until, next_change(now, asked.resolution)))
        return found, origin

    def max_age(self, asked: Asked) -> int:
        """Seconds until the newest candle may change, at most what the resolution allows."""
        now, most = self._backend.now(), KEPT_SECONDS[asked.resolution]
        if asked.last < calendar.local_date(now):
            return most
        return min(most, int((next_change(now, asked.resolution) - now).total_seconds()))

    def _fetched(self, asked: Asked, now: datetime) -> tuple[Found, Origin]:
        starts = expected(asked.first, asked.last, now, asked.resolution)
        stored, feeds = Candles(self._backend.store), self._backend.feeds.price_sources
        for feed in feeds:
            kept = stored.read(self._series(asked, feed.source), starts)
            if kept is not None:
                return _found(kept, feed.source, starts), "persistent-cache"
        source, fresh = first_answer(feeds, lambda feed: self._live(feed, asked, now))
        try:
            stored.write(self._series(asked, source), fresh.candles, now)
        except StoreUnavailable as error:
            # The answer is there; only the next one will be slower.
            log.error("candles could not be kept", ticker=asked.ticker, reason=error.reason)
        return _found(fresh, source, starts), "live-api"

    def _series(self, asked: Asked, source: NewsSource) -> Series:
        return Series(asked.ticker, source, asked.resolution, self.provenance)

    def _live(self, feed: PriceFeed, asked: Asked, now: datetime) -> Kept:
        begin, until = _midnight(asked.first), min(now, _midnight(asked.last + timedelta(days=1)))
        if until <= begin:
            return Kept([], now)
        return Kept(feed.candles(asked.ticker, asked.resolution, begin, until), now)


def _midnight(day: date) -> datetime:
    """Where a day begins in New York."""
    return datetime(day.year, day.month, day.day, tzinfo=calendar.NEW_YORK).astimezone(UTC)


def _found(kept: Kept, source: NewsSource, starts: list[datetime]) -> Found:
    return Found(kept.candles, source, kept.fetched_at, bool(starts))


def _row(candle: Candle) -> api.Candle:
    return {
        "date": candle.start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "open": candle.open,
        "high": candle.high,
        "low": candle.low,
        "close": candle.close,
        "volume": candle.volume,
    }
