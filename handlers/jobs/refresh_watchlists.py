"""Collects news and prices of the watchlists whose owners asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handlers.feeds.port import FeedUnavailable
from handlers.jobs import _news, _prices
from handlers.jobs.assembling import entry
from handlers.jobs.running import MARGIN_SECONDS, Done, Job, Run
from handlers.storage.refreshes import LeftOut, Refresh, Refreshes
from models.fields import NewsSource, RefreshOutcome

PRICE_SECONDS = 60.0
"""How long the prices of a symbol may take: two kinds of candles and a quote, from a source after the other."""


class Missing(NamedTuple):
    """What was not collected, and why."""

    left_out: LeftOut
    failure: FeedUnavailable


def due(run: Run) -> list[Refresh]:
    return Refreshes(run.backend.store).due(run.now())


def refresh(asked: Refresh, run: Run) -> Done:
    """Each source and each symbol for itself: what one leaves out is told in the end, what the others have is collected.

    Raises FeedUnavailable if nothing was collected; the owner may ask again. Raises StoreUnavailable: then it is due again, as
    after everything that nobody thought of, until it is given up.
    """
    refreshes = Refreshes(run.backend.store)
    taken = refreshes.started(asked, run.now())
    if taken is None:
        return Done("taken")
    missing = [*_without_news(taken.tickers, run), *_without_prices(taken.tickers, run)]
    outcome = _outcome(taken.tickers, missing, run)
    refreshes.ended(taken, outcome, run.now(), [each.left_out for each in missing])
    if outcome == "failed":
        raise missing[0].failure
    return _done(taken, missing)


def _without_news(tickers: Sequence[str], run: Run) -> list[Missing]:
    """The sources that did not tell all, each with the tickers that it left out."""
    found = (_told(source, tickers, run) for source in run.backend.feeds.sources)
    return [missing for missing in found if missing is not None]


def _told(source: NewsSource, tickers: Sequence[str], run: Run) -> Missing | None:
    try:
        told = _news.gathered(source, _news.answers(source, tickers, run), run)
    except FeedUnavailable as error:
        return Missing(LeftOut("news", source, tuple(tickers)), error)
    if told.failure is None:
        return None
    left = tuple(ticker for ticker in tickers if ticker not in told.tickers)
    return Missing(LeftOut("news", source, left), told.failure)


def _without_prices(tickers: Sequence[str], run: Run) -> list[Missing]:
    """At most one: the symbols whose prices no source delivered."""
    failures: dict[str, FeedUnavailable] = {}
    for ticker in tickers:
        try:
            _in_time(run)
            _prices.collected(ticker, run)
        except FeedUnavailable as error:
            failures[ticker] = error
    return [Missing(LeftOut("prices", None, tuple(failures)), failures[ticker]) for ticker in list(failures)[:1]]


def _in_time(run: Run) -> None:
    """Raises FeedUnavailable where asking might outlast the function."""
    if run.is_late():
        raise FeedUnavailable("prices", _news.NEXT_SECONDS, _news.NO_TIME, counts=False)


def given_up(asked: Refresh, run: Run) -> None:
    """Ends a refresh that cannot be done, so that its owner may ask for another."""
    refreshes = Refreshes(run.backend.store)
    present = refreshes.of(asked.config_id)
    if present is not None and present.is_on_its_way and present.refresh_id == asked.refresh_id:
        news = [LeftOut("news", source, present.tickers) for source in run.backend.feeds.sources]
        refreshes.ended(present, "failed", run.now(), [*news, LeftOut("prices", None, present.tickers)])


def _outcome(tickers: Sequence[str], missing: Sequence[Missing], run: Run) -> RefreshOutcome:
    everything = len(tickers) * (len(run.backend.feeds.sources) + 1)
    left = sum(len(each.left_out.tickers) for each in missing)
    if left == 0:
        return "succeeded"
    return "failed" if left == everything else "partial"


def _done(taken: Refresh, missing: Sequence[Missing]) -> Done:
    if not missing:
        return Done("refreshed", {"tickers": len(taken.tickers)})
    return Done("partly", {"tickers": len(taken.tickers), "reason": "; ".join(each.failure.reason for each in missing)})


JOB: Job[Refresh] = Job(
    "refresh_watchlists",
    refresh,
    lambda asked: asked.config_id,
    due,
    margin_seconds=PRICE_SECONDS + MARGIN_SECONDS,
    give_up=given_up,
)
handler = entry(JOB)
