"""The live feed as a whole: two sources, their circuits and quotas, failing over, and what an operator can see of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract_tests.feeds.conftest import KEYS, NOW, World
from contract_tests.feeds.source import Answer, Asked, told
from contract_tests.logs import logged
from handlers.assembly import assemble
from handlers.backend import Backend
from handlers.domain.quotas import Quota
from handlers.feeds.failover import FailoverNews
from handlers.feeds.live import LiveFeeds
from handlers.feeds.opening import Feeds, open_feeds
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.chance import CountedChance
from handlers.runtime.settings import Settings
from handlers.storage.items import StoreUnavailable
from tools import stage as stages
from tools.events import HttpCall, Received, received, rest_event
from tools.identities import credentials_of, enrol

DAY = datetime(2024, 12, 2, tzinfo=UTC)
SPAN = (["AAPL"], DAY, DAY + timedelta(days=1))
BAR = {"open": 10.0, "high": 12.0, "low": 9.0, "close": 11.0, "volume": 5}
STORY = {"id": 1, "headline": "A story", "url": "https://example.com/1", "datetime": int(DAY.timestamp()) + 60}


def tiingo_bars(asked: Asked) -> Answer:
    return told([{"date": "2024-11-29T00:00:00.000Z", **BAR}])


def finnhub_bars(asked: Asked) -> Answer:
    at = int(datetime(2024, 11, 29, tzinfo=UTC).timestamp())
    return told({"s": "ok", "t": [at], "o": [10.0], "h": [12.0], "l": [9.0], "c": [11.5], "v": [7]})


def down(asked: Asked) -> Answer:
    return Answer(status=503)


def closes(feeds: LiveFeeds) -> list[float]:
    return [candle.close for candle in feeds.prices.candles("AAPL", "D", DAY - timedelta(days=7), NOW)]


def test_prices_come_from_tiingo_and_fail_over_to_finnhub(world: World) -> None:
    world.tiingo.answers, world.finnhub.answers = tiingo_bars, finnhub_bars
    feeds = world.feeds()
    assert closes(feeds) == [11.0]
    assert world.finnhub.asked == []

    world.tiingo.answers = down
    with logged() as lines:
        assert closes(feeds) == [11.5]
    told = [line for line in lines.lines("WARNING") if line["message"] == "failed over"]
    assert [(line["source"], line["tried"]) for line in told] == [("finnhub", ["tiingo: status 503"])]


def test_tiingo_is_left_alone_while_its_circuit_is_open_and_asked_again_after(world: World) -> None:
    world.tiingo.answers, world.finnhub.answers = down, finnhub_bars
    feeds = world.feeds()
    for _ in range(5):
        closes(feeds)
    before = len(world.tiingo.asked)
    assert closes(world.feeds()) == [11.5]
    assert len(world.tiingo.asked) == before

    world.tiingo.answers = tiingo_bars
    world.clock.sleep(60)
    assert closes(world.feeds()) == [11.0]


def test_both_down_is_told_with_the_source_that_may_be_asked_soonest(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(status=429, headers={"Retry-After": "90"})
    world.finnhub.answers = lambda asked: Answer(status=429, headers={"Retry-After": "40"})

    with pytest.raises(FeedUnavailable) as caught:
        closes(world.feeds())
    assert (caught.value.source, caught.value.retry_after_seconds) == ("finnhub", 40)


def test_a_quote_fails_over_too(world: World) -> None:
    world.tiingo.answers = down
    world.finnhub.answers = lambda asked: told({"c": 5.0, "pc": 4.0, "t": int(NOW.timestamp()) - 60})
    quote = world.feeds().prices.quote("AAPL", NOW)

    assert quote is not None
    assert quote.last == 5.0


def test_news_fails_over_and_each_article_names_its_source(world: World) -> None:
    world.tiingo.answers = down
    world.finnhub.answers = lambda asked: told([STORY])
    feeds = world.feeds()
    found = FailoverNews([feeds.news("tiingo"), feeds.news("finnhub")]).articles(*SPAN)

    assert [article.source for article in found] == ["finnhub"]


def test_a_quota_that_is_used_up_fails_over_and_opens_no_circuit(world: World) -> None:
    world.quotas["tiingo"] = Quota(2, "month")
    world.tiingo.answers, world.finnhub.answers = tiingo_bars, finnhub_bars

    assert [closes(world.feeds()) for _ in range(9)] == [[11.0]] * 2 + [[11.5]] * 7
    assert len(world.tiingo.asked) == 2
    assert [(one.source, one.circuit, one.used) for one in world.feeds().status()] == [
        ("tiingo", "closed", 2), ("finnhub", "closed", 7),
    ]  # fmt: skip


def test_every_try_is_taken_from_the_quota(world: World) -> None:
    world.tiingo.answers, world.finnhub.answers = down, finnhub_bars
    closes(world.feeds())

    assert [one.used for one in world.feeds().status()] == [3, 1]


def test_a_plan_without_an_endpoint_leaves_the_others(world: World) -> None:
    def premium(asked: Asked) -> Answer:
        if asked.path.endswith("/stock/candle"):
            return told({"error": "You don't have access to this resource."}, status=403)
        return told([STORY])

    world.tiingo.answers, world.finnhub.answers = down, premium
    feeds = world.feeds()
    for _ in range(6):
        with pytest.raises(FeedUnavailable):
            closes(feeds)

    assert len(feeds.news("finnhub").articles(*SPAN)) == 1


def test_the_state_of_the_sources_can_be_read(world: World) -> None:
    world.tiingo.answers, world.finnhub.answers = down, finnhub_bars
    feeds = world.feeds()
    for _ in range(5):
        closes(feeds)

    tiingo, finnhub = feeds.status()
    assert (tiingo.circuit, tiingo.retry_at) == (
        "open",
        world.clock.now() + timedelta(seconds=60) - timedelta(seconds=0),
    )
    assert (tiingo.limit, tiingo.period, finnhub.limit, finnhub.period) == (500, "month", 60, "minute")
    assert (finnhub.circuit, finnhub.retry_at, finnhub.used) == ("closed", None, 5)
    assert Feeds().status() == []


def test_one_key_is_enough(world: World) -> None:
    world.finnhub.answers = finnhub_bars
    feeds = world.feeds(keys={"finnhub": KEYS["finnhub"]})

    assert feeds.sources == ("finnhub",)
    assert [feed.source for feed in feeds.price_sources] == ["finnhub"]
    assert closes(feeds) == [11.5]
    with pytest.raises(FeedUnavailable) as caught:
        feeds.news("tiingo").articles(*SPAN)
    assert caught.value.reason == "tiingo: no key is set"
    assert world.tiingo.asked == []


def test_a_source_without_a_key_has_no_open_circuit(world: World) -> None:
    feeds = world.feeds(keys={})
    for _ in range(6):
        with pytest.raises(FeedUnavailable):
            closes(feeds)

    assert [one.circuit for one in feeds.status()] == ["closed", "closed"]


def test_opening_with_one_key_is_logged_as_degraded(world: World) -> None:
    settings = stages.settings(feed="live", tiingo_key="k")
    with logged() as lines:
        feeds = open_feeds(settings, world.clock, world.feeds()._shared)

    assert feeds.sources == ("tiingo",)
    assert [(line["message"], line["source"]) for line in lines.lines("WARNING")] == [
        ("degraded: a source has no key", "finnhub")
    ]


def test_the_recorded_feed_is_opened_by_default(world: World) -> None:
    assert type(open_feeds(Settings(), world.clock, world.feeds()._shared)) is Feeds


def test_live_sources_share_what_they_know_over_the_store_of_the_backend(world: World) -> None:
    backend = Backend(stages.settings(feed="live", tiingo_key="k"), world.clock, CountedChance("x"), store=world.store)

    assert isinstance(backend.feeds, LiveFeeds)
    assert [one.used for one in backend.feeds.status()] == [0, 0]


def test_nothing_is_sent_that_cannot_be_counted(world: World) -> None:
    def unavailable() -> Any:
        raise StoreUnavailable("it is gone")

    with pytest.raises(StoreUnavailable):
        closes(world.feeds(shared=unavailable))
    assert world.tiingo.asked == []


def asked_for_candles(world: World, feeds: Feeds) -> Received:
    settings = stages.settings(feed="live", tiingo_key="k")
    gate = assemble("dashboard", settings, world.clock, CountedChance("live"), world.store, feeds)
    headers = credentials_of("anonymous", settings, NOW)
    query = "start_date=2024-11-29&end_date=2024-11-29"
    return received(gate(rest_event(HttpCall("GET", "/api/v2/tickers/AAPL/ohlc", query, headers))))


def test_clients_are_told_which_source_answered_also_from_what_is_kept(world: World) -> None:
    enrol(world.store, NOW)
    world.tiingo.answers, world.finnhub.answers = down, finnhub_bars
    first, second = (asked_for_candles(world, world.feeds()) for _ in range(2))

    assert [json.loads(got.body)["source"] for got in (first, second)] == ["finnhub", "finnhub"]
    assert [got.header("x-cache-source") for got in (first, second)] == ["live-api", "persistent-cache"]
    assert json.loads(first.body)["provenance"] == "live"


def test_clients_are_told_the_source_and_when_to_retry(world: World) -> None:
    enrol(world.store, NOW)
    world.tiingo.answers = lambda asked: Answer(status=429, headers={"Retry-After": "90"})
    world.finnhub.answers = lambda asked: Answer(status=401)
    got = asked_for_candles(world, world.feeds())

    assert (got.status, got.header("retry-after")) == (503, "90")
    assert json.loads(got.body)["detail"] == "tiingo does not answer; retry after 90 seconds"


def test_closing_ends_the_connections_of_the_sources_that_were_opened(world: World) -> None:
    world.tiingo.answers = tiingo_bars
    feeds = world.feeds()
    closes(feeds)
    feeds.close()

    with pytest.raises(RuntimeError, match="closed"):
        closes(feeds)
    world.feeds().close()
