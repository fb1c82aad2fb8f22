"""The heatmap: every cell is the mean that histories have over the same days."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.watchlists import PATH, SOURCES, Said, read, stage_with, watch
from handlers.domain.heatmap import PERIOD_DAYS
from tools.stage import Stage

SAID = st.lists(
    st.builds(Said, st.integers(0, 95), st.integers(-10_000, 10_000), st.sampled_from(SOURCES)), max_size=25
)


def cells(page: Any, ticker: str = "AAPL") -> list[dict[str, Any]]:
    (row,) = (row for row in page["matrix"] if row["ticker"] == ticker)
    found: list[dict[str, Any]] = row["cells"]
    return found


def test_by_source_there_are_three_cells_in_order_and_a_legend() -> None:
    page = read(stage_with([Said(0, 5000), Said(1, -9000, "finnhub")]), "heatmap")

    assert cells(page) == [
        {"source": "tiingo", "period": None, "score": 0.5, "color": "#22c55e"},
        {"source": "finnhub", "period": None, "score": -0.9, "color": "#ef4444"},
        {"source": "our_model", "period": None, "score": None, "color": None},
    ]
    assert page["legend"] == {
        "positive": {"range": [0.33, 1.0], "color": "#22c55e"},
        "neutral": {"range": [-0.33, 0.33], "color": "#eab308"},
        "negative": {"range": [-1.0, -0.33], "color": "#ef4444"},
    }


def test_by_period_there_are_four_cells_without_a_legend() -> None:
    page = read(stage_with([Said(0, 9000), Said(7, 3000), Said(30, 0), Said(90, -8000)]), "heatmap", view="timeperiods")

    assert cells(page) == [
        {"source": None, "period": "today", "score": 0.9, "color": "#22c55e"},
        {"source": None, "period": "1w", "score": 0.6, "color": "#22c55e"},
        {"source": None, "period": "1m", "score": 0.4, "color": "#22c55e"},
        {"source": None, "period": "3m", "score": 0.1, "color": "#eab308"},
    ]
    assert (page["view"], page["legend"]) == ("timeperiods", None)


def test_the_other_spelling_of_periods_gives_the_same() -> None:
    stage = Stage()

    assert read(stage, "heatmap", view="time_periods") == read(stage, "heatmap", view="timeperiods")


@settings(max_examples=25, deadline=None)
@given(SAID)
def test_a_period_is_the_weighted_mean_of_its_history_day_by_day(said: list[Said]) -> None:
    """Sources have their means over the period first, from all their articles, and then count together by weight."""
    stage = stage_with(said)
    found = {cell["period"]: cell["score"] for cell in cells(read(stage, "heatmap", view="timeperiods"))}
    weights = {"finnhub": 0.40, "our_model": 0.35, "tiingo": 0.25}
    for period, days in (("today", 0), ("1w", 7), ("1m", 30)):
        means = {source: mean_of_history(stage, source, max(days, 1), days) for source in SOURCES}
        spoke = {source: mean for source, mean in means.items() if mean is not None}
        whole = sum(weights[source] for source in spoke)
        expected = sum(weights[source] * mean for source, mean in spoke.items()) / whole if spoke else None

        assert found[period] == (None if expected is None else pytest.approx(expected, abs=2e-4))


def mean_of_history(stage: Stage, source: str, days: int, back: int) -> float | None:
    """The mean of the articles that a history counts, as a client computes it from its days."""
    history = read(stage, "sentiment/AAPL/history", source=source, days=days)
    last = history["end_date"]
    counted = [day for day in history["history"] if back > 0 or day["date"] == last]
    articles = sum(day["article_count"] for day in counted)
    return sum(day["score"] * day["article_count"] for day in counted) / articles if articles else None


@settings(max_examples=25, deadline=None)
@given(SAID, st.sampled_from([1, 7, 30]))
def test_a_source_is_the_mean_of_its_history_over_the_days_of_the_watchlist(said: list[Said], days: int) -> None:
    stage = stage_with(said)
    watch(stage, timeframe_days=days)
    found = {cell["source"]: cell["score"] for cell in cells(read(stage, "heatmap"))}

    for source in SOURCES:
        mean = mean_of_history(stage, source, days, days)
        assert found[source] == (None if mean is None else pytest.approx(mean, abs=2e-4))


def test_today_is_the_history_of_today_and_sources_are_those_of_the_sentiment() -> None:
    stage = Stage()
    today = cells(read(stage, "heatmap", view="timeperiods"))[0]["score"]
    history = read(stage, "sentiment/AAPL/history")["history"]
    sentiment = read(stage, "sentiment")["tickers"][0]["sentiment"]

    assert today == history[-1]["score"]
    assert {cell["source"]: cell["score"] for cell in cells(read(stage, "heatmap"))} == {
        source: said and said["score"] for source, said in sentiment.items() if source != "aggregated"
    }


def test_nothing_collected_has_no_score_no_colour_and_is_stale() -> None:
    stage = stage_with()
    for view, count in (("sources", 3), ("timeperiods", 4)):
        page = read(stage, "heatmap", view=view)

        assert [(cell["score"], cell["color"]) for cell in cells(page)] == [(None, None)] * count
        assert (page["cache_status"], page["last_updated"]) == ("stale", None)


def test_rows_are_the_tickers_in_the_owners_order() -> None:
    stage = stage_with()
    watch(stage, tickers=["XOM", "BRK.B", "AAPL"])

    assert [row["ticker"] for row in read(stage, "heatmap")["matrix"]] == ["XOM", "BRK.B", "AAPL"]


def test_an_unknown_view_is_refused_before_the_watchlist_is_looked_for() -> None:
    got = Client(stage_with(), "other").get(f"{PATH}/heatmap", view="colours")

    assert broken(got) == [(["query", "view"], "literal_error")]
    assert "time_periods" in value(got)["detail"][0]["msg"]


def test_the_periods_of_the_cells_are_those_of_the_formulas() -> None:
    page = read(Stage(), "heatmap", view="timeperiods")

    assert [cell["period"] for cell in cells(page)] == list(PERIOD_DAYS)
