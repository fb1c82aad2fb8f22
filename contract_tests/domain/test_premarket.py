"""What a move outside of the session says, and against which session it is measured."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain import premarket
from handlers.domain.premarket import estimate, momentum


@pytest.mark.parametrize(
    ("change", "score"),
    [
        (0.0, 0.0),
        (0.5, 0.05),
        (1.0, 0.1),
        (1.01, 0.202),
        (3.0, 0.6),
        (4.0, 0.8),
        (25.0, 0.8),
        (-1.0, -0.1),
        (-1.01, -0.202),
        (-4.0, -0.8),
        (-60.0, -0.8),
    ],
)
def test_a_move_says_a_fifth_beyond_one_percent_and_a_tenth_within(change: float, score: float) -> None:
    assert momentum(change) == score


@given(st.integers(-10_000, 10_000))
def test_moves_up_and_down_say_the_opposite(hundredths: int) -> None:
    assert momentum(hundredths / 100) == -momentum(-hundredths / 100)


@given(st.integers(-5_000, 5_000), st.integers(-5_000, 5_000))
def test_who_moves_further_says_no_less(one: int, other: int) -> None:
    low, high = sorted((one, other))

    assert momentum(low / 100) <= momentum(high / 100)
    assert -0.8 <= momentum(low / 100) <= momentum(high / 100) <= 0.8


def test_an_estimate_is_the_move_from_the_close_beside_the_news() -> None:
    found = estimate(102.0, 100.0, 0.2)

    # 2 % say 0.4; the variance of 0.4 and 0.2 is 0.01.
    assert found is not None
    assert (found.change_percent, found.score, found.confidence) == (2.0, 0.4, 0.995)
    assert found.label == "positive"


def test_alone_an_estimate_has_nothing_to_agree_with() -> None:
    found = estimate(99.0, 100.0, None)

    assert found is not None
    assert (found.change_percent, found.score, found.confidence, found.label) == (-1.0, -0.1, None, "neutral")


@given(st.integers(1, 100_000), st.integers(1, 100_000), st.sampled_from([0.25, 2.0, 64.0]))
def test_scaling_both_prices_leaves_the_estimate(last: int, close: int, factor: float) -> None:
    assert estimate(last * factor, close * factor, None) == estimate(last, close, None)


def test_nothing_is_measured_against_a_close_of_zero() -> None:
    assert estimate(1.0, 0.0, 0.5) is None


def test_the_mean_of_no_scores_is_none() -> None:
    assert premarket.mean([]) is None
    assert premarket.mean([0.1, 0.2, 0.4]) == 0.2333


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2024, 12, 2, 13, tzinfo=UTC), date(2024, 11, 29)),
        (datetime(2024, 12, 2, 15, tzinfo=UTC), date(2024, 11, 29)),
        (datetime(2024, 12, 2, 20, 59, tzinfo=UTC), date(2024, 11, 29)),
        (datetime(2024, 12, 2, 21, tzinfo=UTC), date(2024, 12, 2)),
        (datetime(2024, 11, 29, 17, 59, tzinfo=UTC), date(2024, 11, 27)),
        (datetime(2024, 11, 29, 18, tzinfo=UTC), date(2024, 11, 29)),
        (datetime(2024, 12, 1, 12, tzinfo=UTC), date(2024, 11, 29)),
        # Evening in New York, the next day in UTC.
        (datetime(2024, 12, 3, 2, tzinfo=UTC), date(2024, 12, 2)),
    ],
)
def test_the_last_session_is_the_newest_that_is_over(now: datetime, day: date) -> None:
    assert premarket.last_session(now).day == day
