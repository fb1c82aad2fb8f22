"""Estimates outside of the session: a price against the close before it, beside the news since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract_tests.client import Client, value
from contract_tests.dashboard.watchlists import FLAT, PATH, Source, asking, read, stage_with, trade, watch
from handlers.domain.articles import Article
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.quotes import Quotes, StoredQuote
from tools.stage import Stage

CLOSED = datetime(2024, 12, 2, 13, tzinfo=UTC)


def estimates(stage: Stage) -> Any:
    return read(stage, "premarket")["estimates"]


def before_the_open(source: Source | None = None) -> Stage:
    stage = stage_with(clock=FixedClock(CLOSED))
    trade(stage.store, "AAPL", FLAT)
    return stage if source is None else asking(stage, source)


def test_an_estimate_compares_the_price_with_the_close_of_the_session_before() -> None:
    found = estimates(before_the_open(Source(102.5, CLOSED)))[0]

    assert found == {
        "symbol": "AAPL",
        "price": 102.5,
        "last_close": 100.0,
        "change_percent": 2.5,
        "score": 0.5,
        "label": "positive",
        "confidence": None,
        "basis": "premarket_momentum",
        "news_count": 0,
        "news_score": None,
        "quoted_at": "2024-12-02T13:00:00Z",
        "data_source": "finnhub",
    }


CLOSE = datetime(2024, 11, 29, 18, tzinfo=UTC)


def article(number: int, at: datetime, sentiment: float | None, ticker: str = "AAPL") -> Article:
    return Article(
        f"a{number}", "tiingo", "News", "", "https://example.com", "Wire", at, (ticker,), (), sentiment, "live"
    )


def test_news_since_the_session_ended_say_how_much_they_agree() -> None:
    stage = before_the_open(Source(102.5, CLOSED))
    appeared = [
        (CLOSE - timedelta(seconds=1), -1.0),
        (CLOSE, 0.2),
        (CLOSED - timedelta(seconds=1), 0.4),
        (CLOSED - timedelta(hours=1), None),
        (CLOSED, -1.0),
    ]
    Articles(stage.store).add_many(article(n, at, said) for n, (at, said) in enumerate(appeared))
    Articles(stage.store).add(article(9, CLOSE, -1.0, "MSFT"))
    found = estimates(stage)[0]

    assert (found["news_count"], found["news_score"]) == (3, 0.3)
    # 0.5 and 0.3: their variance is 0.01.
    assert (found["score"], found["confidence"]) == (0.5, 0.995)


def test_the_ten_newest_articles_count() -> None:
    stage = before_the_open(Source(102.5, CLOSED))
    Articles(stage.store).add_many(article(n, CLOSE + timedelta(minutes=n), 1.0 if n >= 2 else -1.0) for n in range(12))
    found = estimates(stage)[0]

    assert (found["news_count"], found["news_score"]) == (10, 1.0)


def test_without_a_price_there_is_no_estimate() -> None:
    found = estimates(before_the_open(Source()))[0]

    told = {"price", "change_percent", "score", "label", "confidence", "basis", "quoted_at", "data_source"}
    assert {name for name, said in found.items() if said is None} == told | {"news_score"}
    assert found["last_close"] == 100.0


def test_a_price_from_before_the_last_session_opened_says_nothing() -> None:
    found = estimates(before_the_open(Source(200.0, datetime(2024, 11, 27, 20, tzinfo=UTC))))[0]

    assert (found["price"], found["score"]) == (None, None)


def stored(last: float, at: datetime, provenance: Any = "recorded") -> StoredQuote:
    return StoredQuote("AAPL", "tiingo", last, None, None, None, at, provenance)


@pytest.mark.parametrize(
    ("made", "provenance", "price", "data_source", "asked"),
    [
        ("2024-12-02T12:55:00Z", "recorded", 101.0, "tiingo", False),
        ("2024-12-02T12:54:59Z", "recorded", 102.5, "finnhub", True),
        ("2024-12-02T13:00:01Z", "recorded", 102.5, "finnhub", True),
        ("2024-12-02T12:59:00Z", "live", 102.5, "finnhub", True),
    ],
)
def test_a_recent_price_that_a_job_left_is_not_asked_for_again(
    made: str, provenance: str, price: float, data_source: str, asked: bool
) -> None:
    source = Source(102.5, CLOSED)
    stage = before_the_open(source)
    Quotes(stage.store).keep(stored(101.0, datetime.fromisoformat(made), provenance))
    found = estimates(stage)[0]

    assert (found["price"], found["data_source"]) == (price, data_source)
    assert ("quote AAPL" in source.asked) == asked


def test_an_older_price_stands_in_for_a_source_that_does_not_answer() -> None:
    stage = before_the_open(Source(fails="quote"))
    refused = Client(stage).get(f"{PATH}/premarket")
    watch(stage, tickers=["AAPL"])
    Quotes(stage.store).keep(stored(101.0, datetime(2024, 12, 2, 9, 30, tzinfo=UTC)))
    found = estimates(stage)[0]

    assert (refused.status, refused.header("retry-after")) == (503, "17")
    assert (found["price"], found["quoted_at"]) == (101.0, "2024-12-02T09:30:00Z")


def test_a_price_is_asked_for_once_a_minute() -> None:
    source = Source(102.5, CLOSED)
    stage = before_the_open(source)
    for _ in range(3):
        estimates(stage)

    assert source.asked.count("quote AAPL") == 1


@pytest.mark.parametrize(
    ("at", "status", "opens"),
    [
        ("2024-12-02T13:00:00Z", "closed", "2024-12-02T14:30:00Z"),
        ("2024-12-02T14:30:00Z", "open", "2024-12-03T14:30:00Z"),
        ("2024-12-02T21:00:00Z", "closed", "2024-12-03T14:30:00Z"),
        ("2024-11-28T16:00:00Z", "closed", "2024-11-29T14:30:00Z"),
        ("2024-11-29T18:00:00Z", "closed", "2024-12-02T14:30:00Z"),
        ("2024-11-30T16:00:00Z", "closed", "2024-12-02T14:30:00Z"),
    ],
)
def test_estimates_are_for_when_the_market_is_closed(at: str, status: str, opens: str) -> None:
    page = read(Stage(clock=FixedClock(datetime.fromisoformat(at))), "premarket")

    assert (page["market_status"], page["next_market_open"]) == (status, opens)
    told = {name for name in ("estimates", "message", "redirect_to", "disclaimer") if page[name] is not None}
    assert told == ({"message", "redirect_to"} if status == "open" else {"estimates", "disclaimer"})


def test_while_the_market_is_open_one_is_led_to_the_sentiment() -> None:
    client = Client(Stage())
    page = value(client.get(f"{PATH}/premarket"))

    assert page["redirect_to"] == f"{PATH}/sentiment"
    assert client.get(page["redirect_to"]).status == 200
