"""Sentiment of a watchlist as a matrix of colours."""

from __future__ import annotations

from datetime import date
from typing import get_args

from handlers.backend import Backend
from handlers.dashboard._periods import Periods, score
from handlers.dashboard._watched import freshness, symbols, watched
from handlers.domain.days import day_of
from handlers.domain.heatmap import COLORS, PERIOD_DAYS, RANGES, color_of, span
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.configurations import Configuration
from models.dashboard import watchlist_heatmap as api
from models.fields import SentimentLabel

COLUMNS: tuple[api.CellSource, ...] = get_args(api.CellSource)


@serves(api.GET)
def get_configuration_heatmap(request: api.GetConfigurationHeatmap, caller: Caller, backend: Backend) -> api.Heatmap:
    configuration = watched(request.config_id, caller, backend)
    by_source = request.view == "sources"
    return api.Heatmap(
        config_id=request.config_id,
        view="sources" if by_source else "timeperiods",
        matrix=_matrix(configuration, by_source, backend),
        legend=_legend() if by_source else None,
        **freshness(request.config_id, symbols(configuration), backend)._asdict(),
    )


def _matrix(configuration: Configuration, by_source: bool, backend: Backend) -> list[api.HeatmapRow]:
    periods, today, days = backend.kept(Periods), day_of(backend.now()), configuration.draft.timeframe_days
    return [
        api.HeatmapRow(
            ticker=ticker,
            cells=_sources(periods, ticker, today, days) if by_source else _periods(periods, ticker, today),
        )
        for ticker in symbols(configuration)
    ]


def _sources(periods: Periods, ticker: str, today: date, days: int) -> list[api.HeatmapCell]:
    (spoken,) = periods.read(ticker, [span(days, today)])
    scores = {source: score(spoken, source) for source in COLUMNS}
    return [
        api.HeatmapCell(source=source, period=None, score=found, color=color_of(found))
        for source, found in scores.items()
    ]


def _periods(periods: Periods, ticker: str, today: date) -> list[api.HeatmapCell]:
    found = map(score, periods.read(ticker, [span(days, today) for days in PERIOD_DAYS.values()]))
    return [
        api.HeatmapCell(source=None, period=period, score=mean, color=color_of(mean))
        for period, mean in zip(PERIOD_DAYS, found, strict=True)
    ]


def _legend() -> api.Legend:
    return api.Legend(positive=_entry("positive"), neutral=_entry("neutral"), negative=_entry("negative"))


def _entry(label: SentimentLabel) -> api.LegendEntry:
    return api.LegendEntry(range=list(RANGES[label]), color=COLORS[label])
