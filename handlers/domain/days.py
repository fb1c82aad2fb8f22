"""Sentiment by day and source: what outlives the buckets, kept as sums so that any order of arrival gives the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from handlers.domain.buckets import SCORE_SCALE, Score, from_units
from handlers.domain.labels import LABELS, label_of
from models.fields import SentimentLabel, SentimentSource

RETENTION = timedelta(days=400)
"""How long a day is kept after it ends: a year of history and what leads up to it."""

WEIGHTS: Mapping[str, float] = {"finnhub": 0.40, "our_model": 0.35, "tiingo": 0.25}
"""What each source counts in the aggregate; the weights of those that spoke are scaled to one."""

SCORE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class SourceDay:
    """What one source said about a ticker on one UTC day: sums of its scores in ten-thousandths and of their squares."""

    ticker: str
    source: str
    day: date
    sum: int
    squares: int
    count: int
    label_counts: Mapping[SentimentLabel, int]

    @property
    def mean(self) -> float:
        """Mean score in -1..1."""
        return self.sum / self.count / SCORE_SCALE

    @property
    def agreement(self) -> float | None:
        """How much the scores agree, 1 - variance / 2; None for a single one, which has nothing to agree with."""
        if self.count == 1:
            return None
        # Integers until the last step: the variance of equal scores is exactly zero.
        return 1 - (self.count * self.squares - self.sum**2) / (self.count * SCORE_SCALE) ** 2 / 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """Sentiment of one day: of one source, or of all that spoke."""

    day: date
    source: SentimentSource
    score: float
    confidence: float | None

    @property
    def label(self) -> SentimentLabel:
        return label_of(self.score)


def day_of(instant: datetime) -> date:
    """The UTC day of an instant: the day of its 24h bucket."""
    return instant.astimezone(UTC).date()


def expires_at(day: date) -> datetime:
    """When a day may be forgotten."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1) + RETENTION


def accumulate(day: SourceDay | None, score: Score) -> SourceDay:
    """The day with one more score; None is the day before its first. Knows nothing of redeliveries."""
    label = label_of(from_units(score.units))
    if day is None:
        return SourceDay(score.ticker, score.source, day_of(score.at), score.units, score.units**2, 1, {label: 1})
    counts = {**day.label_counts, label: day.label_counts.get(label, 0) + 1}
    return SourceDay(
        ticker=day.ticker,
        source=day.source,
        day=day.day,
        sum=day.sum + score.units,
        squares=day.squares + score.units**2,
        count=day.count + 1,
        label_counts={name: counts[name] for name in LABELS if name in counts},
    )


def pooled(days: Iterable[SourceDay]) -> SourceDay | None:
    """Days of one source as one, in any order: its mean is that of all the scores. The newest day; None of none."""
    known = list(days)
    if not known:
        return None
    labels = {name: sum(day.label_counts.get(name, 0) for day in known) for name in LABELS}
    return SourceDay(
        ticker=known[0].ticker,
        source=known[0].source,
        day=max(day.day for day in known),
        sum=sum(day.sum for day in known),
        squares=sum(day.squares for day in known),
        count=sum(day.count for day in known),
        label_counts={name: count for name, count in labels.items() if count},
    )


def opinion(day: SourceDay) -> Opinion:
    """What one source thought on a day. Four decimals."""
    return Opinion(day.day, _source(day.source), _rounded(day.mean), _maybe_rounded(day.agreement))


def aggregated(days: Iterable[SourceDay]) -> Opinion:
    """What all sources that spoke on one day thought: the weighted mean of their means, and how much these agree.

    Agreement is 1 - variance / 2 over the sources; None when only one spoke. ValueError when none did.
    """
    spoke = sorted(days, key=lambda day: day.source)
    if not spoke:
        raise ValueError("cannot aggregate empty: no source spoke")
    whole = sum(WEIGHTS[day.source] for day in spoke)
    score = sum(day.mean * WEIGHTS[day.source] for day in spoke) / whole
    return Opinion(spoke[0].day, "aggregated", _rounded(score), _maybe_rounded(agreement([day.mean for day in spoke])))


def to_row(day: SourceDay) -> dict[str, Any]:
    """The day as integers, strings and string-keyed integers, ready to be stored."""
    return {
        "ticker": day.ticker,
        "source": day.source,
        "day": day.day.isoformat(),
        "sum": day.sum,
        "squares": day.squares,
        "count": day.count,
        "label_counts": dict(day.label_counts),
    }


def from_row(row: Mapping[str, Any]) -> SourceDay:
    """The day that `to_row` wrote; keys it did not write are ignored."""
    return SourceDay(
        ticker=row["ticker"],
        source=row["source"],
        day=date.fromisoformat(row["day"]),
        sum=int(row["sum"]),
        squares=int(row["squares"]),
        count=int(row["count"]),
        label_counts={label: int(row["label_counts"][label]) for label in LABELS if label in row["label_counts"]},
    )


def agreement(scores: Sequence[float]) -> float | None:
    """How much scores agree, 1 - variance / 2; None for a single one."""
    if len(scores) == 1:
        return None
    mean = sum(scores) / len(scores)
    return 1 - sum((score - mean) ** 2 for score in scores) / len(scores) / 2


def _source(name: str) -> SentimentSource:
    if name not in WEIGHTS:
        raise ValueError(f"unknown source {name!r}; valid: {', '.join(WEIGHTS)}")
    return name  # type: ignore[return-value]


def _rounded(value: float) -> float:
    # Adding zero turns the -0.0 that rounding leaves of tiny negatives into 0.0.
    return round(value, SCORE_DIGITS) + 0.0


def _maybe_rounded(value: float | None) -> float | None:
    return None if value is None else _rounded(value)
