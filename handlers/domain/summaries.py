"""What a daily digest says of a symbol: its last 24 hours beside the 24 before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.buckets import SCORE_SCALE, Bucket, align
from handlers.domain.labels import label_of
from models.fields import SentimentLabel

SCORE_DIGITS = 4
DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean scores in −1..1; None where nothing was said. `change` needs both days."""

    ticker: str
    score: float | None
    previous: float | None
    change: float | None
    label: SentimentLabel | None
    articles: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The symbols of one watchlist, in its owner's order."""

    name: str
    summaries: tuple[Summary, ...]


def days_before(now: datetime) -> tuple[datetime, datetime, datetime]:
    """The starts of the day before, of the last day, and the end of both, at whole hours: the running hour belongs to it."""
    end = align(now, "1h") + HOUR
    return end - 2 * DAY, end - DAY, end


def summary(ticker: str, hours: Sequence[Bucket], now: datetime) -> Summary:
    """Of hourly buckets, in any order, those of the last 48 hours. The mean is over articles, not over hours."""
    before, since, end = days_before(now)
    score, articles = _mean([hour for hour in hours if since <= hour.start < end])
    previous, _ = _mean([hour for hour in hours if before <= hour.start < since])
    change = None if score is None or previous is None else round(score - previous, SCORE_DIGITS) + 0.0
    return Summary(ticker, score, previous, change, None if score is None else label_of(score), articles)


def _mean(hours: Sequence[Bucket]) -> tuple[float | None, int]:
    articles = sum(hour.count for hour in hours)
    if not articles:
        return None, 0
    return round(sum(hour.sum for hour in hours) / articles / SCORE_SCALE, SCORE_DIGITS) + 0.0, articles
