"""What all operations on one watchlist have in common: its path, whose it is, and how fresh an answer about it is."""

from __future__ import annotations

from typing import Annotated

from models.fields import CacheStatus, Id, Provenance, Timestamp
from models.operation import Example, Given, Link, Path
from models.wire import Request, Response

PATH = "/api/v2/configurations"
ONE = f"{PATH}/{{config_id}}"
MAX_SYMBOLS = 5
MAX_ACTIVE = 2
"""Watchlists of one user at a time."""
RECORDED = "c0ffee00-1111-4222-8333-444455556666"
SOMEBODY_ELSES = "c0ffee01-1111-4222-8333-444455556666"
UNKNOWN = "c0ffee99-1111-4222-8333-444455556666"
EMPTY = "c0ffee02-1111-4222-8333-444455556666"
"""The full caller's watchlist without tickers."""
REFRESHED = "c0ffee03-1111-4222-8333-444455556666"
"""The full caller's watchlist that was refreshed two minutes ago."""

CACHE = "private, no-cache"
"""A watchlist changes by other paths than those that answer about it: asking whether an answer still holds is cheap."""

WATCHED_BY_MEMBER = "c0ffee01-1111-4222-8333-444455556666"
"""The member's watchlist, which is being refreshed."""
WATCHED_BY_OPERATOR = "c0ffee04-1111-4222-8333-444455556666"
"""The operator's watchlist, whose last refresh left something out."""
WATCHED_BY_UNADDRESSED = "c0ffee05-1111-4222-8333-444455556666"
"""The watchlist whose last refresh failed."""

BACK = Link("configuration", "getConfiguration", {"config_id": "$request.path.config_id"}, "The watchlist itself")


class OfWatchlist(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""


class Freshness(Response):
    """An answer about the sentiment of a watchlist, and how recent it is."""

    config_id: Id
    """The watchlist."""
    last_updated: Timestamp | None
    """Up to when the news of all the tickers that this is about are known. Of one ticker: when a source last told
    everything about it, or when its newest article appeared, whichever is later; of several the earliest. A source that
    failed has told nothing. Null if one of them was never collected, or if there are none."""
    next_refresh_at: Timestamp | None
    """When this counts as stale: 300 seconds after last_updated. Null with it."""
    cache_status: CacheStatus
    """refreshing while a refresh waits or runs, fresh until next_refresh_at, else stale; stale too while last_updated is
    null."""
    provenance: Provenance
    """recorded for the built-in market, live for real sources."""


def watching(*tickers: str, at: str | None = None, **changes: object) -> Given:
    """The recorded watchlist after its owner changed what it watches."""
    body = {"tickers": list(tickers), **changes}
    return Given(at=at, after=({"method": "PATCH", "path": f"{PATH}/{RECORDED}", "body": body},))


def not_found(**request: object) -> tuple[Example, ...]:
    """The watchlists that the anonymous caller cannot have."""
    deleted = Given(after=({"method": "DELETE", "path": f"{PATH}/{RECORDED}"},))
    return (
        Example("unknown", "an id that nobody has", 404, {"config_id": UNKNOWN, **request}),
        Example("somebody_elses", "the watchlist of somebody else", 404, {"config_id": SOMEBODY_ELSES, **request}),
        Example("deleted", "a deleted watchlist", 404, {"config_id": RECORDED, **request}, deleted),
    )
