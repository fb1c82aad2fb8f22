"""Is the directory of symbols sound, and does searching it find what one looks for?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from handlers.feeds.companies import companies
from handlers.feeds.headlines import PRODUCTS, SECTOR_NAMES
from handlers.feeds.listings import open_listings
from handlers.feeds.port import Listings

COMMON = (
    "AAPL", "AMZN", "AMD", "BA", "BAC", "COP", "CVX", "DIS", "GOOG", "GOOGL", "GS", "INTC", "JPM", "KO", "MCD", "META",
    "MS", "MSFT", "NFLX", "NVDA", "PEP", "TSLA", "WFC", "XOM", "BRK.A", "BRK.B", "BF.B",
)  # fmt: skip

directory: Listings = open_listings()


@pytest.mark.parametrize("symbol", COMMON)
def test_the_common_symbols_trade(symbol: str) -> None:
    listing = directory.get(symbol)

    assert listing is not None
    assert listing.status == "valid"


def test_every_symbol_is_well_formed_and_listed_once_in_order() -> None:
    symbols = [listing.symbol for listing in directory.all()]

    assert symbols == sorted(set(symbols))
    assert len(symbols) >= 150
    assert [symbol for symbol in symbols if not re.fullmatch(r"[A-Z]{1,5}(\.[A-Z]{1,2})?", symbol)] == []
    assert {listing.exchange for listing in directory.all()} == {"NYSE", "NASDAQ", "AMEX"}


def test_a_trading_symbol_says_nothing_about_its_end_and_a_delisted_one_does() -> None:
    for listing in directory.all():
        ending = (listing.delisted_on, listing.reason)
        if listing.status == "valid":
            assert (*ending, listing.successor) == (None, None, None), listing.symbol
        else:
            assert None not in ending, listing.symbol


def test_every_successor_trades() -> None:
    successors = [directory.get(listing.successor) for listing in directory.all() if listing.successor]

    assert len(successors) >= 5
    assert all(successor and successor.status == "valid" for successor in successors)


@pytest.mark.parametrize(
    ("symbol", "successor", "delisted_on"),
    [
        ("FB", "META", date(2022, 6, 9)),
        ("XLNX", "AMD", date(2022, 2, 14)),
        ("TWTR", None, date(2022, 11, 8)),
        ("SIVB", None, date(2023, 3, 28)),
    ],
)
def test_a_delisted_symbol_says_when_and_where_it_went(symbol: str, successor: str | None, delisted_on: date) -> None:
    listing = directory.get(symbol)

    assert listing is not None
    assert (listing.status, listing.successor, listing.delisted_on) == ("delisted", successor, delisted_on)


def test_a_symbol_that_never_was_has_no_listing() -> None:
    assert directory.get("ZZZZZ") is None
    assert directory.get("aapl") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("AAPL", "AAPL"),
        ("aapl", "AAPL"),
        (" msft ", "MSFT"),
        ("micro", "MSFT"),
        ("brk.b", "BRK.B"),
        ("walt", "DIS"),
        ("T", "T"),
    ],
)
def test_a_search_puts_the_best_match_first(text: str, first: str) -> None:
    found = [listing.symbol for listing in directory.search(text, 10)]

    assert first in found[:2]
    assert text.strip().upper() != first or found[0] == first


def test_a_search_ranks_symbols_before_names_before_mentions() -> None:
    found = [listing.symbol for listing in directory.search("a", 1000)]
    starting = [symbol for symbol in found if symbol.startswith("A")]

    assert found[: len(starting)] == starting == sorted(starting)


def test_a_search_finds_no_more_than_asked_and_no_delisted_symbol() -> None:
    assert len(directory.search("a", 3)) == 3
    assert [listing.symbol for listing in directory.search("twitter", 10)] == []
    assert "FB" not in [listing.symbol for listing in directory.search("fb", 10)]
    assert directory.search("  ", 10) == []
    assert directory.search("no such company", 10) == []


def test_the_recorded_feed_plays_exactly_the_trading_symbols() -> None:
    trading = {listing.symbol for listing in directory.all() if listing.status == "valid"}

    assert set(companies()) == trading


def test_every_sector_has_its_words() -> None:
    sectors = {company.sector for company in companies().values()}

    assert sectors == set(PRODUCTS) == set(SECTOR_NAMES)
