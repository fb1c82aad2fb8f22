"""An article is stored once and found newest first, by tag, ticker and day, until it expires."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import MIDNIGHT
from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore
from models.fields import SentimentLabel

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
TAGS = ("deals", "earnings", "technology")
law = settings(max_examples=25, deadline=None)


def article(
    name: str, ago: timedelta = timedelta(0), tags: tuple[str, ...] = ("deals",), score: float | None = 0.5
) -> Article:
    return Article(
        article_id=name,
        source="tiingo",
        headline=f"Headline of {name}",
        description="What it says.",
        url=f"https://news.example.com/{name}",
        source_name="The Wire",
        published_at=NOW - ago,
        tickers=("AAPL", "MSFT"),
        tags=tags,
        sentiment=score,
        provenance="recorded",
    )


def fresh(clock: FixedClock | None = None) -> Articles:
    return Articles(SqliteStore(":memory:", clock or FixedClock(NOW)))


@st.composite
def stories(draw: st.DrawFn) -> list[Article]:
    """Articles of half a day, some at the same instant, with one to three tags."""
    return [
        article(
            f"story-{number:02}",
            timedelta(milliseconds=draw(st.integers(0, 20)) * 2_100_000),
            tuple(draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True))),
            draw(st.none() | st.integers(-100, 100).map(lambda cents: cents / 100)),
        )
        for number in range(draw(st.integers(0, 14)))
    ]


def newest_first(found: list[Article]) -> list[str]:
    return [a.article_id for a in sorted(found, key=lambda a: (a.published_at, a.article_id), reverse=True)]


@law
@given(
    stories(),
    st.lists(st.sampled_from(TAGS), min_size=1, max_size=3),
    st.none() | st.sampled_from(["positive", "neutral", "negative"]),
    st.integers(1, 16),
)
def test_pages_of_any_length_together_are_the_articles_with_any_of_the_tags(
    said: list[Article], tags: list[str], label: SentimentLabel | None, limit: int
) -> None:
    stored = fresh()
    stored.add_many(said)
    pages = [stored.tagged(tags, limit, label)]
    while pages[-1][1] is not None:
        pages.append(stored.tagged(tags, limit, label, pages[-1][1]))
    found = [a.article_id for page, _ in pages for a in page]

    wanted = [
        a
        for a in said
        if set(a.tags) & set(tags) and (label is None or (a.sentiment is not None and label_of(a.sentiment) == label))
    ]
    assert found == newest_first(wanted)
    assert all(len(page) == limit for page, _ in pages[:-1])
    assert pages[-1][0] or not found


@law
@given(stories())
def test_adding_each_or_many_or_again_gives_the_same_lists(said: list[Article]) -> None:
    each, many = fresh(), fresh()
    first = [each.add(one) for one in said]
    again = [each.add(one) for one in said]
    many.add_many(said + said)

    assert first == [True] * len(said)
    assert again == [False] * len(said)
    assert many.about(["MSFT"], 100) == each.about(["MSFT"], 100)
    assert many.tagged(TAGS, 100) == each.tagged(TAGS, 100)


@law
@given(stories(), st.integers(0, 13), st.integers(0, 13))
def test_mentions_of_a_span_are_its_articles_oldest_first(said: list[Article], one: int, other: int) -> None:
    stored = fresh()
    stored.add_many(said)
    start, end = sorted(NOW - timedelta(hours=hours) for hours in (one, other))
    found = [mention.position.partition("#")[2] for mention in stored.mentions(start, end)]

    assert found == newest_first([a for a in said if start <= a.published_at < end])[::-1]


def test_an_article_comes_back_as_it_was_stored() -> None:
    stored = fresh()
    stored.add(article("one"))

    assert stored.get("one") == article("one")
    assert stored.get("two") is None


def test_a_score_is_kept_with_four_decimals() -> None:
    stored = fresh()
    stored.add(article("one", score=0.123_456))
    found = stored.get("one")

    assert found is not None
    assert found.sentiment == 0.1235


def test_articles_of_one_second_are_in_the_order_of_their_microseconds() -> None:
    stored = fresh()
    for name, ago in (("whole", 1_000_000), ("half", 500_000), ("last", 1)):
        stored.add(article(name, timedelta(microseconds=ago)))

    assert [a.article_id for a in stored.tagged(["deals"], 10)[0]] == ["last", "half", "whole"]


def test_tags_are_kept_in_lower_case() -> None:
    stored = fresh()
    stored.add(article("one", tags=("Deals",)))

    assert [a.tags for a in stored.tagged(["deals"], 10)[0]] == [("deals",)]


@pytest.mark.parametrize(("later", "found"), [(timedelta(seconds=-1), 1), (timedelta(0), 0)])
def test_an_article_is_forgotten_after_thirty_days(later: timedelta, found: int) -> None:
    clock = FixedClock(NOW)
    stored = fresh(clock)
    stored.add(article("one"))
    clock.at = NOW + timedelta(days=30) + later

    assert len(stored.tagged(["deals"], 10)[0]) == found
    assert len(list(stored.mentions(NOW, clock.at))) == found
    assert (stored.get("one") is not None) == bool(found)


def test_every_engine_stores_an_article_once(store: Store, engine: str) -> None:
    stored = Articles(store)
    tag = f"tag-of-{engine}-{MIDNIGHT:%H}"
    one = article("engine", NOW - MIDNIGHT, (tag,))
    stored.add(one)
    again = stored.add(one)

    assert not again
    assert stored.tagged([tag], 10) == ([one], None)
