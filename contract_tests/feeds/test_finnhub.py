"""Finnhub's documented answers as articles, candles and quotes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract_tests.feeds.conftest import KEYS, World
from contract_tests.feeds.source import Answer, Asked, told
from contract_tests.logs import logged
from handlers.domain.candles import Candle
from handlers.feeds.port import FeedUnavailable, PriceFeed

DAY = datetime(2024, 12, 2, tzinfo=UTC)
OPENS = datetime(2024, 12, 2, 14, 30, tzinfo=UTC)
STORY: dict[str, Any] = {
    "category": "company news",
    "datetime": int(datetime(2024, 12, 2, 14, 17, tzinfo=UTC).timestamp()),
    "headline": "More sops needed to boost electronic manufacturing",
    "id": 25286,
    "image": "https://img.example.com/1.jpg",
    "related": "AAPL",
    "source": "The Economic Times",
    "summary": "NEW DELHI: the industry body has\nsought more.",
    "url": "https://economictimes.example.com/articleshow/77321706.cms",
}


def story(**changes: Any) -> dict[str, Any]:
    return {**STORY, **changes}


def columns(times: list[datetime], **changes: Any) -> dict[str, Any]:
    n = len(times)
    even = {"o": [10.0] * n, "h": [12.0] * n, "l": [9.0] * n, "c": [11.0] * n, "v": [1000.0] * n}
    return {"s": "ok", "t": [int(at.timestamp()) for at in times], **even, **changes}


def prices(world: World) -> PriceFeed:
    return world.feeds().price_sources[1]


def test_a_story_becomes_an_article(world: World) -> None:
    world.finnhub.answers = lambda asked: told([STORY])
    (article,) = world.feeds().news("finnhub").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert (article.article_id, article.source, article.provenance) == ("finnhub-25286", "finnhub", "live")
    assert article.description == "NEW DELHI: the industry body has sought more."
    assert article.published_at == datetime(2024, 12, 2, 14, 17, tzinfo=UTC)
    assert (article.tickers, article.tags) == (("AAPL",), ("company news",))
    assert (article.source_name, article.sentiment) == ("The Economic Times", None)


def test_each_ticker_is_asked_for_with_the_key_in_a_header(world: World) -> None:
    world.feeds().news("finnhub").articles(
        ["MSFT", "AAPL"], datetime(2024, 12, 2, 3, tzinfo=UTC), DAY + timedelta(days=1)
    )

    assert [asked.path for asked in world.finnhub.asked] == ["/api/v1/company-news"] * 2
    assert [asked.query for asked in world.finnhub.asked] == [
        {"symbol": symbol, "from": "2024-12-01", "to": "2024-12-03"} for symbol in ("AAPL", "MSFT")
    ]
    assert {asked.headers["x-finnhub-token"] for asked in world.finnhub.asked} == {KEYS["finnhub"]}


def test_a_story_of_several_companies_is_one_with_all_their_tickers(world: World) -> None:
    world.finnhub.answers = lambda asked: told([story(related=asked.query["symbol"])])
    (article,) = world.feeds().news("finnhub").articles(["MSFT", "AAPL"], DAY, DAY + timedelta(days=1))

    assert article.tickers == ("AAPL", "MSFT")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (story(headline=""), "no headline"),
        (story(headline=None), "no headline"),
        (story(url=""), "no web address"),
        (story(datetime="2024-12-02"), "datetime: int_type"),
        (story(datetime=10**18), "no instant"),
        (story(datetime=-1), "datetime: greater_than_equal"),
        (story(related=5), "related: string_type"),
        ([], "all: dict_type"),
    ],
)
def test_a_wrong_story_is_dropped_with_its_reason_and_the_rest_stays(world: World, wrong: Any, reason: str) -> None:
    world.finnhub.answers = lambda asked: told([wrong, story(id=2)])
    with logged() as lines:
        found = world.feeds().news("finnhub").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert [article.article_id for article in found] == ["finnhub-2"]
    assert [line["reasons"] for line in lines.lines("WARNING")] == [{reason: 1}]


def test_stories_of_1970_and_of_the_future_are_left_out(world: World) -> None:
    world.finnhub.answers = lambda asked: told([story(datetime=0), story(datetime=4_000_000_000)])

    assert world.feeds().news("finnhub").articles(["AAPL"], DAY, DAY + timedelta(days=1)) == []


@pytest.mark.parametrize("hour", [0, 14.5])
def test_a_day_is_dated_by_its_midnight_or_by_its_open(world: World, hour: float) -> None:
    world.finnhub.answers = lambda asked: told(
        columns([DAY - timedelta(days=3, hours=-hour), DAY + timedelta(hours=hour)])
    )
    found = prices(world).candles("AAPL", "D", DAY - timedelta(days=7), DAY + timedelta(days=1))

    assert found == [Candle(at, 10.0, 12.0, 9.0, 11.0, 1000) for at in (OPENS - timedelta(days=3), OPENS)]


def test_candles_are_asked_for_around_the_span(world: World) -> None:
    world.finnhub.answers = lambda asked: told({"s": "no_data"})
    prices(world).candles("BRK.B", "60", OPENS, OPENS + timedelta(hours=2))

    (asked,) = world.finnhub.asked
    assert asked.path == "/api/v1/stock/candle"
    assert (asked.query["symbol"], asked.query["resolution"]) == ("BRK.B", "30")
    assert int(asked.query["from"]) <= DAY.timestamp()
    assert int(asked.query["to"]) >= (DAY + timedelta(hours=29)).timestamp()


def test_candles_within_the_day_are_aligned_and_joined_to_hours(world: World) -> None:
    halves = [OPENS + n * timedelta(minutes=30) for n in range(-2, 14)]
    world.finnhub.answers = lambda asked: told(columns(halves))
    found = prices(world).candles("AAPL", "60", DAY, DAY + timedelta(days=1))

    assert [candle.start.strftime("%H:%M") for candle in found] == [f"{hour}:30" for hour in range(14, 21)]
    assert [candle.volume for candle in found] == [2000] * 6 + [1000]


def test_the_last_hour_of_a_half_day_is_short(world: World) -> None:
    # 2024-11-29 closes at 18:00 UTC.
    begin = OPENS - timedelta(days=3)
    world.finnhub.answers = lambda asked: told(columns([begin + n * timedelta(minutes=30) for n in range(13)]))
    found = prices(world).candles("AAPL", "60", begin - timedelta(hours=1), begin + timedelta(days=1))

    assert [candle.start.strftime("%H:%M") for candle in found] == ["14:30", "15:30", "16:30", "17:30"]
    assert found[-1].volume == 1000


def test_no_data_is_no_candle(world: World) -> None:
    world.finnhub.answers = lambda asked: told({"s": "no_data"})

    assert prices(world).candles("AAPL", "D", DAY, DAY + timedelta(days=1)) == []


def test_unknown_volumes_leave_the_prices(world: World) -> None:
    world.finnhub.answers = lambda asked: told(columns([OPENS], v=[]))
    (candle,) = prices(world).candles("AAPL", "5", DAY, DAY + timedelta(days=1))

    assert candle.volume is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"o": [0, 10.0]}, "1: greater_than"),
        ({"c": [None, 11.0]}, "4: float_type"),
        ({"h": [1.0, 12.0]}, "high and low do not bound open and close"),
        ({"v": [-1, 5]}, "5: greater_than_equal"),
        ({"t": [1.5]}, "0: int_type"),
    ],
)
def test_a_hole_in_the_columns_costs_its_row_only(world: World, changes: dict[str, Any], reason: str) -> None:
    later = OPENS + timedelta(minutes=5)
    if "t" in changes:
        changes = {"t": [*changes["t"], int(later.timestamp())]}
    world.finnhub.answers = lambda asked: told(columns([OPENS, later], **changes))
    with logged() as lines:
        found = prices(world).candles("AAPL", "5", DAY, DAY + timedelta(days=1))

    assert [candle.start for candle in found] == [later]
    assert reason in lines.lines("WARNING")[0]["reasons"]


@pytest.mark.parametrize(
    "body",
    [{"s": "ok", "t": [1, 2], "o": [1.0]}, {"s": "error"}, {"error": "no access"}, [], "ok", None, {"s": "ok", "t": 1}],
)
def test_columns_that_do_not_fit_are_a_wrong_body(world: World, body: Any) -> None:
    world.finnhub.answers = lambda asked: told(body)

    with pytest.raises(FeedUnavailable, match="finnhub does not answer"):
        prices(world).candles("AAPL", "D", DAY, DAY + timedelta(days=1))


def quoted(asked: Asked) -> Answer:
    return told(
        {
            "c": 261.74,
            "d": 1.2,
            "dp": 0.4,
            "h": 263.31,
            "l": 260.68,
            "o": 261.07,
            "pc": 259.45,
            "t": int(OPENS.timestamp()),
        }
    )


def test_a_quote_has_a_price_and_no_offers(world: World) -> None:
    world.finnhub.answers = quoted
    quote = prices(world).quote("AAPL", OPENS + timedelta(minutes=10))

    assert quote is not None
    assert (quote.last, quote.bid, quote.ask, quote.previous_close) == (261.74, None, None, 259.45)
    assert (quote.at, quote.symbol, quote.provenance) == (OPENS, "AAPL", "live")


@pytest.mark.parametrize("body", [{"c": 0, "d": None, "pc": 0, "t": 0}, {"c": None, "t": None}, {"c": -5.0, "t": 5}])
def test_an_unknown_or_impossible_quote_is_none(world: World, body: Any) -> None:
    world.finnhub.answers = lambda asked: told(body)

    assert prices(world).quote("ZZZZ", OPENS) is None


def test_a_quote_of_later_is_none(world: World) -> None:
    world.finnhub.answers = quoted

    assert prices(world).quote("AAPL", OPENS - timedelta(hours=1)) is None


def test_nothing_is_asked_for_an_empty_span(world: World) -> None:
    assert world.feeds().news("finnhub").articles(["AAPL"], DAY, DAY) == []
    assert prices(world).candles("AAPL", "D", DAY, DAY) == []
    assert world.finnhub.asked == []
