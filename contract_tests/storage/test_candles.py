"""Kept candles come back exactly, as long as they may be kept, and only when enough of them are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import MIDNIGHT
from handlers.domain.candles import Candle, expected
from handlers.runtime.clock import FixedClock
from handlers.storage.candles import Asked, Candles, Kept, Series
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore
from models.fields import CandleResolution

NOW = datetime(2024, 12, 2, 18, tzinfo=UTC)
DAILY = Series("AAPL", "tiingo", "D", "recorded")
MONTH = expected(date(2024, 11, 1), date(2024, 11, 30), NOW, "D")
law = settings(max_examples=30, deadline=None)

prices = st.integers(1, 10**9).map(lambda units: units / 10_000)


def candle(start: datetime, price: float = 187.04) -> Candle:
    return Candle(start, price, price, price, price, 1000)


def candles(starts: Sequence[datetime]) -> list[Candle]:
    return [candle(start) for start in starts]


def fresh(clock: FixedClock) -> Candles:
    return Candles(SqliteStore(":memory:", clock))


@law
@given(prices, prices, prices, prices, st.none() | st.integers(0, 10**12))
def test_prices_of_four_decimals_come_back_exactly(
    opens: float, high: float, low: float, close: float, volume: int | None
) -> None:
    stored = fresh(FixedClock(NOW))
    one = Candle(MONTH[0], opens, high, low, close, volume)
    stored.write(DAILY, [one], NOW)

    assert stored.read(DAILY, MONTH[:1]) == Kept([one], NOW)


@law
@given(st.sets(st.integers(0, len(MONTH) - 1)))
@example({1, 2, 3, 4})
@example({1, 2, 3, 4, 5})
def test_kept_candles_suffice_with_both_ends_and_eighty_percent(missing: set[int]) -> None:
    stored = fresh(FixedClock(NOW))
    kept = [start for n, start in enumerate(MONTH) if n not in missing]
    stored.write(DAILY, candles(kept), NOW)

    enough = len(kept) >= 0.8 * len(MONTH) and not {0, len(MONTH) - 1} & missing
    assert stored.read(DAILY, MONTH) == (Kept(candles(kept), NOW) if enough else None)


def test_the_age_of_kept_candles_is_that_of_the_oldest() -> None:
    stored = fresh(FixedClock(NOW))
    stored.write(DAILY, candles(MONTH[:10]), NOW - timedelta(hours=2))
    stored.write(DAILY, candles(MONTH[10:]), NOW)
    kept = stored.read(DAILY, MONTH)

    assert kept is not None
    assert kept.fetched_at == NOW - timedelta(hours=2)


@pytest.mark.parametrize(
    "other",
    [
        DAILY._replace(ticker="MSFT"),
        DAILY._replace(source="finnhub"),
        DAILY._replace(resolution="60"),
        DAILY._replace(provenance="live"),
    ],
)
def test_candles_of_another_series_are_not_mistaken(other: Series) -> None:
    stored = fresh(FixedClock(NOW))
    stored.write(DAILY, candles(MONTH), NOW)

    assert stored.read(other, MONTH) is None


@pytest.mark.parametrize(
    ("resolution", "day", "seconds"),
    [
        ("D", date(2024, 11, 27), 90 * 86400),
        ("D", date(2024, 12, 2), 90 * 86400),
        ("5", date(2024, 11, 27), 90 * 86400),
        ("5", date(2024, 12, 2), 300),
        ("1", date(2024, 12, 2), 300),
    ],
)
def test_candles_are_kept_ninety_days_and_with_some_of_today_five_minutes(
    resolution: CandleResolution, day: date, seconds: int
) -> None:
    evening = datetime(2024, 12, 2, 22, tzinfo=UTC)
    clock = FixedClock(evening)
    stored = fresh(clock)
    series, starts = DAILY._replace(resolution=resolution), expected(day, day, evening, resolution)
    stored.write(series, candles(starts), evening)
    clock.at = evening + timedelta(seconds=seconds - 1)
    before = stored.read(series, starts)
    clock.at = evening + timedelta(seconds=seconds)

    assert before == Kept(candles(starts), evening)
    assert stored.read(series, starts) is None


def test_less_is_enough_where_a_source_is_known_to_have_no_more() -> None:
    stored = fresh(FixedClock(NOW))
    stored.write(DAILY, candles(MONTH[10:]), NOW)
    before = stored.read(DAILY, MONTH)
    stored.note(DAILY, Asked(MONTH[0].date(), MONTH[-1].date(), MONTH[-1], NOW))

    assert before is None
    assert stored.read(DAILY, MONTH) == Kept(candles(MONTH[10:]), NOW)
    assert stored.read(DAILY, [MONTH[0] - timedelta(days=1), *MONTH]) is None


def test_what_a_source_was_asked_for_is_written_again_only_by_who_asks_for_all_of_it() -> None:
    stored = fresh(FixedClock(NOW))
    asked = Asked(MONTH[0].date(), MONTH[-2].date(), MONTH[-2], NOW)
    stored.rewrite(DAILY, candles(MONTH[:-1]), asked)
    stored.write(DAILY, [candle(start, 20.0) for start in MONTH], NOW + timedelta(hours=1))
    kept = stored.read(DAILY, MONTH)
    stored.rewrite(DAILY, [candle(start, 10.0) for start in MONTH], asked)

    assert kept == Kept([*candles(MONTH[:-1]), candle(MONTH[-1], 20.0)], NOW)
    assert stored.read(DAILY, MONTH) == Kept([candle(start, 10.0) for start in MONTH], NOW)


def test_a_newest_candle_that_a_source_did_not_have_yet_is_missing_to_who_may_ask_and_only_to_them() -> None:
    stored = fresh(FixedClock(NOW))
    stored.write(DAILY, candles(MONTH[10:-1]), NOW)
    stored.note(DAILY, Asked(MONTH[0].date(), MONTH[-1].date(), MONTH[-2], NOW))

    assert stored.read(DAILY, MONTH) is None
    assert stored.latest(DAILY, MONTH) == candles(MONTH[10:-1])


def test_what_comes_with_some_of_today_is_kept_as_long_as_without() -> None:
    clock = FixedClock(NOW)
    stored, series = fresh(clock), DAILY._replace(resolution="60")
    starts = expected(date(2024, 11, 27), date(2024, 12, 2), NOW, "60")
    stored.write(series, candles(starts), NOW)
    clock.sleep(3600)

    settled = [start for start in starts if start.date() < NOW.date()]
    assert stored.read(series, settled) == Kept(candles(settled), NOW)
    assert stored.read(series, starts) is None


def test_where_nothing_is_expected_nothing_is_kept() -> None:
    assert fresh(FixedClock(NOW)).read(DAILY, []) is None


def test_every_engine_keeps_candles(store: Store, engine: str) -> None:
    stored = Candles(store)
    series = DAILY._replace(ticker="EXT" if engine == "external" else "AAPL")
    shown = [replace(one, volume=None) for one in candles(MONTH)]
    stored.write(series, shown, MIDNIGHT)

    asked = Asked(MONTH[0].date(), MONTH[-1].date(), None, MIDNIGHT)
    stored.note(series, asked)

    assert stored.read(series, MONTH) == Kept(shown, MIDNIGHT)
    assert stored.asked(series) == asked
    assert stored.asked(series._replace(provenance="live")) is None
