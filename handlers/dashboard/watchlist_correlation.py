"""Whether sentiment and volatility of a watchlist move together."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._periods import Periods, Span, score
from handlers.dashboard._ranges import ranged
from handlers.dashboard._watched import freshness, symbols, watched
from handlers.domain import correlation
from handlers.domain.days import day_of
from handlers.domain.heatmap import span
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import watchlist_correlation as api
from models.fields import Trend


@serves(api.GET)
def get_configuration_correlation(
    request: api.GetConfigurationCorrelation, caller: Caller, backend: Backend
) -> api.ConfigurationCorrelation:
    configuration = watched(request.config_id, caller, backend)
    tickers, draft = symbols(configuration), configuration.draft
    halves = correlation.halves(*span(draft.timeframe_days, day_of(backend.now())))
    return api.ConfigurationCorrelation(
        config_id=request.config_id,
        tickers=[_ticker(ticker, halves, draft.include_extended_hours, backend) for ticker in tickers],
        **freshness(request.config_id, tickers, backend)._asdict(),
    )


def _ticker(ticker: str, halves: tuple[Span, Span], extended_hours: bool, backend: Backend) -> api.TickerCorrelation:
    earlier, recent = map(score, backend.kept(Periods).read(ticker, halves))
    found = ranged(ticker, extended_hours, backend).volatility
    trends = correlation.sentiment_trend(earlier, recent), None if found is None else found.trend
    return api.TickerCorrelation(symbol=ticker, correlation=_correlation(*trends))


def _correlation(sentiment: Trend | None, volatility: Trend | None) -> api.Correlation:
    return api.Correlation(
        sentiment_trend=None if sentiment is None else correlation.ARROWS[sentiment],
        volatility_trend=None if volatility is None else correlation.ARROWS[volatility],
        interpretation=correlation.interpretation(sentiment, volatility),
        description=correlation.described(sentiment, volatility),
    )
