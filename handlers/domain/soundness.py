"""Which candles can be kept: sources send holes, zeros and worse, and each is told by its reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from handlers.domain.candles import Candle, start_of
from models.fields import CandleResolution

LARGEST_PRICE = 1e9
LARGEST_VOLUME = 10**15


class Sound(NamedTuple):
    """The candles that can be kept, oldest first, and how many were refused for which reason."""

    candles: list[Candle]
    refused: Counter[str]


def sound(candles: Iterable[Candle], resolution: CandleResolution) -> Sound:
    """Of several with one start the first that can be kept counts."""
    kept: dict[datetime, Candle] = {}
    refused: Counter[str] = Counter()
    for candle in candles:
        reason = fault(candle, resolution) or ("duplicate" if candle.start in kept else None)
        if reason is None:
            kept[candle.start] = candle
        else:
            refused[reason] += 1
    return Sound([kept[start] for start in sorted(kept)], refused)


def fault(candle: Candle, resolution: CandleResolution) -> str | None:
    """Why a candle cannot be kept, in a word; None if it can."""
    prices = (candle.open, candle.high, candle.low, candle.close)
    if not all(map(math.isfinite, prices)):
        return "not_finite"
    if not all(0 < price < LARGEST_PRICE for price in prices):
        return "not_positive" if min(prices) <= 0 else "too_large"
    if not candle.low <= min(candle.open, candle.close) <= max(candle.open, candle.close) <= candle.high:
        return "not_between_low_and_high"
    if candle.volume is not None and not 0 <= candle.volume < LARGEST_VOLUME:
        return "no_volume"
    return None if _is_on_grid(candle.start, resolution) else "off_the_grid"


def _is_on_grid(start: datetime, resolution: CandleResolution) -> bool:
    """Whether a candle of the regular session begins there."""
    try:
        return start_of(start, resolution) == start
    except (LookupError, TypeError, ValueError):
        return False
