"""Price candles of one symbol."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handlers.assembly import Backend
from handlers.dashboard._listed import require_listed
from handlers.dashboard._prices import Asked, Found, Origin, Prices
from handlers.domain import calendar
from handlers.domain.candles import RANGE_DAYS, next_change
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from models.dashboard import candles as api
from models.refusals import MarketCalendarEnded, ServiceUnavailable

DAY_SECONDS = 86_400


@serves(api.GET)
def get_candles(request: api.GetCandles, caller: Caller, backend: Backend) -> Reply[api.CandleSeries]:
    require_listed(backend, request.ticker)
    try:
        return _answer(request, backend)
    except MarketCalendarEnded as error:
        # A code of its own would be new to the clients of an operation that is published.
        raise ServiceUnavailable(error.detail, DAY_SECONDS) from error


def _answer(request: api.GetCandles, backend: Backend) -> Reply[api.CandleSeries]:
    prices, now = backend.kept(Prices), backend.now()
    asked = _asked(request, calendar.local_date(now))
    found, origin = prices.read(asked)
    daily = asked._replace(resolution="D")
    if asked.resolution != "D" and found.expected and not found.rows:
        instead, origin_instead = prices.read(daily)
        if instead.rows:
            return _reply(request, prices, daily, instead, origin_instead, now)
    return _reply(request, prices, asked, found, origin, now)


def _asked(request: api.GetCandles, today: date) -> Asked:
    """The days of a request: its dates, or a range back from today that is cut to the cap of the resolution."""
    back = min(RANGE_DAYS[request.range], api.CAP_DAYS[request.resolution])
    first, last = request.dates() or (today - timedelta(days=back), today)
    return Asked(request.ticker, request.resolution, first, last)


def _reply(
    request: api.GetCandles, prices: Prices, asked: Asked, found: Found, origin: Origin, now: datetime
) -> Reply[api.CandleSeries]:
    headers = {
        "Cache-Control": f"public, max-age={prices.max_age(asked)}",
        "X-Cache-Source": origin,
        "X-Cache-Age": str(int((now - found.fetched_at).total_seconds())),
    }
    return Reply(_series(request, prices, asked, found, now), headers=headers)


def _series(request: api.GetCandles, prices: Prices, asked: Asked, found: Found, now: datetime) -> api.CandleSeries:
    falls_back = asked.resolution != request.resolution
    message = f"no {request.resolution}-minute candles of {asked.ticker} in this range; showing daily ones"
    return api.CandleSeries(
        ticker=asked.ticker,
        candles=found.rows,
        time_range=request.range if request.dates() is None else "custom",
        start_date=_day(found.rows[0]) if found.rows else None,
        end_date=_day(found.rows[-1]) if found.rows else None,
        count=len(found.rows),
        source=found.source,
        provenance=prices.provenance,
        cache_expires_at=next_change(now, asked.resolution).strftime("%Y-%m-%dT%H:%M:%SZ"),
        resolution=asked.resolution,
        resolution_fallback=falls_back,
        fallback_message=message if falls_back else None,
    )


def _day(row: api.Candle) -> str:
    """The New York day that a candle belongs to."""
    return str(calendar.local_date(datetime.fromisoformat(row["date"])))
