"""Tiingo's documented answers as articles, candles and quotes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract_tests.feeds.conftest import KEYS, World
from contract_tests.feeds.source import Answer, Asked, told
from contract_tests.logs import logged
from handlers.domain.candles import Candle
from handlers.domain.quotas import Quota

STORY: dict[str, Any] = {
    "source": "cnbc.com",
    "crawlDate": "2024-12-02T14:20:01.696871Z",
    "description": "Apple <b>CEO</b>\r\n told\x00 CNBC that trade tensions have improved.",
    "url": "https://www.cnbc.com/2024/12/02/apple.html",
    "publishedDate": "2024-12-02T14:17:00Z",
    "tags": ["China", "Economics", "China", ""],
    "tickers": ["aapl", "brk-b", "^gspc", "msft"],
    "id": 15063835,
    "title": "Apple CEO on trade:  'more optimism'",
}
DAY = datetime(2024, 12, 2, tzinfo=UTC)
OPENS = datetime(2024, 12, 2, 14, 30, tzinfo=UTC)
BAR = {"open": 10.0, "high": 12.0, "low": 9.0, "close": 11.0}


def story(**changes: Any) -> dict[str, Any]:
    return {**STORY, **changes}


def bar(at: datetime, **changes: Any) -> dict[str, Any]:
    return {"date": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), **BAR, **changes}


def test_a_story_becomes_an_article(world: World) -> None:
    world.tiingo.answers = lambda asked: told([STORY])
    (article,) = world.feeds().news("tiingo").articles(["AAPL", "BRK.B"], DAY, DAY + timedelta(days=1))

    assert (article.article_id, article.source, article.provenance) == ("tiingo-15063835", "tiingo", "live")
    assert article.headline == "Apple CEO on trade: 'more optimism'"
    assert article.description == "Apple <b>CEO</b> told CNBC that trade tensions have improved."
    assert article.published_at == datetime(2024, 12, 2, 14, 17, tzinfo=UTC)
    assert article.tickers == ("AAPL", "BRK.B", "MSFT")
    assert (article.tags, article.source_name, article.sentiment) == (("China", "Economics"), "cnbc.com", None)


def test_news_is_asked_for_as_documented_and_the_key_goes_into_a_header(world: World) -> None:
    world.feeds().news("tiingo").articles(["BRK.B", "AAPL"], DAY, DAY + timedelta(hours=15))

    (asked,) = world.tiingo.asked
    assert asked.path == "/tiingo/news"
    assert asked.query == {
        "tickers": "aapl,brk-b", "startDate": "2024-12-02", "endDate": "2024-12-03", "limit": "1000", "offset": "0",
    }  # fmt: skip
    assert asked.headers["authorization"] == f"Token {KEYS['tiingo']}"


def test_at_most_ten_tickers_go_into_one_call(world: World) -> None:
    tickers = [f"A{chr(65 + n)}" for n in range(23)]
    world.feeds().news("tiingo").articles(tickers, DAY, DAY + timedelta(days=1))

    calls = [asked.query["tickers"].split(",") for asked in world.tiingo.asked]
    assert [len(call) for call in calls] == [10, 10, 3]
    assert sorted(ticker.upper() for call in calls for ticker in call) == tickers


def test_full_pages_are_followed_to_the_last(world: World) -> None:
    def pages(asked: Asked) -> Answer:
        first = int(asked.query["offset"])
        return told([story(id=n, tickers=["aapl"]) for n in range(first, min(first + 1000, 1500))])

    world.tiingo.answers = pages
    found = world.feeds().news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert len(found) == 1500
    assert [asked.query["offset"] for asked in world.tiingo.asked] == ["0", "1000"]


def test_pages_without_end_are_left_with_a_warning(world: World) -> None:
    # The free plan's pace ends them earlier.
    world.quotas["tiingo"] = Quota(500, "minute")
    world.tiingo.answers = lambda asked: told([story(id=int(asked.query["offset"]) + n) for n in range(1000)])
    with logged() as lines:
        found = world.feeds().news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert (len(found), len(world.tiingo.asked)) == (5000, 5)
    assert [line["message"] for line in lines.lines("WARNING")] == ["articles left out"]


def test_the_page_that_was_told_is_kept_where_the_pace_allows_no_second_one(world: World) -> None:
    world.clock.at = datetime(2024, 12, 2, tzinfo=UTC)
    world.tiingo.answers = lambda asked: told([story(id=n, publishedDate="2024-12-01T12:00:00Z") for n in range(1000)])
    with logged() as lines:
        found = world.feeds().news("tiingo").articles(["AAPL"], DAY - timedelta(days=1), DAY)

    assert (len(found), len(world.tiingo.asked)) == (1000, 1)
    assert [line["message"] for line in lines.lines("WARNING")] == ["articles left out"]


def test_articles_lie_in_the_span_oldest_first_and_each_once(world: World) -> None:
    times = ["2024-12-02T15:00:00Z", "2024-12-02T14:59:59.999999Z", "2024-12-02T09:00:00-05:00", "2024-12-02T13:59:59Z"]
    world.tiingo.answers = lambda asked: told(
        [story(id=n, publishedDate=at) for n, at in enumerate(times)] + [story(id=1, publishedDate=times[1])]
    )
    found = (
        world.feeds()
        .news("tiingo")
        .articles(["AAPL"], datetime(2024, 12, 2, 14, tzinfo=UTC), datetime(2024, 12, 2, 15, tzinfo=UTC))
    )

    assert [article.article_id for article in found] == ["tiingo-2", "tiingo-1"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (story(title=None), "no headline"),
        (story(title=" \x00\n"), "no headline"),
        (story(title=["x"]), "title: string_type"),
        (story(title="\ud800"), "title: string_unicode"),
        (story(url="javascript:alert(1)"), "no web address"),
        (story(url=None), "no web address"),
        (story(publishedDate="yesterday"), "no instant"),
        (story(publishedDate="0001-01-01T00:00:00+14:00"), "no instant"),
        (story(publishedDate=5), "publishedDate: string_type"),
        (story(id=-1), "id: greater_than_equal"),
        (story(id="7"), "id: int_type"),
        (story(tickers=["msft"]), "no ticker that was asked for"),
        (story(tickers=None), "no ticker that was asked for"),
        (story(tickers="aapl"), "tickers: list_type"),
        ({}, "id: missing, title: missing, url: missing"),
        ("story", "all: dict_type"),
        (None, "all: dict_type"),
    ],
)
def test_a_wrong_story_is_dropped_with_its_reason_and_the_rest_stays(world: World, wrong: Any, reason: str) -> None:
    world.tiingo.answers = lambda asked: told([wrong, story(id=2)])
    with logged() as lines:
        found = world.feeds().news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert [article.article_id for article in found] == ["tiingo-2"]
    assert [line["reasons"] for line in lines.lines("WARNING")] == [{reason: 1}]


def test_long_texts_are_cut(world: World) -> None:
    world.tiingo.answers = lambda asked: told([story(title="t" * 1_000_000, description="d" * 1_000_000)])
    (article,) = world.feeds().news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert (len(article.headline), len(article.description)) == (500, 2000)


def test_nothing_is_asked_for_an_empty_span_or_no_ticker(world: World) -> None:
    news = world.feeds().news("tiingo")

    assert news.articles(["AAPL"], DAY, DAY) == []
    assert news.articles([], DAY, DAY + timedelta(days=1)) == []
    assert world.tiingo.asked == []


def prices(world: World) -> Any:
    return world.feeds().price_sources[0]


def test_a_daily_candle_starts_when_its_session_opens(world: World) -> None:
    days = ["2024-11-27", "2024-11-28", "2024-11-29", "2024-12-02"]
    world.tiingo.answers = lambda asked: told(
        [bar(datetime.fromisoformat(f"{day}T00:00:00+00:00"), volume=38607.0, adjClose=1) for day in days]
    )
    with logged() as lines:
        found = prices(world).candles("AAPL", "D", DAY - timedelta(days=7), datetime(2024, 12, 2, 20, tzinfo=UTC))

    # The 28th is Thanksgiving, the 2nd closes at 21:00 UTC.
    assert [candle.start.isoformat() for candle in found] == ["2024-11-27T14:30:00+00:00", "2024-11-29T14:30:00+00:00"]
    assert found[0] == Candle(found[0].start, 10.0, 12.0, 9.0, 11.0, 38607)
    assert [line["reasons"] for line in lines.lines("WARNING")] == [{"no session on that day": 1}]


def test_daily_candles_are_asked_for_by_the_dates_in_new_york(world: World) -> None:
    prices(world).candles("BRK.B", "D", datetime(2024, 12, 2, 3, tzinfo=UTC), datetime(2024, 12, 3, 3, tzinfo=UTC))

    (asked,) = world.tiingo.asked
    assert (asked.path, asked.query) == (
        "/tiingo/daily/brk-b/prices",
        {"startDate": "2024-12-01", "endDate": "2024-12-02"},
    )


def test_summer_and_winter_have_their_own_opening(world: World) -> None:
    world.tiingo.answers = lambda asked: told([bar(datetime(2024, 7, 1, tzinfo=UTC)), bar(DAY)])
    found = prices(world).candles("AAPL", "D", datetime(2024, 6, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))

    assert [candle.start.hour for candle in found] == [13, 14]


@pytest.mark.parametrize("resolution", ["1", "5", "15", "30"])
def test_candles_within_the_day_end_in_the_span(world: World, resolution: Any) -> None:
    length = timedelta(minutes=int(resolution))
    world.tiingo.answers = lambda asked: told([bar(OPENS + n * length) for n in range(13)])
    found = prices(world).candles("AAPL", resolution, OPENS + length, OPENS + 3 * length)

    assert [candle.start for candle in found] == [OPENS + length, OPENS + 2 * length]
    assert found[0].volume is None
    assert world.tiingo.asked[0].query["resampleFreq"] == f"{resolution}min"
    assert world.tiingo.asked[0].path == "/iex/aapl/prices"


def test_a_volume_that_no_market_trades_is_wrong(world: World) -> None:
    world.tiingo.answers = lambda asked: told([bar(DAY, volume=1e300)])

    assert prices(world).candles("AAPL", "D", DAY, DAY + timedelta(days=1)) == []


def test_hours_are_counted_from_the_open_and_the_last_one_is_short(world: World) -> None:
    halves = [bar(OPENS + n * timedelta(minutes=30), high=12.0 + n, close=11.0 + n) for n in range(13)]
    world.tiingo.answers = lambda asked: told(halves)
    found = prices(world).candles("AAPL", "60", DAY, DAY + timedelta(days=1))

    assert [candle.start.strftime("%H:%M") for candle in found] == [f"{hour}:30" for hour in range(14, 21)]
    assert (found[0].open, found[0].high, found[0].close) == (10.0, 13.0, 12.0)
    assert (found[-1].open, found[-1].close) == (10.0, 23.0)
    assert world.tiingo.asked[0].query["resampleFreq"] == "30min"


def test_an_hour_that_has_not_ended_is_not_told(world: World) -> None:
    world.tiingo.answers = lambda asked: told([bar(OPENS), bar(OPENS + timedelta(minutes=30))])

    assert prices(world).candles("AAPL", "60", DAY, OPENS + timedelta(minutes=59)) == []
    assert len(prices(world).candles("AAPL", "60", DAY, OPENS + timedelta(minutes=60))) == 1


def test_extended_hours_come_only_where_they_are_wanted(world: World) -> None:
    from handlers.feeds.tiingo import TiingoPrices

    # Pre-market from 09:00 UTC, after hours to 01:00 UTC of the next day.
    begin = datetime(2024, 12, 2, 9, tzinfo=UTC)
    world.tiingo.answers = lambda asked: told([bar(begin + n * timedelta(minutes=30)) for n in range(-1, 33)])
    feeds = world.feeds()
    regular = feeds.price_sources[0].candles("AAPL", "30", DAY, DAY + timedelta(days=2))
    whole = TiingoPrices(feeds._tiingo, extended_hours=True).candles("AAPL", "30", DAY, DAY + timedelta(days=2))
    hours = TiingoPrices(feeds._tiingo, extended_hours=True).candles("AAPL", "60", DAY, DAY + timedelta(days=2))

    assert (len(regular), len(whole)) == (13, 32)
    assert [candle.start.strftime("%H:%M") for candle in hours][:7] == [
        "09:00", "09:30", "10:30", "11:30", "12:30", "13:30", "14:30",
    ]  # fmt: skip
    assert [candle.start.strftime("%H:%M") for candle in hours][-5:] == [
        "20:30",
        "21:00",
        "21:30",
        "22:30",
        "23:30",
        "00:30",
    ][-5:]
    assert [asked.query["afterHours"] for asked in world.tiingo.asked] == ["false", "true", "true"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"open": 0}, "open: greater_than"),
        ({"open": -1.0}, "open: greater_than"),
        ({"close": None}, "close: float_type"),
        ({"close": "11"}, "close: float_type"),
        ({"close": True}, "close: float_type"),
        ({"low": float("nan")}, "low: greater_than"),
        ({"high": float("inf")}, "no price"),
        ({"low": 0.00001}, "no price"),
        ({"high": 10.5}, "high and low do not bound open and close"),
        ({"low": 10.5}, "high and low do not bound open and close"),
        ({"date": "2024-12-02T13:00:00Z"}, "outside of trading hours"),
        ({"date": "2024-12-02T14:31:00Z"}, "not on the grid of its resolution"),
        ({"date": "2024-12-01T14:30:00Z"}, "no session on that day"),
        ({"date": "1890-12-01T14:30:00Z"}, "no NYSE calendar for 1890-12-01; it covers 2000-01-01 to 2035-12-31"),
    ],
)
def test_a_wrong_candle_is_dropped_with_its_reason(world: World, changes: dict[str, Any], reason: str) -> None:
    world.tiingo.answers = lambda asked: told([bar(OPENS, **changes), bar(OPENS + timedelta(minutes=5))])
    with logged() as lines:
        found = prices(world).candles("AAPL", "5", DAY, DAY + timedelta(days=1))

    assert [candle.start for candle in found] == [OPENS + timedelta(minutes=5)]
    assert [line["reasons"] for line in lines.lines("WARNING")] == [{reason: 1}]


def test_an_unknown_symbol_has_no_candles_and_no_quote(world: World) -> None:
    world.tiingo.answers = lambda asked: told({"detail": "Not found."}, status=404)

    assert prices(world).candles("ZZZZ", "D", DAY, DAY + timedelta(days=1)) == []
    assert prices(world).quote("ZZZZ", OPENS) is None


def test_days_beyond_the_calendar_are_not_asked_for(world: World) -> None:
    assert prices(world).candles("AAPL", "D", datetime(1990, 1, 1, tzinfo=UTC), datetime(1991, 1, 1, tzinfo=UTC)) == []
    assert world.tiingo.asked == []


TOP = {
    "ticker": "AAPL", "timestamp": "2024-12-02T09:33:38.186520297-05:00", "quoteTimestamp": None, "last": None,
    "tngoLast": 162.33, "prevClose": 154.68, "open": 161.83, "bidPrice": 162.34, "askPrice": 0, "volume": 0,
}  # fmt: skip


def test_a_top_of_book_becomes_a_quote(world: World) -> None:
    world.tiingo.answers = lambda asked: told([TOP])
    quote = prices(world).quote("AAPL", OPENS + timedelta(minutes=10))

    assert quote is not None
    assert (quote.last, quote.bid, quote.ask, quote.previous_close) == (162.33, 162.34, None, 154.68)
    assert quote.at == datetime(2024, 12, 2, 14, 33, 38, 186520, tzinfo=UTC)
    assert (quote.symbol, quote.provenance) == ("AAPL", "live")
    assert (world.tiingo.asked[0].path, world.tiingo.asked[0].query) == ("/iex/", {"tickers": "aapl"})


def test_a_quote_is_never_from_after_the_instant(world: World) -> None:
    world.tiingo.answers = lambda asked: told([TOP])
    made = datetime(2024, 12, 2, 14, 33, 38, 186520, tzinfo=UTC)

    slow_clock = prices(world).quote("AAPL", made - timedelta(seconds=30))
    assert slow_clock.at == made - timedelta(seconds=30)
    assert prices(world).quote("AAPL", made - timedelta(hours=1)) is None


def test_a_quote_of_another_symbol_is_none(world: World) -> None:
    world.tiingo.answers = lambda asked: told([{**TOP, "ticker": "MSFT"}])

    assert prices(world).quote("AAPL", OPENS + timedelta(hours=1)) is None
