"""How far each source has been collected, so that a run looks back to the last one that worked and no further."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from handlers.storage.items import Item, Key, Store
from handlers.storage.stamps import expiry, instant, stamp

TABLE = "articles"
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that a source published about a ticker before its instant has been collected."""

    untils: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """`PK=PROGRESS`, `SK={source}`."""

    store: Store

    def of(self, source: str) -> Reached:
        item = cast("dict[str, Any] | None", self.store.get(_key(source)))
        reached = {} if item is None else item["reached"]
        return Reached({ticker: instant(until) for ticker, until in reached.items()})

    def reached(self, source: str, until: datetime, tickers: Collection[str], watched: Collection[str]) -> None:
        """Some of the watched tickers were collected up to an instant; of those that nobody watches nothing is kept.

        Raises StoreUnavailable: then the next run looks back further, and finds what it knows.
        """
        untils = {**self.of(source).untils, **dict.fromkeys(tickers, until)}
        key = _key(source)
        item: Item = {
            "PK": key.pk,
            "SK": key.sk,
            "reached": {ticker: stamp(untils[ticker]) for ticker in sorted(watched) if ticker in untils},
            "ttl": expiry(until + KEPT),
        }
        self.store.put(TABLE, item)


def _key(source: str) -> Key:
    return Key(TABLE, "PROGRESS", source)
