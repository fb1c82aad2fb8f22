"""Sentiment of a watchlist as a matrix of colours."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from models.dashboard.watchlists import (
    BACK,
    CACHE,
    EMPTY,
    MAX_SYMBOLS,
    ONE,
    RECORDED,
    Freshness,
    OfWatchlist,
    not_found,
    watching,
)
from models.fields import Color, HeatmapPeriod, Score, Ticker
from models.operation import Example, Given, Level, Operation, Query, Returns
from models.refusals import ConfigurationNotFound
from models.wire import Response

View = Literal["sources", "timeperiods"]
CellSource = Literal["tiingo", "finnhub", "our_model"]
Range = Annotated[list[Score], MinLen(2), MaxLen(2)]


class GetConfigurationHeatmap(OfWatchlist):
    view: Annotated[Literal["sources", "timeperiods", "time_periods"], Query()] = "sources"
    """Whether the columns are sources or periods; time_periods is another spelling of timeperiods."""


class HeatmapCell(Response):
    """One cell: a ticker in a column."""

    source: CellSource | None
    """Whose sentiment; null in the view of periods, where all sources count together."""
    period: HeatmapPeriod | None
    """Over which days, counted back from today: none, 7, 30 or 90. Null in the view of sources, whose days are the watchlist's."""
    score: Score | None
    """The mean over these days, as histories have it; null where nothing was said."""
    color: Color | None
    """The colour of the score: green from 0.33 up, red from −0.33 down, else yellow. Null without a score."""


class HeatmapRow(Response):
    """The cells of one ticker."""

    ticker: Ticker
    """The symbol."""
    cells: Annotated[list[HeatmapCell], MinLen(3), MaxLen(4)]
    """One for each column: tiingo, finnhub, our_model, or today, 1w, 1m, 3m."""


class LegendEntry(Response):
    """What a colour means."""

    range: Range
    """The lowest and the highest score; where ranges meet, the score belongs to positive or negative."""
    color: Color
    """The colour."""


class Legend(Response):
    """What the colours mean."""

    positive: LegendEntry
    """Good news."""
    neutral: LegendEntry
    """No clear news."""
    negative: LegendEntry
    """Bad news."""


class Heatmap(Freshness):
    """A matrix: a row for each ticker, a column for each source or period."""

    view: View
    """What the columns are."""
    matrix: Annotated[list[HeatmapRow], MaxLen(MAX_SYMBOLS)]
    """One row for each ticker, in the owner's order."""
    legend: Legend | None
    """What the colours mean; null in the view of periods, where they mean the same."""


GET = Operation(
    "getConfigurationHeatmap",
    "GET",
    f"{ONE}/heatmap",
    GetConfigurationHeatmap,
    (
        Returns(
            200,
            Heatmap,
            "The matrix",
            example={
                "config_id": RECORDED,
                "view": "sources",
                "matrix": [
                    {
                        "ticker": "AAPL",
                        "cells": [
                            {"source": "tiingo", "period": None, "score": 0.4127, "color": "#22c55e"},
                            {"source": "finnhub", "period": None, "score": -0.05, "color": "#eab308"},
                            {"source": "our_model", "period": None, "score": None, "color": None},
                        ],
                    }
                ],
                "legend": {
                    "positive": {"range": [0.33, 1.0], "color": "#22c55e"},
                    "neutral": {"range": [-0.33, 0.33], "color": "#eab308"},
                    "negative": {"range": [-1.0, -0.33], "color": "#ef4444"},
                },
                "last_updated": "2024-12-02T14:58:00Z",
                "next_refresh_at": "2024-12-02T15:03:00Z",
                "cache_status": "fresh",
                "provenance": "recorded",
            },
            links=(BACK,),
        ),
    ),
    summary="Sentiment of a watchlist as colours",
    description=(
        "By source over the watchlist's timeframe_days, or by period for all sources together. Every cell is the real mean "
        "over its days: 1w is the same seven days and today as the range 1W of a history."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    cache=CACHE,
    etag=True,
    examples=(
        Example("sources", "a column for each source", 200, {"config_id": RECORDED}),
        Example("periods", "a column for each period", 200, {"config_id": RECORDED, "view": "timeperiods"}),
        Example("periods_too", "the other spelling", 200, {"config_id": RECORDED, "view": "time_periods"}),
        Example("no_tickers", "a watchlist without tickers", 200, {"config_id": EMPTY}, Given("full")),
        Example("red", "bad news of today", 200, {"config_id": RECORDED, "view": "timeperiods"}, watching("NVDA")),
        Example("judged", "what our model said", 200, {"config_id": RECORDED}, watching("DIS")),
        *not_found(),
    ),
)

OPERATIONS = (GET,)
