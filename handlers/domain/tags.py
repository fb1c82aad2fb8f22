"""How articles are judged, counted by label and by tag: shares, trend and points of a small chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from models.fields import SentimentLabel

IMPROVING_ABOVE_PERCENT = 60
DECLINING_ABOVE_PERCENT = 40
NOTHING = 0.5
"""The sentiment of a span without articles."""
MOST_TAGS = 100

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles have each label."""

    counts: Counter[SentimentLabel]

    @property
    def total(self) -> int:
        return self.counts.total()

    def share(self, label: SentimentLabel) -> float:
        """Share of a label, with two decimals; 0 of nothing."""
        return round(self.counts[label] / self.total, 2) if self.total else 0.0

    @property
    def sentiment(self) -> float:
        """(positive - negative + all) / (2 * all), with two decimals."""
        if not self.total:
            return NOTHING
        return round((self.counts["positive"] - self.counts["negative"] + self.total) / (2 * self.total), 2)

    @property
    def trend(self) -> Literal["improving", "declining", "stable"]:
        """By counts, not by rounded shares: 601 of 1000 are more than 60 percent."""
        if 100 * self.counts["positive"] > IMPROVING_ABOVE_PERCENT * self.total:
            return "improving"
        return "declining" if 100 * self.counts["negative"] > DECLINING_ABOVE_PERCENT * self.total else "stable"


def tally(labels: Iterable[SentimentLabel | None]) -> Tally:
    """The count of each label; articles that nobody has judged do not count."""
    return Tally(Counter(label for label in labels if label is not None))


def by_tag(articles: Iterable[tuple[SentimentLabel | None, Iterable[str]]]) -> dict[str, int]:
    """How many judged articles carry each tag: the hundred most frequent, most frequent first, then by name."""
    counts = Counter(tag for label, tags in articles if label is not None for tag in set(tags))
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_TAGS])


def floored(instant: datetime, interval: timedelta) -> datetime:
    """Where the span of an instant starts: a multiple of the interval in UTC."""
    return _EPOCH + (instant - _EPOCH) // interval * interval


def points(
    judged: Iterable[tuple[datetime, SentimentLabel | None]], start: datetime, end: datetime, interval: timedelta
) -> Iterator[tuple[datetime, Tally]]:
    """Each span of the grid that [start, end) touches, oldest first, and the articles of [start, end) in it."""
    spans: dict[datetime, list[SentimentLabel | None]] = {}
    at = floored(start, interval)
    while at < end:
        spans[at] = []
        at += interval
    for instant, label in judged:
        if start <= instant < end:
            spans[floored(instant, interval)].append(label)
    return ((at, tally(labels)) for at, labels in spans.items())
