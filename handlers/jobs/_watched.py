"""The symbols on any watchlist, as all the jobs of a process know them."""

from __future__ import annotations

from datetime import timedelta

from handlers.backend import Backend
from handlers.runtime.memory import Memory
from handlers.storage.watched import Watched

KEPT = timedelta(seconds=300)


def _memory(backend: Backend) -> Memory[str, list[str]]:
    return Memory(1)


def watched_tickers(backend: Backend) -> list[str]:
    """In alphabetical order, up to five minutes old. That there are none is never remembered. Raises StoreUnavailable."""
    memory, now = backend.kept(_memory), backend.now()
    tickers = memory.get("tickers", now)
    if tickers is None:
        tickers = Watched(backend.store).tickers()
        if tickers:
            memory.keep("tickers", tickers, now + KEPT)
    return tickers
