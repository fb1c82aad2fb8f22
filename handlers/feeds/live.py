"""The live feed: Tiingo and Finnhub behind their keys, circuits and quotas. Imported only where it is opened."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from threading import Lock
from typing import Final, NamedTuple

from handlers.domain.candles import Candle
from handlers.domain.circuits import CircuitState, retry_at
from handlers.domain.quotas import Period, Quota
from handlers.feeds import finnhub, tiingo
from handlers.feeds.breaker import Breaker, CircuitMemory
from handlers.feeds.failover import FailoverPrices
from handlers.feeds.http import Access, Api, Patience
from handlers.feeds.keys import Key
from handlers.feeds.opening import Feeds
from handlers.feeds.port import NewsFeed, PriceFeed, Quote
from handlers.feeds.quota import QUOTAS, Meter, QuotaMemory, Use
from handlers.runtime.clock import Clock, SystemClock
from handlers.runtime.log import log
from models.fields import CandleResolution, NewsSource

PRIORITY: Final[tuple[NewsSource, ...]] = ("tiingo", "finnhub")
ACCESS: Final[Mapping[NewsSource, Access]] = {"tiingo": tiingo.access(), "finnhub": finnhub.access()}


class Shared(NamedTuple):
    """What all processes know together."""

    circuits: CircuitMemory
    quotas: QuotaMemory


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source is doing. `retry_at` is None while it may be asked; `used` of `limit` requests are taken in this period."""

    source: NewsSource
    circuit: CircuitState
    retry_at: datetime | None
    used: int
    limit: int
    period: Period


class LiveFeeds(Feeds):
    """The real world. Each source is opened at its first use, and what is shared only then."""

    def __init__(
        self,
        keys: Mapping[NewsSource, Key],
        shared: Callable[[], Shared],
        clock: Clock | None = None,
        jitter: Callable[[], float] = random.random,
        patience: Patience | None = None,
        access: Mapping[NewsSource, Access] = ACCESS,
        quotas: Mapping[NewsSource, Quota] = QUOTAS,
    ) -> None:
        self._keys = keys
        self._shared = shared
        self._clock = clock or SystemClock()
        self._jitter = jitter
        self._patience = patience
        self._access = access
        self._quotas = quotas
        self._missed: set[NewsSource] = set()
        self._lock = Lock()

    @property
    def sources(self) -> tuple[NewsSource, ...]:
        """Those with a key. Without any both are named, and say why they are unavailable.

        Half of the sources is enough to work, but somebody should know: what lacks its key is logged, once for a process.
        """
        found = tuple(source for source in PRIORITY if self._keys[source].is_set())
        self._tell_missing([source for source in PRIORITY if source not in found])
        return found or PRIORITY

    def _tell_missing(self, missing: Sequence[NewsSource]) -> None:
        with self._lock:
            new = [source for source in missing if source not in self._missed]
            self._missed.update(new)
        for source in new:
            log.warning("degraded: a source has no key", source=source)
        if new and len(missing) == len(PRIORITY):
            log.error("no source has a key; news and prices answer 503", sources=list(missing))

    @property
    def prices(self) -> PriceFeed:
        return FailoverPrices(self.price_sources)

    @property
    def price_sources(self) -> tuple[PriceFeed, ...]:
        return tuple(_prices(self._of(source)) for source in self.sources)

    @property
    def collected_prices(self) -> tuple[PriceFeed, ...]:
        return tuple(PacedPrices(source, partial(self._for, source)) for source in self.sources)

    def news(self, source: NewsSource) -> NewsFeed:
        """Nobody but jobs asks for news."""
        api = self._for(source, "news")
        return tiingo.TiingoNews(api) if source == "tiingo" else finnhub.FinnhubNews(api)

    def status(self) -> list[SourceStatus]:
        return [self._status(api) for api in (self._tiingo, self._finnhub)]

    def close(self) -> None:
        for api in (self.__dict__.get("_tiingo"), self.__dict__.get("_finnhub")):
            if api is not None:
                api.close()

    def _of(self, source: NewsSource) -> Api:
        return self._tiingo if source == "tiingo" else self._finnhub

    def _for(self, source: NewsSource, use: Use) -> Api:
        """A source as jobs ask it: at a pace."""
        api = self._of(source)
        return api.on(replace(api.meter, use=use))

    @cached_property
    def _tiingo(self) -> Api:
        return self._api("tiingo")

    @cached_property
    def _finnhub(self) -> Api:
        return self._api("finnhub")

    def _api(self, source: NewsSource) -> Api:
        shared = self._shared()
        breaker = Breaker(source, shared.circuits, self._clock)
        meter = Meter(source, self._quotas[source], shared.quotas, self._clock)
        return Api(self._access[source], self._keys[source], breaker, meter, self._clock, self._jitter, self._patience)

    def _status(self, api: Api) -> SourceStatus:
        circuit, quota = api.breaker.memory.read(api.source), api.meter.quota
        return SourceStatus(api.source, circuit.state, retry_at(circuit), api.meter.used(), quota.limit, quota.period)


class PacedPrices:
    """PriceFeed for jobs: each kind of candles and the quotes have their own share of the quota."""

    def __init__(self, source: NewsSource, asked_for: Callable[[Use], Api]) -> None:
        self.source = source
        self._asked_for = asked_for

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        feed = _prices(self._asked_for("daily" if resolution == "D" else "intraday"))
        return feed.candles(symbol, resolution, start, until)

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        return _prices(self._asked_for("quotes")).quote(symbol, at)


def _prices(api: Api) -> PriceFeed:
    return tiingo.TiingoPrices(api) if api.source == "tiingo" else finnhub.FinnhubPrices(api)
