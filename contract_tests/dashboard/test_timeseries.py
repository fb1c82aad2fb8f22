"""Buckets as a client sees them: newest or by range, page by page, complete or open, from the store or from memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.buckets import RESOLUTIONS, SPANS, Score, align, end_of
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.items import Page
from handlers.storage.sqlite import SqliteStore
from models.fields import Resolution
from tools.events import HttpCall, Received, encoded_query
from tools.stage import NOW, Stage

PATH = "/api/v2/timeseries/AAPL"
law = settings(max_examples=20, deadline=None)


def text(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def empty(clock: FixedClock | None = None, path: str = ":memory:") -> Stage:
    """A stage on which nothing has been said yet."""
    clock = clock or FixedClock(NOW)
    return Stage(clock=clock, store=SqliteStore(path, clock))


def say(stage: Stage, at: datetime, units: int = 5000, ticker: str = "AAPL") -> None:
    name = f"article-{ticker}-{at.timestamp()}-{units}"
    Buckets(stage.store, stage.clock).record(Score(ticker, at, units, name, "tiingo"))


def minutes(stage: Stage, count: int) -> None:
    """One score in each of the last minutes, the open one among them."""
    for n in range(count):
        say(stage, align(stage.clock.now(), "1m") - timedelta(minutes=n))


def ask(stage: Stage, path: str = PATH, headers: tuple[tuple[str, str], ...] = (), **query: Any) -> Received:
    texts = {name: str(value) for name, value in query.items()}
    return stage.call(HttpCall("GET", path, encoded_query(texts), headers))


def read(stage: Stage, path: str = PATH, **query: Any) -> Any:
    got = ask(stage, path, **query)
    assert got.status == 200, got.body
    return json.loads(got.body)


def refusal(got: Received) -> tuple[int, list[tuple[list[Any], str]]]:
    return got.status, [(item["loc"], item["type"]) for item in json.loads(got.body)["detail"]]


def starts(page: Any) -> list[str]:
    return [bucket["timestamp"] for bucket in page["buckets"]]


def pages(stage: Stage, **query: Any) -> Iterator[Any]:
    page = read(stage, **query)
    yield page
    while page["next_cursor"] is not None:
        page = read(stage, **query, cursor=page["next_cursor"])
        yield page


@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_unasked_the_newest_buckets_come_oldest_first(resolution: Resolution) -> None:
    stage = empty()
    span = SPANS[resolution]
    opened = align(NOW, resolution)
    for n in range(min(span.default_limit + 3, span.retention // span.length)):
        say(stage, opened - span.length * n)
    page = read(stage, resolution=resolution)

    kept = min(span.default_limit, span.retention // span.length - 1)
    assert starts(page) == [text(opened - span.length * n) for n in range(kept, 0, -1)]
    assert page["partial_bucket"]["timestamp"] == text(opened)
    assert (page["next_cursor"], page["has_more"]) == (None, False)


def test_a_bucket_says_what_was_said_in_it() -> None:
    stage = empty()
    hour = NOW - timedelta(hours=1)
    for n, units in enumerate((6000, 9000, -4000, 7000)):
        say(stage, hour + timedelta(minutes=n), units)
    page = read(stage, resolution="1h")

    assert page["buckets"] == [
        {
            "ticker": "AAPL",
            "resolution": "1h",
            "timestamp": text(hour),
            "open": 0.6,
            "high": 0.9,
            "low": -0.4,
            "close": 0.7,
            "count": 4,
            "sum": 1.8,
            "avg": 0.45,
            "label_counts": {"positive": 3, "negative": 1},
            "sources": ["tiingo"],
            "is_partial": False,
        }
    ]


def test_the_open_bucket_tells_its_progress_and_when_it_is_complete() -> None:
    stage = empty(FixedClock(NOW + timedelta(seconds=150)))
    say(stage, NOW)
    page = read(stage, resolution="5m")

    assert page["buckets"] == []
    assert page["partial_bucket"]["is_partial"] is True
    assert page["partial_bucket"]["progress_pct"] == 50.0
    assert page["partial_bucket"]["next_update_at"] == text(NOW + timedelta(minutes=5))


def test_a_bucket_whose_time_is_over_is_complete_though_nothing_was_written_since() -> None:
    clock = FixedClock(NOW + timedelta(seconds=59))
    stage = empty(clock)
    say(stage, NOW)
    before = read(stage, resolution="1m")
    clock.at = NOW + timedelta(seconds=60)
    after = read(stage, resolution="1m")

    assert (starts(before), before["partial_bucket"]["progress_pct"]) == ([], 98.33)
    assert (starts(after), after["partial_bucket"]) == ([text(NOW)], None)
    assert after["buckets"][0]["is_partial"] is False


@law
@given(st.integers(1, 24), st.integers(1, 26), st.integers(0, 26), st.integers(0, 26))
def test_pages_of_any_length_together_are_the_range(count: int, limit: int, one: int, other: int) -> None:
    stage = empty(FixedClock(NOW + timedelta(seconds=20)))
    minutes(stage, count)
    start, end = sorted(NOW - timedelta(minutes=n - 2) for n in (one, other))
    got = list(pages(stage, resolution="1m", start=text(start), end=text(end), limit=limit))

    said = [NOW - timedelta(minutes=n) for n in range(count - 1, -1, -1)]
    assert [at for page in got for at in starts(page)] == [text(at) for at in said if start <= at < end and at < NOW]
    assert [page["has_more"] for page in got] == [True] * (len(got) - 1) + [False]
    assert all(len(page["buckets"]) == limit for page in got[:-1])
    assert got[-1]["buckets"] or len(got) == 1
    open_ones = [page["partial_bucket"] is not None for page in got]
    assert open_ones == [False] * (len(got) - 1) + [start <= NOW < end]


def test_a_range_may_be_open_at_either_end() -> None:
    stage = empty()
    minutes(stage, 4)
    middle = text(NOW - timedelta(minutes=2))

    assert starts(read(stage, resolution="1m", end=middle)) == [text(NOW - timedelta(minutes=3))]
    assert starts(read(stage, resolution="1m", start=middle)) == [middle, text(NOW - timedelta(minutes=1))]


def test_a_range_that_ends_where_it_starts_is_empty() -> None:
    stage = empty()
    minutes(stage, 4)
    at = text(NOW - timedelta(minutes=2))
    page = read(stage, resolution="1m", start=at, end=at)

    assert (page["buckets"], page["partial_bucket"], page["next_cursor"]) == ([], None, None)


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    got = ask(empty(), resolution="1m", start=text(NOW), end=text(NOW - timedelta(microseconds=1)))

    assert refusal(got) == (422, [(["query", "start"], "range_reversed")])


def test_a_cursor_leads_on_in_its_own_list_only() -> None:
    stage = empty()
    for ticker in ("AAPL", "MSFT"):
        for n in range(5):
            say(stage, NOW - timedelta(hours=1, minutes=n), ticker=ticker)
    query: dict[str, Any] = {"resolution": "1m", "start": text(NOW - timedelta(hours=2)), "limit": 2}
    cursor = read(stage, **query)["next_cursor"]
    invalid = (422, [(["query", "cursor"], "cursor_invalid")])

    assert len(starts(read(stage, **{**query, "limit": 3}, cursor=cursor))) == 3
    assert refusal(ask(stage, **{**query, "resolution": "5m"}, cursor=cursor)) == invalid
    assert refusal(ask(stage, **{**query, "start": text(NOW - timedelta(hours=3))}, cursor=cursor)) == invalid
    assert refusal(ask(stage, **query, end=text(NOW), cursor=cursor)) == invalid
    assert refusal(ask(stage, resolution="1m", cursor=cursor)) == invalid
    assert refusal(ask(stage, "/api/v2/timeseries/MSFT", **query, cursor=cursor)) == invalid
    assert refusal(ask(stage, **query, cursor=cursor[:-1])) == invalid


def test_the_same_range_in_another_offset_is_the_same_list() -> None:
    stage = empty()
    minutes(stage, 5)
    cursor = read(stage, resolution="1m", start="2024-12-02T14:00:00Z", limit=2)["next_cursor"]

    assert starts(read(stage, resolution="1m", start="2024-12-02T15:00:00+01:00", limit=2, cursor=cursor))


def test_a_symbol_nobody_listed_is_not_found() -> None:
    got = ask(empty(), "/api/v2/timeseries/ZZZZZ", resolution="1h")

    assert (got.status, json.loads(got.body)["code"]) == (404, "TICKER_NOT_LISTED")


def test_a_listed_ticker_without_scores_has_none() -> None:
    page = read(empty(), "/api/v2/timeseries/brk%2Eb", resolution="1h")

    assert (page["ticker"], page["buckets"], page["partial_bucket"]) == ("BRK.B", [], None)


@pytest.mark.parametrize(
    ("resolution", "later", "seconds"),
    [("1m", 0, 60), ("1m", 59, 1), ("5m", 150, 150), ("3h", 0, 3 * 3600), ("24h", 0, 9 * 3600)],
)
def test_an_answer_may_be_reused_until_the_open_bucket_ends(resolution: str, later: int, seconds: int) -> None:
    stage = empty(FixedClock(NOW + timedelta(seconds=later)))

    assert ask(stage, resolution=resolution).header("cache-control") == f"public, max-age={seconds}"


def test_a_range_that_is_over_may_be_reused_for_the_length_of_a_bucket() -> None:
    stage = empty(FixedClock(NOW + timedelta(seconds=30)))

    assert ask(stage, resolution="5m", end=text(NOW)).header("cache-control") == "public, max-age=300"


def test_an_answer_from_memory_is_the_answer_from_the_store_but_says_so() -> None:
    stage = Stage()
    first, second = (read(stage, resolution="1h") for _ in range(2))

    assert (first.pop("cache_hit"), second.pop("cache_hit")) == (False, True)
    assert first == second


def test_what_did_not_change_is_not_sent_again_wherever_it_comes_from() -> None:
    stage = Stage()
    first = ask(stage, resolution="1h")
    tag = first.header("etag") or ""
    again = ask(stage, resolution="1h", headers=(("If-None-Match", tag),))

    assert tag.startswith('W/"')
    assert (again.status, again.body, again.header("etag")) == (304, b"", tag)


def test_the_tag_changes_with_the_buckets() -> None:
    clock = FixedClock(NOW)
    stage = empty(clock)
    say(stage, NOW)
    before = ask(stage, resolution="1m").header("etag")
    say(stage, NOW, units=-5000)
    clock.at = NOW + timedelta(seconds=60)

    assert ask(stage, resolution="1m").header("etag") != before


@law
@given(
    st.lists(
        st.tuples(st.sampled_from(["say", "wait", "ask"]), st.integers(1, 50), st.sampled_from(["1m", "5m", "1h"])),
        min_size=3,
        max_size=25,
    )
)
def test_an_answer_from_memory_is_one_that_the_store_gave_within_the_last_minute(
    events: list[tuple[str, int, Resolution]],
) -> None:
    """Beyond that nothing is served: never a bucket as open whose time is over, never one that has ended as absent."""
    clock = FixedClock(NOW)
    stage = empty(clock)
    truths: list[tuple[datetime, Resolution, Any]] = []
    for what, amount, resolution in events:
        if what == "wait":
            clock.at += timedelta(seconds=amount)
        elif what == "say":
            say(stage, clock.at, units=amount)
        # What a process that remembers nothing answers now.
        truths += [
            (clock.at, name, buckets_of(Stage(clock=clock, store=stage.store), name)) for name in ("1m", "5m", "1h")
        ]
        if what == "ask":
            answer = buckets_of(stage, resolution)
            opened = align(clock.at, resolution)
            since = max(opened, clock.at - timedelta(seconds=59, milliseconds=999))
            assert answer in [truth for at, name, truth in truths if name == resolution and at >= since]


def buckets_of(stage: Stage, resolution: Resolution) -> Any:
    page = read(stage, resolution=resolution)
    running = page["partial_bucket"]
    if running is not None:
        assert text(stage.clock.now()) < running["next_update_at"]
        # Progress is always that of the moment.
        del running["progress_pct"]
    return page["buckets"], running


class Timed(SqliteStore):
    """A store whose answers take some seconds on the machine's clock; fewer than none if it is put back meanwhile."""

    def __init__(self, clock: FixedClock, seconds: float) -> None:
        super().__init__(":memory:", clock)
        self._sleep = partial(clock.sleep, seconds)

    def query(self, *asked: Any, **named: Any) -> Page:
        self._sleep()
        return super().query(*asked, **named)


