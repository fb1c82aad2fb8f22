"""Where two trends point together, and over which days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.correlation import (
    ARROWS,
    DESCRIPTIONS,
    described,
    halves,
    interpretation,
    sentiment_trend,
)
from models.fields import Arrow, Interpretation, Trend

TRENDS: tuple[Trend, ...] = get_args(Trend)
TODAY = date(2024, 12, 2)


@pytest.mark.parametrize(
    ("arrows", "said"),
    [
        ("↑↓", "positive_divergence"),
        ("↓↑", "negative_divergence"),
        ("↑↑", "positive_convergence"),
        ("↓↓", "negative_convergence"),
        ("↑→", "stable"),
        ("↓→", "stable"),
        ("→↑", "stable"),
        ("→↓", "stable"),
        ("→→", "stable"),
    ],
)
def test_each_pair_of_arrows_says_one_thing(arrows: str, said: Interpretation) -> None:
    by_arrow = {arrow: trend for trend, arrow in ARROWS.items()}
    sentiment, volatility = by_arrow[arrows[0]], by_arrow[arrows[1]]  # type: ignore[index]

    assert interpretation(sentiment, volatility) == said
    assert described(sentiment, volatility) == DESCRIPTIONS[said]


def test_every_pair_of_trends_has_an_interpretation_and_every_interpretation_a_pair() -> None:
    found = {interpretation(*pair) for pair in product(TRENDS, TRENDS)}

    assert found == set(get_args(Interpretation)) == set(DESCRIPTIONS)
    assert set(ARROWS) == set(TRENDS)
    assert set(ARROWS.values()) == set(get_args(Arrow))


def test_turning_both_around_turns_the_sign_and_keeps_the_kind() -> None:
    around: dict[Trend, Trend] = {"increasing": "decreasing", "decreasing": "increasing", "stable": "stable"}
    for sentiment, volatility in product(TRENDS, TRENDS):
        said, turned = interpretation(sentiment, volatility), interpretation(around[sentiment], around[volatility])

        assert said is not None
        assert turned is not None
        assert said.partition("_")[2] == turned.partition("_")[2]
        assert (said == turned) == (said == "stable")


@pytest.mark.parametrize("known", TRENDS)
def test_what_is_not_known_is_not_interpreted(known: Trend) -> None:
    assert interpretation(None, known) is None
    assert interpretation(known, None) is None
    assert described(None, known) == "Not enough is collected to know where sentiment went"
    assert described(known, None) == "Not enough is collected to know where volatility went"
    assert described(None, None) == "Not enough is collected to know where sentiment and volatility went"


@pytest.mark.parametrize(
    ("earlier", "recent", "went"),
    [
        (0.1, 0.15, "stable"),
        (0.1, 0.1501, "increasing"),
        (0.1, 0.05, "stable"),
        (0.1, 0.0499, "decreasing"),
        (-0.02, 0.02, "stable"),
        (-1.0, 1.0, "increasing"),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_sentiment_moves_by_more_than_a_twentieth(
    earlier: float | None, recent: float | None, went: Trend | None
) -> None:
    assert sentiment_trend(earlier, recent) == went


@given(st.integers(-9_000, 9_000), st.integers(-9_000, 9_000), st.integers(-1_000, 1_000))
def test_shifting_both_scores_leaves_where_sentiment_went(earlier: int, recent: int, shift: int) -> None:
    plain = sentiment_trend(earlier / 10_000, recent / 10_000)

    assert sentiment_trend((earlier + shift) / 10_000, (recent + shift) / 10_000) == plain


@given(st.integers(1, 365))
def test_halves_are_as_long_as_each_other_and_end_today(days: int) -> None:
    first = TODAY - timedelta(days=days)
    (begin, middle), (after, end) = halves(first, TODAY)

    assert end == TODAY
    assert after == middle + timedelta(days=1)
    assert middle - begin == end - after
    assert (begin - first).days == (days + 1) % 2


def test_one_day_has_no_halves() -> None:
    with pytest.raises(ValueError, match="two days are the least"):
        halves(TODAY, TODAY)
