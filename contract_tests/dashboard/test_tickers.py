"""Symbols: what a client is told of one that does not trade any more, and what a search leaves out."""

from __future__ import annotations

import pytest

from contract_tests.client import Client, value
from tools.stage import Stage


@pytest.mark.parametrize(
    ("symbol", "successor", "message"),
    [
        ("fb", "META", "FB is delisted since 2022-06-09; use META"),
        ("TWTR", None, "TWTR is delisted since 2022-11-08"),
        ("AAPL", None, None),
    ],
)
def test_a_delisted_symbol_says_since_when_and_what_to_use_if_there_is_anything(
    symbol: str, successor: str | None, message: str | None
) -> None:
    found = value(Client(Stage(), "nobody").get("/api/v2/tickers/validate", symbol=symbol))

    assert (found["successor"], found["message"]) == (successor, message)


@pytest.mark.parametrize(("q", "same_as"), [("  apple ", "apple"), ("   ", "no such company")])
def test_spaces_around_a_search_do_not_count(q: str, same_as: str) -> None:
    client = Client(Stage(), "nobody")
    found, expected = (value(client.get("/api/v2/tickers/search", q=text)) for text in (q, same_as))

    assert found == expected
    assert bool(found["results"]) == (same_as == "apple")
