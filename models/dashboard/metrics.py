"""What the articles of a span of time add up to."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import Field

from models.dashboard.articles import PRICE_TARGET, NewsArticle, NewsTag, NewsTags5
from models.dashboard.spans import ordered_rule
from models.fields import Count, Fraction, Instant, Positive, Timestamp
from models.operation import Example, Level, Operation, Query, Returns
from models.refusals import ServiceUnavailable
from models.wire import Request, Response

Hours = Annotated[int, Field(ge=1, le=168)]

ORDERED = ordered_rule({"tags": ["technology"]})


class GetMetrics(Request):
    hours: Annotated[Hours, Query()] = 24
    """How many hours back from now the counts reach."""


class DashboardMetrics(Response):
    """Counts of articles."""

    total: Count
    """Articles of the span that have been judged."""
    positive: Count
    """Of these, how many are positive."""
    neutral: Count
    """Of these, how many are neutral."""
    negative: Count
    """Of these, how many are negative."""
    by_tag: Annotated[dict[str, Positive], MaxLen(100)]
    """Tag → judged articles of the span that carry it; the hundred most frequent, most frequent first, then by name."""
    rate_last_hour: Count
    """All articles of the last hour, judged or not."""
    rate_last_24h: Count
    """All articles of the last 24 hours, judged or not, whatever `hours` is."""
    recent_items: Annotated[list[NewsArticle], MaxLen(20)]
    """The newest articles of the span, at most 20, newest first."""


class GetSentimentByTags(Request):
    tags: Annotated[NewsTags5, Query()]
    """One to five tags; one given twice counts once."""
    start: Annotated[Instant | None, Query()] = None
    """First instant, inclusive; 24 hours before the end if absent. Articles are kept for 30 days."""
    end: Annotated[Instant | None, Query()] = None
    """Where the span ends, exclusive; now if absent."""


class Shares(Response):
    """Shares of the labels, with two decimals; all 0 without articles."""

    positive: Fraction
    """Share of positive articles."""
    neutral: Fraction
    """Share of neutral articles."""
    negative: Fraction
    """Share of negative articles."""


class TagShares(Shares):
    """Shares of the labels among the articles with a tag."""

    count: Count
    """How many judged articles carry the tag."""


class TimeRange(Response):
    """A span of time."""

    start: Timestamp
    """First instant, inclusive."""
    end: Timestamp
    """Where it ends, exclusive."""


class TagSentiment(Response):
    """How the articles with some tags are judged."""

    tags: dict[NewsTag, TagShares]
    """Tag → shares of its articles, in the order asked for."""
    overall: Shares
    """Shares of all of them, an article with two of the tags counted once."""
    total_count: Count
    """How many judged articles carry any of the tags."""
    trend: Literal["improving", "declining", "stable"]
    """improving if more than 0.6 of all are positive, else declining if more than 0.4 are negative, else stable."""
    time_range: TimeRange
    """The span that was counted."""


GET_METRICS = Operation(
    "getMetrics",
    "GET",
    "/api/v2/metrics",
    GetMetrics,
    (
        Returns(
            200,
            DashboardMetrics,
            "The counts",
            example={
                "total": 1,
                "positive": 1,
                "neutral": 0,
                "negative": 0,
                "by_tag": {"analyst": 1, "technology": 1},
                "rate_last_hour": 1,
                "rate_last_24h": 1,
                "recent_items": [PRICE_TARGET],
            },
        ),
    ),
    summary="How many articles, how they are judged, and the newest",
    description="Counted from the stored articles at most a minute ago: the answer is remembered for that long.",
    level=Level.SESSION,
    refusals=(ServiceUnavailable,),
    # Nobody's own data, but only for callers with a session: a shared cache would answer those without one.
    cache="private, max-age=60",
    etag=True,
    examples=(
        Example("day", "the last 24 hours", 200),
        Example("hour", "the last hour", 200, {"hours": 1}),
    ),
)

GET_SENTIMENT = Operation(
    "getSentimentByTags",
    "GET",
    "/api/v2/sentiment",
    GetSentimentByTags,
    (
        Returns(
            200,
            TagSentiment,
            "The shares",
            example={
                "tags": {"technology": {"positive": 0.5, "neutral": 0.25, "negative": 0.25, "count": 4}},
                "overall": {"positive": 0.5, "neutral": 0.25, "negative": 0.25},
                "total_count": 4,
                "trend": "stable",
                "time_range": {"start": "2024-12-01T15:00:00Z", "end": "2024-12-02T15:00:00Z"},
            },
        ),
    ),
    summary="How the articles with some tags are judged",
    description="Shares of positive, neutral and negative articles, for each tag and for all together.",
    level=Level.SESSION,
    refusals=(ServiceUnavailable,),
    rules=(ORDERED,),
    cache="private, max-age=60",
    etag=True,
    examples=(
        Example(
            "span",
            "two tags over two days",
            200,
            {"tags": ["technology", "internet"], "start": "2024-11-30T15:00:00Z", "end": "2024-12-02T15:00:00Z"},
        ),
        Example("last_day", "the last 24 hours", 200, {"tags": ["Technology"]}),
        Example("nothing", "a tag that nothing carries has no shares", 200, {"tags": ["astrology"]}),
    ),
)

OPERATIONS = (GET_METRICS, GET_SENTIMENT)
