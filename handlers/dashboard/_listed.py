"""Whether symbols have a listing, for operations that refuse those without one."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.assembly import Backend
from models.operation import Rule
from models.refusals import TickerNotListed, broken


def require_listed(backend: Backend, ticker: str) -> None:
    """Raises `TickerNotListed` for a symbol in a path that nobody ever listed; a delisted one has its history."""
    if backend.feeds.listings.get(ticker) is None:
        raise TickerNotListed(f"{ticker} is not listed on NYSE, NASDAQ or AMEX; look the symbol up with searchTickers")


def require_all_listed(backend: Backend, tickers: Sequence[str], rule: Rule) -> None:
    """Refuses the first symbol of a list without a listing, by `rule` and at its index."""
    for index, ticker in enumerate(tickers):
        if backend.feeds.listings.get(ticker) is None:
            raise broken(rule, index, ticker=ticker)
