"""Candles kept after they were fetched, so that a source is asked once for what does not change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, cast

from handlers.domain.calendar import local_date, session_on
from handlers.domain.candles import PUBLISHED, Candle
from handlers.storage.items import Item, Key, Store
from handlers.storage.stamps import expiry, instant, stamp
from models.fields import CandleResolution, NewsSource, Provenance

TABLE = "candles"
KEPT = timedelta(days=90)
KEPT_WITH_TODAY = timedelta(minutes=5)
"""Intraday candles of a session that is not long over: sources still correct them."""
ENOUGH = 0.8
PRICE_SCALE = 10_000
"""A price is kept as an integer of this many parts of one, so that it comes back as it was."""


class Series(NamedTuple):
    """Whose candles, how long each is, and whether they are recorded or live."""

    ticker: str
    source: NewsSource
    resolution: CandleResolution
    provenance: Provenance


class Asked(NamedTuple):
    """A source was asked for a series of New York's days from `first` to `last`, both inclusive; what it has is kept."""

    first: date
    last: date
    newest: datetime | None
    """Where the newest candle starts that it had; None if it had none."""
    at: datetime

    def covers(self, expected: Sequence[datetime]) -> bool:
        """Whether what is missing of the expected starts is missing at the source too."""
        return self.first <= local_date(expected[0]) and local_date(expected[-1]) <= self.last

    def has(self, candle: Candle) -> bool:
        return self.first <= local_date(candle.start) <= self.last


class Kept(NamedTuple):
    """Candles, oldest first, and when the oldest of them was fetched."""

    candles: list[Candle]
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Candles:
    """`PK={ticker}#{source}`, `SK={resolution}#{start}Z`, and `SK=asked#{resolution}`."""

    store: Store

    def read(self, series: Series, expected: Sequence[datetime]) -> Kept | None:
        """The candles from the first to the last expected start.

        None unless both and 80 % of those between are kept; less is enough where the source is known to have no more.
        """
        kept = self._between(series, expected)
        if kept is None or _suffices([candle.start for candle in kept.candles], expected):
            return kept
        asked = self.asked(series) if kept.candles[-1].start == expected[-1] else None
        return kept if asked is not None and asked.covers(expected) else None

    def latest(self, series: Series, expected: Sequence[datetime]) -> list[Candle]:
        """The same for who asks no source, and therefore also if the newest session is not published yet; oldest first."""
        kept, before = self._between(series, expected), expected[:-1]
        if kept is None:
            return []
        starts = [candle.start for candle in kept.candles]
        if _suffices(starts, expected) or _suffices(starts, before):
            return kept.candles
        asked = self.asked(series)
        return kept.candles if asked is not None and before and asked.covers(before) else []

    def asked(self, series: Series) -> Asked | None:
        """What a source was last asked for; None if it never was."""
        item = cast("dict[str, Any] | None", self.store.get(_asked_key(series)))
        if item is None or item["provenance"] != series.provenance:
            return None
        first, last = date.fromisoformat(item["first"]), date.fromisoformat(item["last"])
        newest = None if item["newest"] is None else instant(item["newest"])
        return Asked(first, last, newest, instant(item["at"]))

    def note(self, series: Series, asked: Asked) -> None:
        """Once what the source told is kept. Raises StoreUnavailable."""
        key = _asked_key(series)
        item: Item = {
            "PK": key.pk,
            "SK": key.sk,
            "first": asked.first.isoformat(),
            "last": asked.last.isoformat(),
            "newest": None if asked.newest is None else stamp(asked.newest),
            "at": stamp(asked.at),
            "provenance": series.provenance,
            "ttl": expiry(asked.at + KEPT),
        }
        self.store.put(TABLE, item)

    def write(self, series: Series, candles: Iterable[Candle], fetched_at: datetime) -> None:
        """Keeps candles; those that a source was asked for before are. Raises StoreUnavailable."""
        asked = self.asked(series)
        new = [candle for candle in candles if asked is None or not asked.has(candle)]
        self._put(series, new, fetched_at)

    def rewrite(self, series: Series, candles: Iterable[Candle], asked: Asked) -> None:
        """Keeps all that a source told, in place of what it told before: a split changes what was. Raises StoreUnavailable."""
        self._put(series, candles, asked.at)
        self.note(series, asked)

    def _put(self, series: Series, candles: Iterable[Candle], fetched_at: datetime) -> None:
        more: Item = {"fetched_at": fetched_at.astimezone(UTC).isoformat(), "provenance": series.provenance}
        settled, changing = (int((fetched_at + kept).timestamp()) for kept in (KEPT, KEPT_WITH_TODAY))
        since = _changing_since(series, fetched_at)
        ttls = ((candle, settled if since is None or candle.start < since else changing) for candle in candles)
        self.store.put_many(TABLE, ({**_item(series, candle), **more, "ttl": ttl} for candle, ttl in ttls))

    def _between(self, series: Series, expected: Sequence[datetime]) -> Kept | None:
        """What is kept from the first to the last expected start; None of nothing."""
        if not expected:
            return None
        first, last = _sort_key(series, expected[0]), _sort_key(series, expected[-1])
        page = self.store.query(TABLE, _partition(series), first, last + "\0")
        rows = [cast(dict[str, Any], item) for item in page.items if item["provenance"] == series.provenance]
        if not rows:
            return None
        return Kept([_candle(row) for row in rows], datetime.fromisoformat(min(row["fetched_at"] for row in rows)))


def _changing_since(series: Series, now: datetime) -> datetime | None:
    """From when on candles may still be corrected; None where all are as they will be."""
    session = None if series.resolution == "D" else session_on(local_date(now))
    return session.opens if session is not None and now < session.closes + PUBLISHED else None


def _suffices(starts: list[datetime], expected: Sequence[datetime]) -> bool:
    # Lists are compared in a fraction of the time that sets of instants take to be made.
    if starts == expected or not expected:
        return bool(expected)
    # Without both ends a range that has grown since it was kept would pass for whole.
    known = set(starts)
    if expected[0] not in known or expected[-1] not in known:
        return False
    return len(known.intersection(expected)) >= ENOUGH * len(expected)


def _partition(series: Series) -> str:
    return f"{series.ticker}#{series.source}"


def _asked_key(series: Series) -> Key:
    return Key(TABLE, _partition(series), f"asked#{series.resolution}")


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
    # By place, and without taking the key apart by name: a year of them is read for each ticker.
    start = datetime.fromisoformat(row["SK"][row["SK"].index("#") + 1 :])
    high, low = row["high"] / PRICE_SCALE, row["low"] / PRICE_SCALE
    return Candle(start, row["open"] / PRICE_SCALE, high, low, row["close"] / PRICE_SCALE, row["volume"])
