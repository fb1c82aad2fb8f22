"""What tests of a watchlist's analytics share: a stage where exactly what they say was said and traded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, get_args

from contract_tests.client import Client, value
from handlers.assembly import assemble
from handlers.domain import calendar
from handlers.domain.buckets import Score
from handlers.domain.candles import Candle
from handlers.domain.volatility import LOOKBACK_DAYS
from handlers.feeds.opening import Feeds
from handlers.feeds.port import FeedUnavailable, PriceFeed, Quote
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.candles import Candles, Series
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore
from models.fields import CandleResolution, NewsSource
from tools import identities
from tools import stage as stages
from tools.stage import FEEDS, NOW, Stage

PATH = f"/api/v2/configurations/{identities.CONFIGURATION}"
TODAY = NOW.date()
SOURCES = ("tiingo", "finnhub", "our_model")
PARTS = ("sentiment", "heatmap", "volatility", "correlation", "premarket", "sentiment/AAPL/history", "refresh/status")


class Said(NamedTuple):
    """What a source said about a ticker, so many days before today, in ten-thousandths."""

    days_ago: int
    units: int
    source: str = "tiingo"
    ticker: str = "AAPL"


FLAT = [(100.0, 100.0, 100.0)]
"""A day that does not move, as (high, low, close)."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def stage_with(said: Iterable[Said] = (), clock: FixedClock | None = None) -> Stage:
    """A stage with the recorded callers and nothing collected but what was said."""
    clock = clock or FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    identities.enrol(store, NOW)
    stage = Stage(clock=clock, store=store)
    say(stage, said)
    return stage


def say(stage: Stage, said: Iterable[Said]) -> None:
    """Counts scores of articles that appeared at noon; each call has its own articles."""
    scores = list(said)
    Buckets(stage.store, stage.clock).record_many(
        Score(each.ticker, _noon(ago(each.days_ago)), each.units, stage.chance.uuid(), each.source) for each in scores
    )


def trade(store: Store, ticker: str, rows: Sequence[tuple[float, float, float]]) -> None:
    """Keeps daily candles of (high, low, close) for the newest sessions before today, and flat ones for those before."""
    begin = calendar.local_date(NOW) - timedelta(days=LOOKBACK_DAYS)
    sessions = list(calendar.sessions(begin, calendar.previous_session(calendar.local_date(NOW)).day))
    first = rows[0][2]
    padded = [(first, first, first)] * (len(sessions) - len(rows)) + list(rows)
    candles = [
        Candle(session.opens, low, high, low, close, 1)
        for session, (high, low, close) in zip(sessions, padded, strict=True)
    ]
    for source in get_args(NewsSource):
        Candles(store).write(Series(ticker, source, "D", "recorded"), candles, NOW)


def read(stage: Stage, part: str, caller: str = "anonymous", **query: Any) -> Any:
    got = Client(stage, caller).get(f"{PATH}/{part}", **query)
    assert got.status == 200, got
    return value(got)


def watch(stage: Stage, **changes: Any) -> None:
    """Changes the anonymous caller's watchlist."""
    got = Client(stage).call("PATCH", PATH, body=changes)
    assert got.status == 200, got


class Source:
    """Prices of the recorded market, but only quotes that a test names; `fails` says what it does not answer."""

    source: NewsSource = "finnhub"

    def __init__(self, last: float | None = None, at: datetime = NOW, fails: str = "") -> None:
        self.last = last
        self.at = at
        self.fails = fails
        self.asked: list[str] = []

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        self._note("candles", symbol)
        return FEEDS.prices.candles(symbol, resolution, start, until)

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        self._note("quote", symbol)
        if self.last is None or self.at > at:
            return None
        return Quote(symbol, self.last, None, None, None, self.at, "recorded")

    def _note(self, what: str, symbol: str) -> None:
        self.asked.append(f"{what} {symbol}")
        if self.fails == what:
            raise FeedUnavailable(self.source, 17, "it timed out")


class OneSource(Feeds):
    """The listings of the product and the prices of one given source."""

    def __init__(self, source: PriceFeed) -> None:
        self._source = source

    @cached_property
    def prices(self) -> PriceFeed:
        return self._source


def asking(stage: Stage, source: Source) -> Stage:
    """The stage with another source of prices."""
    stage.gates["dashboard"] = assemble(
        "dashboard", stages.settings(), stage.clock, stage.chance, stage.store, OneSource(source)
    )
    return stage


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
