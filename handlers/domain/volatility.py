"""How far prices range in a day, and whether they range further than the day before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.domain.candles import WILDER_PERIOD, Candle, average_true_range
from models.fields import Trend

LOOKBACK_DAYS = 180
"""Days of candles that go into an average: about 124 sessions, so that what started it weighs less than 0.1 %."""
PERCENT_DIGITS = 2
"""Decimals of a percentage, to whoever it is told and wherever it is compared: alerts fire on what is shown."""
STEADY = 0.05
"""Up to this share of what it was before, an average counts as stable."""


@dataclass(frozen=True, slots=True)
class Volatility:
    """An average true range. `previous` and `trend` are None when there is one candle too few to know them."""

    value: float
    """In price units."""
    percent: float | None
    """Of the last close; None where that is zero."""
    previous: float | None
    """The same without the last candle."""
    trend: Trend | None


def volatility(candles: Sequence[Candle], period: int = WILDER_PERIOD) -> Volatility | None:
    """Average true range of candles, oldest first, and how it moved with the last; None of fewer than `period`.

    Days without a candle are no days: the true range of the next one bridges them from the last close that is known.
    Wilder, New Concepts in Technical Trading Systems (1978).
    """
    value = average_true_range(candles, period)
    if value is None:
        return None
    close, previous = candles[-1].close, average_true_range(candles[:-1], period)
    return Volatility(
        value=value,
        percent=value / close * 100 if close else None,
        previous=previous,
        trend=None if previous is None else trend(previous, value),
    )


def trend(before: float, now: float) -> Trend:
    """Where an average of zero or more went: stable as long as it changed by at most 5 % of what it was."""
    if before == 0:
        return "increasing" if now else "stable"
    # Rounded, so that a change of exactly 5 % does not pass for more.
    change = round((now - before) / before, 9)
    if abs(change) <= STEADY:
        return "stable"
    return "increasing" if change > 0 else "decreasing"


def widened(candles: Sequence[Candle], price: float) -> list[Candle]:
    """The candles, the last one widened to a price that was made after its session, which becomes its close."""
    if not candles:
        return []
    last = candles[-1]
    return [*candles[:-1], replace(last, high=max(last.high, price), low=min(last.low, price), close=price)]
