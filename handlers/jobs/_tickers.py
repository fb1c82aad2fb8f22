"""Messages that name a symbol, and the queue by which alerts learn which ones changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from handlers.backend import Backend
from handlers.domain.symbols import SYMBOL
from handlers.storage.queues import Message, Sender, open_sender

QUEUE = "evaluation"
TURN: Final = timedelta(minutes=5)
WHOLE: Final = 1_000_000
FURTHER: Final = 618_034
"""Millionths of all symbols by which each turn begins further on: the golden section, whose steps leave no gap for long."""

LONGEST_PLACE: Final = 512


class Place(NamedTuple):
    """A symbol, and after which of its alerts to go on; None for all of them."""

    ticker: str
    after: str | None = None


def sender(backend: Backend) -> Sender:
    """Opened once for a process: make it with `backend.kept`."""
    return open_sender(backend.settings.queue, QUEUE, backend.store, backend.clock, backend.chance)


def tell_changed(tickers: Collection[str], trace_id: str, backend: Backend) -> int:
    """How many of the messages, one for each symbol, were not taken: the next sweep over all symbols looks at those."""
    messages = [Message({"ticker": ticker}, trace_id) for ticker in sorted(tickers)]
    return len(messages) - backend.kept(sender).send(messages) if messages else 0


def tell_on(place: Place, trace_id: str, backend: Backend) -> bool:
    """Whether the message was taken by which somebody goes on where the sender had to stop."""
    message = Message({"ticker": place.ticker, "after": place.after}, trace_id)
    return backend.kept(sender).send([message]) == 1


def in_turn(tickers: Sequence[str], now: datetime) -> list[str]:
    """Beginning elsewhere in each turn: where time or a quota ends, not always the same are left out."""
    turn = int(now.timestamp() // TURN.total_seconds())
    first = turn * FURTHER % WHOLE * len(tickers) // WHOLE
    return [*tickers[first:], *tickers[:first]]


def place_of(body: Mapping[str, Any]) -> Place:
    """Where a message says to begin. Raises KeyError, ValueError."""
    after = body.get("after")
    if after is not None and not (isinstance(after, str) and 0 < len(after) <= LONGEST_PLACE):
        raise ValueError("after is no place")
    return Place(ticker_of(body), after)


def ticker_of(body: Mapping[str, Any]) -> str:
    """The symbol that a message names. Raises KeyError, ValueError."""
    ticker = body["ticker"]
    if not isinstance(ticker, str) or not SYMBOL.fullmatch(ticker):
        raise ValueError("ticker is none")
    return ticker
