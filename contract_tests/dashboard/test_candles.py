"""Candles as a client sees them: which days, from where, how long they may be kept, and what stands in for them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import broken
from handlers.assembly import assemble
from handlers.domain import calendar
from handlers.domain.candles import Candle
from handlers.feeds.opening import Feeds
from handlers.feeds.port import FeedUnavailable, PriceFeed, Quote
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.sqlite import SqliteStore
from models.dashboard import candles as api
from models.fields import CandleResolution, NewsSource
from tools import stage as stages
from tools.events import HttpCall, Received, encoded_query, received, rest_event
from tools.identities import credentials_of, enrol
from tools.stage import FEEDS, NOW, Stage

PATH = "/api/v2/tickers/AAPL/ohlc"
RESOLUTIONS: tuple[CandleResolution, ...] = ("1", "5", "15", "30", "60", "D")


def ask(stage: Stage, path: str = PATH, **query: str) -> Received:
    return stage.call(HttpCall("GET", path, encoded_query(query)), caller="anonymous")


def read(stage: Stage, path: str = PATH, **query: str) -> Any:
    got = ask(stage, path, **query)
    assert got.status == 200, got.body
    return json.loads(got.body)


def test_every_resolution_has_a_cap() -> None:
    assert api.CAP_DAYS == {"1": 7, "5": 30, "15": 90, "30": 90, "60": 180, "D": 365}
    assert set(api.CAP_DAYS) == set(get_args(CandleResolution))


def test_a_range_counts_back_from_today_in_new_york() -> None:
    series = read(Stage(), range="1W")

    assert [candle["date"][:10] for candle in series["candles"]] == [
        "2024-11-25",
        "2024-11-26",
        "2024-11-27",
        "2024-11-29",
    ]
    assert (series["time_range"], series["count"]) == ("1W", 4)
    assert (series["start_date"], series["end_date"]) == ("2024-11-25", "2024-11-29")


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_a_range_beyond_the_cap_of_its_resolution_is_cut_to_the_cap(resolution: CandleResolution) -> None:
    series = read(Stage(), range="1Y", resolution=resolution)

    today = calendar.local_date(NOW)
    first = next(calendar.sessions(today - timedelta(days=api.CAP_DAYS[resolution]), today)).day
    assert (series["time_range"], series["resolution"], series["start_date"]) == ("1Y", resolution, str(first))


def test_dates_beyond_the_cap_are_refused_and_dates_at_it_are_not() -> None:
    def between(end: str) -> Received:
        return ask(Stage(), resolution="1", start_date="2024-11-01", end_date=end)

    assert between("2024-11-08").status == 200
    assert broken(between("2024-11-09")) == [(["query", "end_date"], "span_too_long")]


def test_one_date_alone_and_dates_the_wrong_way_round_are_refused() -> None:
    assert broken(ask(Stage(), start_date="2024-11-01")) == [(["query", "start_date"], "dates_incomplete")]
    assert broken(ask(Stage(), end_date="2024-11-01")) == [(["query", "start_date"], "dates_incomplete")]
    backwards = ask(Stage(), start_date="2024-11-02", end_date="2024-11-01")
    assert broken(backwards) == [(["query", "start_date"], "dates_reversed")]


def test_both_dates_are_inclusive_and_a_half_day_is_short() -> None:
    series = read(Stage(), resolution="60", start_date="2024-11-27", end_date="2024-11-29")
    days = [candle["date"][:10] for candle in series["candles"]]

    assert (days.count("2024-11-27"), days.count("2024-11-29"), len(days)) == (7, 4, 11)
    assert series["time_range"] == "custom"


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_no_candle_of_the_day_after_the_last_is_answered(resolution: CandleResolution) -> None:
    series = read(Stage(), resolution=resolution, start_date="2024-11-25", end_date="2024-11-26")

    assert {candle["date"][:10] for candle in series["candles"]} == {"2024-11-25", "2024-11-26"}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1900-01-01", "1900-01-31"),
        ("1999-12-20", "2000-01-10"),
        ("2035-12-20", "2036-02-01"),
        ("2099-01-01", "2099-12-31"),
    ],
)
def test_days_without_prices_have_no_candles(start: str, end: str) -> None:
    series = read(Stage(), start_date=start, end_date=end)

    assert (series["candles"], series["count"], series["start_date"], series["end_date"]) == ([], 0, None, None)


def test_a_symbol_nobody_listed_is_not_found() -> None:
    got = ask(Stage(), "/api/v2/tickers/ZZZZZ/ohlc")

    assert (got.status, json.loads(got.body)["code"]) == (404, "TICKER_NOT_LISTED")


def test_candles_come_from_the_source_then_from_memory_and_in_another_process_from_the_store() -> None:
    clock = FixedClock(NOW)
    first = Stage(clock=clock)
    cold = ask(first)
    clock.at += timedelta(seconds=90)
    warm, other = ask(first), ask(Stage(clock=clock, store=first.store))

    seen = [(got.header("x-cache-source"), got.header("x-cache-age")) for got in (cold, warm, other)]
    assert seen == [("live-api", "0"), ("in-memory", "90"), ("persistent-cache", "90")]
    assert cold.body == warm.body == other.body


@pytest.mark.parametrize(("resolution", "seconds"), [("D", 3600), ("60", 1800), ("5", 300)])
def test_candles_are_remembered_until_they_may_change_and_no_longer_than_their_resolution_allows(
    resolution: str, seconds: int
) -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    ask(stage, resolution=resolution, range="1W")
    clock.at = NOW + timedelta(seconds=seconds - 1)
    last_second = ask(stage, resolution=resolution, range="1W")
    clock.at = NOW + timedelta(seconds=seconds)
    after = ask(stage, resolution=resolution, range="1W")

    assert last_second.header("x-cache-source") == "in-memory"
    assert after.header("x-cache-source") != "in-memory"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(RESOLUTIONS), st.sampled_from(["1W", "1M"]), st.integers(0, 4 * 3600)),
        min_size=2,
        max_size=6,
    )
)
@pytest.mark.exhaustive
def test_kept_candles_are_those_that_the_source_gives_now(asked: list[tuple[CandleResolution, str, int]]) -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    for resolution, range_, later in asked:
        clock.at += timedelta(seconds=later)
        kept = read(stage, resolution=resolution, range=range_)
        # A process and a store that remember nothing.
        assert kept == read(fresh(clock), resolution=resolution, range=range_)


def fresh(clock: FixedClock) -> Stage:
    store = SqliteStore(":memory:", clock)
    enrol(store, clock.now())
    return Stage(clock=clock, store=store)


@pytest.mark.parametrize(
    ("at", "resolution", "max_age", "expires"),
    [
        ("2024-12-02T15:00:00Z", "D", 3600, "2024-12-02T21:00:00Z"),
        ("2024-12-02T20:50:00Z", "D", 600, "2024-12-02T21:00:00Z"),
        ("2024-12-02T15:03:20Z", "5", 100, "2024-12-02T15:05:00Z"),
        ("2024-12-02T15:00:00Z", "60", 1800, "2024-12-02T15:30:00Z"),
        ("2024-12-02T21:00:00Z", "1", 300, "2024-12-03T14:30:00Z"),
        ("2024-12-02T14:28:00Z", "1", 120, "2024-12-02T14:30:00Z"),
        ("2024-11-28T16:00:00Z", "15", 900, "2024-11-29T14:30:00Z"),
        ("2024-11-29T18:00:00Z", "D", 3600, "2024-12-02T14:30:00Z"),
    ],
)
def test_an_answer_may_be_reused_until_the_newest_candle_changes(
    at: str, resolution: str, max_age: int, expires: str
) -> None:
    got = ask(fresh(FixedClock(datetime.fromisoformat(at))), range="1W", resolution=resolution)

    assert got.header("cache-control") == f"public, max-age={max_age}"
    assert json.loads(got.body)["cache_expires_at"] == expires


@pytest.mark.parametrize(
    ("resolution", "seconds"), [("1", 300), ("5", 900), ("15", 900), ("30", 900), ("60", 1800), ("D", 3600)]
)
def test_dates_that_are_over_may_be_reused_as_long_as_the_resolution_allows(resolution: str, seconds: int) -> None:
    got = ask(Stage(), resolution=resolution, start_date="2024-11-25", end_date="2024-11-29")

    assert got.header("cache-control") == f"public, max-age={seconds}"


def test_what_did_not_change_is_not_sent_again() -> None:
    stage = Stage()
    tag = ask(stage).header("etag") or ""
    got = stage.call(HttpCall("GET", PATH, "", (("If-None-Match", tag),)), caller="anonymous")

    assert (got.status, got.body) == (304, b"")


class OneSource(Feeds):
    """The listings of the product and the prices of one given source."""

    def __init__(self, source: PriceFeed) -> None:
        self._source = source

    @cached_property
    def prices(self) -> PriceFeed:
        return self._source


class DailyOnly:
    """A source that keeps daily candles only."""

    source: NewsSource = "finnhub"

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        return FEEDS.prices.candles(symbol, "D", start, until) if resolution == "D" else []

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        return None


class Broken(DailyOnly):
    """A source that does not answer."""

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        raise FeedUnavailable(self.source, 17, "it timed out")


def ask_with(prices: PriceFeed, store: SqliteStore | None = None, feed: str = "recorded", **query: str) -> Received:
    clock = FixedClock(NOW)
    if store is None:
        store = SqliteStore(":memory:", clock)
        enrol(store, NOW)
    gate = assemble("dashboard", stages.settings(feed=feed), clock, CountedChance("candles"), store, OneSource(prices))
    headers = credentials_of("anonymous", stages.settings(), NOW)
    return received(gate(rest_event(HttpCall("GET", PATH, encoded_query(query), headers))))


def test_daily_candles_stand_in_for_intraday_ones_that_no_source_has() -> None:
    series = json.loads(ask_with(DailyOnly(), resolution="5", range="1W").body)

    assert (series["resolution"], series["resolution_fallback"], series["count"]) == ("D", True, 4)
    assert series["fallback_message"] == "no 5-minute candles of AAPL in this range; showing daily ones"
    assert series["source"] == "finnhub"


def test_nothing_stands_in_where_no_candle_is_due_yet() -> None:
    series = json.loads(ask_with(DailyOnly(), resolution="60", start_date="2024-12-07", end_date="2024-12-08").body)

    assert (series["resolution"], series["resolution_fallback"], series["candles"]) == ("60", False, [])


def test_a_source_is_not_asked_for_days_that_are_yet_to_come() -> None:
    got = ask_with(Broken(), start_date="2024-12-03", end_date="2024-12-04")

    assert (got.status, json.loads(got.body)["candles"]) == (200, [])


def test_a_source_that_does_not_answer_is_named_with_when_to_retry() -> None:
    got = ask_with(Broken())

    assert (got.status, got.header("retry-after")) == (503, "17")
    assert "finnhub" in json.loads(got.body)["detail"]


def test_kept_candles_are_answered_though_their_source_does_not_answer() -> None:
    store = SqliteStore(":memory:", FixedClock(NOW))
    enrol(store, NOW)
    first, second = (ask_with(prices, store) for prices in (DailyOnly(), Broken()))

    assert (second.status, second.header("x-cache-source")) == (200, "persistent-cache")
    assert second.body == first.body


def test_recorded_candles_are_never_answered_as_live_ones() -> None:
    store = SqliteStore(":memory:", FixedClock(NOW))
    enrol(store, NOW)
    recorded, live, again = (ask_with(DailyOnly(), store, feed) for feed in ("recorded", "live", "live"))

    assert [json.loads(got.body)["provenance"] for got in (recorded, live, again)] == ["recorded", "live", "live"]
    assert [got.header("x-cache-source") for got in (live, again)] == ["live-api", "persistent-cache"]


def test_candles_that_cannot_be_kept_are_answered_all_the_same(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    enrol(SqliteStore(path, FixedClock(NOW)), NOW)
    full = SqliteStore(path, FixedClock(NOW), max_page_count=1)
    first, second = (ask_with(FEEDS.prices, full, range="1Y", resolution="60") for _ in range(2))

    assert (first.status, first.header("x-cache-source")) == (200, "live-api")
    assert second.header("x-cache-source") == "live-api"
    assert json.loads(first.body)["count"] > 800


def test_daily_candles_of_a_whole_year_are_the_sessions_of_that_year() -> None:
    series = read(Stage(), start_date="2023-01-01", end_date="2023-12-31")

    sessions = list(calendar.sessions(date(2023, 1, 1), date(2023, 12, 31)))
    assert [datetime.fromisoformat(candle["date"]) for candle in series["candles"]] == [
        s.opens.astimezone(UTC) for s in sessions
    ]
