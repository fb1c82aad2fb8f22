"""Sentiment of one ticker of a watchlist day by day."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MaxLen
from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from models.dashboard.watchlists import BACK, CACHE, ONE, RECORDED, Freshness, OfWatchlist, not_found
from models.fields import (
    Count,
    Cursor,
    DayText,
    Fraction,
    Positive,
    Score,
    SentimentLabel,
    SentimentSource,
    Ticker,
)
from models.operation import Example, Json, Level, Link, Operation, Path, Query, Returns
from models.paging import Limit31, cursor_rule
from models.refusals import ConfigurationNotFound, TickerNotWatched

HistoryDays = Annotated[int, Field(ge=1, le=30)]
MOST_DAYS = 31
FIRST_PAGE: dict[str, Json] = {"config_id": RECORDED, "ticker": "msft", "source": "finnhub", "days": 30, "limit": 3}
SECOND_PAGE = "AOgEoFDeWJsv1_IlVNmrvzIwMjQtMTItMDIvMjAyNC0xMS0wNA"
"""Where the fourth day stands."""
CURSOR = cursor_rule({"config_id": RECORDED, "ticker": "AAPL"})


class GetConfigurationTickerHistory(OfWatchlist):
    ticker: Annotated[Ticker, Path()]
    """The symbol, in any case."""
    source: Annotated[SentimentSource, Query()] = "aggregated"
    """Whose sentiment; aggregated for that of all sources together."""
    days: Annotated[HistoryDays, Query()] = 7
    """How many days back from today, which is included."""
    limit: Annotated[Limit31, Query()] = MOST_DAYS
    """The most days wanted."""
    cursor: Annotated[Cursor | None, Query()] = None
    """`next_cursor` of the page before, with the same watchlist, ticker, source and days."""


@with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
class WatchedDay(TypedDict):
    """What was said about a ticker on one day."""

    date: DayText
    """The day, in UTC."""
    score: Score
    """Mean score of the day's articles. Aggregated: mean of the sources' means, weighted finnhub 0.40, our_model 0.35,
    tiingo 0.25 among those that have articles."""
    source: SentimentSource
    """Whose sentiment: the one asked for."""
    confidence: Fraction | None
    """How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. It is agreement, no probability
    that the score is right. Null if there is only one."""
    label: SentimentLabel
    """positive from 0.33 up, negative from −0.33 down, else neutral."""
    article_count: Positive
    """How many scores are in the mean."""


class WatchedHistory(Freshness):
    """Days of one ticker of a watchlist."""

    ticker: Ticker
    """The symbol."""
    source: SentimentSource
    """Whose sentiment."""
    history: Annotated[list[WatchedDay], MaxLen(MOST_DAYS)]
    """Oldest first; days without articles are absent."""
    start_date: DayText
    """First day of the range, with or without articles."""
    end_date: DayText
    """Last day of the range: the day on which its first page was asked for."""
    count: Count
    """The number of days in this page."""
    next_cursor: Cursor | None
    """Where the next page starts; null on the last one."""


GET = Operation(
    "getConfigurationTickerHistory",
    "GET",
    f"{ONE}/sentiment/{{ticker}}/history",
    GetConfigurationTickerHistory,
    (
        Returns(
            200,
            WatchedHistory,
            "The days, possibly none",
            example={
                "config_id": RECORDED,
                "ticker": "AAPL",
                "source": "aggregated",
                "history": [
                    {
                        "date": "2024-11-29",
                        "score": 0.4211,
                        "source": "aggregated",
                        "confidence": 0.9977,
                        "label": "positive",
                        "article_count": 9,
                    }
                ],
                "start_date": "2024-11-25",
                "end_date": "2024-12-02",
                "count": 1,
                "next_cursor": None,
                "last_updated": "2024-12-02T14:58:00Z",
                "next_refresh_at": "2024-12-02T15:03:00Z",
                "cache_status": "fresh",
                "provenance": "recorded",
            },
            links=(
                BACK,
                Link(
                    "next",
                    "getConfigurationTickerHistory",
                    {
                        "config_id": "$request.path.config_id",
                        "ticker": "$request.path.ticker",
                        "cursor": "$response.body#/next_cursor",
                    },
                    "The next page, with the same source and days",
                ),
            ),
        ),
    ),
    summary="Sentiment of a watched ticker day by day",
    description=(
        "Days in UTC, computed from the collected articles. A ticker that is not on the watchlist is not found; "
        "getTickerSentimentHistory has every listed one. Pages of one range stay one range after midnight."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, TickerNotWatched),
    rules=(CURSOR,),
    cache=CACHE,
    etag=True,
    examples=(
        Example("week", "a week of all sources together", 200, {"config_id": RECORDED, "ticker": "AAPL"}),
        Example(
            "first_page",
            "what one source said, in pages",
            200,
            FIRST_PAGE,
        ),
        Example("second_page", "next_cursor of the page before", 200, {**FIRST_PAGE, "cursor": SECOND_PAGE}),
        Example(
            "not_watched", "a listed symbol that is not on the list", 404, {"config_id": RECORDED, "ticker": "XOM"}
        ),
        *not_found(ticker="AAPL"),
    ),
)

OPERATIONS = (GET,)
