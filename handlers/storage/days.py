"""Sentiment by day and source in the store. `Buckets` writes it, in the same transaction as the buckets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.domain.days import SourceDay, from_row
from handlers.storage.buckets import TABLE, day_partition
from handlers.storage.items import Store


@dataclass(frozen=True, slots=True)
class Days:
    store: Store

    def of_source(
        self, ticker: str, source: str, first: date, last: date, limit: int | None = None, after: date | None = None
    ) -> list[SourceDay]:
        """The days from `first` to `last`, both inclusive, on which a source spoke, oldest first; after `after` only."""
        until = (last + timedelta(days=1)).isoformat()
        position = None if after is None else after.isoformat()
        pk = day_partition(ticker, source)
        page = self.store.query(TABLE, pk, first.isoformat(), until, limit=limit, after=position)
        return [from_row(item) for item in page.items]
