"""Candles that can be kept are kept; each of the others is refused for a reason, and harms none of them."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.world import NOW, World
from contract_tests.logs import logged
from handlers.domain import calendar
from handlers.domain.candles import Candle, expected, true_ranges
from handlers.domain.soundness import sound
from handlers.feeds.opening import Feeds
from handlers.feeds.port import Quote
from handlers.jobs import collect_prices
from handlers.jobs.running import Answer, perform
from handlers.storage.candles import Candles, Series
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.quotes import Quotes
from models.fields import CandleResolution

DAYS = [NOW.date() - timedelta(days=365), NOW.date()]
SESSIONS = expected(DAYS[0], DAYS[1], NOW, "D")
TODAY = datetime(2024, 12, 2, 14, 30, tzinfo=UTC)


def candle(start: datetime, **change: Any) -> Candle:
    return replace(Candle(start, 10.0, 12.0, 9.0, 11.0, 1000), **change)


def kept(world: World, ticker: str = "AAPL", resolution: CandleResolution = "D") -> list[Candle]:
    """What is stored, the whole range of it."""
    found = Candles(world.store).read(Series(ticker, "tiingo", resolution, "recorded"), SESSIONS)
    return found.candles if found else []


def watching(*tickers: str) -> World:
    world = World()
    world.watch(*tickers or ("AAPL",))
    return world


def collected(world: World) -> Answer:
    return perform(collect_prices.JOB, {}, world.backend)


def test_what_is_collected_is_what_requests_find() -> None:
    world = World(feeds=Feeds())
    world.watch("AAPL", "MSFT")
    answer = collected(world)

    feed = world.backend.feeds.prices
    assert answer["outcomes"] == {"collected": 2}
    for ticker in ("AAPL", "MSFT"):
        assert kept(world, ticker) == feed.candles(ticker, "D", SESSIONS[0] - timedelta(hours=1), NOW)
        quote, stored = feed.quote(ticker, NOW), Quotes(world.store).of(ticker, "tiingo")
        assert quote is not None
        assert stored is not None
        assert (stored.last, stored.at, stored.previous_close) == (quote.last, quote.at, quote.previous_close)


def test_what_is_kept_is_not_asked_for_again() -> None:
    world = watching()
    world.said.priced.said = {"D": [candle(start) for start in SESSIONS]}
    collected(world)
    world.clock.sleep(60)
    collected(world)

    assert world.said.priced.asked == [("AAPL", "D"), ("AAPL", "5")]


def days_asked(world: World, hours: float, every: float = 1) -> int:
    """How often the daily candles are asked for in so many hours."""
    before = world.said.priced.asked.count(("AAPL", "D"))
    for _ in range(int(hours / every)):
        collected(world)
        world.clock.sleep(every * 3600)
    return world.said.priced.asked.count(("AAPL", "D")) - before


@pytest.mark.parametrize("had", [SESSIONS[-84:], SESSIONS[:50] + SESSIONS[55:], SESSIONS[:50]])
def test_the_same_holes_are_fetched_once_whether_at_the_beginning_within_or_at_the_end(had: list[datetime]) -> None:
    world = watching()
    world.said.priced.said = {"D": [candle(start) for start in had]}

    assert days_asked(world, 3, every=1 / 4) == 1


def test_candles_are_asked_for_once_a_day_when_they_are_published() -> None:
    world = watching()
    world.said.priced.said = {"D": [candle(start) for start in [*SESSIONS, TODAY]]}

    # 10:00 to 18:00 in New York, and from there to the next day's close.
    assert days_asked(world, 8) == 1
    assert days_asked(world, 23) == 1
    assert kept(world)[-1].start == SESSIONS[-1]
    assert Candles(world.store).read(Series("AAPL", "tiingo", "D", "recorded"), [TODAY]) is not None


def test_candles_that_are_late_are_asked_for_every_four_hours() -> None:
    world = watching()
    world.said.priced.said = {"D": [candle(start) for start in SESSIONS]}
    collected(world)
    world.clock.at = datetime(2024, 12, 2, 23, tzinfo=UTC)

    assert days_asked(world, 12) == 3


def test_candles_and_quotes_fail_each_for_themselves() -> None:
    world = watching()
    world.said.priced.failing = frozenset({"AAPL"})
    world.said.priced.last = Quote("AAPL", 10.0, None, None, None, NOW, "recorded")
    answers = [collected(world) for _ in range(3)]

    assert [answer["outcomes"] for answer in answers] == [{"failed": 1}] * 3
    assert Quotes(world.store).of("AAPL", "tiingo") is not None
    # Who does not answer is asked again when it said so.
    assert world.said.priced.asked == [("AAPL", "D")]
    world.clock.sleep(60)
    collected(world)
    assert world.said.priced.asked == [("AAPL", "D")] * 2


@pytest.mark.parametrize(
    ("at", "is_asked"),
    [
        (datetime(2024, 12, 2, 8, 55, tzinfo=UTC), False),
        (datetime(2024, 12, 2, 9, tzinfo=UTC), True),
        (datetime(2024, 12, 3, 1, tzinfo=UTC), True),
        (datetime(2024, 12, 3, 1, 5, tzinfo=UTC), False),
        (datetime(2024, 12, 1, 15, tzinfo=UTC), False),
    ],
)
def test_quotes_are_asked_for_while_prices_move(at: datetime, is_asked: bool) -> None:
    world = watching()
    world.clock.at = at
    world.said.priced.last = Quote("AAPL", 10.0, None, None, None, at, "recorded")
    collected(world)

    assert (Quotes(world.store).of("AAPL", "tiingo") is not None) == is_asked


def test_a_source_that_fails_for_one_ticker_leaves_the_others_alone() -> None:
    world = watching("AAPL", "MSFT")
    world.said.priced.said = {"D": [candle(start) for start in SESSIONS]}
    world.said.priced.failing = frozenset({"AAPL"})
    answer = collected(world)

    assert answer["outcomes"] == {"collected": 1, "failed": 1}
    assert answer["failures"] == [{"item": "AAPL", "reason": "tiingo: does not answer"}]
    assert len(kept(world, "MSFT")) == len(SESSIONS)


BAD: dict[str, dict[str, Any]] = {
    "not_finite": {"high": math.inf},
    "not_positive": {"low": 0.0},
    "not_between_low_and_high": {"close": 12.5},
    "no_volume": {"volume": -1},
    "too_large": {"high": 1e12},
}


@pytest.mark.parametrize("reason", BAD)
def test_a_candle_that_cannot_be_kept_is_refused_for_a_reason_and_the_rest_is_kept(reason: str) -> None:
    world = watching()
    candles = [candle(start) for start in SESSIONS]
    candles[5] = replace(candles[5], **BAD[reason])
    world.said.priced.said = {"D": candles}
    with logged() as lines:
        answer = collected(world)

    assert kept(world) == candles[:5] + candles[6:]
    assert (answer["counts"]["CandlesRefused"], answer["counts"]["CandlesMissing"]) >= (1, 1)
    told = [line for line in lines.lines("WARNING") if line["message"] == "candles refused or missing"]
    assert told[0]["reasons"] == {reason: 1}
    assert (told[0]["ticker"], told[0]["source"], told[0]["resolution"]) == ("AAPL", "tiingo", "D")


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("not_finite", {"open": math.nan}),
        ("not_finite", {"close": -math.inf}),
        ("not_positive", {"open": -1.0, "low": -1.0}),
        ("not_positive", {"low": 0.0}),
        ("not_between_low_and_high", {"high": 10.5}),
        ("not_between_low_and_high", {"low": 10.5}),
        ("off_the_grid", {"start": datetime(2024, 12, 1, 14, 30, tzinfo=UTC)}),
        ("off_the_grid", {"start": datetime(2024, 12, 2, 14, 31, tzinfo=UTC)}),
        ("off_the_grid", {"start": datetime(1970, 1, 1, tzinfo=UTC)}),
        ("off_the_grid", {"start": datetime(2024, 12, 2, 14, 30)}),
        ("no_volume", {"volume": 10**16}),
    ],
)
def test_each_fault_has_its_reason(reason: str, change: dict[str, Any]) -> None:
    good = candle(datetime(2024, 12, 2, 14, 30, tzinfo=UTC))
    found = sound([replace(good, **change), good], "D")

    assert (found.candles, found.refused) == ([good], {reason: 1})


def test_of_two_candles_with_one_start_the_first_sound_one_counts() -> None:
    start = SESSIONS[-1]
    found = sound([candle(start, low=0.0), candle(start), candle(start, close=9.5)], "D")

    assert (found.candles, found.refused) == ([candle(start)], {"not_positive": 1, "duplicate": 1})


def test_holes_are_counted_and_what_is_there_is_kept() -> None:
    world = watching()
    candles = [candle(start) for start in SESSIONS]
    world.said.priced.said = {"D": candles[:10] + candles[20:]}
    answer = collected(world)

    assert len(kept(world)) == len(SESSIONS) - 10
    assert answer["counts"]["CandlesMissing"] >= 10


@pytest.mark.parametrize("last", [math.nan, 0.0, -3.0, math.inf])
def test_a_quote_without_a_price_is_refused(last: float) -> None:
    world = watching()
    world.said.priced.last = Quote("AAPL", last, None, None, None, NOW, "recorded")
    with logged() as lines:
        answer = collected(world)

    assert answer["outcomes"] == {"collected": 1}
    assert Quotes(world.store).of("AAPL", "tiingo") is None
    assert "quote refused" in [line["message"] for line in lines.lines("WARNING")]


def test_a_quote_keeps_what_is_a_price_of_it() -> None:
    world = watching()
    world.said.priced.last = Quote("AAPL", 10.0, math.nan, 0.0, 9.5, NOW, "recorded")
    collected(world)

    stored = Quotes(world.store).of("AAPL", "tiingo")
    assert stored is not None
    assert (stored.last, stored.bid, stored.ask, stored.previous_close) == (10.0, None, None, 9.5)


def test_a_ticker_that_is_not_listed_is_a_dead_letter() -> None:
    world = World()
    answer = perform(collect_prices.JOB, {"items": [{"ticker": "ZZZZZ"}, {"ticker": "zz"}, {}]}, world.backend)

    assert answer["outcomes"] == {"dead": 3}
    assert {letter.reason for letter in DeadLetters(world.store).of("collect_prices")} == {
        "unknown_ticker",
        "wrong_shape",
    }


prices = st.one_of(st.floats(), st.floats(0.01, 1e6), st.just(0.0))
starts = st.one_of(st.sampled_from(SESSIONS), st.datetimes(timezones=st.just(UTC)))
candles = st.builds(Candle, starts, prices, prices, prices, prices, st.none() | st.integers())


@settings(max_examples=100, deadline=None)
@given(st.lists(candles, max_size=20))
def test_whatever_a_source_sends_what_is_kept_can_be_calculated_with(sent: list[Candle]) -> None:
    found = sound(sent, "D")

    assert len(found.candles) + found.refused.total() == len(sent)
    assert [each.start for each in found.candles] == sorted({each.start for each in found.candles})
    assert all(math.isfinite(each) and each >= 0 for each in true_ranges(found.candles))
    assert all(calendar.session_on(calendar.local_date(each.start)) for each in found.candles)
    assert sound(found.candles, "D") == (found.candles, {})
