"""Watchlists as the operations on one of them find it, and how fresh what is known of their tickers is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, get_args

from handlers.backend import Backend
from handlers.gate.callers import Caller
from handlers.storage.buckets import Buckets
from handlers.storage.configurations import Configuration, Configurations
from handlers.storage.progress import Progress, Reached
from handlers.storage.refreshes import Refresh, Refreshes
from models.fields import CacheStatus, NewsSource, Provenance
from models.refusals import ConfigurationNotFound

FRESH = timedelta(seconds=300)
SOURCES: tuple[NewsSource, ...] = get_args(NewsSource)


class Fresh(NamedTuple):
    """The fields of `Freshness`."""

    last_updated: datetime | None
    next_refresh_at: datetime | None
    cache_status: CacheStatus
    provenance: Provenance


def watched(config_id: str, caller: Caller, backend: Backend) -> Configuration:
    """An active watchlist of the caller. Raises `ConfigurationNotFound`."""
    found = Configurations(backend.store).get(caller.user_id, config_id)
    if found is None:
        raise ConfigurationNotFound
    return found


def symbols(configuration: Configuration) -> list[str]:
    """The tickers of a watchlist, in the owner's order."""
    return [ticker.symbol for ticker in configuration.draft.tickers]


def freshness(config_id: str, tickers: Sequence[str], backend: Backend) -> Fresh:
    """How recent what is known of tickers is, that of the one least known, and whether their watchlist is being refreshed."""
    refresh, collected = Refreshes(backend.store).of(config_id), [Progress(backend.store).of(each) for each in SOURCES]
    known = [until for ticker in tickers if (until := _until(ticker, collected, backend)) is not None]
    updated = min(known, default=None) if len(known) == len(tickers) else None
    expires = None if updated is None else updated + FRESH
    provenance: Provenance = "recorded" if backend.settings.feed == "recorded" else "live"
    return Fresh(updated, expires, _status(refresh, expires, backend.now()), provenance)


def _until(ticker: str, collected: Sequence[Reached], backend: Backend) -> datetime | None:
    """Up to when a ticker is known; None if nothing was ever collected about it."""
    untils = [reached.untils[ticker] for reached in collected if ticker in reached.untils]
    return max([*untils, *_heard(ticker, backend)], default=None)


def _heard(ticker: str, backend: Backend) -> list[datetime]:
    """When the newest article about a ticker that was counted appeared, if there is one."""
    stretch = Buckets(backend.store, backend.clock).newest(ticker, "24h", 1)
    bucket = stretch.open or (stretch.complete[-1] if stretch.complete else None)
    # Sources date some articles ahead; nothing is known of what has not been.
    return [] if bucket is None else [min(bucket.last.at, backend.now())]


def _status(refresh: Refresh | None, expires: datetime | None, now: datetime) -> CacheStatus:
    if refresh is not None and refresh.is_on_its_way:
        return "refreshing"
    return "fresh" if expires is not None and now < expires else "stale"
