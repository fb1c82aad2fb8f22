"""Whether sentiment and volatility of a ticker move together or apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from models.fields import Arrow, Interpretation, Trend

STEADY = 0.05
"""Up to this difference on the scale of -1..1, sentiment counts as stable."""

ARROWS: Mapping[Trend, Arrow] = {"increasing": "↑", "decreasing": "↓", "stable": "→"}

INTERPRETATIONS: Mapping[tuple[Trend, Trend], Interpretation] = {
    ("increasing", "decreasing"): "positive_divergence",
    ("decreasing", "increasing"): "negative_divergence",
    ("increasing", "increasing"): "positive_convergence",
    ("decreasing", "decreasing"): "negative_convergence",
    ("increasing", "stable"): "stable",
    ("decreasing", "stable"): "stable",
    ("stable", "increasing"): "stable",
    ("stable", "decreasing"): "stable",
    ("stable", "stable"): "stable",
}
"""Trends of sentiment and volatility → what the two say together."""

DESCRIPTIONS: Mapping[Interpretation, str] = {
    "positive_divergence": "Sentiment improves while volatility falls",
    "negative_divergence": "Sentiment worsens while volatility rises",
    "positive_convergence": "Sentiment improves while volatility rises",
    "negative_convergence": "Sentiment worsens while volatility falls",
    "stable": "Sentiment, volatility or both hold steady",
}

Span = tuple[date, date]


def sentiment_trend(earlier: float | None, recent: float | None) -> Trend | None:
    """Where a score in -1..1 went; None unless both are known.

    A difference, not a ratio as for volatility: scores are signed, and a share of one near zero says nothing.
    """
    if earlier is None or recent is None:
        return None
    # Scores have four decimals: rounding keeps a difference of exactly 0.05 from passing for more.
    difference = round(recent - earlier, 6)
    if abs(difference) <= STEADY:
        return "stable"
    return "increasing" if difference > 0 else "decreasing"


def interpretation(sentiment: Trend | None, volatility: Trend | None) -> Interpretation | None:
    """What two trends say together; None unless both are known."""
    if sentiment is None or volatility is None:
        return None
    return INTERPRETATIONS[sentiment, volatility]


def described(sentiment: Trend | None, volatility: Trend | None) -> str:
    """The same for people."""
    found = interpretation(sentiment, volatility)
    if found is not None:
        return DESCRIPTIONS[found]
    unknown = [name for name, trend in (("sentiment", sentiment), ("volatility", volatility)) if trend is None]
    return f"Not enough is collected to know where {' and '.join(unknown)} went"


def halves(first: date, last: date) -> tuple[Span, Span]:
    """Two spans of equal length that end with `last`, the earlier first; of an odd number of days the oldest is left out.

    ValueError for a single day, which has no halves.
    """
    length = ((last - first).days + 1) // 2
    if length < 1:
        raise ValueError(f"{first} to {last} has no halves; two days are the least")
    middle = last - timedelta(days=length - 1)
    return (middle - timedelta(days=length), middle - timedelta(days=1)), (middle, last)
