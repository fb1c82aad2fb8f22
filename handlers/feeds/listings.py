"""The bundled directory of symbols: real names and exchanges, and where the symbols went that no longer trade."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from handlers.feeds.port import Listing


class BundledListings:
    """Listings over a fixed set of symbols."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._by_symbol = {listing.symbol: listing for listing in sorted(listings, key=lambda listing: listing.symbol)}

    def get(self, symbol: str) -> Listing | None:
        return self._by_symbol.get(symbol)

    def search(self, text: str, limit: int) -> list[Listing]:
        wanted = text.strip().casefold()
        if not wanted:
            return []
        trading = (listing for listing in self._by_symbol.values() if listing.status == "valid")
        ranked = [
            (rank, listing.symbol, listing) for listing in trading if (rank := _rank(listing, wanted)) is not None
        ]
        return [listing for _, _, listing in sorted(ranked, key=lambda found: found[:2])[:limit]]

    def all(self) -> list[Listing]:
        return list(self._by_symbol.values())


@cache
def open_listings() -> BundledListings:
    """The listings beside this module, read once."""
    rows = json.loads((Path(__file__).parent / "listings.json").read_bytes())
    return BundledListings(map(_listing, rows))


def _listing(row: dict[str, Any]) -> Listing:
    delisted_on = row.get("delisted_on")
    return Listing(**{**row, "delisted_on": date.fromisoformat(delisted_on) if delisted_on else None})


def _rank(listing: Listing, wanted: str) -> int | None:
    """0 is the symbol itself, 3 a name that contains the text, None no match."""
    symbol, name = listing.symbol.casefold(), listing.name.casefold()
    claims = (symbol == wanted, symbol.startswith(wanted), name.startswith(wanted), wanted in name)
    return next((rank for rank, holds in enumerate(claims) if holds), None)
