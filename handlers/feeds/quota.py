"""Counts the requests that a source allows, for all processes together: each is taken before it is sent.

What the sources allow without a paid plan, and what jobs would ask in a day, each run taking what it wants:

| calls a day               | Tiingo, free    | Finnhub, free     | 13 tickers: Tiingo, Finnhub | 100 tickers: Tiingo, Finnhub |
|---------------------------|-----------------|-------------------|-----------------------------|------------------------------|
| allowed                   | 16 (500 a month)| 86,400 (60 a min.)|                             |                              |
| news, every five minutes  | 4               | all               | 576 (two calls), 3,744      | 2,880 (ten calls), 28,800    |
| candles, daily            | 9               | none: not allowed | 13                          | 100                          |
| candles within the day    | 1               | none: not allowed | 13                          | 100                          |
| quotes, 04:00–20:00 in NY | 2               | all               | 2,496                       | 19,200                       |

So free plans keep 13 tickers: candles of each every other day, news of Tiingo every few hours and of Finnhub in every run.
A hundred tickers need a plan of at least 200 candles a day; Finnhub's minute holds 60 of the 200 that a run then wants, so
that tickers take turns over four runs. Who has another plan says so by BELLWETHER_TIINGO_QUOTA, BELLWETHER_FINNHUB_QUOTA.

Jobs keep a pace: each use has its share of what is left, spent evenly over the rest of the period, so that neither one use
nor the first hours of a month leave nothing for the others. Requests of clients are not paced: somebody waits for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final, Literal, Protocol

from handlers.domain.quotas import Quota, Slot, period_of, slot_of
from handlers.feeds.port import FeedUnavailable, Paced
from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from handlers.runtime.settings import Settings
from models.fields import NewsSource

QUOTAS: Final[Mapping[NewsSource, Quota]] = {"tiingo": Quota(500, "month"), "finnhub": Quota(60, "minute")}

Use = Literal["news", "daily", "intraday", "quotes"]
SHARES: Final[Mapping[Use, float]] = {"news": 0.25, "daily": 0.6, "intraday": 0.05, "quotes": 0.1}
"""Alerts and volatility live on daily candles, which Finnhub's free plan lacks; news and quotes it has."""


class QuotaMemory(Protocol):
    """Where quotas are counted. Raises ServiceUnavailable when it does not answer: nothing may be sent then."""

    def take(self, source: str, start: datetime, end: datetime, limit: int) -> int | None:
        """How many of the period are taken with this one; None if all were before."""
        ...

    def used(self, source: str, start: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Meter:
    """The quota of one source. `use` is what a job asks it for; None for the requests of clients, which keep no pace."""

    source: NewsSource
    quota: Quota
    memory: QuotaMemory
    clock: Clock
    use: Use | None = None

    def keep_pace(self) -> None:
        """To be asked before a call, not before its repeats. Raises Paced where it comes too soon."""
        now = self.clock.now()
        slot = slot_of(self.quota, now)
        if self.use is not None and slot is not None:
            self._await_turn(self.use, slot, now)

    def take(self) -> None:
        """Takes one request. Raises FeedUnavailable until the next period when none is left."""
        now = self.clock.now()
        start, end = period_of(self.quota, now)
        used = self.memory.take(self.source, start, end, self.quota.limit)
        if used is None:
            raise self._used_up(ceil((end - now).total_seconds()))
        # Counting is exact, so of all processes exactly one says so.
        if used in (self.quota.warned_at, self.quota.limit):
            log.warning("quota", source=self.source, used=used, limit=self.quota.limit, period=self.quota.period)

    def used(self) -> int:
        """How many requests of the running period are taken."""
        start, _ = period_of(self.quota, self.clock.now())
        return self.memory.used(self.source, start)

    def _await_turn(self, use: Use, slot: Slot, now: datetime) -> None:
        """A share of what was left before this slot's own requests: so it does not shrink by being used."""
        counted = f"{self.source}#{use}"
        mine = self.memory.used(counted, slot.start)
        left = SHARES[use] * (self.quota.limit - self.used() + mine)
        allowed = slot.allowance(left, now)
        if mine >= allowed or self.memory.take(counted, slot.start, slot.end, allowed) is None:
            raise self._too_soon(use, ceil((slot.reaches(mine + 1, left) - now).total_seconds()))

    def _used_up(self, seconds: int) -> FeedUnavailable:
        return FeedUnavailable(self.source, seconds, f"its quota of {self.quota} is used up", counts=False)

    def _too_soon(self, use: Use, seconds: int) -> FeedUnavailable:
        return Paced(self.source, max(seconds, 1), f"its quota of {self.quota} is paced for {use}", counts=False)


def quotas_of(settings: Settings) -> dict[NewsSource, Quota]:
    """What the settings say of quotas, the free plans' where they say nothing."""
    given: dict[NewsSource, tuple[int, int] | None] = {
        "tiingo": settings.tiingo_quota,
        "finnhub": settings.finnhub_quota,
    }
    return dict(QUOTAS) | {source: Quota(*quota) for source, quota in given.items() if quota is not None}
