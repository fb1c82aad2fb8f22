"""Correlation of a watchlist: where articles and candles say that sentiment and volatility went."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.dashboard.watchlists import FLAT, Said, read, stage_with, trade, watch
from tools.stage import Stage


def correlated(stage: Stage) -> Any:
    return read(stage, "correlation")["tickers"][0]["correlation"]


UP = [*FLAT, (104.0, 96.0, 100.0)]
DOWN = [*UP, *FLAT]
BETTER = [Said(7, -5000), Said(0, 5000)]
WORSE = [Said(7, 5000), Said(0, -5000)]


@pytest.mark.parametrize(
    ("said", "rows", "sentiment", "moved", "interpretation"),
    [
        (BETTER, DOWN, "↑", "↓", "positive_divergence"),
        (WORSE, UP, "↓", "↑", "negative_divergence"),
        (BETTER, UP, "↑", "↑", "positive_convergence"),
        (WORSE, DOWN, "↓", "↓", "negative_convergence"),
        (BETTER, FLAT, "↑", "→", "stable"),
        ([Said(7, 5000), Said(0, 5400)], UP, "→", "↑", "stable"),
        ([Said(0, 5000)], UP, None, "↑", None),
        ([Said(7, 5000)], UP, None, "↑", None),
        ([], UP, None, "↑", None),
    ],
)
def test_arrows_tell_where_sentiment_and_volatility_went(
    said: list[Said], rows: list[tuple[float, float, float]], sentiment: str, moved: str, interpretation: str
) -> None:
    stage = stage_with(said)
    trade(stage.store, "AAPL", rows)
    found = correlated(stage)

    assert (found["sentiment_trend"], found["volatility_trend"]) == (sentiment, moved)
    assert found["interpretation"] == interpretation
    assert interpretation or found["description"] == "Not enough is collected to know where sentiment went"


def test_the_later_half_of_the_days_is_held_against_the_earlier() -> None:
    # Seven days back and today are eight: 7 to 4 against 3 to 0.
    stage = stage_with([Said(7, 1000), Said(4, 3000), Said(3, 4000), Said(0, 6000), Said(8, 10_000)])
    trade(stage.store, "AAPL", FLAT)
    week = correlated(stage)["sentiment_trend"]
    # Two days back and today are three: yesterday against today, and nothing was said yesterday.
    watch(stage, timeframe_days=2)
    three = correlated(stage)["sentiment_trend"]

    assert (week, three) == ("↑", None)


def test_the_volatility_of_a_correlation_is_that_of_the_volatility() -> None:
    stage = Stage()
    arrows = [each["atr"]["trend_arrow"] for each in read(stage, "volatility")["tickers"]]

    assert [each["correlation"]["volatility_trend"] for each in read(stage, "correlation")["tickers"]] == arrows
