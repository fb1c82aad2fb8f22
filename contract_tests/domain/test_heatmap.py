"""Which colour a score has, and over which days a cell looks."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.candles import RANGE_DAYS
from handlers.domain.heatmap import COLORS, PERIOD_DAYS, RANGES, color_of, span
from models.fields import Color, HeatmapPeriod, SentimentLabel


@pytest.mark.parametrize(
    ("score", "color"),
    [
        (1.0, "#22c55e"),
        (0.33, "#22c55e"),
        (0.3299, "#eab308"),
        (0.0, "#eab308"),
        (-0.3299, "#eab308"),
        (-0.33, "#ef4444"),
        (-1.0, "#ef4444"),
        (None, None),
    ],
)
def test_a_score_has_the_colour_of_its_label(score: float | None, color: Color | None) -> None:
    assert color_of(score) == color


@given(st.floats(-1, 1))
def test_the_legend_tells_the_colour_of_every_score(score: float) -> None:
    fitting = [COLORS[label] for label, (low, high) in RANGES.items() if low <= score <= high]

    assert color_of(score) in fitting
    assert len(fitting) <= 2


def test_periods_reach_as_far_back_as_the_ranges_of_histories() -> None:
    assert list(PERIOD_DAYS) == list(get_args(HeatmapPeriod))
    assert {"today": 0, "1w": RANGE_DAYS["1W"], "1m": RANGE_DAYS["1M"], "3m": RANGE_DAYS["3M"]} == PERIOD_DAYS
    assert span(7, date(2024, 12, 2)) == (date(2024, 11, 25), date(2024, 12, 2))
    assert set(COLORS) == set(RANGES) == set(get_args(SentimentLabel))
