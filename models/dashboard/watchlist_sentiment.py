"""Sentiment of a watchlist: what each source says about each of its tickers."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MaxLen, MinLen

from models.dashboard.watchlists import (
    BACK,
    CACHE,
    EMPTY,
    MAX_SYMBOLS,
    ONE,
    RECORDED,
    WATCHED_BY_MEMBER,
    WATCHED_BY_UNADDRESSED,
    Freshness,
    OfWatchlist,
    not_found,
    watching,
)
from models.fields import DayText, Fraction, Positive, Score, SentimentLabel, SentimentSource, Ticker
from models.operation import Example, Given, Level, Link, Operation, Query, Returns
from models.refusals import ConfigurationNotFound
from models.wire import Response

Sources = Annotated[list[SentimentSource], MinLen(1), MaxLen(4)]


class GetConfigurationSentiment(OfWatchlist):
    sources: Annotated[Sources | None, Query()] = None
    """Whose sentiment; all four if absent. One named twice counts once."""


class SourceSentiment(Response):
    """What one source said about a ticker, over the days that the watchlist looks back."""

    score: Score
    """Mean score of its articles. Aggregated: mean of the sources' means, weighted finnhub 0.40, our_model 0.35,
    tiingo 0.25 among those that have articles."""
    label: SentimentLabel
    """positive from 0.33 up, negative from −0.33 down, else neutral."""
    confidence: Fraction | None
    """How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. It is agreement, no probability
    that the score is right. Null if there is only one."""
    article_count: Positive
    """How many scores are in the mean; one article may have one of each source."""
    newest_day: DayText
    """The last day, in UTC, on which it said something."""


class TickerSentiment(Response):
    """Sentiment of one ticker."""

    symbol: Ticker
    """The symbol, as the watchlist has it."""
    sentiment: dict[SentimentSource, SourceSentiment | None]
    """By source, those that were asked for; null for one that said nothing."""


class ConfigurationSentiment(Freshness):
    """Sentiment of a watchlist."""

    tickers: Annotated[list[TickerSentiment], MaxLen(MAX_SYMBOLS)]
    """Its tickers, in the owner's order."""
    start_date: DayText
    """First day that counts, in UTC: so many days ago as the watchlist looks back."""
    end_date: DayText
    """Last day that counts: today."""


GET = Operation(
    "getConfigurationSentiment",
    "GET",
    f"{ONE}/sentiment",
    GetConfigurationSentiment,
    (
        Returns(
            200,
            ConfigurationSentiment,
            "Sentiment by ticker and source",
            example={
                "config_id": RECORDED,
                "tickers": [
                    {
                        "symbol": "AAPL",
                        "sentiment": {
                            "tiingo": {
                                "score": 0.3127,
                                "label": "neutral",
                                "confidence": 0.9321,
                                "article_count": 12,
                                "newest_day": "2024-12-02",
                            },
                            "our_model": None,
                        },
                    }
                ],
                "start_date": "2024-11-25",
                "end_date": "2024-12-02",
                "last_updated": "2024-12-02T14:58:00Z",
                "next_refresh_at": "2024-12-02T15:03:00Z",
                "cache_status": "fresh",
                "provenance": "recorded",
            },
            links=(
                BACK,
                Link(
                    "history",
                    "getConfigurationTickerHistory",
                    {"config_id": "$response.body#/config_id", "ticker": "$response.body#/tickers/0/symbol"},
                    "Day by day",
                ),
                Link("refresh", "refreshConfiguration", {"config_id": "$response.body#/config_id"}, "Collect anew"),
            ),
        ),
    ),
    summary="Sentiment of a watchlist by source",
    description=(
        "Means over the watchlist's timeframe_days, counted back from today, computed from the collected articles. "
        "A source that said nothing about a ticker is null: our_model judges what the others only report."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    cache=CACHE,
    etag=True,
    examples=(
        Example("all", "every source", 200, {"config_id": RECORDED}),
        Example("chosen", "some sources", 200, {"config_id": RECORDED, "sources": ["finnhub", "aggregated"]}),
        Example("no_tickers", "a watchlist without tickers", 200, {"config_id": EMPTY}, Given("full")),
        Example("fresh", "of which news came a few minutes ago", 200, {"config_id": RECORDED}, watching("AAPL")),
        Example("judged", "what our model said", 200, {"config_id": RECORDED}, watching("DIS")),
        Example(
            "never",
            "a symbol that was never collected beside one that was",
            200,
            {"config_id": RECORDED},
            watching("AAPL", "XOM"),
        ),
        Example("refreshing", "while a refresh runs", 200, {"config_id": WATCHED_BY_MEMBER}, Given("member")),
        Example(
            "failed",
            "a refresh that failed refreshes nothing",
            200,
            {"config_id": WATCHED_BY_UNADDRESSED},
            Given("unaddressed", at="2024-12-02T15:02:00Z"),
        ),
        *not_found(),
    ),
)

OPERATIONS = (GET,)
