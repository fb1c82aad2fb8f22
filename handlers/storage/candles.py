"""Candles kept after they were fetched, so that a source is asked once for what does not change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

from handlers.domain.calendar import local_date
from handlers.domain.candles import Candle
from handlers.storage.items import Item, Store
from models.fields import CandleResolution, NewsSource, Provenance

TABLE = "candles"
KEPT = timedelta(days=90)
KEPT_WITH_TODAY = timedelta(minutes=5)
"""Intraday candles that come with some of today: sources still correct them."""
ENOUGH = 0.8
PRICE_SCALE = 10_000
"""A price is kept as an integer of this many parts of one, so that it comes back as it was."""


class Series(NamedTuple):
    """Whose candles, how long each is, and whether they are recorded or live."""

    ticker: str
    source: NewsSource
    resolution: CandleResolution
    provenance: Provenance


class Kept(NamedTuple):
    """Candles, oldest first, and when the oldest of them was fetched."""

    candles: list[Candle]
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Candles:
    """`PK={ticker}#{source}`, `SK={resolution}#{start}Z`."""

    store: Store

    def read(self, series: Series, expected: Sequence[datetime]) -> Kept | None:
        """The candles from the first to the last expected start; None unless both and 80 % of those between are kept."""
        if not expected:
            return None
        first, last = _sort_key(series, expected[0]), _sort_key(series, expected[-1])
        page = self.store.query(TABLE, _partition(series), first, last + "\0")
        rows = [cast(dict[str, Any], item) for item in page.items if item["provenance"] == series.provenance]
        candles = [_candle(row) for row in rows]
        if not _suffices({candle.start for candle in candles}, expected):
            return None
        return Kept(candles, min(datetime.fromisoformat(row["fetched_at"]) for row in rows))

    def write(self, series: Series, candles: Iterable[Candle], fetched_at: datetime) -> None:
        """Keeps candles. Raises StoreUnavailable."""
        known = list(candles)
        today = local_date(fetched_at)
        changing = series.resolution != "D" and any(local_date(candle.start) == today for candle in known)
        ttl = int((fetched_at + (KEPT_WITH_TODAY if changing else KEPT)).timestamp())
        stamp = fetched_at.astimezone(UTC).isoformat()
        more: Item = {"fetched_at": stamp, "ttl": ttl, "provenance": series.provenance}
        self.store.put_many(TABLE, ({**_item(series, candle), **more} for candle in known))


def _suffices(starts: set[datetime], expected: Sequence[datetime]) -> bool:
    # Without both ends a range that has grown since it was kept would pass for whole.
    if expected[0] not in starts or expected[-1] not in starts:
        return False
    return len(starts.intersection(expected)) >= ENOUGH * len(expected)


def _partition(series: Series) -> str:
    return f"{series.ticker}#{series.source}"


def _sort_key(series: Series, start: datetime) -> str:
    return f"{series.resolution}#{start.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"


def _item(series: Series, candle: Candle) -> Item:
    return {
        "PK": _partition(series),
        "SK": _sort_key(series, candle.start),
        "open": round(candle.open * PRICE_SCALE),
        "high": round(candle.high * PRICE_SCALE),
        "low": round(candle.low * PRICE_SCALE),
        "close": round(candle.close * PRICE_SCALE),
        "volume": candle.volume,
    }


def _candle(row: dict[str, Any]) -> Candle:
    return Candle(
        start=datetime.fromisoformat(row["SK"].partition("#")[2]),
        open=row["open"] / PRICE_SCALE,
        high=row["high"] / PRICE_SCALE,
        low=row["low"] / PRICE_SCALE,
        close=row["close"] / PRICE_SCALE,
        volume=row["volume"],
    )
