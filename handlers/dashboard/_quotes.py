"""Quotes as they are answered: from the memory of the process, else as jobs left them in the store, else from a source."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

from handlers.backend import Backend
from handlers.feeds.failover import first_answer
from handlers.feeds.port import FeedUnavailable, Quote
from handlers.runtime.log import log
from handlers.runtime.memory import Memory
from handlers.storage.quotes import Quotes as Stored
from handlers.storage.quotes import StoredQuote
from models.fields import NewsSource

KEPT = timedelta(seconds=60)
"""Quotes move by the minute."""
RECENT = timedelta(minutes=5)
"""How old a price in the store may be that is answered without asking a source for a newer one."""
SOURCES: tuple[NewsSource, ...] = get_args(NewsSource)

Answer = tuple[NewsSource, Quote | None]


class Quotes:
    """Reads quotes for all requests of a process."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._provenance = "recorded" if backend.settings.feed == "recorded" else "live"
        self.memory: Memory[tuple[str, datetime], Answer] = Memory()

    def read(self, ticker: str, at: datetime) -> Answer:
        """Who says so, and the last price at an instant, up to a minute old; None if it has none.

        Raises FeedUnavailable if no source answers and the store has no price, and StoreUnavailable.
        """
        now = self._backend.now()
        # All instants of a minute are one question: otherwise nothing would ever be asked twice.
        key = (ticker, at.replace(second=0, microsecond=0))
        known = self.memory.get(key, now)
        if known is None:
            known = self._found(ticker, at)
            self.memory.keep(key, known, now + KEPT)
        return known

    def _found(self, ticker: str, at: datetime) -> Answer:
        stored = self._stored(ticker, at)
        if stored is not None and at - stored.at <= RECENT:
            return stored.source, _quote(stored)
        try:
            return first_answer(self._backend.feeds.price_sources, lambda feed: feed.quote(ticker, at))
        except FeedUnavailable as error:
            if stored is None:
                raise
            log.warning("an older quote stands in", ticker=ticker, reason=error.reason)
            return stored.source, _quote(stored)

    def _stored(self, ticker: str, at: datetime) -> StoredQuote | None:
        """The newest price in the store that was made by an instant."""
        kept = (Stored(self._backend.store).of(ticker, source) for source in SOURCES)
        found = [quote for quote in kept if quote is not None and self._may_be_told(quote, at)]
        return max(found, key=lambda quote: quote.at, default=None)

    def _may_be_told(self, quote: StoredQuote, at: datetime) -> bool:
        return quote.at <= at and quote.provenance == self._provenance


def _quote(kept: StoredQuote) -> Quote:
    return Quote(kept.ticker, kept.last, kept.bid, kept.ask, kept.previous_close, kept.at, kept.provenance)
