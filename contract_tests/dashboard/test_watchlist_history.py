"""Sentiment of one watched ticker day by day, in pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.watchlists import PATH, SOURCES, TODAY, Said, ago, read, stage_with, watch
from handlers.runtime.clock import FixedClock
from tools.stage import NOW, Stage

HISTORY = "sentiment/AAPL/history"


def test_a_day_is_the_mean_of_a_source_with_how_many_articles_it_has() -> None:
    said = [Said(0, 8000), Said(0, 2000), Said(2, -4000), Said(0, 1, ticker="MSFT")]
    page = read(stage_with(said), HISTORY, source="tiingo")

    assert [(day["date"], day["score"], day["article_count"]) for day in page["history"]] == [
        (str(ago(2)), -0.4, 1),
        (str(ago(0)), 0.5, 2),
    ]
    assert page["history"][1] == {
        "date": str(TODAY),
        "score": 0.5,
        "source": "tiingo",
        "confidence": 0.955,
        "label": "positive",
        "article_count": 2,
    }
    assert (page["start_date"], page["end_date"], page["count"]) == (str(ago(7)), str(TODAY), 2)


@pytest.mark.parametrize("source", ["tiingo", "finnhub", "our_model", "aggregated"])
def test_it_is_what_the_history_of_the_ticker_says(source: str) -> None:
    stage = Stage()
    watched = read(stage, HISTORY, days=30, source=source)
    query = {"range": "1M", "source": source}
    listed = value(Client(stage).get("/api/v2/tickers/AAPL/sentiment/history", **query))

    assert [{**day, "article_count": 0} for day in watched["history"]] == [
        {**day, "article_count": 0} for day in listed["history"]
    ]
    assert (watched["start_date"], watched["end_date"]) == (listed["start_date"], listed["end_date"])


@pytest.mark.parametrize("days", [1, 7, 30])
def test_days_count_back_from_today_inclusive_at_both_ends(days: int) -> None:
    page = read(stage_with([Said(days + 1, 1), Said(days, 2), Said(0, 3)]), HISTORY, days=days)

    assert [day["date"] for day in page["history"]] == [str(ago(days)), str(TODAY)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.builds(Said, st.integers(0, 12), st.integers(-10_000, 10_000), st.sampled_from(SOURCES)), max_size=20),
    st.sampled_from([*SOURCES, "aggregated"]),
    st.integers(1, 14),
    st.sampled_from([0, 1, 40]),
)
def test_pages_of_any_length_together_are_the_whole_range_even_over_midnight(
    said: list[Said], source: str, limit: int, days_between: int
) -> None:
    clock = FixedClock(NOW)
    stage = stage_with(said, clock)
    whole = read(stage, HISTORY, source=source, days=10)
    pages: list[Any] = [read(stage, HISTORY, source=source, days=10, limit=limit)]
    while pages[-1]["next_cursor"] is not None:
        # Sessions last thirty days: only the first leap may be a long one.
        clock.at = NOW + timedelta(days=min(days_between, 20))
        cursor = pages[-1]["next_cursor"]
        pages.append(read(stage, HISTORY, source=source, days=10, limit=limit, cursor=cursor))

    assert [day for page in pages for day in page["history"]] == whole["history"]
    assert {(page["start_date"], page["end_date"]) for page in pages} == {(str(ago(10)), str(TODAY))}
    assert all(page["count"] == len(page["history"]) == limit for page in pages[:-1])
    assert pages[-1]["history"] or not whole["history"]


def test_a_cursor_leads_on_in_its_own_list_only() -> None:
    stage = stage_with([Said(n, n) for n in range(5)])
    cursor = read(stage, HISTORY, limit=2)["next_cursor"]

    for query in ({"source": "tiingo"}, {"days": 8}):
        got = Client(stage).get(f"{PATH}/{HISTORY}", cursor=cursor, **query)
        assert broken(got) == [(["query", "cursor"], "cursor_invalid")]
    assert broken(Client(stage).get(f"{PATH}/sentiment/MSFT/history", cursor=cursor)) == [
        (["query", "cursor"], "cursor_invalid")
    ]
    assert Client(stage).get("/api/v2/tickers/AAPL/sentiment/history", cursor=cursor).status == 422


@pytest.mark.parametrize(("ticker", "status"), [("aapl", 200), ("MSFT", 200), ("NVDA", 404), ("ZZZZZ", 404)])
def test_a_ticker_that_is_not_on_the_watchlist_is_not_found(ticker: str, status: int) -> None:
    got = Client(stage_with()).get(f"{PATH}/sentiment/{ticker}/history")

    assert got.status == status
    assert status == 200 or value(got)["code"] == "TICKER_NOT_WATCHED"


def test_a_ticker_is_found_as_soon_as_it_is_watched() -> None:
    stage = stage_with([Said(0, 5000, ticker="NVDA")])
    watch(stage, tickers=["NVDA"])

    assert read(stage, "sentiment/NVDA/history")["count"] == 1
    assert Client(stage).get(f"{PATH}/{HISTORY}").status == 404


@pytest.mark.parametrize("days", ["0", "31", "x"])
def test_days_are_one_to_thirty(days: str) -> None:
    got = Client(stage_with()).get(f"{PATH}/{HISTORY}", days=days)

    assert [loc for loc, _ in broken(got)] == [["query", "days"]]
