"""Sentiment of one ticker day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from handlers.assembly import Backend
from handlers.dashboard._listed import require_listed
from handlers.domain import days
from handlers.domain.candles import RANGE_DAYS
from handlers.domain.days import Opinion, SourceDay
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.days import Days
from models.dashboard import history as api
from models.fields import SentimentSource


@serves(api.GET)
def get_ticker_sentiment_history(
    request: api.GetTickerSentimentHistory, caller: Caller, backend: Backend
) -> api.SentimentHistory:
    require_listed(backend, request.ticker)
    first, last = request.dates() or _back_from(days.day_of(backend.now()), RANGE_DAYS[request.range])
    key, of = backend.settings.signing_key, (api.GET.id, request.ticker, request.source, str(first), str(last))
    after = None if request.cursor is None else date.fromisoformat(cursors.read(request.cursor, of, key, api.CURSOR))
    found = opinions(Days(backend.store), request.ticker, request.source, first, last, request.limit + 1, after)
    page = found[: request.limit]
    next_cursor = cursors.sign(str(page[-1].day), of, key) if len(found) > len(page) else None
    return _history(request, page, first, last, next_cursor)


def _history(
    request: api.GetTickerSentimentHistory, page: list[Opinion], first: date, last: date, next_cursor: str | None
) -> api.SentimentHistory:
    return api.SentimentHistory(
        ticker=request.ticker,
        source=request.source,
        history=[_row(opinion) for opinion in page],
        start_date=str(first),
        end_date=str(last),
        count=len(page),
        next_cursor=next_cursor,
    )


def opinions(
    stored: Days, ticker: str, source: SentimentSource, first: date, last: date, limit: int, after: date | None = None
) -> list[Opinion]:
    """At most `limit` days of [first, last] on which something was said, oldest first; after `after` only."""
    if source != "aggregated":
        return [days.opinion(day) for day in stored.of_source(ticker, source, first, last, limit, after)]
    # The first `limit` days of each source hold the first `limit` days of all.
    found = [day for name in days.WEIGHTS for day in stored.of_source(ticker, name, first, last, limit, after)]
    return [days.aggregated(spoke) for spoke in _by_day(found)][:limit]


def _by_day(found: Iterable[SourceDay]) -> list[list[SourceDay]]:
    ordered = sorted(found, key=lambda day: day.day)
    return [list(spoke) for _, spoke in groupby(ordered, key=lambda day: day.day)]


def _back_from(today: date, count: int) -> tuple[date, date]:
    return today - timedelta(days=count), today


def _row(opinion: Opinion) -> api.SentimentDay:
    return {
        "date": str(opinion.day),
        "score": opinion.score,
        "source": opinion.source,
        "confidence": opinion.confidence,
        "label": opinion.label,
    }
