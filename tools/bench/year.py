"""A year of thirteen tickers in a store, as collecting would have left it, and the recorded callers."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from datetime import timedelta

from handlers.backend import Backend
from handlers.jobs import collect_prices
from handlers.jobs.running import perform
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.configurations import Configurations, WatchedTicker
from handlers.storage.items import Store
from tools.bench.warm import logging_at
from tools.identities import ANONYMOUS, CONFIGURATION, MEMBER, MEMBER_CONFIGURATION, enrol
from tools.seed import TICKERS, fill
from tools.stage import FEEDS, NOW, SIGNING_KEY

DAYS = 365
ARTICLE_DAYS = 30
"""As long as articles are kept."""
FULL_WATCHLIST = ("AAPL", "MSFT", "NVDA", "GOOGL", "AMZN")
SETTINGS = Settings(signing_key=SIGNING_KEY, environment="bench")
"""As deployed: limits are enforced, responses are not checked."""


def fill_year(store: Store) -> None:
    """Up to the instant of the stage. Its callers' watchlists have as many tickers as are allowed."""
    clock = FixedClock(NOW)
    fill(store, FEEDS, NOW, TICKERS, ARTICLE_DAYS, DAYS)
    enrol(store, NOW)
    backend = Backend(SETTINGS, clock, CountedChance("year"), FEEDS, store)
    with quietly():
        perform(collect_prices.JOB, {"items": [{"ticker": ticker} for ticker in TICKERS]}, backend)
    for user_id, config_id in ((ANONYMOUS, CONFIGURATION), (MEMBER, MEMBER_CONFIGURATION)):
        widen(store, user_id, config_id)


def widen(store: Store, user_id: str, config_id: str) -> None:
    """Puts five tickers on a watchlist."""
    tickers = [watched(symbol).value() for symbol in FULL_WATCHLIST]
    Configurations(store).change(user_id, config_id, {"tickers": list(tickers)}, NOW - timedelta(hours=1))


def watched(symbol: str) -> WatchedTicker:
    listing = FEEDS.listings.get(symbol)
    if listing is None:
        raise ValueError(f"{symbol} is not listed")
    return WatchedTicker(symbol, listing.name, listing.exchange, NOW - timedelta(days=1))


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Nothing is logged, and the metrics of jobs are not printed."""
    with logging_at("CRITICAL"), contextlib.redirect_stdout(io.StringIO()):
        yield
