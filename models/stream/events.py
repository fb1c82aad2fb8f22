"""What a stream says: one model for the data of each kind of event."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen, MinLen

from models.fields import (
    Count,
    Fraction,
    Percent,
    Positive,
    Resolution,
    Score,
    Seconds,
    SentimentLabel,
    SentimentSource,
    Ticker,
    Timestamp,
)
from models.wire import Event, Response


class Heartbeat(Event):
    """The connection lives. Its id repeats the position up to which everything has been sent."""

    event: ClassVar[str] = "heartbeat"
    timestamp: Timestamp
    """When it was sent."""
    connections: Count
    """Streams open in this process, this one included."""
    uptime_seconds: Seconds
    """How long this process has been streaming."""


class MetricsEvent(Event):
    """What the articles of the last 24 hours say, on connecting and whenever a number changes."""

    event: ClassVar[str] = "metrics"
    timestamp: Timestamp
    """When it was counted."""
    total: Count
    """Articles of the last 24 hours that have been judged."""
    positive: Count
    """Of these, how many are positive."""
    neutral: Count
    """Of these, how many are neutral."""
    negative: Count
    """Of these, how many are negative."""
    by_tag: Annotated[dict[str, Positive], MaxLen(100)]
    """Tag → judged articles that carry it; the hundred most frequent, most frequent first, then by name."""
    rate_last_hour: Count
    """All articles of the last hour, judged or not."""
    rate_last_24h: Count
    """All articles of the last 24 hours, judged or not."""


class SentimentEvent(Event):
    """What the judged articles of the last 24 hours say of a ticker, as soon as one more is among them.

    It replaces what was said of the ticker before; a new stream begins without it. That articles have grown too old is
    told with the next one that is judged.
    """

    event: ClassVar[str] = "sentiment_update"
    ticker: Ticker
    """Whose sentiment."""
    score: Score
    """The mean score of the articles, four decimals."""
    label: SentimentLabel
    """positive from 0.33 up, negative from −0.33 down, else neutral."""
    confidence: Fraction | None
    """How much the scores agree: 1 − variance / 2, four decimals. Null if there is only one."""
    article_count: Positive
    """How many articles there are."""
    timestamp: Timestamp
    """When the event was made."""
    origin_timestamp: Timestamp
    """When the last of the scores was stored."""


class StreamedBucket(Response):
    """The scores of one span of time, as far as they are known, as the time series has them. Scores have four decimals."""

    timestamp: Timestamp
    """Where the span starts."""
    open: Score
    """The first score by the time of its article."""
    high: Score
    """The highest score."""
    low: Score
    """The lowest score."""
    close: Score
    """The last score by the time of its article."""
    count: Positive
    """How many scores there are."""
    sum: float
    """The sum of the scores, exact."""
    avg: Score
    """The mean score."""
    label_counts: dict[SentimentLabel, Positive]
    """Scores by label; a label that does not occur is absent."""
    sources: Annotated[list[SentimentSource], MinLen(1), MaxLen(4)]
    """Who gave the scores, in alphabetical order."""


class PartialBucketEvent(Event):
    """A bucket whose time is not over has a new score."""

    event: ClassVar[str] = "partial_bucket"
    ticker: Ticker
    """Whose sentiment."""
    resolution: Resolution
    """How long the bucket is."""
    bucket: StreamedBucket
    """Its running values; they replace what was said of the same ticker, resolution and start before."""
    is_partial: Literal[True]
    """Always true: its time is not over."""
    progress_pct: Percent
    """How much of its time has passed."""
    timestamp: Timestamp
    """When the event was made."""
    origin_timestamp: Timestamp
    """When the score was stored."""


class BucketEvent(Event):
    """A bucket's time is over, or a late article changed one whose time was over."""

    event: ClassVar[str] = "bucket_update"
    ticker: Ticker
    """Whose sentiment."""
    resolution: Resolution
    """How long the bucket is."""
    bucket: StreamedBucket
    """Its values; they replace what was said of the same ticker, resolution and start before."""
    is_partial: Literal[False]
    """Always false: its time is over."""
    timestamp: Timestamp
    """When the event was made."""
    origin_timestamp: Timestamp
    """When its last score was stored or its time was over, whichever made it new."""


class ResetEvent(Event):
    """The stream cannot go on where the client left: fetch everything anew. What follows starts now."""

    event: ClassVar[str] = "reset"
    timestamp: Timestamp
    """When it was sent."""
    reason: Literal["position_expired", "position_unknown"]
    """position_expired if `Last-Event-ID` is older than what is kept, position_unknown if it is no id of ours."""
    oldest_position: str
    """The oldest id from which a stream can go on."""


class DeadlineEvent(Event):
    """The function's time is nearly over, and the stream ends after this. Connect again with its id."""

    event: ClassVar[str] = "deadline"
    timestamp: Timestamp
    """When it was sent."""
    ends_at: Timestamp
    """When the function's time is over."""


BucketEvents = PartialBucketEvent | BucketEvent
