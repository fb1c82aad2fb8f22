"""Sentiment of one ticker of a watchlist day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.backend import Backend
from handlers.dashboard._days import opinion, spoken
from handlers.dashboard._periods import Span
from handlers.dashboard._watched import freshness, symbols, watched
from handlers.domain.days import SourceDay, day_of
from handlers.domain.heatmap import span
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.days import Days
from models.dashboard import watchlist_history as api
from models.refusals import TickerNotWatched

Spoke = Sequence[SourceDay]


@serves(api.GET)
def get_configuration_ticker_history(
    request: api.GetConfigurationTickerHistory, caller: Caller, backend: Backend
) -> api.WatchedHistory:
    if request.ticker not in symbols(watched(request.config_id, caller, backend)):
        raise TickerNotWatched(f"{request.ticker} is not on this watchlist; add it with updateConfiguration")
    today, after = _position(request, backend)
    over = span(request.days, today)
    found = spoken(Days(backend.store), request.ticker, request.source, *over, request.limit + 1, after)
    page = found[: request.limit]
    next_cursor = _cursor(request, today, page[-1][0].day, backend) if len(found) > len(page) else None
    return _history(request, page, over, next_cursor, backend)


def _of(request: api.GetConfigurationTickerHistory) -> cursors.ListId:
    return (api.GET.id, request.config_id, request.ticker, request.source, str(request.days))


def _cursor(request: api.GetConfigurationTickerHistory, today: date, last: date, backend: Backend) -> str:
    # The day that the range counts back from goes along: the next page is of the same range, also after midnight.
    return cursors.sign(f"{today}/{last}", _of(request), backend.signing.current)


def _position(request: api.GetConfigurationTickerHistory, backend: Backend) -> tuple[date, date | None]:
    """The last day of the range, and the last one of the page before."""
    if request.cursor is None:
        return day_of(backend.now()), None
    found = cursors.read(request.cursor, _of(request), backend.signing.accepted(), api.CURSOR)
    today, _, after = found.partition("/")
    return date.fromisoformat(today), date.fromisoformat(after)


def _history(
    request: api.GetConfigurationTickerHistory,
    page: Sequence[Spoke],
    over: Span,
    next_cursor: str | None,
    backend: Backend,
) -> api.WatchedHistory:
    return api.WatchedHistory(
        config_id=request.config_id,
        ticker=request.ticker,
        source=request.source,
        history=[_row(request, spoke) for spoke in page],
        start_date=str(over[0]),
        end_date=str(over[1]),
        count=len(page),
        next_cursor=next_cursor,
        **freshness(request.config_id, [request.ticker], backend)._asdict(),
    )


def _row(request: api.GetConfigurationTickerHistory, spoke: Spoke) -> api.WatchedDay:
    day = opinion(request.source, spoke)
    return {
        "date": str(day.day),
        "score": day.score,
        "source": day.source,
        "confidence": day.confidence,
        "label": day.label,
        "article_count": sum(said.count for said in spoke),
    }