@pytest.mark.parametrize(("seconds", "told"), [(0.25, 250.0), (0.0000046, 0.005), (-1.0, 0.0)])
def test_an_answer_says_how_many_milliseconds_its_query_took(seconds: float, told: float) -> None:
    clock = FixedClock(NOW)
    page = read(Stage(clock=clock, store=Timed(clock, seconds)), resolution="1h")

    assert page["query_time_ms"] == told


def test_what_another_process_stores_is_seen_after_a_minute() -> None:
    clock = FixedClock(NOW)
    stage = empty(clock)
    read(stage, resolution="1h")
    say(stage, NOW - timedelta(hours=1))
    clock.at = NOW + timedelta(seconds=60, microseconds=-1)
    remembered = read(stage, resolution="1h")
    clock.at = NOW + timedelta(seconds=60)

    assert (remembered["cache_hit"], starts(remembered)) == (True, [])
    assert starts(read(stage, resolution="1h")) == [text(NOW - timedelta(hours=1))]


def test_reading_the_same_charts_over_and_over_mostly_needs_no_store() -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    hits = []
    for _ in range(30):
        for resolution in RESOLUTIONS:
            hits += [
                read(stage, f"/api/v2/timeseries/{t}", resolution=resolution)["cache_hit"] for t in ("AAPL", "MSFT")
            ]
        clock.at += timedelta(seconds=5)

    assert sum(hits) / len(hits) > 0.8


