"""A story as it is told, stored and judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.fields import NewsSource, Provenance


@dataclass(frozen=True, slots=True)
class Article:
    """One story as one source carries it. `article_id` is unique across sources: each copy of a story has its own."""

    article_id: str
    source: NewsSource
    headline: str
    description: str
    url: str
    source_name: str
    """The publisher that the source names."""
    published_at: datetime
    tickers: tuple[str, ...]
    tags: tuple[str, ...]
    sentiment: float | None
    """The source's own score in -1..1; None when it gives none."""
    provenance: Provenance
