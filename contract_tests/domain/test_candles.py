"""Do candles keep to their sessions, and is the true range Wilder's?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import calendar, candles
from handlers.domain.calendar import NEW_YORK
from handlers.domain.candles import Candle
from models.fields import CandleResolution, HistoryRange

INTRADAY: tuple[CandleResolution, ...] = ("5", "15", "30", "60", "D")


def at(text: str) -> datetime:
    """A wall-clock time in New York, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def minutes_of(day: str) -> list[Candle]:
    """A session's minutes with prices that rise and fall."""
    session = calendar.session_on(datetime.fromisoformat(day).date())
    assert session is not None
    prices = [100 + (n * 37 % 101) / 10 for n in range(session.minutes + 1)]
    return [
        Candle(session.opens + timedelta(minutes=n), a, max(a, b) + 0.1, min(a, b) - 0.1, b, n)
        for n, (a, b) in enumerate(pairwise(prices))
    ]


def flat(high: float, low: float, close: float) -> Candle:
    return Candle(datetime(2025, 1, 2, tzinfo=UTC), low, high, low, close, None)


def test_hours_are_counted_from_the_open_and_the_last_is_short() -> None:
    hours = candles.aggregate(minutes_of("2025-11-25"), "60")

    assert [hour.start for hour in hours] == [at(f"2025-11-25T{h:02}:30:00") for h in range(9, 16)]
    assert candles.end_of(hours[-1].start, "60") == at("2025-11-25T16:00:00")
    assert hours[-1].volume == sum(range(360, 390))


def test_a_half_day_ends_with_a_short_hour_too() -> None:
    hours = candles.aggregate(minutes_of("2025-11-28"), "60")

    assert [hour.start for hour in hours] == [at(f"2025-11-28T{h:02}:30:00") for h in range(9, 13)]
    assert candles.end_of(hours[-1].start, "60") == at("2025-11-28T13:00:00")


def test_no_candle_reaches_across_sessions() -> None:
    days = candles.aggregate(minutes_of("2025-11-26") + minutes_of("2025-11-28"), "D")

    assert [day.start for day in days] == [at("2025-11-26T09:30:00"), at("2025-11-28T09:30:00")]


@given(st.sampled_from(INTRADAY), st.sampled_from(INTRADAY))
@settings(max_examples=25, deadline=None)
def test_coarser_candles_agree_with_any_finer_ones(one: CandleResolution, other: CandleResolution) -> None:
    fine, coarse = sorted((one, other), key=INTRADAY.index)
    minutes = minutes_of("2025-11-28")
    assert candles.aggregate(candles.aggregate(minutes, fine), coarse) == candles.aggregate(minutes, coarse)


def test_a_joined_candle_spans_its_parts() -> None:
    minutes = minutes_of("2025-11-25")[:5]
    joined = candles.join(minutes, minutes[0].start)

    assert (joined.open, joined.close) == (minutes[0].open, minutes[-1].close)
    assert (joined.high, joined.low) == (max(m.high for m in minutes), min(m.low for m in minutes))
    assert joined.volume == sum(range(5))


def test_an_unknown_volume_makes_the_whole_unknown() -> None:
    assert candles.join([flat(2, 1, 1), Candle(flat(2, 1, 1).start, 1, 2, 1, 1, 5)], flat(2, 1, 1).start).volume is None


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="no candles"):
        candles.join([], datetime(2025, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize("instant", ["2025-11-25T09:29:59", "2025-11-25T16:00:00", "2025-11-27T12:00:00"])
def test_there_is_no_candle_outside_the_session(instant: str) -> None:
    with pytest.raises(ValueError, match="no session"):
        candles.start_of(at(instant), "5")


def test_the_true_range_reaches_to_the_close_before() -> None:
    gap_up, gap_down, inside = flat(12, 11, 11), flat(8, 7, 8), flat(10.5, 9.5, 10)

    assert candles.true_ranges([flat(11, 9, 10), gap_up]) == [2, 2]
    assert candles.true_ranges([flat(11, 9, 10), gap_down]) == [2, 3]
    assert candles.true_ranges([flat(11, 9, 10), inside]) == [2, 1]
    assert candles.true_ranges([]) == []


def test_the_average_true_range_is_smoothed_as_wilder_does() -> None:
    series = [flat(10 + n, 10, 10) for n in (1, 2, 3, 7)]

    assert candles.average_true_range(series[:3], period=3) == 2
    assert candles.average_true_range(series, period=3) == pytest.approx((2 * 2 + 7) / 3)


def test_too_few_candles_have_no_average() -> None:
    assert candles.average_true_range([flat(2, 1, 1)] * 13) is None
    assert candles.average_true_range([flat(2, 1, 1)] * 14) == 1


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 50), st.integers(0, 50)), min_size=5, max_size=40))
@settings(max_examples=50, deadline=None)
def test_the_average_lies_between_the_least_and_the_greatest_true_range(rows: list[tuple[int, int, int]]) -> None:
    series = [flat(low + spread, low, low + min(spread, up)) for low, spread, up in rows]
    average = candles.average_true_range(series, period=5)

    assert average is not None
    assert min(candles.true_ranges(series)) - 1e-9 <= average <= max(candles.true_ranges(series)) + 1e-9


def test_every_range_and_resolution_has_its_days() -> None:
    assert candles.RANGE_DAYS == {"1W": 7, "1M": 30, "3M": 90, "6M": 180, "1Y": 365}
    assert set(candles.RANGE_DAYS) == set(get_args(HistoryRange))
