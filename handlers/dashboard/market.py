"""Whether the exchange is open."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.domain import calendar
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import market as api


@serves(api.GET_STATUS)
def get_market_status(request: api.GetMarketStatus, caller: Caller, backend: Backend) -> api.MarketStatus:
    now = backend.now()
    at = calendar.status(now)
    return api.MarketStatus(
        status=at.status,
        exchange="NYSE",
        current_time=now,
        market_open=at.market_open,
        market_close=at.market_close,
        next_open=at.next_open,
        reason=at.reason,
        is_extended_hours=at.is_extended_hours,
        is_holiday=at.is_holiday,
        holiday_name=at.holiday_name,
    )
