"""Volatility of a watchlist, from candles that were traded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.client import Client, value
from contract_tests.dashboard.watchlists import FLAT, PATH, Source, asking, read, stage_with, trade, watch
from contract_tests.domain.test_volatility import WORKED
from handlers.runtime.clock import FixedClock
from tools.stage import Stage

WILDER = [*FLAT, *WORKED]


def volatility(stage: Stage, ticker: str = "AAPL") -> Any:
    (found,) = (each for each in read(stage, "volatility")["tickers"] if each["symbol"] == ticker)
    return found


def test_the_average_true_range_is_that_of_the_candles() -> None:
    stage = stage_with()
    # A day that ranges by 4 after months that did not: 4 / 14, then a quiet one.
    trade(stage.store, "AAPL", [*FLAT, (102.0, 98.0, 100.0), (100.0, 100.0, 100.0)])
    found = volatility(stage)

    assert found == {
        "symbol": "AAPL",
        "atr": {
            "value": 0.2653,
            "percent": 0.27,
            "period": 14,
            "trend": "decreasing",
            "trend_arrow": "↓",
            "previous_value": 0.2857,
        },
        "includes_extended_hours": False,
        "updated_at": "2024-11-29T18:00:00Z",
        "source": "tiingo",
    }


def test_scaling_the_prices_scales_the_range_and_leaves_the_percent() -> None:
    stage = stage_with()
    trade(stage.store, "AAPL", WILDER)
    trade(stage.store, "MSFT", [(high * 8, low * 8, close * 8) for high, low, close in WILDER])
    apple, microsoft = volatility(stage)["atr"], volatility(stage, "MSFT")["atr"]

    assert microsoft["value"] == pytest.approx(apple["value"] * 8, abs=1e-3)
    assert (microsoft["percent"], microsoft["trend"]) == (apple["percent"], apple["trend"])


def test_a_price_that_does_not_move_does_not_range_and_is_stable() -> None:
    stage = stage_with()
    trade(stage.store, "AAPL", FLAT)
    atr = volatility(stage)["atr"]

    assert (atr["value"], atr["percent"], atr["previous_value"]) == (0, 0, 0)
    assert (atr["trend"], atr["trend_arrow"]) == ("stable", "→")


def test_before_anything_was_traded_there_is_no_volatility() -> None:
    # The recorded market opens in 2015.
    page = read(stage_with(clock=FixedClock(datetime(2014, 6, 2, 15, tzinfo=UTC))), "volatility")

    assert [(each["atr"], each["updated_at"], each["source"]) for each in page["tickers"]] == [(None, None, None)] * 2
    assert page["provenance"] == "recorded"


def test_a_source_that_does_not_answer_is_named_with_when_to_retry() -> None:
    for part in ("volatility", "correlation"):
        got = Client(asking(stage_with(), Source(fails="candles"))).get(f"{PATH}/{part}")

        assert (got.status, got.header("retry-after")) == (503, "17")
        assert "finnhub" in value(got)["detail"]
        assert "timed out" not in value(got)["detail"]


EVENING = datetime(2024, 11, 29, 20, tzinfo=UTC)


def test_the_evening_after_the_session_counts_where_the_watchlist_says_so() -> None:
    stage = stage_with()
    trade(stage.store, "AAPL", FLAT)
    trade(stage.store, "MSFT", FLAT)
    source = Source(107.0, EVENING)
    without = volatility(asking(stage, source))
    asked = list(source.asked)
    watch(stage, include_extended_hours=True)
    found = volatility(stage)

    assert (without["includes_extended_hours"], asked) == (False, [])
    # The last day reaches from 100 to 107 and closes there.
    assert found["atr"]["value"] == 0.5
    assert found["atr"]["percent"] == 0.47
    assert found["atr"]["trend"] == "increasing"
    assert (found["includes_extended_hours"], found["updated_at"]) == (True, "2024-11-29T20:00:00Z")


@pytest.mark.parametrize(
    "at",
    [
        # During the half day, at its very end, after extended hours, before the next session.
        datetime(2024, 11, 29, 17, tzinfo=UTC),
        datetime(2024, 11, 29, 18, tzinfo=UTC),
        datetime(2024, 11, 29, 22, 0, 1, tzinfo=UTC),
        datetime(2024, 12, 2, 13, tzinfo=UTC),
    ],
)
def test_only_a_price_from_the_evening_itself_counts(at: datetime) -> None:
    stage = stage_with()
    trade(stage.store, "AAPL", FLAT)
    watch(stage, tickers=["AAPL"], include_extended_hours=True)
    found = volatility(asking(stage, Source(107.0, at)))

    assert (found["includes_extended_hours"], found["atr"]["value"]) == (False, 0)
