"""Whether sentiment and volatility of a watchlist move together."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MaxLen

from models.dashboard.watchlists import (
    BACK,
    CACHE,
    EMPTY,
    MAX_SYMBOLS,
    ONE,
    RECORDED,
    Freshness,
    OfWatchlist,
    not_found,
    watching,
)
from models.fields import Arrow, Interpretation, Ticker
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Operation, Returns
from models.refusals import ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable
from models.wire import Response


class GetConfigurationCorrelation(OfWatchlist):
    pass


class Correlation(Response):
    """Where sentiment and volatility of a ticker went."""

    sentiment_trend: Arrow | None
    """Sentiment of all sources: the later half of the watchlist's days against the earlier half, → within 0.05.
    Null if a half has no articles."""
    volatility_trend: Arrow | None
    """The average true range of 14 days against that of the day before, → within 5 %. Null if too few candles are known."""
    interpretation: Interpretation | None
    """Divergence if the arrows part, convergence if they agree, positive where sentiment goes up; stable if either is →.
    Null if either is null."""
    description: str
    """The same for people."""


class TickerCorrelation(Response):
    """Sentiment and volatility of one ticker."""

    symbol: Ticker
    """The symbol, as the watchlist has it."""
    correlation: Correlation
    """Where both went."""


class ConfigurationCorrelation(Freshness):
    """Sentiment and volatility of a watchlist."""

    tickers: Annotated[list[TickerCorrelation], MaxLen(MAX_SYMBOLS)]
    """Its tickers, in the owner's order."""


GET = Operation(
    "getConfigurationCorrelation",
    "GET",
    f"{ONE}/correlation",
    GetConfigurationCorrelation,
    (
        Returns(
            200,
            ConfigurationCorrelation,
            "Where sentiment and volatility went",
            example={
                "config_id": RECORDED,
                "tickers": [
                    {
                        "symbol": "AAPL",
                        "correlation": {
                            "sentiment_trend": "↑",
                            "volatility_trend": "↓",
                            "interpretation": "positive_divergence",
                            "description": "Sentiment improves while volatility falls",
                        },
                    }
                ],
                "provenance": "recorded",
                "last_updated": "2024-12-02T14:58:00Z",
                "next_refresh_at": "2024-12-02T15:03:00Z",
                "cache_status": "fresh",
            },
            links=(BACK,),
        ),
    ),
    summary="Sentiment against volatility",
    description=(
        "↑↓ is positive_divergence, ↓↑ negative_divergence, ↑↑ positive_convergence, ↓↓ negative_convergence, sentiment "
        "first; anything with → is stable. Of an odd number of days the oldest is in neither half."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable),
    cache=CACHE,
    etag=True,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("own", "the caller's own", 200, {"config_id": RECORDED}),
        Example("no_tickers", "a watchlist without tickers", 200, {"config_id": EMPTY}, Given("full")),
        Example(
            "worse_and_wilder",
            "sentiment falls, volatility rises",
            200,
            {"config_id": RECORDED},
            watching("NVDA", "GOOGL", at="2024-11-14T12:00:00Z"),
        ),
        Example(
            "worse_and_calmer",
            "both fall",
            200,
            {"config_id": RECORDED},
            watching("NVDA", at="2024-11-15T12:00:00Z"),
        ),
        Example(
            "better_and_calmer",
            "sentiment rises, volatility falls",
            200,
            {"config_id": RECORDED},
            watching("GOOGL", at="2024-11-10T12:00:00Z"),
        ),
        *not_found(),
    ),
)

OPERATIONS = (GET,)
