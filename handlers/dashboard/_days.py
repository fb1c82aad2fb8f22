"""Sentiment by day, of one source or of all together, as histories read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from handlers.domain import days
from handlers.domain.days import Opinion, SourceDay
from handlers.storage.days import Days
from models.fields import SentimentSource


def spoken(
    stored: Days, ticker: str, source: SentimentSource, first: date, last: date, limit: int, after: date | None = None
) -> list[list[SourceDay]]:
    """At most `limit` days of [first, last] on which something was said, oldest first; after `after` only.

    What each source said on a day, or the one that is asked for.
    """
    if source != "aggregated":
        return [[day] for day in stored.of_source(ticker, source, first, last, limit, after)]
    # The first `limit` days of each source hold the first `limit` days of all.
    found = [day for name in days.WEIGHTS for day in stored.of_source(ticker, name, first, last, limit, after)]
    return _by_day(found)[:limit]


def opinion(source: SentimentSource, spoke: Sequence[SourceDay]) -> Opinion:
    """What was thought by who spoke; ValueError if nobody did."""
    return days.aggregated(spoke) if source == "aggregated" else days.opinion(spoke[0])


def _by_day(found: Iterable[SourceDay]) -> list[list[SourceDay]]:
    ordered = sorted(found, key=lambda day: day.day)
    return [list(spoke) for _, spoke in groupby(ordered, key=lambda day: day.day)]
