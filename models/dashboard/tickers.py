"""Symbols: whether one is listed, which ones match a text."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import Field, StringConstraints

from models.fields import Exchange, Ticker
from models.operation import Example, Given, Link, Operation, Query, RateLimit, Returns
from models.wire import Request, Response

SearchText = Annotated[str, StringConstraints(min_length=1, max_length=50)]
SearchLimit = Annotated[int, Field(ge=1, le=20)]


class ValidateTicker(Request):
    symbol: Annotated[Ticker, Query()]
    """The symbol to look up, in any case."""


class TickerValidation(Response):
    """What is known of one symbol."""

    symbol: Ticker
    """The symbol in upper case."""
    status: Literal["valid", "delisted", "invalid"]
    """valid while it trades, delisted once it has stopped, invalid if it was never listed."""
    name: str | None
    """The company's name; null if never listed."""
    exchange: Exchange | None
    """Where it trades or traded; null if never listed."""
    successor: Ticker | None
    """The symbol that replaced a delisted one; null otherwise."""
    message: str | None
    """What to tell a person about a symbol that cannot be used; null for a valid one."""


class SearchTickers(Request):
    q: Annotated[SearchText, Query()]
    """A symbol or a part of a company's name, in any case. Spaces around it do not count."""
    limit: Annotated[SearchLimit, Query()] = 10
    """The most results wanted."""


class TickerMatch(Response):
    """A listed symbol that matches a search."""

    symbol: Ticker
    """The symbol in upper case."""
    name: str
    """The company's name."""
    exchange: Exchange
    """Where it trades."""


class TickerMatches(Response):
    """The result of a search."""

    results: Annotated[list[TickerMatch], MaxLen(20)]
    """Exact symbol first, then symbols starting with the text, then names containing it. Delisted symbols are absent."""


VALIDATE = Operation(
    "validateTicker",
    "GET",
    "/api/v2/tickers/validate",
    ValidateTicker,
    (
        Returns(
            200,
            TickerValidation,
            "What is known of the symbol, also when it is not listed",
            example={
                "symbol": "FB",
                "status": "delisted",
                "name": "Facebook, Inc.",
                "exchange": "NASDAQ",
                "successor": "META",
                "message": "FB is delisted; use META",
            },
        ),
    ),
    summary="Check a symbol",
    description="Says whether a symbol can be put on a watchlist. A symbol that nobody ever listed is an answer, not an error.",
    limit=RateLimit(30, 60),
    cache="public, max-age=3600",
    etag=True,
    examples=(
        Example("valid", "a listed symbol is valid, whatever its case", 200, {"symbol": "aapl"}, Given("nobody")),
        Example("class_share", "a class of shares follows a dot", 200, {"symbol": "BRK.B"}, Given("nobody")),
        Example("delisted", "a delisted symbol names its successor", 200, {"symbol": "FB"}, Given("nobody")),
        Example("invalid", "a symbol that was never listed is invalid", 200, {"symbol": "ZZZZZ"}, Given("nobody")),
        Example("counted", "a counted answer says what is left", 200, {"symbol": "MSFT"}, Given("nobody", limits=True)),
    ),
)

SEARCH = Operation(
    "searchTickers",
    "GET",
    "/api/v2/tickers/search",
    SearchTickers,
    (
        Returns(
            200,
            TickerMatches,
            "The best matches",
            example={"results": [{"symbol": "AAPL", "name": "Apple Inc.", "exchange": "NASDAQ"}]},
            links=(
                Link(
                    "candles",
                    "getCandles",
                    {"ticker": "$response.body#/results/0/symbol"},
                    "Price candles of the best match",
                ),
                Link(
                    "history",
                    "getTickerSentimentHistory",
                    {"ticker": "$response.body#/results/0/symbol"},
                    "Sentiment of the best match day by day",
                ),
            ),
        ),
    ),
    summary="Find symbols",
    description="Completes what a person types into symbols and company names. A text of spaces matches nothing.",
    limit=RateLimit(20, 60),
    cache="public, max-age=3600",
    etag=True,
    examples=(
        Example("by_symbol", "the exact symbol comes first", 200, {"q": "ms", "limit": 3}, Given("nobody")),
        Example("by_name", "a part of a name is enough", 200, {"q": "micro"}, Given("nobody")),
        Example("nothing", "a text of spaces matches nothing", 200, {"q": "   "}, Given("nobody")),
        Example("counted", "a counted answer says what is left", 200, {"q": "apple"}, Given("nobody", limits=True)),
    ),
)

OPERATIONS = (VALIDATE, SEARCH)
