"""Positive, neutral, negative: where the lines run."""

from __future__ import annotations

from models.fields import SentimentLabel

LABELS: tuple[SentimentLabel, ...] = ("positive", "neutral", "negative")
POSITIVE_FROM = 0.33
NEGATIVE_FROM = -0.33


def label_of(score: float) -> SentimentLabel:
    """The label of a score in -1..1; both thresholds belong to the stronger label."""
    if score >= POSITIVE_FROM:
        return "positive"
    return "negative" if score <= NEGATIVE_FROM else "neutral"
