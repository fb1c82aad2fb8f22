"""What a client of the market stream is told, on a clock that only sleeping moves."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from contract_tests.stream.world import NOW, Connection, Told, World
from handlers.domain.articles import Article
from handlers.domain.buckets import RESOLUTIONS, Score
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.buckets import Buckets
from handlers.storage.items import Page, StoreUnavailable
from handlers.storage.sqlite import SqliteStore
from tools.events import HttpCall, received, rest_event
from tools.stage import Stage

BUCKETS = ("partial_bucket", "bucket_update")


class Flaky(SqliteStore):
    """A store whose ranges cannot be read while it has an `error`, from an instant on."""

    error: Exception | None = None
    fails_from = NOW

    def query(self, *asked: Any, **named: Any) -> Page:
        if self.error is not None and self._clock.now() >= self.fails_from:
            raise self.error
        return super().query(*asked, **named)


def article(world: World, number: int, sentiment: float = 0.5) -> Article:
    return Article(
        article_id=f"article-{number}",
        source="tiingo",
        headline="A headline",
        description="",
        url="https://news.example/1",
        source_name="Example",
        published_at=world.clock.now() - timedelta(minutes=1),
        tickers=("AAPL",),
        tags=("technology",),
        sentiment=sentiment,
        provenance="recorded",
    )


def connected(
    world: World, query: str = "", last_event_id: str | None = None, seconds: float | None = None
) -> Connection:
    """A client that has been told what every client is told first."""
    connection = world.open(query, last_event_id, seconds)
    connection.until("metrics")
    return connection


def of(events: list[Told], resolution: str) -> list[Told]:
    return [told for told in events if told.event in BUCKETS and told.data["resolution"] == resolution]


def test_a_stream_begins_with_a_heartbeat_and_the_metrics() -> None:
    first, second = World().open().take(2)

    assert (first.event, first.retry, first.data["connections"]) == ("heartbeat", 3000, 1)
    assert (second.event, second.retry, second.data["total"]) == ("metrics", None, 0)


def test_a_heartbeat_comes_every_thirty_seconds() -> None:
    connection = connected(World())
    beats = connection.take(3)

    assert [beat.event for beat in beats] == ["heartbeat"] * 3
    assert [beat.data["timestamp"] for beat in beats] == [f"2024-12-02T15:0{at}Z" for at in ("0:50", "1:20", "1:50")]
    assert [beat.id for beat in beats] == sorted(beat.id for beat in beats)


def test_a_stored_score_comes_as_running_values_of_every_resolution_within_three_seconds() -> None:
    world = World()
    connection = connected(world)
    world.say("AAPL", 0.25)
    stored_at = world.clock.now()
    events = connection.take(8)

    assert [told.event for told in events] == ["partial_bucket"] * 8
    assert [told.data["resolution"] for told in events] == list(RESOLUTIONS)
    assert world.clock.now() - stored_at <= timedelta(seconds=3)
    assert events[0].data["bucket"] == {
        "timestamp": "2024-12-02T15:00:00Z",
        "open": 0.25,
        "high": 0.25,
        "low": 0.25,
        "close": 0.25,
        "count": 1,
        "sum": 0.25,
        "avg": 0.25,
        "label_counts": {"neutral": 1},
        "sources": ["tiingo"],
    }
    assert (events[0].data["is_partial"], events[0].data["origin_timestamp"]) == (True, "2024-12-02T15:00:20Z")
    assert events[0].data["progress_pct"] == pytest.approx(35)


def test_a_bucket_whose_time_is_over_comes_once_as_complete() -> None:
    world = World()
    connection = connected(world, "resolutions=1m")
    world.say("AAPL", 0.25)
    partial, *rest = connection.until("bucket_update")
    following = connection.take(3)

    assert [told.event for told in (partial, *rest)] == ["partial_bucket", "heartbeat", "bucket_update"]
    assert rest[-1].data["is_partial"] is False
    assert rest[-1].data["bucket"] == partial.data["bucket"]
    assert rest[-1].data["origin_timestamp"] == "2024-12-02T15:01:00Z"
    assert [told.event for told in following] == ["heartbeat"] * 3


def test_a_late_article_changes_a_bucket_that_was_complete() -> None:
    world = World()
    connection = connected(world, "resolutions=1m")
    world.say("AAPL", -0.5, ago=timedelta(minutes=10))
    told = connection.next()

    assert (told.event, told.data["bucket"]["timestamp"]) == ("bucket_update", "2024-12-02T14:50:00Z")


def test_a_score_that_becomes_visible_late_is_not_lost() -> None:
    """Its instant is read before its transaction is over: polls in between have passed that instant."""
    world = World()
    connection = connected(world, "resolutions=24h")
    behind = FixedClock(world.clock.now() + timedelta(seconds=28))
    world.say("AAPL", 0.1)
    told = connection.until("heartbeat")
    Buckets(world.store, behind).record(Score("AAPL", NOW, 0, "late", "finnhub"))
    told += connection.until("partial_bucket")

    assert told[-1].data["bucket"]["count"] == 2
    assert [event.id for event in told] == sorted(event.id for event in told)


def test_a_value_that_waits_until_its_bucket_is_over_comes_as_complete() -> None:
    world = World()
    world.wait(38)
    world.say("AAPL", 0.1)
    world.wait(0.95)
    position = world.open().next().id
    # The poll is due 50 ms before the minute is over, and what it finds has to wait for 50 ms.
    world.wait(0.95)
    connection = world.open("resolutions=1m", last_event_id=position)
    told = connection.until("partial_bucket")
    world.wait(0.02)
    world.say("AAPL", 0.2)
    told += connection.until("bucket_update")

    assert [event.data["bucket"]["count"] for event in of(told, "1m")] == [1, 2]
    assert [event.event for event in of(told, "1m")] == ["partial_bucket", "bucket_update"]


def test_a_second_value_waits_until_a_tenth_of_a_second_after_the_first() -> None:
    world = World()
    world.say("AAPL", 0.1)
    world.wait(0.95)
    position = world.open().next().id
    # The poll is due 50 ms after the first value.
    world.wait(0.95)
    connection = world.open("resolutions=24h", last_event_id=position)
    first = connection.until("partial_bucket")[-1]
    world.say("AAPL", 0.2)
    second = connection.until("partial_bucket")[-1]

    assert (first.data["timestamp"], second.data["timestamp"]) == (
        "2024-12-02T15:00:21.900000Z",
        "2024-12-02T15:00:22Z",
    )


def test_tickers_and_resolutions_filter() -> None:
    world = World()
    connection = connected(world, "tickers=aapl,BRK.B&resolutions=5m,24h")
    for ticker in ("MSFT", "AAPL", "BRK.B"):
        world.say(ticker, 0.1)
    events = [told for told in connection.until("heartbeat") if told.event in BUCKETS]

    found = {(told.data["ticker"], told.data["resolution"]) for told in events}
    assert found == {("AAPL", "5m"), ("AAPL", "24h"), ("BRK.B", "5m"), ("BRK.B", "24h")}


@pytest.mark.parametrize(
    ("query", "loc", "kind"),
    [
        ("tickers=AAPL,ZZZZZ", ["query", "tickers", 1], "ticker_not_listed"),
        ("tickers=AAPL,toolong", ["query", "tickers", 1], "string_pattern_mismatch"),
        ("resolutions=1m,2m", ["query", "resolutions", 1], "literal_error"),
        ("tickers=" + ",".join(["AAPL"] * 21), ["query", "tickers"], "too_long"),
        ("since=1", ["query", "since"], "extra_forbidden"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(query: str, loc: list[object], kind: str) -> None:
    refused = received(World().gate(rest_event(HttpCall("GET", "/api/v2/stream", query))))

    assert refused.status == 422
    assert f'"loc":{str(loc).replace(chr(39), chr(34)).replace(" ", "")}' in refused.body.decode()
    assert f'"type":"{kind}"' in refused.body.decode()


def test_the_metrics_come_again_when_they_change_and_only_then() -> None:
    world = World()
    connection = connected(world, "resolutions=24h")
    world.say("AAPL", 0.5)
    Articles(world.store).add(article(world, 1))
    told = connection.until("heartbeat")

    (metrics,) = [event for event in told if event.event == "metrics"]
    assert (metrics.data["total"], metrics.data["positive"], metrics.data["by_tag"]) == (1, 1, {"technology": 1})


def test_metrics_follow_an_article_without_a_score_within_a_minute() -> None:
    world = World()
    connection = connected(world)
    Articles(world.store).add(article(world, 1))
    added_at = world.clock.now()
    connection.until("metrics")

    assert world.clock.now() - added_at <= timedelta(seconds=61)


def test_two_connections_of_a_process_both_get_the_first_metrics_and_every_change() -> None:
    world = World()
    first = world.open()
    told_first = first.until("metrics")
    second = world.open()
    told_second = second.until("metrics")
    seen = []
    for number in range(3):
        world.say("AAPL", number / 10)
        seen.append((of(first.take(8), "1m"), of(second.take(8), "1m")))

    assert [told.data["connections"] for told in (told_first[0], told_second[0])] == [1, 2]
    assert [(a[0].data["bucket"]["count"], b[0].data["bucket"]["count"]) for a, b in seen] == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize("pause_seconds", [25, 90])
def test_a_client_that_reads_slowly_is_brought_everything_at_last(pause_seconds: int) -> None:
    world = World()
    slow, fast = connected(world, "resolutions=24h"), connected(world, "resolutions=24h")
    tickers = ("AAPL", "MSFT", "NVDA", "TSLA", "META")
    for ticker in tickers:
        world.say(ticker, 0.4)
        fast.until("partial_bucket")
        world.wait(pause_seconds)
    told = slow.take(len(tickers) + 1)

    assert {event.data["ticker"] for event in of(told, "24h")} == set(tickers)


def test_what_was_stored_while_nobody_polled_is_not_lost() -> None:
    world = World()
    connection = connected(world, "resolutions=24h")
    world.wait(600)
    world.say("AAPL", 0.4)
    world.wait(600)
    told = connection.until("heartbeat")

    assert [event.data["ticker"] for event in of(told, "24h")] == ["AAPL"]


def test_the_metrics_are_those_that_the_dashboard_has() -> None:
    stage = Stage()
    dashboard = json.loads(stage.call(HttpCall("GET", "/api/v2/metrics"), "anonymous").body)
    stream = stage.call(HttpCall("GET", "/api/v2/stream"), function="stream")
    (data,) = re.findall(r"event: metrics\nid: .*\ndata: (.*)\n", stream.body.decode())
    metrics = json.loads(data)

    assert metrics["total"] > 0
    assert {name: dashboard[name] for name in metrics if name != "timestamp"} == {
        name: value for name, value in metrics.items() if name != "timestamp"
    }


def test_a_resumed_client_is_brought_the_latest_state_of_what_changed() -> None:
    world = World()
    connection = connected(world, "resolutions=1m,24h")
    world.say("AAPL", 0.1)
    position = connection.take(2)[-1].id
    connection.close()
    world.wait(90)
    world.say("MSFT", 0.3)
    world.wait(90)
    resumed = World(store=world.store, clock=world.clock).open("resolutions=1m,24h", last_event_id=position)
    told = resumed.until("heartbeat")

    assert [(e.event, e.data["ticker"], e.data["resolution"]) for e in told[:-1]] == [
        ("partial_bucket", "AAPL", "24h"),
        ("bucket_update", "AAPL", "1m"),
        ("bucket_update", "MSFT", "1m"),
        ("partial_bucket", "MSFT", "24h"),
    ]


def test_who_breaks_off_while_catching_up_misses_nothing() -> None:
    world = World()
    position = connected(world).next().id
    for ticker in ("AAPL", "MSFT", "NVDA"):
        world.wait(60)
        world.say(ticker, 0.3)
    world.wait(60)
    complete = last_words(world.open(last_event_id=position).until("heartbeat"))
    for breaks_after in range(1, len(complete)):
        seen = world.open(last_event_id=position).take(breaks_after)
        rest = world.open(last_event_id=seen[-1].id).until("heartbeat")

        assert last_words(seen).keys() | last_words(rest).keys() == complete.keys()


def test_the_ids_of_a_stream_never_go_back() -> None:
    world = World()
    connection = connected(world)
    ids = []
    for number in range(5):
        world.say("AAPL", number / 10, ago=timedelta(minutes=number * 40))
        ids += [told.id for told in connection.take(8)]

    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        ("2024-12-01T15:00:00.000000Z", "position_expired"),
        ("evt_5f0c8f0e-0000-4000-8000-000000000000", "position_unknown"),
        ("2024-13-01T15:00:00.000000Z", "position_unknown"),
    ],
)
def test_a_position_from_which_no_stream_can_go_on_is_told_to_start_anew(position: str, reason: str) -> None:
    world = World()
    world.say("AAPL", 0.5)
    world.wait(60)
    told = world.open(last_event_id=position).until("metrics")

    assert [event.event for event in told] == ["reset", "heartbeat", "metrics"]
    assert (told[0].data["reason"], told[0].data["oldest_position"]) == (reason, "2024-12-01T15:01:20.000000Z")


def test_a_position_that_is_yet_to_come_is_the_present_one() -> None:
    told = World().open(last_event_id="2030-01-01T00:00:00.000000Z").until("metrics")

    assert [event.event for event in told] == ["heartbeat", "metrics"]


def test_a_stream_says_so_before_its_time_is_over_and_ends() -> None:
    world = World()
    told = world.open(seconds=60).rest()

    assert [event.event for event in told] == ["heartbeat", "metrics", "heartbeat", "deadline"]
    assert (told[-1].data["timestamp"], told[-1].data["ends_at"]) == ("2024-12-02T15:01:17Z", "2024-12-02T15:01:20Z")
    assert world.status()["connections"] == 0


def test_a_caller_who_waits_for_the_whole_gets_a_stream_that_ends() -> None:
    whole = received(World().gate(rest_event(HttpCall("GET", "/api/v2/stream"))))

    assert whole.status == 200
    assert whole.body.decode().count("event: deadline\n") == 1
    assert whole.header("content-type") == "text/event-stream"


def test_a_store_that_does_not_answer_is_503_before_the_stream_begins() -> None:
    world = World()
    world.store.close()
    answer = world.open()

    assert (answer.status, answer.answer.headers["Retry-After"]) == (503, "5")
    assert world.status()["connections"] == 0


def test_an_outage_of_the_store_costs_time_and_no_change() -> None:
    clock = FixedClock(NOW)
    store = Flaky(":memory:", clock)
    world = World(store=store, clock=clock)
    connection = connected(world, "resolutions=24h")
    store.error = StoreUnavailable("a test", 1)
    world.say("AAPL", 0.5)
    connection.until("heartbeat")
    store.error = None
    told = connection.next()

    assert (told.event, told.data["ticker"]) == ("partial_bucket", "AAPL")


def test_the_head_of_a_stream_takes_no_slot() -> None:
    world = World(max_connections=1)
    heads = [world.open(method="HEAD") for _ in range(3)]

    assert [(head.status, head.answer.body) for head in heads] == [(200, b"")] * 3
    assert world.status() == {"connections": 0, "max_connections": 1, "available": 1, "uptime_seconds": 0}


def test_the_limit_refuses_until_somebody_goes() -> None:
    world = World(max_connections=2)
    first, second = world.open(), world.open()
    refused = world.open()
    first.close()
    third = world.open()

    assert [answer.status for answer in (first, second, refused, third)] == [200, 200, 503, 200]
    assert refused.answer.headers["Retry-After"] == "30"
    assert world.status()["available"] == 0


def test_a_stream_that_fails_frees_its_slot() -> None:
    clock = FixedClock(NOW)
    store = Flaky(":memory:", clock)
    world = World(store=store, clock=clock)
    connection = connected(world)
    store.error = LookupError("a defect")
    with pytest.raises(LookupError):
        connection.rest()

    assert world.status()["connections"] == 0


def test_a_whole_stream_that_fails_midway_is_a_500() -> None:
    clock = FixedClock(NOW)
    store = Flaky(":memory:", clock)
    store.error, store.fails_from = LookupError("a defect"), NOW + timedelta(seconds=1)
    world = World(store=store, clock=clock)
    failed = received(world.gate(rest_event(HttpCall("GET", "/api/v2/stream"))))

    assert (failed.status, failed.header("content-type")) == (500, "application/json")
    assert b"a defect" not in failed.body
    assert world.status()["connections"] == 0


@bounded(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["AAPL", "MSFT"]), st.integers(-10, 10), st.integers(0, 300), st.integers(0, 9_000)),
        max_size=8,
    )
)
def test_whoever_follows_or_resumes_ends_with_what_is_stored(said: list[tuple[str, int, int, int]]) -> None:
    """The law of a stream: the last word on each bucket is the stored bucket, for who stayed and for who came back."""
    world = World()
    stayed = world.open("resolutions=1m,3h")
    position = stayed.until("metrics")[0].id
    for number, (ticker, tenths, seconds_ago, milliseconds) in enumerate(said):
        world.say(ticker, tenths / 10, timedelta(seconds=seconds_ago), f"article-{number}")
        world.wait(milliseconds / 1000)
    world.wait(120)
    resumed = World(store=world.store, clock=world.clock).open("resolutions=1m,3h", last_event_id=position)

    expected = stored(world)
    assert last_words(stayed.until("heartbeat")) == expected
    assert last_words(resumed.until("heartbeat")) == expected


def last_words(events: list[Told]) -> dict[tuple[str, str, str], tuple[int, float]]:
    return {
        (e.data["ticker"], e.data["resolution"], e.data["bucket"]["timestamp"]): (
            e.data["bucket"]["count"],
            e.data["bucket"]["avg"],
        )
        for e in events
        if e.event in BUCKETS
    }


def stored(world: World) -> dict[tuple[str, str, str], tuple[int, float]]:
    found = {}
    buckets = Buckets(world.store, world.clock)
    for ticker in ("AAPL", "MSFT"):
        for resolution in ("1m", "3h"):
            stretch = buckets.newest(ticker, resolution, 1000)
            for bucket in (*stretch.complete, *([stretch.open] if stretch.open else [])):
                found[ticker, resolution, f"{bucket.start:%Y-%m-%dT%H:%M:%SZ}"] = (
                    bucket.count,
                    round(bucket.average, 4),
                )
    return found
