"""The order in which scores were stored: what lets any process tell a client what has changed since it last heard.

`PK=` hour of writing, `SK={instant}#{ticker}#{article_id}`; kept as long as the buckets that are kept shortest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.domain.buckets import SPANS, Score
from handlers.storage.items import Item, Store
from handlers.storage.stamps import stamp

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
                yield _entry(item)
            hour += timedelta(hours=1)


def entry(score: Score, stored_at: datetime) -> Item:
    """The item that says when a score was stored; it belongs in the transaction that stores the score."""
    return {
        "PK": _partition(stored_at),
        "SK": f"{stamp(stored_at)}#{score.ticker}#{score.article_id}",
        "ticker": score.ticker,
        "score_at": stamp(score.at),
        "ttl": int((stored_at + KEPT + timedelta(hours=1)).timestamp()),
    }


def _partition(instant: datetime) -> str:
    return stamp(instant)[:13]


def _entry(item: Item) -> Entry:
    stored_at, _, _ = str(item["SK"]).partition("#")
    score_at = datetime.fromisoformat(str(item["score_at"]))
    return Entry(datetime.fromisoformat(stored_at), str(item["ticker"]), score_at)
