"""A recorded session minute by minute, so that its minutes add up to its daily candle exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate
from random import Random

from handlers.domain.candles import Candle
from handlers.feeds.chance import bell, between
from handlers.feeds.history import Day, price

_MINUTE = timedelta(minutes=1)


def minutes(day: Day, draws: Random) -> tuple[Candle, ...]:
    """One candle per minute; first open, last close, extremes and the sum of volumes are the day's."""
    count, whole = day.session.minutes, day.candle
    top, bottom = _extremes(count, draws)
    closes = _closes(whole, count, top, bottom, draws)
    opens = [whole.open, *closes[:-1]]
    wick = (whole.high - whole.low) / 60
    candles = []
    for index, volume in enumerate(_volumes(whole.volume or 0, count, draws)):
        opened, close = opens[index], closes[index]
        high = whole.high if index == top else price(min(whole.high, max(opened, close) + wick * draws.random()))
        low = whole.low if index == bottom else price(max(whole.low, min(opened, close) - wick * draws.random()))
        candles.append(Candle(whole.start + index * _MINUTE, opened, high, low, close, volume))
    return tuple(candles)


def _extremes(count: int, draws: Random) -> tuple[int, int]:
    """The minutes of the day's high and low: two different ones, more often near the open and the close than noon."""
    top, bottom = (int((count - 1) * _near_an_end(draws)) for _ in range(2))
    return top, bottom if bottom != top else (bottom + count // 2) % (count - 1)


def _near_an_end(draws: Random) -> float:
    """A fraction of the day in [0, 1), densest at both ends."""
    root = draws.random()
    near = root * root / 2
    return near if draws.random() < 0.5 else 1 - near - 1e-9


def _closes(whole: Candle, count: int, top: int, bottom: int, draws: Random) -> list[float]:
    """Closes of the minutes: random walks from the open through both extremes to the close, within the day's range."""
    inset = 0.02 * (whole.high - whole.low) * draws.random()
    pivots = sorted([(top, whole.high - inset), (bottom, whole.low + inset), (count - 1, whole.close)])
    closes: list[float] = []
    level = whole.open
    for index, target in pivots:
        closes += _walk(level, target, index + 1 - len(closes), (whole.high - whole.low) / 32, draws)
        level = target
    within = [price(_reflect(whole.low, close, whole.high)) for close in closes]
    return [*within[:-1], whole.close]


def _walk(level: float, target: float, steps: int, stride: float, draws: Random) -> Iterator[float]:
    """The places after each of so many steps, the last of them the target."""
    path = list(accumulate(stride * bell(draws) for _ in range(steps)))
    for index, place in enumerate(path, start=1):
        done = index / steps
        yield level + (target - level) * done + place - path[-1] * done


def _reflect(low: float, value: float, high: float) -> float:
    if value > high:
        value = 2 * high - value
    elif value < low:
        value = 2 * low - value
    return between(low, value, high)


def _volumes(total: int, count: int, draws: Random) -> list[int]:
    """Shares per minute that add up to the total: busy at the open and the close, with a burst now and then."""
    weights = (_busyness(index / (count - 1), draws) for index in range(count))
    so_far = list(accumulate(weights))
    marks = [int(total * weight / so_far[-1]) for weight in so_far[:-1]] + [total]
    return [mark - before for before, mark in zip([0, *marks], marks, strict=False)]


def _busyness(place: float, draws: Random) -> float:
    """How much trades at a place 0..1 in the session."""
    from_noon = 2 * place - 1
    burst = 4.0 if draws.random() < 0.015 else 1.0
    return (0.4 + 1.8 * from_noon * from_noon) * (0.5 + draws.random()) * burst
