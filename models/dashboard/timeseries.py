"""Sentiment in time: buckets of scores at eight resolutions, of one ticker or of several."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, MaxLen, MinLen
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from models.dashboard.spans import check_ordered, ordered_rule
from models.fields import (
    Count,
    Cursor,
    Instant,
    Percent,
    Positive,
    Resolution,
    Score,
    SentimentLabel,
    SentimentSource,
    Stamp,
    Ticker,
    Tickers20,
)
from models.operation import Example, Given, Link, Operation, Path, Query, Returns, Rule
from models.paging import Limit1000, cursor_rule
from models.refusals import ServiceUnavailable, TickerNotListed, broken
from models.wire import Request, Response

MAX_PAGE = 1000
MAX_BATCH_BUCKETS = 10_000
"""A batch of more buckets could outgrow what the gateway carries."""

CLOSED = ConfigDict(extra="forbid", allow_inf_nan=False)
Milliseconds = Annotated[float, Ge(0)]

CURSOR = cursor_rule({"ticker": "AAPL", "resolution": "1h", "start": "2024-12-01T00:00:00Z"}, Given("nobody"))
ORDERED = ordered_rule({"ticker": "AAPL", "resolution": "1h"}, Given("nobody"))
ORDERED_BATCH = ordered_rule({"tickers": ["AAPL"], "resolution": "1h"}, Given("nobody"))
LISTED = Rule(
    "ticker_not_listed",
    ("query", "tickers", "*"),
    "{ticker} is not listed on NYSE, NASDAQ or AMEX; look the symbol up with searchTickers",
    "Every ticker is listed, or was until it was delisted",
    {"tickers": ["AAPL", "ZZZZZ"], "resolution": "1h"},
    Given("nobody"),
)
BATCH_BOUNDED = Rule(
    "batch_too_large",
    ("query", "limit"),
    "{tickers} tickers with {limit} buckets each are {wanted}; at most 10000 are answered: lower limit or name fewer tickers",
    "The number of tickers times limit is at most 10000",
    {"tickers": ["AAPL"] * 20, "resolution": "1m", "limit": 501},
    Given("nobody"),
)


class GetTimeseries(Request):
    ticker: Annotated[Ticker, Path()]
    """The symbol, in any case."""
    resolution: Annotated[Resolution, Query()]
    """How long a bucket is."""
    start: Annotated[Instant | None, Query()] = None
    """First instant wanted, inclusive: buckets that start at it or later. As far back as is kept if only `end` is given."""
    end: Annotated[Instant | None, Query()] = None
    """Where the range ends, exclusive. Now if only `start` is given."""
    limit: Annotated[Limit1000 | None, Query()] = None
    """The most buckets wanted. Without start and end 60, 12, 6, 24, 8, 4, 14 or 7 by resolution, with one of them 1000."""
    cursor: Annotated[Cursor | None, Query()] = None
    """`next_cursor` of the page before, with the same ticker, resolution, start and end."""

    def check(self) -> None:
        check_ordered(ORDERED, self.start, self.end)


class GetTimeseriesBatch(Request):
    tickers: Annotated[Tickers20, Query()]
    """One to twenty symbols, in any case; one given twice counts once."""
    resolution: Annotated[Resolution, Query()]
    """How long a bucket is."""
    start: Annotated[Instant | None, Query()] = None
    """First instant wanted, inclusive: buckets that start at it or later. As far back as is kept if only `end` is given."""
    end: Annotated[Instant | None, Query()] = None
    """Where the range ends, exclusive. Now if only `start` is given."""
    limit: Annotated[Limit1000 | None, Query()] = None
    """The most buckets wanted of each ticker; if absent as for one ticker, but no more than 10000 in all."""

    def check(self) -> None:
        check_ordered(ORDERED_BATCH, self.start, self.end)
        wanted = len(self.tickers) * (self.limit or 0)
        if wanted > MAX_BATCH_BUCKETS:
            raise broken(BATCH_BOUNDED, tickers=len(self.tickers), limit=self.limit, wanted=wanted)


@with_config(CLOSED)
class Bucket(TypedDict):
    """The scores of one span of time. Scores have four decimals."""

    ticker: Ticker
    """Whose sentiment."""
    resolution: Resolution
    """How long the span is."""
    timestamp: Stamp
    """Where the span starts: a multiple of its length in UTC."""
    open: Score
    """The first score by the time of its article."""
    high: Score
    """The highest score."""
    low: Score
    """The lowest score."""
    close: Score
    """The last score by the time of its article."""
    count: Positive
    """How many scores there are; a span without any has no bucket."""
    sum: float
    """The sum of the scores, exact."""
    avg: Score
    """The mean score."""
    label_counts: dict[SentimentLabel, Positive]
    """Scores by label; a label that does not occur is absent."""
    sources: Annotated[list[SentimentSource], MinLen(1), MaxLen(4)]
    """Who gave the scores, in alphabetical order."""


@with_config(CLOSED)
class SentimentBucket(Bucket):
    """A bucket whose time is over. Only an article that arrives late can still change it."""

    is_partial: Literal[False]
    """Always false: its time is over."""


@with_config(CLOSED)
class PartialBucket(Bucket):
    """The bucket whose time is not over, with the values so far."""

    is_partial: Literal[True]
    """Always true: its time is not over."""
    progress_pct: Percent
    """How much of its time has passed."""
    next_update_at: Stamp
    """When its time is over and it becomes one of `buckets`."""


class Timeseries(Response):
    """Buckets of one ticker."""

    ticker: Ticker
    """The symbol."""
    resolution: Resolution
    """How long a bucket is."""
    buckets: Annotated[list[SentimentBucket], MaxLen(MAX_PAGE)]
    """Buckets whose time is over, oldest first; spans without scores are absent."""
    partial_bucket: PartialBucket | None
    """The bucket that is still open, with the last page that reaches it; null without scores in it."""
    cache_hit: bool
    """Whether the buckets come from the memory of the process that answers: they are then up to a minute old."""
    query_time_ms: Milliseconds
    """Milliseconds that reading the store took; 0 if it was not read."""
    next_cursor: Cursor | None
    """Where the next page starts; null on the last one, and always without start and end."""
    has_more: bool
    """Whether there is a next page."""


class TimeseriesFailure(Response):
    """Stands for the buckets of a ticker that could not be read. The other tickers have theirs."""

    ticker: Ticker
    """The symbol."""
    error: str
    """What went wrong, for people."""
    code: str
    """What went wrong, for programs: the code that the request for this ticker alone would be refused with."""
    retry_after_seconds: Count
    """When to try again."""


AAPL_HOURS = {
    "ticker": "AAPL",
    "resolution": "1h",
    "buckets": [
        {
            "ticker": "AAPL",
            "resolution": "1h",
            "timestamp": "2024-12-02T14:00:00Z",
            "open": 0.5017,
            "high": 0.8571,
            "low": 0.3622,
            "close": 0.3622,
            "count": 3,
            "sum": 1.721,
            "avg": 0.5737,
            "label_counts": {"positive": 3},
            "sources": ["finnhub", "tiingo"],
            "is_partial": False,
        }
    ],
    "partial_bucket": {
        "ticker": "AAPL",
        "resolution": "1h",
        "timestamp": "2024-12-02T15:00:00Z",
        "open": -0.12,
        "high": -0.12,
        "low": -0.12,
        "close": -0.12,
        "count": 1,
        "sum": -0.12,
        "avg": -0.12,
        "label_counts": {"neutral": 1},
        "sources": ["finnhub"],
        "is_partial": True,
        "progress_pct": 25.0,
        "next_update_at": "2024-12-02T16:00:00Z",
    },
    "cache_hit": False,
    "query_time_ms": 0.4,
    "next_cursor": None,
    "has_more": False,
}

CACHING = (
    "`max-age` lasts until the time of the open bucket is over, for a range that is over the length of one bucket; "
    "the running values in between come with the stream."
)

GET = Operation(
    "getTimeseries",
    "GET",
    "/api/v2/timeseries/{ticker}",
    GetTimeseries,
    (
        Returns(
            200,
            Timeseries,
            "The buckets, possibly none",
            example=AAPL_HOURS,
            links=(
                Link(
                    "next",
                    "getTimeseries",
                    {
                        "ticker": "$request.path.ticker",
                        "resolution": "$request.query.resolution",
                        "cursor": "$response.body#/next_cursor",
                    },
                    "The next page, with the same start and end",
                ),
            ),
        ),
    ),
    summary="Sentiment buckets of one ticker",
    description=(
        "Without start and end the newest buckets, oldest first, as one page. With start or end the buckets of that "
        "range as pages, oldest first. A bucket is complete once its time is over; the open one comes apart. "
        "Buckets are kept for 1, 2, 3, 7, 14, 30, 60 and 90 days by resolution. " + CACHING
    ),
    refusals=(TickerNotListed, ServiceUnavailable),
    rules=(CURSOR, ORDERED),
    cache="public, max-age=60",
    etag=True,
    examples=(
        Example(
            "newest", "the newest hours, oldest first", 200, {"ticker": "aapl", "resolution": "1h"}, Given("nobody")
        ),
        Example(
            "open_bucket",
            "the bucket of today is still open",
            200,
            {"ticker": "MSFT", "resolution": "24h", "limit": 2},
            Given("nobody"),
        ),
        Example(
            "first_page",
            "a range comes in pages",
            200,
            {
                "ticker": "AAPL",
                "resolution": "3h",
                "start": "2024-11-29T00:00:00Z",
                "end": "2024-12-02T15:00:00Z",
                "limit": 3,
            },
            Given("nobody"),
        ),
        Example(
            "empty_range",
            "a range that ends where it starts has no buckets",
            200,
            {
                "ticker": "AAPL",
                "resolution": "1h",
                "start": "2024-12-02T12:00:00Z",
                "end": "2024-12-02T12:00:00Z",
            },
            Given("nobody"),
        ),
        Example(
            "no_data",
            "a listed ticker without scores has no buckets",
            200,
            {"ticker": "BRK.B", "resolution": "5m"},
            Given("nobody"),
        ),
        Example(
            "not_listed",
            "a well-formed symbol without a listing is not found",
            404,
            {"ticker": "ZZZZZ", "resolution": "1h"},
            Given("nobody"),
        ),
    ),
)

GET_BATCH = Operation(
    "getTimeseriesBatch",
    "GET",
    "/api/v2/timeseries/batch",
    GetTimeseriesBatch,
    (
        Returns(
            200,
            dict[Ticker, Timeseries | TimeseriesFailure],
            "Ticker → its buckets, in the order asked for",
            example={
                "AAPL": AAPL_HOURS,
                "MSFT": {
                    "ticker": "MSFT",
                    "error": "The store or a source does not answer; retry after the seconds that Retry-After gives",
                    "code": "SERVICE_UNAVAILABLE",
                    "retry_after_seconds": 5,
                },
            },
        ),
    ),
    summary="Sentiment buckets of several tickers",
    description=(
        "What getTimeseries answers for each of up to twenty tickers. A ticker whose buckets cannot be read carries its "
        "error and the others their buckets; 503 only if none can be read. There is no page of a batch: go on with "
        "getTimeseries, the same resolution, start and end, and the `next_cursor` of a ticker. " + CACHING
    ),
    refusals=(ServiceUnavailable,),
    rules=(LISTED, ORDERED_BATCH, BATCH_BOUNDED),
    cache="public, max-age=60",
    etag=True,
    examples=(
        Example(
            "two",
            "the newest hours of two tickers",
            200,
            {"tickers": ["AAPL", "msft"], "resolution": "1h"},
            Given("nobody"),
        ),
        Example(
            "range",
            "the first bucket of each ticker in a range",
            200,
            {
                "tickers": ["NVDA", "GOOGL", "NVDA"],
                "resolution": "6h",
                "start": "2024-12-01T00:00:00Z",
                "end": "2024-12-02T15:00:00Z",
                "limit": 1,
            },
            Given("nobody"),
        ),
    ),
)

OPERATIONS = (GET, GET_BATCH)
