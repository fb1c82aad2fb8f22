"""Where do the labels change?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.buckets import SCORE_SCALE, from_units
from handlers.domain.labels import label_of


@pytest.mark.parametrize(
    ("score", "label"),
    [
        (1.0, "positive"),
        (0.33, "positive"),
        (0.3299, "neutral"),
        (0.0, "neutral"),
        (-0.3299, "neutral"),
        (-0.33, "negative"),
        (-1.0, "negative"),
    ],
)
def test_both_thresholds_belong_to_the_stronger_label(score: float, label: str) -> None:
    assert label_of(score) == label


@given(st.integers(-SCORE_SCALE, SCORE_SCALE))
def test_a_kept_score_has_the_label_of_its_integer(units: int) -> None:
    expected = "positive" if units >= 3300 else "negative" if units <= -3300 else "neutral"

    assert label_of(from_units(units)) == expected
