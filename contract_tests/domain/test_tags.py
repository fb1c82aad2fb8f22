"""Articles counted by tag."""

from __future__ import annotations

from handlers.domain.tags import by_tag
from models.fields import SentimentLabel


def test_the_hundred_most_frequent_tags_are_counted_by_number_then_by_name_and_an_article_once() -> None:
    articles: list[tuple[SentimentLabel | None, list[str]]] = [
        *(("positive", [f"tag-{n:03}"]) for n in reversed(range(150))),
        ("neutral", ["tag-149", "tag-149"]),
        (None, ["tag-000"]),
    ]
    found = by_tag(articles)

    assert list(found.items()) == [("tag-149", 2), *((f"tag-{n:03}", 1) for n in range(99))]
