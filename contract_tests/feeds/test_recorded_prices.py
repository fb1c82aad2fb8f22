"""Do recorded prices behave like a market's, and do they come out the same however they are asked for?"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import calendar, candles
from handlers.domain.candles import Candle
from handlers.feeds.companies import companies
from handlers.feeds.history import History
from handlers.feeds.port import PriceFeed
from handlers.feeds.recorded import RecordedMarket
from models.fields import CandleResolution

MARKET = RecordedMarket("a market for tests")
feed: PriceFeed = MARKET.prices("tiingo")
law = settings(max_examples=25, deadline=None)

RESOLUTIONS: tuple[CandleResolution, ...] = ("1", "5", "15", "30", "60", "D")
symbols = st.sampled_from(sorted(companies()))
resolutions = st.sampled_from(RESOLUTIONS)
instants = st.datetimes(datetime(2015, 1, 10), datetime(2035, 12, 20), timezones=st.just(UTC))
DAY = timedelta(days=1)
HALF_DAY, WHOLE_DAY, HOLIDAY = date(2025, 11, 28), date(2025, 11, 26), date(2025, 11, 27)


def of_day(symbol: str, resolution: CandleResolution, day: date) -> list[Candle]:
    start = datetime.combine(day, datetime.min.time(), calendar.NEW_YORK)
    return feed.candles(symbol, resolution, start, start + timedelta(days=1))


def daily(symbol: str, first: int, last: int) -> list[Candle]:
    return feed.candles(symbol, "D", datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC))


def changes(series: list[Candle]) -> list[float]:
    return [after.close / before.close - 1 for before, after in pairwise(series)]


def flatten(parts: Iterator[list[Candle]]) -> list[Candle]:
    return [candle for part in parts for candle in part]


@given(symbols, resolutions, instants, st.lists(st.integers(0, 6 * 24 * 60), min_size=2, max_size=5))
@law
def test_a_range_in_pieces_is_the_range_in_one(
    symbol: str, resolution: CandleResolution, start: datetime, offsets: list[int]
) -> None:
    cuts = [start + timedelta(minutes=offset) for offset in sorted(offsets)]
    pieces = flatten(feed.candles(symbol, resolution, a, b) for a, b in pairwise(cuts))

    assert pieces == feed.candles(symbol, resolution, cuts[0], cuts[-1])


@given(symbols, resolutions, st.integers(0, 12))
@law
def test_a_candle_belongs_to_the_range_that_contains_its_end(
    symbol: str, resolution: CandleResolution, number: int
) -> None:
    told = of_day(symbol, resolution, WHOLE_DAY)
    candle = told[number % len(told)]
    end = candles.end_of(candle.start, resolution)
    before, after = (feed.candles(symbol, resolution, a, b) for a, b in ((candle.start, end), (end, end + 2 * DAY)))

    assert candle in before
    assert candle not in after
    assert candle not in feed.candles(symbol, resolution, candle.start, end - timedelta(microseconds=1))


@given(symbols, instants, st.integers(1, 10))
@law
def test_what_was_asked_before_changes_no_answer(symbol: str, start: datetime, days: int) -> None:
    until = start + timedelta(days=days)
    fresh = RecordedMarket("a market for tests").prices("finnhub")

    assert fresh.candles(symbol, "60", start, until) == feed.candles(symbol, "60", start, until)
    assert fresh.candles(symbol, "D", start, until) == feed.candles(symbol, "D", start, until)
    assert fresh.quote(symbol, start) == feed.quote(symbol, start)


@given(symbols, resolutions, instants)
@law
def test_a_candle_is_never_told_before_it_is_complete(
    symbol: str, resolution: CandleResolution, until: datetime
) -> None:
    told = feed.candles(symbol, resolution, until - timedelta(days=4), until)

    assert all(candles.end_of(candle.start, resolution) <= until for candle in told)


@given(symbols, resolutions, instants)
@law
def test_prices_are_positive_ordered_and_of_four_decimals(
    symbol: str, resolution: CandleResolution, start: datetime
) -> None:
    for candle in feed.candles(symbol, resolution, start, start + timedelta(days=5)):
        prices = (candle.open, candle.high, candle.low, candle.close)

        assert 0 < candle.low <= min(candle.open, candle.close)
        assert max(candle.open, candle.close) <= candle.high
        assert all(price == round(price, 4) for price in prices)
        assert candle.volume is not None
        assert candle.volume >= 0


@given(symbols, st.dates(date(2015, 1, 2), date(2035, 12, 31)))
@law
def test_minutes_add_up_to_their_day_exactly(symbol: str, day: date) -> None:
    session, minutes, whole = calendar.session_on(day), of_day(symbol, "1", day), of_day(symbol, "D", day)
    if session is None:
        assert minutes == whole == []
    else:
        assert len(minutes) == session.minutes
        assert [candles.join(minutes, session.opens)] == whole


@given(symbols, st.sampled_from([WHOLE_DAY, HALF_DAY]), st.sampled_from(["5", "15", "30", "60"]))
@law
def test_coarser_candles_are_the_aggregation_of_the_minutes(
    symbol: str, day: date, resolution: CandleResolution
) -> None:
    assert of_day(symbol, resolution, day) == candles.aggregate(of_day(symbol, "1", day), resolution)


def test_nothing_trades_outside_the_session() -> None:
    starts = [candle.start for candle in of_day("AAPL", "1", HALF_DAY)]

    assert (starts[0], starts[-1]) == (
        datetime(2025, 11, 28, 14, 30, tzinfo=UTC),
        datetime(2025, 11, 28, 17, 59, tzinfo=UTC),
    )
    assert of_day("AAPL", "1", HOLIDAY) == of_day("AAPL", "D", HOLIDAY) == []


def test_every_session_of_a_year_has_a_daily_candle() -> None:
    sessions = calendar.sessions(date(2024, 1, 1), date(2024, 12, 31))

    assert [candle.start for candle in daily("MSFT", 2024, 2024)] == [session.opens for session in sessions]


@pytest.mark.parametrize("symbol", ["KO", "BRK.A", "DNN"])
def test_every_day_goes_on_from_the_close_before(symbol: str) -> None:
    days = list(History("a market for tests").days(companies()[symbol], date(2015, 1, 1), date(2035, 12, 31)))

    assert [after.previous_close for after in days[1:]] == [before.candle.close for before in days[:-1]]
    assert max(abs(day.change) for day in days) < 0.4


@pytest.mark.parametrize("symbol", ["TWTR", "FB", "ZZZZZ"])
def test_a_symbol_that_does_not_trade_has_no_prices(symbol: str) -> None:
    start = datetime(2025, 11, 25, tzinfo=UTC)

    assert feed.candles(symbol, "D", start, start + timedelta(days=1)) == []
    assert feed.quote(symbol, start) is None


def test_years_that_are_not_played_are_empty() -> None:
    for year in (1990, 2014, 2036, 2050):
        start = datetime(year, 3, 3, tzinfo=UTC)

        assert feed.candles("AAPL", "D", start, start + timedelta(days=5)) == []
        assert feed.candles("AAPL", "5", start, start + timedelta(days=5)) == []
        assert feed.quote("AAPL", start) is None


def test_the_first_and_the_last_session_are_played() -> None:
    everything = feed.candles("AAPL", "D", datetime(2000, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC))

    assert everything[0].start.date() == date(2015, 1, 2)
    assert everything[-1].start.date() == date(2035, 12, 31)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        feed.candles("AAPL", "D", datetime(2025, 1, 1), datetime(2025, 1, 2))
    with pytest.raises(ValueError, match="naive"):
        feed.quote("AAPL", datetime(2025, 1, 1))


@given(symbols, instants)
@law
def test_a_quote_is_not_from_the_future_and_lies_between_bid_and_ask(symbol: str, at: datetime) -> None:
    quote = feed.quote(symbol, at)

    assert quote is not None
    assert quote.bid is not None
    assert quote.ask is not None
    assert at - timedelta(days=5) < quote.at <= at
    assert 0 < quote.bid < quote.last < quote.ask
    assert all(price == round(price, 4) for price in (quote.bid, quote.last, quote.ask))


@given(symbols, st.integers(1, 389))
@law
def test_a_quote_within_the_session_is_the_last_complete_minutes_close(symbol: str, minute: int) -> None:
    minutes = of_day(symbol, "1", WHOLE_DAY)
    at = minutes[0].start + timedelta(minutes=minute, seconds=59)
    quote = feed.quote(symbol, at)

    assert quote is not None
    assert (quote.last, quote.at) == (minutes[minute - 1].close, minutes[minute].start)


def test_a_quote_at_the_close_is_the_days_close_against_the_close_before() -> None:
    before, today = of_day("AAPL", "D", date(2025, 11, 25)), of_day("AAPL", "D", WHOLE_DAY)
    quote = feed.quote("AAPL", datetime(2025, 11, 26, 21, 0, tzinfo=UTC))

    assert quote is not None
    assert (quote.last, quote.previous_close) == (today[0].close, before[0].close)


def test_a_quote_before_the_open_already_leaves_yesterdays_close() -> None:
    yesterday, today = of_day("NVDA", "D", date(2025, 11, 25))[0], of_day("NVDA", "D", WHOLE_DAY)[0]
    early = feed.quote("NVDA", datetime(2025, 11, 26, 9, 1, tzinfo=UTC))
    late = feed.quote("NVDA", datetime(2025, 11, 26, 14, 30, tzinfo=UTC))

    assert early is not None
    assert late is not None
    assert early.previous_close == late.previous_close == yesterday.close
    assert abs(early.last / yesterday.close - 1) < 0.005
    assert late.last == today.open


def test_over_a_weekend_the_quote_stays_where_friday_left_it() -> None:
    evening, sunday = datetime(2025, 11, 22, 2, 0, tzinfo=UTC), datetime(2025, 11, 23, 15, 0, tzinfo=UTC)
    left, found = feed.quote("AAPL", evening), feed.quote("AAPL", sunday)

    assert found == left
    assert found is not None
    assert found.at == datetime(2025, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("symbol", ["AAPL", "XOM", "JPM"])
def test_turbulent_days_come_together(symbol: str) -> None:
    sizes = [abs(change) for change in changes(daily(symbol, 2015, 2025))]

    assert statistics.correlation(sizes[:-1], sizes[1:]) > 0.08
    assert statistics.correlation(sizes[:-10], sizes[10:]) > 0.04


@pytest.mark.parametrize("symbol", ["AAPL", "XOM", "JPM"])
def test_returns_have_fat_tails_and_stay_plausible(symbol: str) -> None:
    series = changes(daily(symbol, 2015, 2025))
    mean, spread = statistics.mean(series), statistics.pstdev(series)
    kurtosis = statistics.mean(((change - mean) / spread) ** 4 for change in series)

    assert 0.08 < spread * 252**0.5 < 0.8
    assert kurtosis > 4


def test_symbols_move_with_the_market_and_more_so_within_a_sector() -> None:
    banks, oil = [changes(daily(s, 2016, 2025)) for s in ("BAC", "JPM")], changes(daily("XOM", 2016, 2025))
    within, across = statistics.correlation(*banks), statistics.correlation(banks[0], oil)

    assert within > across > 0.1


def test_share_classes_of_one_company_move_together() -> None:
    a, b = (changes(daily(symbol, 2020, 2021)) for symbol in ("BRK.A", "BRK.B"))

    assert statistics.correlation(a, b) > 0.99


def test_volume_is_heavy_at_the_open_and_the_close() -> None:
    days = [of_day("AAPL", "30", session.day) for session in calendar.sessions(date(2025, 3, 3), date(2025, 3, 14))]
    halves = [sum(day[n].volume or 0 for day in days) for n in range(13)]

    assert min(halves[0], halves[-1]) > 1.5 * halves[6]


def test_days_that_surprise_trade_more() -> None:
    series = daily("AAPL", 2020, 2025)
    sizes = [abs(change) for change in changes(series)]
    volumes = [float(candle.volume or 0) for candle in series[1:]]

    assert statistics.correlation(sizes, volumes) > 0.3


def test_some_sessions_open_away_from_the_close_before() -> None:
    series = daily("TSLA", 2024, 2024)
    gaps = [abs(after.open / before.close - 1) for before, after in pairwise(series)]

    assert max(gaps) > 0.02
    assert statistics.median(gaps) > 0.0005


def test_another_seed_is_another_market() -> None:
    other = RecordedMarket("another").prices("tiingo")
    start = datetime(2025, 1, 1, tzinfo=UTC)

    assert other.candles("AAPL", "D", start, start + timedelta(days=30)) != of_days("AAPL", start, 30)


def of_days(symbol: str, start: datetime, days: int) -> list[Candle]:
    return feed.candles(symbol, "D", start, start + timedelta(days=days))
