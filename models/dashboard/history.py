"""Sentiment of one ticker day by day."""

from __future__ import annotations

from typing import Annotated

from annotated_types import MaxLen
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from models.dashboard.dates import BOTH_DATES, ORDERED_DATES, OverDays
from models.fields import Count, Cursor, DayText, Fraction, Score, SentimentLabel, SentimentSource, Ticker
from models.operation import Example, Level, Link, Operation, Query, Returns
from models.paging import Limit366, cursor_rule
from models.refusals import ServiceUnavailable, TickerNotListed
from models.wire import Response

CURSOR = cursor_rule({"ticker": "AAPL"})


class GetTickerSentimentHistory(OverDays):
    source: Annotated[SentimentSource, Query()] = "aggregated"
    """Whose sentiment; aggregated for that of all sources together."""
    limit: Annotated[Limit366, Query()] = 366
    """The most days wanted."""
    cursor: Annotated[Cursor | None, Query()] = None
    """`next_cursor` of the page before, with the same ticker, source and range or dates."""


@with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
class SentimentDay(TypedDict):
    """What was said on one day."""

    date: DayText
    """The day, in UTC."""
    score: Score
    """Mean score of the day's articles. Aggregated: mean of the sources' means, weighted finnhub 0.40, our_model 0.35,
    tiingo 0.25 among those that have articles."""
    source: SentimentSource
    """Whose sentiment: the one asked for."""
    confidence: Fraction | None
    """How much the scores, or the sources' means if aggregated, agree: 1 − variance / 2. Null if there is only one."""
    label: SentimentLabel
    """positive from 0.33 up, negative from −0.33 down, else neutral."""


class SentimentHistory(Response):
    """Days of one ticker."""

    ticker: Ticker
    """The symbol."""
    source: SentimentSource
    """Whose sentiment."""
    history: Annotated[list[SentimentDay], MaxLen(366)]
    """Oldest first; days without articles are absent."""
    start_date: DayText
    """First day of the range, with or without articles."""
    end_date: DayText
    """Last day of the range."""
    count: Count
    """The number of days in this page."""
    next_cursor: Cursor | None
    """Where the next page starts; null on the last one."""


GET = Operation(
    "getTickerSentimentHistory",
    "GET",
    "/api/v2/tickers/{ticker}/sentiment/history",
    GetTickerSentimentHistory,
    (
        Returns(
            200,
            SentimentHistory,
            "The days, possibly none",
            example={
                "ticker": "AAPL",
                "source": "aggregated",
                "history": [
                    {
                        "date": "2024-11-29",
                        "score": 0.4211,
                        "source": "aggregated",
                        "confidence": 0.9977,
                        "label": "positive",
                    }
                ],
                "start_date": "2024-11-02",
                "end_date": "2024-12-02",
                "count": 1,
                "next_cursor": None,
            },
            links=(
                Link(
                    "next",
                    "getTickerSentimentHistory",
                    {"ticker": "$request.path.ticker", "cursor": "$response.body#/next_cursor"},
                    "The next page, with the same source and range or dates",
                ),
            ),
        ),
    ),
    summary="Sentiment of a ticker day by day",
    description=(
        "Days in UTC, computed from the collected articles, which are remembered here for 400 days. The range counts back "
        "from today, which is included. A source that has not said anything has no days."
    ),
    level=Level.SESSION,
    refusals=(TickerNotListed, ServiceUnavailable),
    rules=(CURSOR, BOTH_DATES, ORDERED_DATES),
    # Nobody's own data, but only for callers with a session: a shared cache would answer those without one.
    cache="private, max-age=60",
    etag=True,
    examples=(
        Example("week", "a week of all sources together", 200, {"ticker": "AAPL", "range": "1W"}),
        Example(
            "source",
            "what one source said between two dates",
            200,
            {"ticker": "msft", "source": "finnhub", "start_date": "2024-11-25", "end_date": "2024-12-02"},
        ),
        Example("first_page", "a range comes in pages", 200, {"ticker": "NVDA", "range": "1M", "limit": 5}),
        Example(
            "silent_source", "a source that said nothing has no days", 200, {"ticker": "AAPL", "source": "our_model"}
        ),
        Example("not_listed", "a well-formed symbol without a listing is not found", 404, {"ticker": "ZZZZZ"}),
    ),
)

OPERATIONS = (GET,)
