"""Is the average true range Wilder's, and does it obey what any measure of range has to?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.candles import Candle
from handlers.domain.volatility import LOOKBACK_DAYS, trend, volatility, widened
from models.fields import Trend

law = settings(max_examples=60, deadline=None)

# High, low and close of seventeen days; beside them the true ranges as they follow by hand.
WORKED = [
    (48.70, 47.79, 48.16),  # 0.91: the first has no close before it
    (48.72, 48.14, 48.61),  # 0.58
    (48.90, 48.39, 48.75),  # 0.51
    (48.87, 48.37, 48.63),  # 0.50
    (48.82, 48.24, 48.74),  # 0.58
    (49.05, 48.64, 49.03),  # 0.41
    (49.20, 48.94, 49.07),  # 0.26
    (49.35, 48.86, 49.32),  # 0.49
    (49.92, 49.50, 49.91),  # 0.60: from the close before, 49.32
    (50.19, 49.87, 50.13),  # 0.32
    (50.12, 49.20, 49.53),  # 0.93: down from the close before, 50.13
    (49.66, 48.90, 49.50),  # 0.76
    (49.88, 49.43, 49.75),  # 0.45
    (50.19, 49.73, 50.03),  # 0.46; together 7.76 in fourteen days
    (50.36, 49.26, 50.31),  # 1.10
    (50.57, 50.09, 50.52),  # 0.48
    (50.65, 50.30, 50.41),  # 0.35
]

Row = tuple[float, float, float]
ROWS = st.lists(
    st.tuples(st.integers(1, 500), st.integers(0, 40), st.integers(0, 40)).map(
        lambda row: (float(row[0] + row[1]), float(row[0]), float(row[0] + min(row[1], row[2])))
    ),
    min_size=14,
    max_size=40,
)


def series(rows: list[Row]) -> list[Candle]:
    start = datetime(2024, 1, 2, 14, 30, tzinfo=UTC)
    return [Candle(start + timedelta(days=n), low, high, low, close, None) for n, (high, low, close) in enumerate(rows)]


@pytest.mark.parametrize(("days", "average"), [(14, 7.76 / 14), (15, 0.59326), (16, 0.58517), (17, 0.56837)])
def test_the_average_is_the_one_worked_by_hand(days: int, average: float) -> None:
    found = volatility(series(WORKED[:days]))

    assert found is not None
    assert found.value == pytest.approx(average, abs=1e-5)
    assert found.percent == pytest.approx(average / WORKED[days - 1][2] * 100, abs=1e-4)


def test_thirteen_candles_are_too_few_and_fourteen_have_nothing_before_them() -> None:
    first, second = volatility(series(WORKED[:14])), volatility(series(WORKED[:15]))

    assert volatility(series(WORKED[:13])) is None
    assert volatility([]) is None
    assert first is not None
    assert second is not None
    assert (first.previous, first.trend) == (None, None)
    assert (second.previous, second.trend) == (first.value, "increasing")


@law
@given(ROWS, st.integers(-3, 6))
def test_scaling_prices_scales_the_average_and_leaves_percent_and_trend(rows: list[Row], power: int) -> None:
    factor = 2.0**power
    plain = volatility(series(rows))
    scaled = volatility(series([(high * factor, low * factor, close * factor) for high, low, close in rows]))

    assert plain is not None
    assert scaled is not None
    assert scaled.value == plain.value * factor
    assert (scaled.percent, scaled.trend) == (plain.percent, plain.trend)


@law
@given(ROWS, st.integers(0, 1000))
def test_shifting_prices_leaves_the_average(rows: list[Row], up: int) -> None:
    plain = volatility(series(rows))
    shifted = volatility(series([(high + up, low + up, close + up) for high, low, close in rows]))

    assert plain is not None
    assert shifted is not None
    # Whole prices: their ranges are exact.
    assert (shifted.value, shifted.previous, shifted.trend) == (plain.value, plain.previous, plain.trend)


@law
@given(ROWS)
def test_prices_mirrored_range_as_far(rows: list[Row]) -> None:
    plain = volatility(series(rows))
    mirrored = volatility(series([(1000 - low, 1000 - high, 1000 - close) for high, low, close in rows]))

    assert plain is not None
    assert mirrored is not None
    assert mirrored.value == plain.value


@pytest.mark.parametrize("days", [14, 15, 60])
def test_a_flat_series_does_not_range_and_stays_stable(days: int) -> None:
    found = volatility(series([(100.0, 100.0, 100.0)] * days))

    assert found is not None
    assert (found.value, found.percent) == (0, 0)
    assert found.trend == (None if days == 14 else "stable")


def test_a_missing_day_is_bridged_from_the_last_close_that_is_known() -> None:
    steady = [(101.0, 99.0, 100.0)] * 14
    jump = (121.0, 119.0, 120.0)
    beside = volatility(series([*steady, jump]))
    apart = volatility([*series(steady), *series([*steady, *steady, jump])[-1:]])

    # The last true range is 121 - 100, whenever it was: (13 * 2 + 21) / 14.
    assert beside is not None
    assert beside == apart
    assert beside.value == pytest.approx(47 / 14)


def test_prices_of_nothing_have_no_percent() -> None:
    found = volatility(series([(1.0, 0.0, 0.5)] * 14 + [(0.5, 0.0, 0.0)]))

    assert found is not None
    assert found.percent is None
    assert found.value > 0


@pytest.mark.parametrize(
    ("before", "now", "went"),
    [
        (2.0, 2.1, "stable"),
        (2.0, 2.125, "increasing"),
        (2.0, 1.9, "stable"),
        (2.0, 1.875, "decreasing"),
        (0.0, 0.0, "stable"),
        (0.0, 0.001, "increasing"),
        (0.001, 0.0, "decreasing"),
    ],
)
def test_up_to_five_percent_is_stable(before: float, now: float, went: Trend) -> None:
    assert trend(before, now) == went


@law
@given(ROWS, st.integers(1, 600))
def test_a_price_after_the_session_never_makes_the_range_smaller(rows: list[Row], price: int) -> None:
    plain, wide = volatility(series(rows)), volatility(widened(series(rows), price))

    assert plain is not None
    assert wide is not None
    assert wide.value >= plain.value
    assert wide.previous == plain.previous
    assert wide.percent == pytest.approx(wide.value / price * 100)


def test_nothing_cannot_be_widened() -> None:
    assert widened([], 1.0) == []


def test_what_starts_the_average_is_forgotten_within_the_days_that_are_read() -> None:
    sessions = LOOKBACK_DAYS * 250 // 365
    calm, wild = [(101.0, 99.0, 100.0)] * sessions, [(150.0, 50.0, 100.0)] * 14
    started = volatility(series([*wild, *calm[14:]]))

    assert started is not None
    assert started.value == pytest.approx(2, rel=0.02)
    # A hundred instead of two at the start: what is left of it is below a thousandth.
    assert (started.value - 2) / 98 < 0.001
