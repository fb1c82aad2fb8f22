"""The order in which scores were stored: what lets any process tell a client what has changed since it last heard.

`PK=` hour of writing, `SK={instant}#{ticker}#{article_id}` of the first of those that were stored together; kept as long as
the buckets that are kept shortest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from handlers.domain.buckets import SPANS, Score
from handlers.storage.items import Item, Store
from handlers.storage.stamps import instant, stamp

TABLE = "journal"
KEPT = min(span.retention for span in SPANS.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A score of `ticker` whose article is of `score_at` was stored at `stored_at`."""

    stored_at: datetime
    ticker: str
    score_at: datetime


@dataclass(frozen=True, slots=True)
class Journal:
    store: Store

    def between(self, after: datetime, until: datetime) -> Iterator[Entry]:
        """What was stored in [after, until], oldest first."""
        first, beyond = stamp(after), stamp(until + timedelta(microseconds=1))
        hour = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        while hour <= until:
            for item in self.store.query(TABLE, _partition(hour), start=first, end=beyond).items:
                yield from _entries(item)
            hour += timedelta(hours=1)


def entry(scores: Sequence[Score], stored_at: datetime) -> Item:
    """The item that says when scores, at least one, were stored; it belongs in the transaction that stores them."""
    said = sorted(scores, key=lambda score: (score.ticker, score.article_id))
    return {
        "PK": _partition(stored_at),
        "SK": f"{stamp(stored_at)}#{said[0].ticker}#{said[0].article_id}",
        "scores": [{"ticker": score.ticker, "at": stamp(score.at)} for score in said],
        "ttl": int((stored_at + KEPT + timedelta(hours=1)).timestamp()),
    }


def _partition(instant: datetime) -> str:
    return stamp(instant)[:13]


def _entries(item: Item) -> Iterator[Entry]:
    stored_at = instant(str(item["SK"]).partition("#")[0])
    for score in cast(list[dict[str, str]], item["scores"]):
        yield Entry(stored_at, score["ticker"], instant(score["at"]))