def test_a_batch_answers_for_each_ticker_what_it_alone_is_answered() -> None:
    stage = Stage()
    batch = read(stage, "/api/v2/timeseries/batch", tickers="msft,AAPL,MSFT,BRK.B", resolution="1h")
    alone = {t: read(Stage(), f"/api/v2/timeseries/{t}", resolution="1h") for t in ("MSFT", "AAPL", "BRK.B")}

    assert list(batch) == ["MSFT", "AAPL", "BRK.B"]
    assert batch == alone


def test_the_cursor_of_a_ticker_in_a_batch_leads_on_alone() -> None:
    stage = empty()
    minutes(stage, 5)
    query: dict[str, Any] = {"resolution": "1m", "start": text(NOW - timedelta(hours=1)), "limit": 2}
    batch = read(stage, "/api/v2/timeseries/batch", tickers="AAPL", **query)
    rest = read(stage, **query, cursor=batch["AAPL"]["next_cursor"])

    assert starts(batch["AAPL"]) + starts(rest) == [text(NOW - timedelta(minutes=n)) for n in (4, 3, 2, 1)]


def test_an_unlisted_ticker_in_a_batch_is_refused_at_its_index() -> None:
    got = ask(empty(), "/api/v2/timeseries/batch", tickers="AAPL,ZZZZZ", resolution="1h")

    assert refusal(got) == (422, [(["query", "tickers", 1], "ticker_not_listed")])


