"""What the calendar expects is what a source without gaps has, and says when that changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.candles import expected, next_change
from handlers.feeds.opening import Feeds
from models.fields import CandleResolution

FEEDS = Feeds()
MONDAY = datetime(2024, 11, 25, 5, tzinfo=UTC)
"""Midnight in New York, before a week with a holiday and a half day."""
resolutions = st.sampled_from(get_args(CandleResolution))


@settings(max_examples=40, deadline=None)
@given(resolutions, st.integers(0, 9 * 24 * 60))
def test_expected_are_the_candles_that_a_source_without_gaps_has(resolution: CandleResolution, minutes: int) -> None:
    until = MONDAY + timedelta(minutes=minutes)
    starts = expected(date(2024, 11, 25), date(2024, 12, 3), until, resolution)

    assert starts == [candle.start for candle in FEEDS.prices.candles("AAPL", resolution, MONDAY, until)]


@settings(max_examples=40, deadline=None)
@given(resolutions, st.integers(0, 9 * 24 * 60))
def test_nothing_is_expected_anew_before_the_next_change(resolution: CandleResolution, minutes: int) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    change = next_change(now, resolution)
    days = date(2024, 11, 25), date(2024, 12, 10)

    assert change > now
    assert expected(*days, change - timedelta(seconds=1), resolution) == expected(*days, now, resolution)


@pytest.mark.parametrize(
    ("first", "last"), [(date(1900, 1, 1), date(1999, 12, 31)), (date(2036, 1, 1), date(2099, 1, 1))]
)
def test_nothing_is_expected_where_the_calendar_ends(first: date, last: date) -> None:
    assert expected(first, last, datetime(2099, 1, 1, tzinfo=UTC), "D") == []
