"""How sentiment of tags moves, for small charts."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.assembly import Backend
from handlers.domain.tags import Tally, points
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.articles import Articles
from models.dashboard import trends as api

INTERVALS = {"1h": timedelta(hours=1), "6h": timedelta(hours=6), "1d": timedelta(days=1)}
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


@serves(api.GET)
def get_trends(request: api.GetTrends, caller: Caller, backend: Backend) -> dict[str, list[api.TrendPoint]]:
    end = backend.now()
    start = end - int(request.range[:-1]) * UNITS[request.range[-1]]
    stored, interval = Articles(backend.store), INTERVALS[request.interval]
    trends: dict[str, list[api.TrendPoint]] = {}
    for tag in request.tags:
        judged = ((mention.published_at, mention.label) for mention in stored.with_tag(tag, start, end))
        trends[tag] = [_point(at, counted) for at, counted in points(judged, start, end, interval)]
    return trends


def _point(at: datetime, counted: Tally) -> api.TrendPoint:
    return {
        "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sentiment": counted.sentiment,
        "count": counted.total,
    }
