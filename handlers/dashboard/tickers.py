"""Symbols: whether one is listed, which ones match a text."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.feeds.port import Listing
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import tickers as api


@serves(api.VALIDATE)
def validate_ticker(request: api.ValidateTicker, caller: Caller, backend: Backend) -> api.TickerValidation:
    listing = backend.feeds.listings.get(request.symbol)
    if listing is None:
        message = f"{request.symbol} is not listed on NYSE, NASDAQ or AMEX; search by the company's name"
        return api.TickerValidation(
            symbol=request.symbol, status="invalid", name=None, exchange=None, successor=None, message=message
        )
    return api.TickerValidation(
        symbol=listing.symbol,
        status=listing.status,
        name=listing.name,
        exchange=listing.exchange,
        successor=listing.successor,
        message=_delisting(listing) if listing.status == "delisted" else None,
    )


def _delisting(listing: Listing) -> str:
    when = f" since {listing.delisted_on}" if listing.delisted_on else ""
    then = f"; use {listing.successor}" if listing.successor else ""
    return f"{listing.symbol} is delisted{when}{then}"


@serves(api.SEARCH)
def search_tickers(request: api.SearchTickers, caller: Caller, backend: Backend) -> api.TickerMatches:
    found = backend.feeds.listings.search(request.q.strip(), request.limit) if request.q.strip() else []
    return api.TickerMatches(
        results=[api.TickerMatch(symbol=hit.symbol, name=hit.name, exchange=hit.exchange) for hit in found]
    )