def test_a_batch_of_more_buckets_than_can_be_carried_is_refused() -> None:
    tickers = ",".join(["AAPL", "MSFT", "NVDA", "GOOGL"] * 5)
    got = ask(empty(), "/api/v2/timeseries/batch", tickers=tickers, resolution="1m", limit=501)

    assert refusal(got) == (422, [(["query", "limit"], "batch_too_large")])


def test_a_ticker_that_cannot_be_read_carries_its_error_and_the_others_their_buckets(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    stage = empty(path=path)
    for ticker in ("AAPL", "MSFT"):
        say(stage, NOW - timedelta(hours=1), ticker=ticker)
    spoil(path, "MSFT#1h")
    got = ask(stage, "/api/v2/timeseries/batch", tickers="AAPL,MSFT", resolution="1h")
    batch = json.loads(got.body)

    assert got.status == 200
    assert len(batch["AAPL"]["buckets"]) == 1
    assert (batch["MSFT"]["ticker"], batch["MSFT"]["code"]) == ("MSFT", "SERVICE_UNAVAILABLE")
    assert got.header("cache-control") == "no-store"


def test_a_batch_of_which_nothing_can_be_read_is_unavailable(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    stage = empty(path=path)
    say(stage, NOW - timedelta(hours=1))
    spoil(path, "AAPL#1h")
    got = ask(stage, "/api/v2/timeseries/batch", tickers="AAPL", resolution="1h")

    assert (got.status, got.header("retry-after")) == (503, "5")


def spoil(path: str, pk: str) -> None:
    """Makes the items of a partition unreadable, as a disk would."""
    with sqlite3.connect(path) as connection:
        changed = connection.execute("UPDATE items SET body = ? WHERE pk = ?", (b"\x00spoilt", pk)).rowcount
    connection.close()
    assert changed == 1


@pytest.mark.exhaustive
def test_the_largest_batch_fits_through_the_gateway() -> None:
    stage = empty()
    tickers = ("AAPL", "MSFT", "NVDA", "GOOGL", "AMZN", "META", "TSLA", "JPM", "BAC", "BRK.B")
    said = [
        Score(ticker, NOW - timedelta(minutes=1 + n), -9999, f"{ticker}-{n}-{source}", source)
        for ticker in tickers
        for n in range(1000)
        for source in ("finnhub", "tiingo")
    ]
    Buckets(stage.store, stage.clock).record_many(said)
    got = ask(stage, "/api/v2/timeseries/batch", tickers=",".join(tickers), resolution="1m", limit=1000)

    assert got.status == 200
    assert [len(page["buckets"]) for page in json.loads(got.body).values()] == [1000] * 10


def test_an_instant_without_an_offset_is_refused() -> None:
    got = ask(empty(), resolution="1m", start="2024-12-02T15:00:00")

    assert refusal(got) == (422, [(["query", "start"], "datetime_parsing")])


def test_a_range_may_reach_before_everything_and_beyond_now() -> None:
    stage = empty()
    minutes(stage, 2)
    page = read(stage, resolution="1m", start="1900-01-01T00:00:00Z", end="2099-12-31T23:59:59.999999Z")

    assert starts(page) == [text(NOW - timedelta(minutes=1))]
    assert page["partial_bucket"]["timestamp"] == text(NOW)


def test_the_bound_of_the_open_bucket_is_kept_in_every_resolution() -> None:
    for resolution in RESOLUTIONS:
        stage = empty(FixedClock(NOW + timedelta(minutes=7)))
        say(stage, stage.clock.now())
        running = read(stage, resolution=resolution)["partial_bucket"]

        opened = align(stage.clock.now(), resolution)
        assert (running["timestamp"], running["next_update_at"]) == (text(opened), text(end_of(opened, resolution)))


def test_instants_are_sent_in_utc_whatever_offset_was_asked_with() -> None:
    stage = empty()
    minutes(stage, 2)

    assert starts(read(stage, resolution="1m", start="2024-12-02T20:28:30+05:30")) == ["2024-12-02T14:59:00Z"]
