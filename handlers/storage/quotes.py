"""The latest quotes of each source, beside its candles: what is known of a price while no source answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from handlers.storage.candles import TABLE
from handlers.storage.items import Item, Key, Store
from handlers.storage.stamps import expiry, instant, stamp
from models.fields import NewsSource, Provenance

KEPT = timedelta(days=7)


class StoredQuote(NamedTuple):
    """What a source said of a symbol's price; `at` is when `last` was made."""

    ticker: str
    source: NewsSource
    last: float
    bid: float | None
    ask: float | None
    previous_close: float | None
    at: datetime
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Quotes:
    """`PK={ticker}#{source}`, `SK=quote`."""

    store: Store

    def of(self, ticker: str, source: NewsSource) -> StoredQuote | None:
        item = cast("dict[str, Any] | None", self.store.get(_key(ticker, source)))
        if item is None:
            return None
        prices = (item["last"], item["bid"], item["ask"], item["previous_close"])
        return StoredQuote(ticker, source, *prices, instant(item["at"]), item["provenance"])

    def keep(self, quote: StoredQuote) -> None:
        """Raises StoreUnavailable."""
        key = _key(quote.ticker, quote.source)
        prices: Item = {
            "last": quote.last,
            "bid": quote.bid,
            "ask": quote.ask,
            "previous_close": quote.previous_close,
        }
        more: Item = {"at": stamp(quote.at), "provenance": quote.provenance, "ttl": expiry(quote.at + KEPT)}
        self.store.put(TABLE, {"PK": key.pk, "SK": key.sk, **prices, **more})


def _key(ticker: str, source: NewsSource) -> Key:
    return Key(TABLE, f"{ticker}#{source}", "quote")
