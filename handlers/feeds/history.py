"""The recorded market day by day: regimes of volatility, factors that symbols share, and each symbol's daily candles.

Prices are anchored at every month's end and walk from anchor to anchor, so any month is found without its predecessors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import sqrt
from random import Random
from typing import NamedTuple

from handlers.domain import calendar
from handlers.domain.calendar import Session
from handlers.domain.candles import Candle
from handlers.feeds.chance import bell, between, stream, tailed
from handlers.feeds.companies import Company

FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2035, 12, 31)
MONTHS = 252

_SQRT_21 = sqrt(21)
_MARKET_DAILY = 0.008
_SECTOR_DAILY = 0.006
# Prices follow the market's long growth and are pulled back when they stray: twenty years of chance stay plausible.
_TREND_2015, _TREND_MONTHLY, _PULL = 0.5, 1.0055, 0.03
_DOLLARS_TRADED = {1: 250e6, 2: 1.2e9, 3: 8e9}


class Regime(NamedTuple):
    """A month's mood: how far prices swing against an ordinary month, and where they drift."""

    volatility: float
    drift: float


_REGIMES = {"calm": Regime(0.7, 0.010), "normal": Regime(1.0, 0.006), "stressed": Regime(2.1, -0.022)}
_CHANGES = {
    "calm": (("calm", 0.85), ("normal", 0.98), ("stressed", 1.0)),
    "normal": (("normal", 0.80), ("calm", 0.93), ("stressed", 1.0)),
    "stressed": (("stressed", 0.65), ("normal", 1.0)),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One session of a symbol. `surprise` is its return in units of the symbol's ordinary day."""

    session: Session
    candle: Candle
    previous_close: float
    surprise: float
    is_earnings: bool

    @property
    def change(self) -> float:
        """Return since the close before, as a fraction."""
        return self.candle.close / self.previous_close - 1


class Character(NamedTuple):
    """How shares move with the market and on their own; in which month and session of a quarter results come."""

    beta: float
    volatility: float
    earnings_month: int
    earnings_session: int

    @property
    def ordinary_day(self) -> float:
        """The spread of daily returns in a month of volatility 1."""
        shared = self.beta * _MARKET_DAILY
        return sqrt(shared * shared + _SECTOR_DAILY * _SECTOR_DAILY + self.volatility * self.volatility)


class Factors(NamedTuple):
    """What one month's sessions have in common: their volatility, and the market's return in each."""

    volatilities: tuple[float, ...]
    returns: tuple[float, ...]


class History:
    """Daily candles of every company under one seed. Memory is bounded; what is forgotten comes back the same."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.regimes = tuple(self._draw_regimes())
        self._market_months = tuple(self._draw_market_months())
        self.character = lru_cache(maxsize=512)(self._character)
        self.factors = lru_cache(maxsize=MONTHS)(self._factors)
        self.sector_returns = lru_cache(maxsize=1024)(self._sector_returns)
        self._sector_months = lru_cache(maxsize=64)(self._draw_sector_months)
        self._anchors = lru_cache(maxsize=512)(self._draw_anchors)
        self._month = lru_cache(maxsize=1024)(self._draw_month)

    def day(self, company: Company, day: date) -> Day | None:
        """The session of a date in New York; None when the market is closed or the date is not played."""
        return next(self.days(company, day, day), None)

    def days(self, company: Company, first: date, last: date) -> Iterator[Day]:
        """Sessions from first to last, both included, oldest first; those outside 2015 to 2035 are absent."""
        first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
        for month in range(month_of(first), month_of(last) + 1):
            yield from (day for day in self._month(company, month) if first <= day.session.day <= last)

    def _draw_regimes(self) -> Iterator[Regime]:
        draws, mood = stream(self._seed, "regimes"), "normal"
        for _ in range(MONTHS + 1):
            yield _REGIMES[mood]
            level = draws.random()
            mood = next(name for name, until in _CHANGES[mood] if level < until)

    def _draw_market_months(self) -> Iterator[float]:
        draws = stream(self._seed, "market")
        for regime in self.regimes[:MONTHS]:
            yield regime.drift + _MARKET_DAILY * _SQRT_21 * regime.volatility * bell(draws)

    def _draw_sector_months(self, sector: str) -> tuple[float, ...]:
        draws = stream(self._seed, "sector", sector)
        return tuple(_SECTOR_DAILY * _SQRT_21 * regime.volatility * bell(draws) for regime in self.regimes[:MONTHS])

    def _character(self, brand: str) -> Character:
        draws = stream(self._seed, "character", brand)
        return Character(
            beta=0.6 + 0.9 * draws.random(),
            volatility=0.008 + 0.012 * draws.random() * draws.random(),
            earnings_month=draws.randrange(2),
            earnings_session=draws.randrange(9, 18),
        )

    def _factors(self, month: int) -> Factors:
        draws, count = stream(self._seed, "days", month), len(sessions_of(month))
        volatilities = tuple(self._volatilities(month, count))
        return Factors(volatilities, tuple(_MARKET_DAILY * volatility * tailed(draws) for volatility in volatilities))

    def _volatilities(self, month: int, count: int) -> Iterator[float]:
        """The regime's volatility turning into the next month's, restless from week to week."""
        draws = stream(self._seed, "weeks", month)
        weeks = [0.5 + 1.1 * draws.random() for _ in range(count // 5 + 2)]
        now, then = self.regimes[month].volatility, self.regimes[month + 1].volatility
        for index in range(count):
            week, weekday = divmod(index, 5)
            restless = weeks[week] + (weeks[week + 1] - weeks[week]) * weekday / 5
            yield (now + (then - now) * index / count) * restless

    def _sector_returns(self, sector: str, month: int) -> tuple[float, ...]:
        draws = stream(self._seed, "sector", sector, month)
        return tuple(_SECTOR_DAILY * volatility * tailed(draws) for volatility in self.factors(month).volatilities)

    def _draw_anchors(self, brand: str, sector: str) -> tuple[float, ...]:
        """Prices at the ends of months, against the middle of 2025; the first is where 2015 begins."""
        draws, character = stream(self._seed, "anchors", brand), self.character(brand)
        trend = _TREND_2015
        anchors = [trend * (0.7 + 0.6 * draws.random())]
        for month, sector_return in enumerate(self._sector_months(sector)):
            own = character.volatility * _SQRT_21 * self.regimes[month].volatility * tailed(draws)
            pull = _PULL * (anchors[-1] / trend - 1)
            change = character.beta * self._market_months[month] + sector_return + own - pull
            anchors.append(anchors[-1] * (1 + between(-0.3, change, 0.35)))
            trend *= _TREND_MONTHLY
        return tuple(anchors)

    def _draw_month(self, company: Company, month: int) -> tuple[Day, ...]:
        anchors = self._anchors(company.brand, company.sector)
        start, end = company.price * anchors[month], company.price * anchors[month + 1]
        closes = _bridge(start, end, self._returns(company, month))
        draws = stream(self._seed, "candles", company.symbol, month)
        previous, days = price(start), []
        for index, (session, close) in enumerate(zip(sessions_of(month), closes, strict=True)):
            is_earnings = index == self._earnings_session(company, month)
            ordinary = self.character(company.brand).ordinary_day * self.factors(month).volatilities[index]
            candle = _candle(company, session, (previous, price(close)), ordinary, is_earnings, draws)
            days.append(Day(session, candle, previous, (candle.close / previous - 1) / ordinary, is_earnings))
            previous = candle.close
        return tuple(days)

    def _returns(self, company: Company, month: int) -> list[float]:
        draws, character = stream(self._seed, "returns", company.brand, month), self.character(company.brand)
        factors, earnings = self.factors(month), self._earnings_session(company, month)
        returns = []
        for index, sector_return in enumerate(self.sector_returns(company.sector, month)):
            own = character.volatility * factors.volatilities[index] * tailed(draws)
            jump = (0.04 * bell(draws)) if index == earnings else 0.0
            returns.append(between(-0.25, character.beta * factors.returns[index] + sector_return + own + jump, 0.25))
        return returns

    def _earnings_session(self, company: Company, month: int) -> int | None:
        """Which session of a month brings quarterly results, counted from 0; None in two months of three."""
        character = self.character(company.brand)
        return character.earnings_session if month % 3 == character.earnings_month else None


def month_of(day: date) -> int:
    """Months since January 2015."""
    return (day.year - FIRST_DAY.year) * 12 + day.month - 1


@lru_cache(maxsize=MONTHS)
def sessions_of(month: int) -> tuple[Session, ...]:
    """The sessions of a month counted from January 2015."""
    first = date(FIRST_DAY.year + month // 12, month % 12 + 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return tuple(calendar.sessions(first, following - timedelta(days=1)))


def price(value: float) -> float:
    """A price as exchanges quote it: in cents, below a dollar in hundredths of a cent."""
    return max(0.0001, round(value, 2 if value >= 1 else 4))


def _bridge(start: float, end: float, returns: list[float]) -> list[float]:
    """Closes that follow the returns and yet finish exactly at the end; what is missing is spread over the days."""
    level, levels = 1.0, []
    for change in returns:
        level *= 1 + change
        levels.append(level)
    missing, count = end / start / level - 1, len(returns)
    closes = [start * level * (1 + missing * (index + 1) / count) for index, level in enumerate(levels)]
    return [*closes[:-1], end]


def _candle(
    company: Company, session: Session, closes: tuple[float, float], ordinary: float, is_earnings: bool, draws: Random
) -> Candle:
    """A session between two closes: part of the way is made overnight, most of it when results came before the open."""
    before, close = closes
    change = close / before - 1
    share = 0.75 + 0.2 * draws.random() if is_earnings else 0.2 + 0.3 * draws.random()
    opened = price(before * (1 + change * share + 0.25 * ordinary * bell(draws)))
    high = price(max(opened, close) * (1 + 0.5 * ordinary * abs(bell(draws))))
    low = price(min(opened, close) * (1 - between(0.0, 0.5 * ordinary * abs(bell(draws)), 0.2)))
    volume = _volume(company, session, abs(change) / ordinary, draws)
    return Candle(session.opens, opened, high, low, close, volume)


def _volume(company: Company, session: Session, surprise: float, draws: Random) -> int:
    """Shares traded: more on days that surprise, fewer on half days, many when futures and options expire together."""
    usual = _DOLLARS_TRADED[company.prominence] / company.price
    length = session.minutes / 390
    expiry = 1.7 if session.day.month % 3 == 0 and session.day.weekday() == 4 and 15 <= session.day.day <= 21 else 1.0
    return 1 + int(usual * length * expiry * (0.55 + 0.4 * surprise) * (0.7 + 0.6 * draws.random()))
