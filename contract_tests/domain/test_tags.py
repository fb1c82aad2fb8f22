"""Articles counted by tag and by label."""

from __future__ import annotations

from collections import Counter

import pytest

from handlers.domain.tags import Tally, by_tag
from models.fields import SentimentLabel


def test_the_hundred_most_frequent_tags_are_counted_by_number_then_by_name_and_an_article_once() -> None:
    articles: list[tuple[SentimentLabel | None, list[str]]] = [
        *(("positive", [f"tag-{n:03}"]) for n in reversed(range(150))),
        ("neutral", ["tag-149", "tag-149"]),
        (None, ["tag-000"]),
    ]
    found = by_tag(articles)

    assert list(found.items()) == [("tag-149", 2), *((f"tag-{n:03}", 1) for n in range(99))]


@pytest.mark.parametrize(
    ("positive", "negative", "trend"),
    [(600, 400, "stable"), (601, 399, "improving"), (599, 401, "declining"), (600, 0, "stable")],
)
def test_the_trend_is_that_of_the_counts_and_not_of_rounded_shares(positive: int, negative: int, trend: str) -> None:
    neutral = 1000 - positive - negative
    labels: Counter[SentimentLabel] = Counter({"positive": positive, "negative": negative, "neutral": neutral})

    assert Tally(labels).trend == trend
