"""Collects candles of all watched tickers after each session and quotes while prices move, so that requests find them."""

from __future__ import annotations

from datetime import timedelta

from handlers.feeds.port import Paced
from handlers.jobs._prices import collected
from handlers.jobs._tickers import ticker_of
from handlers.jobs._watched import watched_tickers
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run

TURN = timedelta(minutes=5)
FURTHER = 7


def tickers(run: Run) -> list[str]:
    """In alphabetical order, beginning further on in each turn: where a quota ends, not always the same are left out."""
    watched = watched_tickers(run.backend)
    first = int(run.now().timestamp() // TURN.total_seconds()) * FURTHER % len(watched) if watched else 0
    return [*watched[first:], *watched[:first]]


def collect(ticker: str, run: Run) -> Done:
    if run.backend.feeds.listings.get(ticker) is None:
        raise Poison("unknown_ticker", f"{ticker} is not listed")
    try:
        return Done("collected", collected(ticker, run))
    except Paced as paced:
        # Nothing is wrong: the quota is spent evenly, and this ticker's turn comes.
        return Done("waits", {"reason": paced.reason, "seconds": paced.retry_after_seconds})


JOB: Job[str] = Job("collect_prices", collect, str, tickers, ticker_of, threads=4)
handler = entry(JOB)
