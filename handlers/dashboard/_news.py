"""Articles as they are answered."""

from __future__ import annotations

from datetime import UTC

from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from models.dashboard.articles import NewsArticle

SNIPPET_CHARACTERS = 200


def row(article: Article) -> NewsArticle:
    score = article.sentiment
    return {
        "source_id": article.article_id,
        "timestamp": article.published_at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z",
        "title": article.headline,
        "snippet": snippet(article.description),
        "url": article.url,
        "source": article.source,
        "source_name": article.source_name,
        "tickers": list(article.tickers),
        "tags": list(article.tags),
        "sentiment": None if score is None else label_of(score),
        "score": score,
        "provenance": article.provenance,
    }


def snippet(text: str) -> str:
    """The text, cut after the last word that leaves room for an ellipsis in 200 characters."""
    if len(text) <= SNIPPET_CHARACTERS:
        return text
    cut = text[:SNIPPET_CHARACTERS]
    return (cut.rpartition(" ")[0] or cut[:-1]) + "…"
