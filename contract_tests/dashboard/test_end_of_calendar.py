"""What needs the exchange's calendar says so where that has ended; the rest goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contract_tests.client import JSON, value
from handlers.runtime.clock import FixedClock
from tools.events import HttpCall
from tools.stage import Stage

AFTER = datetime(2036, 1, 2, 15, tzinfo=UTC)
NEEDS_IT = ("volatility", "correlation", "premarket")
GOES_ON = ("sentiment", "heatmap", "sentiment/AAPL/history", "refresh/status")


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[int, str | None, str | None]]:
    """Path → status, code and Retry-After, for somebody who comes after the end."""
    stage = Stage(clock=FixedClock(AFTER))
    token = value(stage.call(HttpCall("POST", "/api/v2/auth/anonymous")))["token"]
    headers = (("Authorization", f"Bearer {token}"), JSON)
    made = stage.call(HttpCall("POST", "/api/v2/configurations", "", headers, b'{"name":"","tickers":["AAPL"]}'))
    watchlist = f"/api/v2/configurations/{value(made)['config_id']}"
    paths = {part: f"{watchlist}/{part}" for part in (*NEEDS_IT, *GOES_ON)}
    paths |= {"candles": "/api/v2/tickers/AAPL/ohlc", "market": "/api/v2/market/status", "health": "/health"}
    found = {name: stage.call(HttpCall("GET", path, "", headers)) for name, path in paths.items()}
    return {name: (got.status, value(got).get("code"), got.header("retry-after")) for name, got in found.items()}


@pytest.mark.parametrize("name", [*NEEDS_IT, "market"])
def test_what_needs_the_calendar_says_that_it_has_ended(
    answers: dict[str, tuple[int, str | None, str | None]], name: str
) -> None:
    assert answers[name] == (503, "MARKET_CALENDAR_ENDED", "86400")


def test_candles_cannot_be_told_from_a_source_that_is_down_but_by_the_text(
    answers: dict[str, tuple[int, str | None, str | None]],
) -> None:
    assert answers["candles"] == (503, "SERVICE_UNAVAILABLE", "86400")


@pytest.mark.parametrize("name", [*GOES_ON, "health"])
def test_what_does_not_need_the_calendar_goes_on(
    answers: dict[str, tuple[int, str | None, str | None]], name: str
) -> None:
    assert answers[name] == (200, None, None)
