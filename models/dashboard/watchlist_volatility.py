"""How far the prices of a watchlist range."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, MaxLen

from models.dashboard.watchlists import BACK, CACHE, EMPTY, MAX_SYMBOLS, ONE, RECORDED, OfWatchlist, not_found, watching
from models.fields import Arrow, Id, NewsSource, Price, Provenance, Ticker, Timestamp, Trend
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Link, Operation, Returns
from models.refusals import ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable
from models.wire import Response

PercentOfPrice = Annotated[float, Ge(0)]


class GetConfigurationVolatility(OfWatchlist):
    pass


class AverageTrueRange(Response):
    """Wilder's average true range over daily candles."""

    value: Price
    """The average, in dollars."""
    percent: PercentOfPrice | None
    """The average in percent of the last close; null where that is zero."""
    period: Literal[14]
    """Over how many candles it is smoothed."""
    trend: Trend | None
    """increasing or decreasing if the last candle changed it by more than 5 %, else stable. Null if that is the first average."""
    trend_arrow: Arrow | None
    """The trend as an arrow; null with it."""
    previous_value: Price | None
    """The average without the last candle; null if there were too few."""


class TickerVolatility(Response):
    """How far the price of one ticker ranges."""

    symbol: Ticker
    """The symbol, as the watchlist has it."""
    atr: AverageTrueRange | None
    """Null if fewer than 14 candles are known."""
    includes_extended_hours: bool
    """Whether the last candle reaches to a price made after its session: the watchlist asks for it and there is one."""
    updated_at: Timestamp | None
    """When the last candle ended, or when the price after it was made. Null without candles."""
    source: NewsSource | None
    """Who delivered the candles; null without any."""


class ConfigurationVolatility(Response):
    """How far the prices of a watchlist range."""

    config_id: Id
    """The watchlist."""
    tickers: Annotated[list[TickerVolatility], MaxLen(MAX_SYMBOLS)]
    """Its tickers, in the owner's order."""
    provenance: Provenance
    """recorded for the built-in market, live for real sources."""


HOLIDAY = "2024-11-28T22:30:00Z"
"""A day after prices that extended hours made beyond the session before."""

GET = Operation(
    "getConfigurationVolatility",
    "GET",
    f"{ONE}/volatility",
    GetConfigurationVolatility,
    (
        Returns(
            200,
            ConfigurationVolatility,
            "The average true range of each ticker",
            example={
                "config_id": RECORDED,
                "tickers": [
                    {
                        "symbol": "AAPL",
                        "atr": {
                            "value": 3.2184,
                            "percent": 1.36,
                            "period": 14,
                            "trend": "stable",
                            "trend_arrow": "→",
                            "previous_value": 3.2779,
                        },
                        "includes_extended_hours": False,
                        "updated_at": "2024-11-29T18:00:00Z",
                        "source": "tiingo",
                    }
                ],
                "provenance": "recorded",
            },
            links=(
                BACK,
                Link(
                    "candles", "getCandles", {"ticker": "$response.body#/tickers/0/symbol"}, "The first one's candles"
                ),
            ),
        ),
    ),
    summary="Volatility of a watchlist",
    description=(
        "The true range of a day is the greatest of high − low, |high − close before| and |low − close before|. Its average "
        "starts as the mean of the first 14 days and is smoothed by each later one, (13 × average + true range) / 14, over "
        "the last 180 days of sessions that are over. Days without a candle are left out, never filled."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable),
    cache=CACHE,
    etag=True,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("own", "the caller's own", 200, {"config_id": RECORDED}),
        Example(
            "session", "the last session alone", 200, {"config_id": RECORDED}, watching("MSFT", "GOOGL", at=HOLIDAY)
        ),
        Example(
            "extended_hours",
            "the evening after it counts where the watchlist says so",
            200,
            {"config_id": RECORDED},
            watching("MSFT", "GOOGL", at=HOLIDAY, include_extended_hours=True),
        ),
        Example("no_tickers", "a watchlist without tickers", 200, {"config_id": EMPTY}, Given("full")),
        Example(
            "moved",
            "one rises, the other falls",
            200,
            {"config_id": RECORDED},
            watching("GOOGL", "XOM", at="2024-11-27T13:00:00Z"),
        ),
        *not_found(),
    ),
)

OPERATIONS = (GET,)
