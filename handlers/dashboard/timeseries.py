"""Sentiment in time: buckets of scores at eight resolutions, of one ticker or of several."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.assembly import Backend
from handlers.dashboard._listed import require_all_listed, require_listed
from handlers.dashboard._series import Asked, Series, default_limit, weak
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.runtime.log import log
from models.dashboard import timeseries as api
from models.refusals import ServiceUnavailable


@serves(api.GET)
def get_timeseries(request: api.GetTimeseries, caller: Caller, backend: Backend) -> Reply[api.Timeseries]:
    require_listed(backend, request.ticker)
    start, end = request.start, request.end
    asked = Asked(
        request.ticker, request.resolution, start, end, request.limit or default_limit(request.resolution, start, end)
    )
    if request.cursor is not None:
        keys = backend.signing.accepted()
        asked = asked._replace(after=cursors.read(request.cursor, asked.of, keys, api.CURSOR))
    series = backend.kept(Series)
    page, tag = series.read(asked)
    return Reply(page, headers=_reusable(series.max_age(asked), tag))


@serves(api.GET_BATCH)
def get_timeseries_batch(
    request: api.GetTimeseriesBatch, caller: Caller, backend: Backend
) -> Reply[dict[str, api.Timeseries | api.TimeseriesFailure]]:
    require_all_listed(backend, request.tickers, api.LISTED)
    series = backend.kept(Series)
    wanted = _pages(request)
    read = [_read(series, asked) for asked in wanted]
    _require_any([page for page, _ in read])
    pages = {page.ticker: page for page, _ in read}
    tags = [tag for _, tag in read if tag is not None]
    if len(tags) == len(read):
        return Reply(pages, headers=_reusable(series.max_age(wanted[0]), *tags))
    return Reply(pages, headers={"Cache-Control": "no-store"})


def _pages(request: api.GetTimeseriesBatch) -> list[Asked]:
    """One page for each ticker, once."""
    tickers = list(dict.fromkeys(request.tickers))
    unasked = min(default_limit(request.resolution, request.start, request.end), api.MAX_BATCH_BUCKETS // len(tickers))
    limit = request.limit or unasked
    return [Asked(ticker, request.resolution, request.start, request.end, limit) for ticker in tickers]


def _read(series: Series, asked: Asked) -> tuple[api.Timeseries | api.TimeseriesFailure, str | None]:
    """A page with its tag, or why there is none."""
    try:
        return series.read(asked)
    except ServiceUnavailable as refusal:
        log.error("the buckets of a ticker cannot be read", ticker=asked.ticker, reason=refusal.reason)
        wait = int(refusal.headers["Retry-After"])
        failure = api.TimeseriesFailure(
            ticker=asked.ticker, error=refusal.detail, code=refusal.code, retry_after_seconds=wait
        )
        return failure, None


def _require_any(pages: Sequence[api.Timeseries | api.TimeseriesFailure]) -> None:
    """Raises `ServiceUnavailable` if nothing could be read."""
    failures = [page for page in pages if isinstance(page, api.TimeseriesFailure)]
    if len(failures) == len(pages):
        raise ServiceUnavailable(retry_after_seconds=max(failure.retry_after_seconds for failure in failures))


def _reusable(max_age: int, *tags: str) -> dict[str, str]:
    return {"Cache-Control": f"public, max-age={max_age}", "ETag": weak(*tags)}
