"""Sentiment of one ticker day by day."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.assembly import Backend
from handlers.dashboard._days import opinion, spoken
from handlers.dashboard._listed import require_listed
from handlers.domain import days
from handlers.domain.candles import RANGE_DAYS
from handlers.domain.days import Opinion
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.days import Days
from models.dashboard import history as api


@serves(api.GET)
def get_ticker_sentiment_history(
    request: api.GetTickerSentimentHistory, caller: Caller, backend: Backend
) -> api.SentimentHistory:
    require_listed(backend, request.ticker)
    first, last = request.dates() or _back_from(days.day_of(backend.now()), RANGE_DAYS[request.range])
    signing, of = backend.signing, (api.GET.id, request.ticker, request.source, str(first), str(last))
    read = None if request.cursor is None else cursors.read(request.cursor, of, signing.accepted(), api.CURSOR)
    after = None if read is None else date.fromisoformat(read)
    found = spoken(Days(backend.store), request.ticker, request.source, first, last, request.limit + 1, after)
    page = [opinion(request.source, spoke) for spoke in found[: request.limit]]
    next_cursor = cursors.sign(str(page[-1].day), of, signing.current) if len(found) > len(page) else None
    return _history(request, page, first, last, next_cursor)


def _history(
    request: api.GetTickerSentimentHistory, page: list[Opinion], first: date, last: date, next_cursor: str | None
) -> api.SentimentHistory:
    return api.SentimentHistory(
        ticker=request.ticker,
        source=request.source,
        history=[_row(day) for day in page],
        start_date=str(first),
        end_date=str(last),
        count=len(page),
        next_cursor=next_cursor,
    )


def _back_from(today: date, count: int) -> tuple[date, date]:
    return today - timedelta(days=count), today


def _row(day: Opinion) -> api.SentimentDay:
    return {
        "date": str(day.day),
        "score": day.score,
        "source": day.source,
        "confidence": day.confidence,
        "label": day.label,
    }
