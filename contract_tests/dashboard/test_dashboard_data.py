"""Articles by tag and what they add up to, against what was stored."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.dashboard._news import snippet
from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.sqlite import SqliteStore
from tools.events import HttpCall, Received, encoded_query
from tools.identities import enrol
from tools.stage import NOW, Stage

TAGS = ("deals", "earnings", "technology")
PATHS = {
    "/api/v2/metrics": "",
    "/api/v2/sentiment": "tags=technology",
    "/api/v2/trends": "tags=technology",
    "/api/v2/articles": "tags=technology",
}
law = settings(max_examples=20, deadline=None)


def ask(stage: Stage, path: str, **query: str) -> Received:
    return stage.call(HttpCall("GET", path, encoded_query(query)), caller="anonymous")


def read(stage: Stage, path: str, **query: str) -> Any:
    got = ask(stage, path, **query)
    assert got.status == 200, got.body
    return json.loads(got.body)


def story(number: int, ago: timedelta, tags: tuple[str, ...], score: float | None) -> Article:
    return Article(
        article_id=f"story-{number:02}",
        source="finnhub",
        headline=f"Story {number}",
        description="What it says.",
        url=f"https://news.example.com/{number}",
        source_name="The Wire",
        published_at=NOW - ago,
        tickers=("AAPL",),
        tags=tags,
        sentiment=score,
        provenance="recorded",
    )


stories = st.lists(
    st.tuples(
        st.integers(1, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
        st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True).map(tuple),
        st.none() | st.integers(-100, 100).map(lambda cents: cents / 100),
    ),
    max_size=14,
).map(lambda parts: [story(n, *part) for n, part in enumerate(parts)])


def stage_with(said: list[Article]) -> Stage:
    clock = FixedClock(NOW)
    store = SqliteStore(":memory:", clock)
    enrol(store, NOW)
    Articles(store).add_many(said)
    return Stage(clock=clock, store=store)


def judged(said: list[Article], since: timedelta) -> list[Article]:
    return [a for a in said if a.sentiment is not None and a.published_at >= NOW - since]


def labels(said: list[Article]) -> Counter[str]:
    return Counter(label_of(a.sentiment) for a in said if a.sentiment is not None)


@law
@given(stories, st.integers(1, 80))
def test_metrics_are_the_counts_of_the_articles_of_the_span(said: list[Article], hours: int) -> None:
    metrics = read(stage_with(said), "/api/v2/metrics", hours=str(hours))

    within = [a for a in said if a.published_at >= NOW - timedelta(hours=hours)]
    counted = judged(said, timedelta(hours=hours))
    assert metrics["total"] == len(counted)
    assert {name: metrics[name] for name in ("positive", "neutral", "negative")} == {
        name: labels(counted)[name] for name in ("positive", "neutral", "negative")
    }
    assert metrics["by_tag"] == Counter(tag for a in counted for tag in a.tags)
    assert list(metrics["by_tag"].values()) == sorted(metrics["by_tag"].values(), reverse=True)
    assert metrics["rate_last_hour"] == sum(a.published_at >= NOW - timedelta(hours=1) for a in said)
    assert metrics["rate_last_24h"] == sum(a.published_at >= NOW - timedelta(hours=24) for a in said)
    newest = sorted(within, key=lambda a: (a.published_at, a.article_id), reverse=True)
    assert [item["source_id"] for item in metrics["recent_items"]] == [a.article_id for a in newest]


def test_the_spans_of_metrics_begin_with_the_instant_that_long_ago() -> None:
    spans = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=24))
    said = [story(n, span, ("deals",), 0.5) for n, span in enumerate(spans)]
    metrics = read(stage_with(said), "/api/v2/metrics", hours="2")

    assert (metrics["total"], metrics["rate_last_hour"], metrics["rate_last_24h"]) == (2, 1, 3)


def test_metrics_show_at_most_twenty_recent_items() -> None:
    stage = stage_with([story(n, timedelta(minutes=n), ("deals",), 0.5) for n in range(1, 31)])
    metrics = read(stage, "/api/v2/metrics")

    assert [item["source_id"] for item in metrics["recent_items"]] == [f"story-{n:02}" for n in range(1, 21)]
    assert metrics["total"] == 30


def test_metrics_are_counted_anew_after_a_minute() -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    before = read(stage, "/api/v2/metrics")["rate_last_24h"]
    Articles(stage.store).add(story(1, timedelta(0), ("deals",), 0.5))
    clock.at = NOW + timedelta(seconds=59)
    remembered = read(stage, "/api/v2/metrics")["rate_last_24h"]
    clock.at = NOW + timedelta(seconds=60)

    assert remembered == before
    assert read(stage, "/api/v2/metrics")["rate_last_24h"] == before + 1


@law
@given(stories, st.lists(st.sampled_from(TAGS), min_size=1, max_size=3))
def test_sentiment_of_tags_are_the_shares_of_their_articles(said: list[Article], tags: list[str]) -> None:
    found = read(stage_with(said), "/api/v2/sentiment", tags=",".join(tags))

    counted = judged(said, timedelta(hours=24))
    assert list(found["tags"]) == list(dict.fromkeys(tags))
    for tag, shares in found["tags"].items():
        own = [a for a in counted if tag in a.tags]
        assert shares == {**fractions(own), "count": len(own)}
    every = [a for a in counted if set(a.tags) & set(tags)]
    assert (found["overall"], found["total_count"]) == (fractions(every), len(every))


def fractions(said: list[Article]) -> dict[str, float]:
    counts = labels(said)
    return {name: round(counts[name] / max(len(said), 1), 2) for name in ("positive", "neutral", "negative")}


@pytest.mark.parametrize(
    ("scores", "trend"),
    [
        ((0.5, 0.5, 0.5, 0.0, 0.0), "stable"),
        ((0.5, 0.5, 0.5, 0.5, -0.5), "improving"),
        ((-0.5, -0.5, 0.0, 0.0, 0.0), "stable"),
        ((-0.5, -0.5, -0.5, 0.5, 0.5), "declining"),
        ((), "stable"),
    ],
)
def test_the_trend_needs_more_than_sixty_percent_up_or_forty_down(scores: tuple[float, ...], trend: str) -> None:
    said = [story(n, timedelta(minutes=1), ("deals",), score) for n, score in enumerate(scores)]

    assert read(stage_with(said), "/api/v2/sentiment", tags="deals")["trend"] == trend


def test_a_span_has_its_start_and_not_its_end() -> None:
    stage = stage_with([story(n, timedelta(hours=n), ("deals",), 0.5) for n in (1, 2, 3)])
    found = read(stage, "/api/v2/sentiment", tags="deals", start="2024-12-02T12:00:00Z", end="2024-12-02T14:00:00Z")

    assert found["total_count"] == 2
    assert found["time_range"] == {"start": "2024-12-02T12:00:00Z", "end": "2024-12-02T14:00:00Z"}


def test_a_span_without_a_start_is_the_day_before_its_end_and_one_that_starts_in_the_future_is_refused() -> None:
    past = read(Stage(), "/api/v2/sentiment", tags="deals", end="2024-12-01T10:00:00Z")
    future = ask(Stage(), "/api/v2/sentiment", tags="deals", start="2024-12-02T15:00:01Z")

    assert past["time_range"]["start"] == "2024-11-30T10:00:00Z"
    assert future.status == 422
    assert json.loads(future.body)["detail"][0]["type"] == "range_reversed"


@law
@given(stories, st.sampled_from(["1h", "6h", "1d"]), st.sampled_from(["1h", "24h", "25h", "168h", "1d", "7d"]))
def test_points_lie_on_the_grid_and_drop_no_article(said: list[Article], interval: str, range_: str) -> None:
    found = read(stage_with(said), "/api/v2/trends", tags="deals,earnings", interval=interval, range=range_)

    length = {"1h": 3600, "6h": 6 * 3600, "1d": 86400}[interval]
    since = timedelta(hours=int(range_[:-1]) * (24 if range_.endswith("d") else 1))
    assert list(found) == ["deals", "earnings"]
    for tag, points in found.items():
        own = [a for a in judged(said, since) if tag in a.tags]
        starts = [datetime.fromisoformat(point["timestamp"]).timestamp() for point in points]
        assert sum(point["count"] for point in points) == len(own)
        assert all(start % length == 0 for start in starts)
        assert [later - start for start, later in pairwise(starts)] == [length] * (len(starts) - 1)
        assert starts[0] <= (NOW - since).timestamp() < starts[0] + length
        assert starts[-1] < NOW.timestamp() <= starts[-1] + length


def test_the_sentiment_of_a_point_runs_from_all_negative_to_all_positive() -> None:
    said = [
        *(story(n, timedelta(minutes=30), ("deals",), 0.5) for n in (1, 2)),
        *(story(n, timedelta(minutes=90), ("deals",), -0.5) for n in (3, 4)),
        *(story(5 + n, timedelta(minutes=150), ("deals",), score) for n, score in enumerate((0.5, 0.5, -0.5))),
    ]
    points = read(stage_with(said), "/api/v2/trends", tags="deals", range="4h")["deals"]

    assert [(point["sentiment"], point["count"]) for point in points] == [(0.5, 0), (0.67, 3), (0.0, 2), (1.0, 2)]


@pytest.mark.parametrize("range_", ["0h", "169h", "8d", "0d", "-1h", "24", "h", "1w", "024h", "24H"])
def test_a_range_that_is_none_is_refused(range_: str) -> None:
    got = ask(Stage(), "/api/v2/trends", tags="deals", range=range_)

    assert got.status == 422
    assert [item["type"] for item in json.loads(got.body)["detail"]] == ["string_pattern_mismatch"]


@law
@given(stories, st.sets(st.sampled_from(TAGS), min_size=1), st.integers(1, 16), st.sampled_from([None, "positive"]))
def test_pages_of_any_length_together_are_the_articles_newest_first(
    said: list[Article], tags: set[str], limit: int, sentiment: str | None
) -> None:
    stage = stage_with(said)
    query = {"tags": ",".join(sorted(tags)), "limit": str(limit), **({"sentiment": sentiment} if sentiment else {})}
    pages = [read(stage, "/api/v2/articles", **query)]
    while pages[-1]["next_cursor"] is not None:
        pages.append(read(stage, "/api/v2/articles", **query, cursor=pages[-1]["next_cursor"]))
    found = [article["source_id"] for page in pages for article in page["articles"]]

    wanted = [a for a in said if set(a.tags) & tags and (sentiment is None or labels([a])[sentiment])]
    wanted.sort(key=lambda a: (a.published_at, a.article_id), reverse=True)
    assert found == [a.article_id for a in wanted]
    assert all(len(page["articles"]) == limit for page in pages[:-1])
    assert pages[-1]["articles"] or not found


def test_a_cursor_of_articles_leads_on_in_its_own_list_only() -> None:
    stage = Stage()
    cursor = read(stage, "/api/v2/articles", tags="technology,internet", limit="2")["next_cursor"]
    statuses = [
        ask(stage, "/api/v2/articles", cursor=cursor, **query).status
        for query in (
            {"tags": "internet,Technology"},
            {"tags": "technology"},
            {"tags": "technology,internet", "sentiment": "positive"},
        )
    ]

    assert statuses == [200, 422, 422]


def test_an_article_says_where_it_comes_from_and_how_it_is_judged() -> None:
    said = story(7, timedelta(minutes=1), ("Deals",), -0.4)

    assert read(stage_with([said]), "/api/v2/articles", tags="DEALS")["articles"] == [
        {
            "source_id": "story-07",
            "timestamp": "2024-12-02T14:59:00Z",
            "title": "Story 7",
            "snippet": "What it says.",
            "url": "https://news.example.com/7",
            "source": "finnhub",
            "source_name": "The Wire",
            "tickers": ["AAPL"],
            "tags": ["deals"],
            "sentiment": "negative",
            "score": -0.4,
            "provenance": "recorded",
        }
    ]


@pytest.mark.parametrize("path", PATHS)
def test_only_callers_with_a_session_are_answered_and_no_shared_cache_keeps_it(path: str) -> None:
    stage = Stage()
    nobody = stage.call(HttpCall("GET", path, PATHS[path]))
    somebody = stage.call(HttpCall("GET", path, PATHS[path]), caller="member")

    assert (nobody.status, somebody.status) == (401, 200)
    assert (somebody.header("cache-control"), somebody.header("vary")) == (
        "private, max-age=60",
        "Authorization, X-User-ID",
    )


@pytest.mark.parametrize("tags", ["", "a,b,c,d,e,f", "two\nlines", "-deals", "deals,"])
def test_tags_that_are_none_or_too_many_are_refused(tags: str) -> None:
    assert [ask(Stage(), path, tags=tags).status for path in PATHS if path != "/api/v2/metrics"] == [422] * 3


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 199 + " y", "x" * 199 + "…"),
        ("x" * 150 + " " + "y" * 48 + " z", "x" * 150 + " " + "y" * 48 + "…"),
        ("x" * 150 + " " + "y" * 49 + " z", "x" * 150 + "…"),
        (" " + "x" * 200, " " + "x" * 198 + "…"),
    ],
)
def test_a_snippet_ends_after_the_last_word_that_fits_into_two_hundred_characters(text: str, cut: str) -> None:
    assert snippet(text) == cut
