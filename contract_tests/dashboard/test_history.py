"""Sentiment by day: each source's mean, all together by weight, and pages that are the whole range."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.buckets import Score
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.sqlite import SqliteStore
from tools.events import HttpCall, Received, encoded_query
from tools.identities import enrol
from tools.stage import NOW, Stage

PATH = "/api/v2/tickers/AAPL/sentiment/history"
TODAY = NOW.date()
SOURCES = ("finnhub", "our_model", "tiingo")


def ask(stage: Stage, path: str = PATH, caller: str = "anonymous", **query: str) -> Received:
    return stage.call(HttpCall("GET", path, encoded_query(query)), caller)


def read(stage: Stage, **query: str) -> Any:
    got = ask(stage, **query)
    assert got.status == 200, got.body
    return json.loads(got.body)


def stage_with(said: list[tuple[date, str, int]]) -> Stage:
    """A stage on which sources said something about AAPL on days, in ten-thousandths."""
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    enrol(store, NOW)
    Buckets(store, clock).record_many(
        Score("AAPL", datetime(day.year, day.month, day.day, 12, tzinfo=UTC), units, f"article-{n}", source)
        for n, (day, source, units) in enumerate(said)
    )
    return Stage(clock=clock, store=store)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_day_is_the_mean_of_a_source_with_how_much_its_articles_agree() -> None:
    page = read(stage_with([(TODAY, "tiingo", 8000), (TODAY, "tiingo", 2000)]), source="tiingo")

    # The variance of 0.8 and 0.2 is 0.09.
    day = {"date": str(TODAY), "score": 0.5, "source": "tiingo", "confidence": 0.955, "label": "positive"}
    assert (page["history"], page["count"]) == ([day], 1)


def test_together_sources_count_by_weight_among_those_that_spoke() -> None:
    said = [(ago(1), "finnhub", 8000), (ago(1), "tiingo", -5000), (TODAY, "our_model", 4000)]
    page = read(stage_with(said))

    # (0.40 * 0.8 - 0.25 * 0.5) / 0.65
    assert [(day["date"], day["score"], day["label"]) for day in page["history"]] == [
        (str(ago(1)), 0.3, "neutral"),
        (str(TODAY), 0.4, "positive"),
    ]
    # The variance of 0.8 and -0.5 is 0.4225; a single source has nobody to agree with.
    assert [day["confidence"] for day in page["history"]] == [0.7887, None]


def test_days_without_articles_are_absent() -> None:
    page = read(stage_with([(ago(5), "tiingo", 1), (ago(2), "tiingo", 1)]), range="1W")

    assert [day["date"] for day in page["history"]] == [str(ago(5)), str(ago(2))]
    assert (page["start_date"], page["end_date"]) == (str(ago(7)), str(TODAY))


@pytest.mark.parametrize(("range_", "days"), [("1W", 7), ("1M", 30), ("3M", 90), ("6M", 180), ("1Y", 365)])
def test_a_range_counts_back_from_today_inclusive_at_both_ends(range_: str, days: int) -> None:
    page = read(
        stage_with([(ago(days + 1), "tiingo", 1), (ago(days), "tiingo", 2), (TODAY, "tiingo", 3)]), range=range_
    )

    assert [day["date"] for day in page["history"]] == [str(ago(days)), str(TODAY)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12).map(ago), st.sampled_from(SOURCES), st.integers(-10_000, 10_000)), max_size=20
    ),
    st.sampled_from([*SOURCES, "aggregated"]),
    st.integers(1, 14),
)
def test_pages_of_any_length_together_are_the_whole_range(
    said: list[tuple[date, str, int]], source: str, limit: int
) -> None:
    stage = stage_with(said)
    whole = read(stage, source=source)
    pages = [read(stage, source=source, limit=str(limit))]
    while pages[-1]["next_cursor"] is not None:
        pages.append(read(stage, source=source, limit=str(limit), cursor=pages[-1]["next_cursor"]))

    assert [day for page in pages for day in page["history"]] == whole["history"]
    assert [day["date"] for day in whole["history"]] == sorted(
        {str(day) for day, name, _ in said if source in (name, "aggregated")}
    )
    assert all(page["count"] == len(page["history"]) == limit for page in pages[:-1])
    assert pages[-1]["history"] or not whole["history"]


def test_a_cursor_leads_on_in_its_own_list_only() -> None:
    stage = stage_with([(ago(n), "tiingo", n) for n in range(5)])
    cursor = read(stage, limit="2")["next_cursor"]

    for query in ({"source": "tiingo"}, {"range": "1W"}, {"start_date": "2024-11-01", "end_date": "2024-12-02"}):
        got = ask(stage, cursor=cursor, **query)
        assert (got.status, json.loads(got.body)["detail"][0]["type"]) == (422, "cursor_invalid")
    assert ask(stage, "/api/v2/tickers/MSFT/sentiment/history", cursor=cursor).status == 422
    assert ask(stage, cursor=cursor, caller="member").status == 200


def test_a_symbol_nobody_listed_is_not_found_and_nobody_is_not_answered() -> None:
    path = "/api/v2/tickers/ZZZZZ/sentiment/history"

    assert ask(Stage(), path).status == 404
    assert ask(Stage(), path, caller="nobody").status == 401


def test_a_source_that_said_nothing_has_no_days() -> None:
    page = read(Stage(), source="our_model")

    assert (page["history"], page["count"], page["next_cursor"]) == ([], 0, None)


def test_the_score_of_a_day_is_the_average_of_its_day_bucket() -> None:
    stage = Stage()
    bucket_page = stage.call(HttpCall("GET", "/api/v2/timeseries/AAPL", "resolution=24h&limit=30"))
    buckets = {bucket["timestamp"][:10]: bucket for bucket in json.loads(bucket_page.body)["buckets"]}
    days = {day["date"]: day for day in read(stage, source="tiingo")["history"]}

    alone = [at for at, bucket in buckets.items() if bucket["sources"] == ["tiingo"]]
    assert alone
    assert {at: days[at]["score"] for at in alone} == {at: buckets[at]["avg"] for at in alone}
