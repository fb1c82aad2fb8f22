"""Collecting a watchlist's news and prices anew."""

from __future__ import annotations

import math
from datetime import datetime

from handlers.backend import Backend
from handlers.dashboard._watched import symbols, watched
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.refreshes import INTERVAL, LeftOut, Refresh, Refreshes, TooSoon
from models.dashboard import watchlist_refresh as api
from models.refusals import RefreshTooSoon


@serves(api.REFRESH)
def refresh_configuration(
    request: api.RefreshConfiguration, caller: Caller, backend: Backend
) -> Reply[api.QueuedRefresh]:
    config_id, now = request.config_id, backend.now()
    tickers = symbols(watched(config_id, caller, backend))
    try:
        asked = Refreshes(backend.store).ask(config_id, tickers, backend.chance.uuid(), now)
    except TooSoon as error:
        raise _too_soon(error.possible_at, now) from error
    return Reply(_queued(asked), headers={"Location": f"/api/v2/configurations/{config_id}/refresh/status"})


@serves(api.GET_STATUS)
def get_refresh_status(request: api.GetRefreshStatus, caller: Caller, backend: Backend) -> api.RefreshStatus:
    watched(request.config_id, caller, backend)
    refresh, now = Refreshes(backend.store).of(request.config_id), backend.now()
    possible_at = _possible_at(refresh, now)
    return api.RefreshStatus(
        config_id=request.config_id,
        state="idle" if refresh is None else refresh.state,
        is_refreshing=refresh is not None and refresh.is_on_its_way,
        last_refresh=None if refresh is None else refresh.last_ended_at,
        last_outcome=None if refresh is None else refresh.last_outcome,
        left_out=[] if refresh is None else [_left_out(each) for each in refresh.last_left_out],
        next_possible_refresh=possible_at,
        refresh_interval_seconds=300,
        countdown_seconds=0 if possible_at is None else _seconds(possible_at, now),
    )


def _queued(refresh: Refresh) -> api.QueuedRefresh:
    took = refresh.last_took
    return api.QueuedRefresh(
        config_id=refresh.config_id,
        refresh_id=refresh.refresh_id,
        status="refresh_running" if refresh.state == "running" else "refresh_queued",
        requested_at=refresh.requested_at,
        estimated_completion=None if took is None else refresh.requested_at + took,
    )


def _left_out(found: LeftOut) -> api.LeftOut:
    return api.LeftOut(what=found.what, source=found.source, tickers=list(found.tickers))


def _possible_at(refresh: Refresh | None, now: datetime) -> datetime | None:
    """When another refresh may be asked for; None if at once, or if one is on its way."""
    if refresh is None or refresh.is_on_its_way or refresh.possible_at <= now:
        return None
    return refresh.possible_at


def _too_soon(possible_at: datetime, now: datetime) -> RefreshTooSoon:
    wait, interval = _seconds(possible_at, now), int(INTERVAL.total_seconds())
    return RefreshTooSoon(
        f"This watchlist was refreshed less than {interval} seconds ago; retry in {wait} seconds",
        {"Retry-After": str(wait)},
    )


def _seconds(until: datetime, now: datetime) -> int:
    """Rounded up: who waits so long does not come too early."""
    return math.ceil((until - now).total_seconds())
