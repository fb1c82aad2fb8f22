"""What a user's digest tells, collected: the watchlists that it covers and what was said of their symbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from handlers.domain.buckets import Bucket
from handlers.domain.summaries import HOUR, Summary, Watched, days_before, summary
from handlers.runtime.clock import Clock
from handlers.runtime.memory import Memory
from handlers.storage.buckets import Buckets
from handlers.storage.configurations import Configurations
from handlers.storage.items import Store
from handlers.storage.preferences import Preferences

KEPT: Final = timedelta(minutes=1)
MOST_KEPT: Final = 4096


def _memory() -> Memory[str, Summary]:
    return Memory(MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Digests:
    """Of many digests that one collects within a minute, each symbol is read once. Threads may share it."""

    store: Store
    clock: Clock
    _known: Memory[str, Summary] = field(default_factory=_memory)

    def of(self, user_id: str, preferences: Preferences) -> list[Watched]:
        """The covered watchlists that have symbols, newest first. Empty: nothing to tell."""
        active = Configurations(self.store).all(user_id)
        wanted = preferences.covering([each.config_id for each in active])
        covered = [each for each in active if wanted.covers(each.config_id) and each.draft.tickers]
        said = self._said({ticker.symbol for each in covered for ticker in each.draft.tickers})
        return [
            Watched(each.draft.name, tuple(said[ticker.symbol] for ticker in each.draft.tickers)) for each in covered
        ]

    def _said(self, tickers: Collection[str]) -> dict[str, Summary]:
        now = self.clock.now()
        said = {ticker: found for ticker in tickers if (found := self._known.get(ticker, now)) is not None}
        if missing := sorted(set(tickers) - said.keys()):
            read = self._read(missing, now)
            for ticker, found in read.items():
                self._known.keep(ticker, found, now + KEPT)
            said |= read
        return said

    def _read(self, tickers: Collection[str], now: datetime) -> dict[str, Summary]:
        """The hours of all of them at once: one call of the store, or a few where it takes a hundred keys."""
        first, _, end = days_before(now)
        hours = [first + n * HOUR for n in range((end - first) // HOUR)]
        found: dict[str, list[Bucket]] = defaultdict(list)
        for bucket in Buckets(self.store, self.clock).at((ticker, "1h", hour) for ticker in tickers for hour in hours):
            found[bucket.ticker].append(bucket)
        return {ticker: summary(ticker, found[ticker], now) for ticker in tickers}
