"""How far the prices of a watchlist range."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._prices import Prices
from handlers.dashboard._ranges import ranged
from handlers.dashboard._watched import symbols, watched
from handlers.domain.correlation import ARROWS
from handlers.domain.volatility import PERCENT_DIGITS, Volatility
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import watchlist_volatility as api

PRICE_DIGITS = 4


@serves(api.GET)
def get_configuration_volatility(
    request: api.GetConfigurationVolatility, caller: Caller, backend: Backend
) -> api.ConfigurationVolatility:
    configuration = watched(request.config_id, caller, backend)
    extended_hours = configuration.draft.include_extended_hours
    return api.ConfigurationVolatility(
        config_id=request.config_id,
        tickers=[_ticker(ticker, extended_hours, backend) for ticker in symbols(configuration)],
        provenance=backend.kept(Prices).provenance,
    )


def _ticker(ticker: str, extended_hours: bool, backend: Backend) -> api.TickerVolatility:
    found = ranged(ticker, extended_hours, backend)
    return api.TickerVolatility(
        symbol=ticker,
        atr=None if found.volatility is None else _range(found.volatility),
        includes_extended_hours=found.includes_extended_hours,
        updated_at=found.updated_at,
        source=found.source,
    )


def _range(found: Volatility) -> api.AverageTrueRange:
    return api.AverageTrueRange(
        value=round(found.value, PRICE_DIGITS),
        percent=None if found.percent is None else round(found.percent, PERCENT_DIGITS),
        period=14,
        trend=found.trend,
        trend_arrow=None if found.trend is None else ARROWS[found.trend],
        previous_value=None if found.previous is None else round(found.previous, PRICE_DIGITS),
    )
