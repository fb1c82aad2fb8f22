"""A source that misbehaves: what is asked again, what is given up, what it costs, and what the client is told."""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contract_tests.feeds.conftest import NOW, World
from contract_tests.feeds.source import Answer, told
from contract_tests.logs import logged
from handlers.domain.quotas import Quota
from handlers.feeds import http
from handlers.feeds._failures import waiting
from handlers.feeds.live import LiveFeeds
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.clock import FixedClock

DAY = datetime(2024, 12, 2, tzinfo=UTC)
STORY: dict[str, Any] = {
    "id": 1, "title": "A story", "url": "https://example.com/1", "publishedDate": "2024-12-02T14:17:00Z", "tickers": ["aapl"],
}  # fmt: skip
GOOD = told([STORY])


def ask(feeds: LiveFeeds) -> list[str]:
    found = feeds.news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))
    return [article.article_id for article in found]


def refusal(feeds: LiveFeeds) -> FeedUnavailable:
    with pytest.raises(FeedUnavailable) as caught:
        ask(feeds)
    return caught.value


PASSING = {
    "500": Answer(status=500),
    "502": Answer(b"<html>", status=502),
    "503": Answer(status=503),
    "503 that says when": Answer(status=503, headers={"Retry-After": "2"}),
    "429 that says soon": Answer(status=429, headers={"Retry-After": "3"}),
    "429 that says soon by date": Answer(status=429, headers={"Retry-After": "Mon, 02 Dec 2024 15:00:03 GMT"}),
    "truncated": Answer(b'[{"id":', announced=5000),
    "slow": Answer(held=True),
}
FINAL = {
    "400": (Answer(status=400), "status 400", 5, True),
    "401": (Answer(status=401), "it does not accept the key (401)", 3600, True),
    "403": (Answer(status=403), "the key does not allow this (403)", 3600, False),
    "429 that says nothing": (Answer(status=429), "too many requests (429)", 60, True),
    "429 that says late": (Answer(status=429, headers={"Retry-After": "120"}), "too many requests (429)", 120, True),
    "429 that says late by date": (
        Answer(status=429, headers={"Retry-After": "Mon, 02 Dec 2024 15:02:00 GMT"}), "too many requests (429)", 120, True,
    ),
    "429 that says nonsense": (Answer(status=429, headers={"Retry-After": "soon"}), "too many requests (429)", 60, True),
    "no content": (Answer(b"", status=204), "status 204", 5, True),
    "empty": (Answer(b""), "its body is no JSON", 5, True),
    "text": (Answer(b"<html>maintenance</html>"), "its body is no JSON", 5, True),
    "cut JSON": (Answer(b'[{"id": 1'), "its body is no JSON", 5, True),
    "deep": (Answer(b"[" * 100_000), "its body is no JSON", 5, True),
    "another charset": (
        Answer("[\"\xe9\"]".encode("latin-1"), headers={"Content-Type": "application/json; charset=iso-8859-1"}),
        "its body is no JSON", 5, True,
    ),
    "an object": (told({"detail": "Invalid"}), "its body is not as documented: all: list_type", 5, True),
    "null": (told(None), "its body is not as documented: all: list_type", 5, True),
    "wrong gzip": (Answer(b"[]", headers={"Content-Encoding": "gzip"}), "its body cannot be unpacked", 5, True),
    "redirect elsewhere": (
        Answer(status=302, headers={"Location": "http://127.0.0.1:9/elsewhere"}), "it redirects to another host", 5, True,
    ),
    "redirect to nowhere": (
        Answer(status=302, headers={"Location": "http://[::bad"}), "the connection failed (RemoteProtocolError)", 5, True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_asked_again(world: World, name: str) -> None:
    world.tiingo.answers = lambda asked: GOOD
    world.tiingo.instead.extend([PASSING[name]] * 2)

    assert ask(world.feeds()) == ["tiingo-1"]
    assert len(world.tiingo.asked) == 3


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_given_up_after_three_tries(world: World, name: str) -> None:
    world.tiingo.answers = lambda asked: PASSING[name]

    error = refusal(world.feeds())
    assert len(world.tiingo.asked) == 3
    assert (error.source, error.counts) == ("tiingo", True)
    assert error.detail == f"tiingo does not answer; retry after {error.retry_after_seconds} seconds"


@pytest.mark.parametrize("name", [name for name in FINAL if name != "redirect to nowhere"])
def test_what_will_not_change_is_not_asked_again(world: World, name: str) -> None:
    answer, reason, seconds, counts = FINAL[name]
    world.tiingo.answers = lambda asked: answer
    with logged() as lines:
        error = refusal(world.feeds())

    assert len(world.tiingo.asked) == 1
    assert (error.reason, error.retry_after_seconds, error.counts) == (f"tiingo: {reason}", seconds, counts)
    assert error.headers == {"Retry-After": str(seconds)}
    assert [line["reason"] for line in lines.lines("WARNING")] == [reason]


def test_a_redirect_to_nowhere_is_a_failed_connection(world: World) -> None:
    world.tiingo.answers = lambda asked: FINAL["redirect to nowhere"][0]

    assert refusal(world.feeds()).reason == "tiingo: the connection failed (RemoteProtocolError)"


def test_a_redirect_on_the_same_host_is_followed(world: World) -> None:
    world.tiingo.answers = lambda asked: GOOD
    world.tiingo.instead.append(Answer(status=301, headers={"Location": "/tiingo/news/"}))

    assert ask(world.feeds()) == ["tiingo-1"]
    assert [asked.path for asked in world.tiingo.asked] == ["/tiingo/news", "/tiingo/news/"]


def test_redirects_have_an_end(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(status=302, headers={"Location": asked.path})

    assert refusal(world.feeds()).reason == "tiingo: it redirects again and again"
    assert len(world.tiingo.asked) == 1 + http.MOST_MOVES


def test_a_redirect_never_carries_the_key_to_another_source(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(status=307, headers={"Location": f"{world.finnhub.address}/take"})
    refusal(world.feeds())

    assert world.finnhub.asked == []


def test_a_missing_path_is_nothing(world: World) -> None:
    world.tiingo.answers = lambda asked: told({"detail": "Not found."}, status=404)

    assert ask(world.feeds()) == []


@pytest.mark.parametrize(
    ("coding", "packed"), [("gzip", gzip.compress(GOOD.body)), ("deflate", zlib.compress(GOOD.body))]
)
def test_a_packed_body_is_unpacked(world: World, coding: str, packed: bytes) -> None:
    world.tiingo.answers = lambda asked: Answer(packed, headers={"Content-Encoding": coding})

    assert ask(world.feeds()) == ["tiingo-1"]


def test_a_charset_that_is_named_does_not_matter_where_the_body_is_utf_8(world: World) -> None:
    body = b"\xef\xbb\xbf" + json.dumps([STORY | {"title": "Café"}], ensure_ascii=False).encode()
    world.tiingo.answers = lambda asked: Answer(body, headers={"Content-Type": "text/plain; charset=latin-1"})
    (article,) = world.feeds().news("tiingo").articles(["AAPL"], DAY, DAY + timedelta(days=1))

    assert article.headline == "Café"


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_huge_body_is_given_up_once_it_is_too_large(world: World, coding: str) -> None:
    body = b"[" + b" " * http.MOST_BYTES + b"]"
    packed = gzip.compress(body, 1) if coding == "gzip" else body
    world.tiingo.answers = lambda asked: Answer(packed, headers={"Content-Encoding": coding})

    assert refusal(world.feeds()).reason == f"tiingo: its body is larger than {http.MOST_BYTES} bytes"


class Running(FixedClock):
    """Each look at it takes three seconds."""

    def now(self) -> datetime:
        self.at += timedelta(seconds=3)
        return self.at


def test_a_call_ends_when_its_whole_time_is_over(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(status=500)
    error = refusal(world.feeds(clock=Running(NOW)))

    assert error.reason == "tiingo: status 500"
    assert len(world.tiingo.asked) < 3


def test_a_body_that_comes_too_slowly_ends_with_the_whole_time(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(b"[" + b" " * 1_000_000 + b"]")

    assert refusal(world.feeds(clock=Running(NOW))).reason == "tiingo: it took too long (the whole call)"


def test_a_source_that_is_not_there_is_unavailable(world: World) -> None:
    world.tiingo.address = "http://127.0.0.1:9"

    assert refusal(world.feeds()).reason == "tiingo: the connection failed (ConnectError)"


def test_pauses_grow_and_are_drawn_by_the_jitter_that_is_given(world: World) -> None:
    world.tiingo.answers = lambda asked: Answer(status=500)
    refusal(world.feeds(jitter=lambda: 0.5))

    assert world.clock.at - NOW == timedelta(seconds=0.5 * (0.25 + 0.5))


def test_what_a_source_asks_for_is_waited(world: World) -> None:
    world.tiingo.answers = lambda asked: GOOD
    world.tiingo.instead.append(PASSING["429 that says soon"])
    ask(world.feeds())

    assert world.clock.at - NOW == timedelta(seconds=3)


def tries(world: World, feeds: LiveFeeds) -> int:
    """How often a failing source is asked for one call, late enough after the last one that its circuit stays closed."""
    world.clock.sleep(301)
    before = len(world.tiingo.asked)
    refusal(feeds)
    return len(world.tiingo.asked) - before


def test_repeats_have_a_budget_that_successes_refill(world: World) -> None:
    world.quotas["tiingo"] = Quota(500, "minute")
    feeds = world.feeds()
    world.tiingo.answers = lambda asked: Answer(status=500)
    assert [tries(world, feeds) for _ in range(7)] == [3, 3, 3, 3, 3, 1, 1]

    world.tiingo.answers = lambda asked: GOOD
    for _ in range(10):
        ask(feeds)
    world.tiingo.answers = lambda asked: Answer(status=500)

    assert [tries(world, feeds) for _ in range(2)] == [2, 1]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\N{SUPERSCRIPT TWO}", None),
        ("0", 1),
        (" 7 ", 7),
        ("9" * 5000, 86_400),
        ("Mon, 02 Dec 2024 15:00:07 GMT", 7),
        ("Mon, 02 Dec 2024 14:00:00 GMT", 1),
        ("Monday, 02-Dec-24 15:00:07 GMT", 7),
        ("Mon, 02 Dec 9999 15:00:07 GMT", 86_400),
        ("Mon, 99 Dec 2024 15:00:07 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_a_date(text: str | None, seconds: int | None) -> None:
    assert waiting(text, NOW) == seconds
