"""Sentiment of a ticker over whole periods, by source. Days that are over are remembered, today is always read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from handlers.backend import Backend
from handlers.domain import days
from handlers.domain.days import Opinion, SourceDay
from handlers.runtime.memory import Memory
from handlers.storage.days import Days
from models.fields import SentimentSource

KEPT = timedelta(seconds=60)
"""An article of an earlier day that comes late is seen after a minute at most."""

Span = tuple[date, date]
Spoken = Mapping[str, SourceDay]
"""Source → all it said in a period, as one day; who said nothing is absent."""


class Periods:
    """Reads periods for all requests of a process."""

    def __init__(self, backend: Backend) -> None:
        self._days = Days(backend.store)
        self._clock = backend.clock
        self.memory: Memory[tuple[str, tuple[Span, ...], date], list[Spoken]] = Memory()

    def read(self, ticker: str, spans: Sequence[Span]) -> list[Spoken]:
        """What the sources said in each span of days, both ends inclusive. Raises StoreUnavailable."""
        today = days.day_of(self._clock.now())
        said = self._said(ticker, today, today)
        past = self._past(ticker, tuple(spans), today)
        return [
            _joined(spoken, said) if first <= today <= last else spoken
            for (first, last), spoken in zip(spans, past, strict=True)
        ]

    def _past(self, ticker: str, spans: tuple[Span, ...], today: date) -> list[Spoken]:
        """The same of the days before today."""
        key, now = (ticker, spans, today), self._clock.now()
        known = self.memory.get(key, now)
        if known is None:
            found = self._said(ticker, min(first for first, _ in spans), today - timedelta(days=1))
            known = [_within(found, span) for span in spans]
            self.memory.keep(key, known, now + KEPT)
        return known

    def _said(self, ticker: str, first: date, last: date) -> dict[str, list[SourceDay]]:
        return {source: self._days.of_source(ticker, source, first, last) for source in days.WEIGHTS}


def opinion(spoken: Spoken, source: SentimentSource) -> Opinion | None:
    """What a source thought in a period, or all together; None if nothing was said."""
    if source == "aggregated":
        return days.aggregated(spoken.values()) if spoken else None
    return days.opinion(spoken[source]) if source in spoken else None


def score(spoken: Spoken, source: SentimentSource = "aggregated") -> float | None:
    """The score of that opinion."""
    found = opinion(spoken, source)
    return None if found is None else found.score


def _within(said: Mapping[str, Iterable[SourceDay]], span: Span) -> Spoken:
    first, last = span
    return _pooled({source: [day for day in found if first <= day.day <= last] for source, found in said.items()})


def _joined(spoken: Spoken, said: Mapping[str, Sequence[SourceDay]]) -> Spoken:
    return _pooled({source: [*found, *_one(spoken, source)] for source, found in said.items()})


def _one(spoken: Spoken, source: str) -> list[SourceDay]:
    return [spoken[source]] if source in spoken else []


def _pooled(said: Mapping[str, Iterable[SourceDay]]) -> Spoken:
    pooled = {source: days.pooled(found) for source, found in said.items()}
    return {source: day for source, day in pooled.items() if day is not None}
