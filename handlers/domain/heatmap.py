"""Sentiment as colours: over which days each cell looks, and which colour a score has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.domain.labels import NEGATIVE_FROM, POSITIVE_FROM, label_of
from models.fields import Color, HeatmapPeriod, SentimentLabel

PERIOD_DAYS: Mapping[HeatmapPeriod, int] = {"today": 0, "1w": 7, "1m": 30, "3m": 90}
"""How far back from today each period goes, in days, in the order of its cells; as the ranges of histories do."""

COLORS: Mapping[SentimentLabel, Color] = {"positive": "#22c55e", "neutral": "#eab308", "negative": "#ef4444"}

RANGES: Mapping[SentimentLabel, tuple[float, float]] = {
    "positive": (POSITIVE_FROM, 1.0),
    "neutral": (NEGATIVE_FROM, POSITIVE_FROM),
    "negative": (-1.0, NEGATIVE_FROM),
}
"""The scores of each colour; where two ranges meet, the score belongs to the stronger label."""


def span(days: int, today: date) -> tuple[date, date]:
    """The days that reach so far back from today, both ends inclusive."""
    return today - timedelta(days=days), today


def color_of(score: float | None) -> Color | None:
    """The colour of a score; None where nothing was said."""
    return None if score is None else COLORS[label_of(score)]
