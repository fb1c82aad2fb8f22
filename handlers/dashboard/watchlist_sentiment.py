"""Sentiment of a watchlist: what each source says about each of its tickers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from handlers.backend import Backend
from handlers.dashboard._periods import Periods, Span, Spoken, opinion
from handlers.dashboard._watched import freshness, symbols, watched
from handlers.domain.days import day_of
from handlers.domain.heatmap import span
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import watchlist_sentiment as api
from models.fields import SentimentSource

EVERY_SOURCE: tuple[SentimentSource, ...] = get_args(SentimentSource)


@serves(api.GET)
def get_configuration_sentiment(
    request: api.GetConfigurationSentiment, caller: Caller, backend: Backend
) -> api.ConfigurationSentiment:
    configuration = watched(request.config_id, caller, backend)
    tickers, over = symbols(configuration), span(configuration.draft.timeframe_days, day_of(backend.now()))
    sources = request.sources or EVERY_SOURCE
    return api.ConfigurationSentiment(
        config_id=request.config_id,
        tickers=[_ticker(ticker, over, sources, backend) for ticker in tickers],
        start_date=str(over[0]),
        end_date=str(over[1]),
        **freshness(request.config_id, tickers, backend)._asdict(),
    )


def _ticker(ticker: str, over: Span, sources: Sequence[SentimentSource], backend: Backend) -> api.TickerSentiment:
    (spoken,) = backend.kept(Periods).read(ticker, [over])
    return api.TickerSentiment(symbol=ticker, sentiment={source: _said(spoken, source) for source in sources})


def _said(spoken: Spoken, source: SentimentSource) -> api.SourceSentiment | None:
    found = opinion(spoken, source)
    if found is None:
        return None
    counted = [day for name, day in spoken.items() if source in (name, "aggregated")]
    return api.SourceSentiment(
        score=found.score,
        label=found.label,
        confidence=found.confidence,
        article_count=sum(day.count for day in counted),
        newest_day=str(max(day.day for day in counted)),
    )
