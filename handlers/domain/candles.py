"""Price candles: what a range may ask for, finer candles as coarser ones, and how far prices range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise

from handlers.domain import calendar
from models.fields import CandleResolution, HistoryRange

RANGE_DAYS: Mapping[HistoryRange, int] = {"1W": 7, "1M": 30, "3M": 90, "6M": 180, "1Y": 365}
"""How far back from today each range goes, in days."""

WILDER_PERIOD = 14
PUBLISHED = timedelta(hours=2)
"""How long after a session sources have its candles as they will stay: Tiingo publishes at 17:30 in New York."""


@dataclass(frozen=True, slots=True)
class Candle:
    """Prices of one stretch of trading, at most four decimals. `start` in UTC; a daily candle starts at the open.

    A candle ends after its resolution or with the session, whichever comes first. `volume` is None where unknown.
    """

    start: datetime
    open: float
    high: float
    low: float
    close: float
    volume: int | None


def length_of(resolution: CandleResolution) -> timedelta | None:
    """How long a candle is within a session; None for the daily one, which lasts as long as the session."""
    return None if resolution == "D" else timedelta(minutes=int(resolution))


def start_of(instant: datetime, resolution: CandleResolution) -> datetime:
    """The start of the candle an instant of trading falls in, counted from the open: hours begin at 09:30, 10:30 …

    ValueError outside the regular session.
    """
    session = _session_at(instant)
    length = length_of(resolution)
    return session.opens if length is None else session.opens + (instant - session.opens) // length * length


def end_of(start: datetime, resolution: CandleResolution) -> datetime:
    """Where the candle that starts there ends, cut at the close: a session's last hour is short, do not pad it."""
    session = _session_at(start)
    length = length_of(resolution)
    return session.closes if length is None else min(start + length, session.closes)


def expected(first: date, last: date, until: datetime, resolution: CandleResolution) -> list[datetime]:
    """Where the candles of the sessions from `first` to `last`, both inclusive, start that end by `until`, oldest first."""
    sessions = _sessions(first, last)
    if resolution == "D":
        return [session.opens for session in sessions if session.closes <= until]
    starts = [start for session in sessions if session.opens < until for start in _starts(session, resolution)]
    # Only at the end are there candles that are not over.
    while starts and end_of(starts[-1], resolution) > until:
        starts.pop()
    return starts


@lru_cache(maxsize=64)
def _sessions(first: date, last: date) -> tuple[calendar.Session, ...]:
    """As far as the calendar goes. Every ticker of a watchlist asks for the same days."""
    begin, end = calendar.covered()
    first, last = max(first, begin), min(last, end)
    return tuple(calendar.sessions(first, last)) if first <= last else ()


def _starts(session: calendar.Session, resolution: CandleResolution) -> list[datetime]:
    """Within the day."""
    length = length_of(resolution) or session.closes - session.opens
    return [session.opens + n * length for n in range(-(-(session.closes - session.opens) // length))]


def next_change(now: datetime, resolution: CandleResolution) -> datetime:
    """When the newest candle may change: in a session the end of the current candle, else when the market opens."""
    session = calendar.session_on(calendar.local_date(now))
    if session is None or not session.opens <= now < session.closes:
        return calendar.next_open(now)
    return end_of(start_of(now, resolution), resolution)


def aggregate(candles: Iterable[Candle], resolution: CandleResolution) -> list[Candle]:
    """Finer candles, oldest first, as coarser ones, never across sessions. Where nothing traded there is none."""
    return [
        join(list(part), start) for start, part in groupby(candles, lambda candle: start_of(candle.start, resolution))
    ]


def join(candles: Sequence[Candle], start: datetime) -> Candle:
    """Consecutive candles as one. Its volume is None when one of theirs is. ValueError when there are none."""
    if not candles:
        raise ValueError("cannot join no candles")
    volumes = [candle.volume for candle in candles]
    known = [volume for volume in volumes if volume is not None]
    return Candle(
        start=start,
        open=candles[0].open,
        high=max(candle.high for candle in candles),
        low=min(candle.low for candle in candles),
        close=candles[-1].close,
        volume=sum(known) if len(known) == len(volumes) else None,
    )


def true_ranges(candles: Sequence[Candle]) -> list[float]:
    """max(h-l, |h-pc|, |l-pc|) of each candle against the close before it; h-l of the first. Oldest first."""
    firsts = [candle.high - candle.low for candle in candles[:1]]
    pairs = pairwise(candles)
    return firsts + [max(now.high, then.close) - min(now.low, then.close) for then, now in pairs]


def average_true_range(candles: Sequence[Candle], period: int = WILDER_PERIOD) -> float | None:
    """Average true range after the last candle, in price units; None when there are fewer than `period`.

    The mean of the first `period` true ranges, smoothed by the later ones: (atr * (period - 1) + tr) / period.
    Wilder, New Concepts in Technical Trading Systems (1978).
    """
    ranges = true_ranges(candles)
    if len(ranges) < period:
        return None
    average = sum(ranges[:period]) / period
    for true_range in ranges[period:]:
        average = (average * (period - 1) + true_range) / period
    return average


def _session_at(instant: datetime) -> calendar.Session:
    session = calendar.session_on(calendar.local_date(instant))
    if session is None or not session.opens <= instant < session.closes:
        raise ValueError(f"no session at {instant.isoformat()}; candles lie within regular trading hours")
    return session
