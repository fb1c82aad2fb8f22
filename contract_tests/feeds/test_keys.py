"""API keys: where they come from, that a rotated one is taken up, and that they show nowhere."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from contract_tests.feeds.conftest import KEYS, World
from contract_tests.feeds.source import Answer, Asked, told
from contract_tests.feeds.test_http import FINAL, PASSING
from contract_tests.logs import logged
from handlers.feeds.keys import Key
from handlers.feeds.live import LiveFeeds
from handlers.feeds.opening import keys_of
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.secrets import SecretUnavailable
from handlers.runtime.settings import Settings
from models.fields import NewsSource

DAY = datetime(2024, 12, 2, tzinfo=UTC)
MARK = "MARKED"


@pytest.fixture(autouse=True)
def the_client_logs_all_it_can() -> Iterator[None]:
    """Whatever others made of its levels: what it could ever log is searched."""
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def articles(feeds: LiveFeeds, source: NewsSource) -> int:
    return len(feeds.news(source).articles(["AAPL"], DAY, DAY + timedelta(days=1)))


def everything_of(error: BaseException | None) -> Iterator[str]:
    """What an exception and all that it came from could show."""
    while error is not None:
        yield from (str(error), repr(error), repr(error.args), repr(vars(error)))
        yield from traceback.format_exception(error)
        for frame, _ in traceback.walk_tb(error.__traceback__):
            # Error trackers show the locals of every frame that an exception passed.
            if "/handlers/feeds/" in frame.f_code.co_filename:
                yield from map(repr, frame.f_locals.values())
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("source", ["tiingo", "finnhub"])
@pytest.mark.parametrize("name", [*PASSING, *FINAL])
def test_no_log_no_exception_and_no_repr_shows_a_key(world: World, source: NewsSource, name: str) -> None:
    played = {"tiingo": world.tiingo, "finnhub": world.finnhub}[source]
    answer = PASSING[name] if name in PASSING else FINAL[name][0]
    played.answers = lambda asked: answer
    feeds = world.feeds()
    with logged(logging.DEBUG) as lines, pytest.raises(FeedUnavailable) as caught:
        articles(feeds, source)

    sent = [*played.asked[0].headers.values()]
    assert any(MARK in value for value in sent), "the key was sent, and so there is something to be found"
    assert "receive_response_headers" in lines.text or "connect" in lines.text, (
        "what the client itself logs is searched too"
    )
    assert MARK not in lines.text
    assert MARK not in caught.value.detail
    assert [text for text in everything_of(caught.value) if MARK in text] == []


def test_a_source_that_repeats_the_key_in_its_answer_is_not_quoted(world: World) -> None:
    world.tiingo.answers = lambda asked: told({"detail": asked.headers["authorization"]}, status=400)
    with logged(logging.DEBUG) as lines, pytest.raises(FeedUnavailable) as caught:
        articles(world.feeds(), "tiingo")

    assert MARK not in lines.text
    assert MARK not in str(caught.value) + caught.value.reason


def test_a_wrong_body_with_the_key_in_it_is_not_quoted(world: World) -> None:
    world.tiingo.answers = lambda asked: told(
        [{"id": asked.headers["authorization"], asked.headers["authorization"]: 1}]
    )
    with logged(logging.DEBUG) as lines:
        articles(world.feeds(), "tiingo")

    assert "rows dropped" in lines.text
    assert MARK not in lines.text


def test_the_key_is_in_no_address(world: World) -> None:
    for source in KEYS:
        articles(world.feeds(), source)

    asked = [*world.tiingo.asked, *world.finnhub.asked]
    assert len(asked) == 2
    assert [one for one in asked if MARK in one.path + repr(one.query)] == []


def test_reprs_of_what_holds_a_key_do_not_show_it(world: World) -> None:
    feeds = world.feeds()
    articles(feeds, "tiingo")
    settings = Settings(tiingo_key="MARKED", finnhub_key="MARKED", signing_key="MARKED")

    for thing in (
        feeds,
        feeds._tiingo,
        feeds._tiingo.key,
        feeds._tiingo._access,
        settings,
        keys_of(settings)["tiingo"],
    ):
        assert MARK not in repr(thing)


class Kept:
    """A place of keys whose content changes; what was read once is remembered, as from a secret."""

    def __init__(self, *keys: str | None) -> None:
        self.keys = list(keys)
        self.looks = 0

    def read(self, again: bool) -> str | None:
        if again:
            self.looks += 1
            if len(self.keys) > 1:
                self.keys.pop(0)
        return self.keys[0]


@contextmanager
def accepting(world: World, key: str) -> Iterator[None]:
    def answer(asked: Asked) -> Answer:
        return told([]) if asked.headers["authorization"] == f"Token {key}" else Answer(status=401)

    world.tiingo.answers = answer
    yield


def test_a_key_that_is_refused_is_read_again_once_and_the_new_one_is_used(world: World) -> None:
    kept = Kept("old", "new")
    with accepting(world, "new"):
        articles(world.feeds(keys={"tiingo": Key("tiingo", kept.read), "finnhub": Key("finnhub", kept.read)}), "tiingo")

    assert kept.looks == 1
    assert [asked.headers["authorization"] for asked in world.tiingo.asked] == ["Token old", "Token new"]


def test_a_key_that_stays_refused_is_not_sent_again(world: World) -> None:
    kept = Kept("old")
    with accepting(world, "new"), pytest.raises(FeedUnavailable) as caught:
        articles(world.feeds(keys={"tiingo": Key("tiingo", kept.read), "finnhub": Key("finnhub", kept.read)}), "tiingo")

    assert (kept.looks, len(world.tiingo.asked)) == (1, 1)
    assert caught.value.reason == "tiingo: it does not accept the key (401)"


@pytest.mark.parametrize("key", ["kéy", "key\r\nX-More: 1", "a key", "\x00"])
def test_a_key_that_no_header_can_carry_is_neither_sent_nor_shown(world: World, key: str) -> None:
    with pytest.raises(FeedUnavailable) as caught:
        articles(world.feeds({"tiingo": key}), "tiingo")

    assert world.tiingo.asked == []
    assert caught.value.reason == "tiingo: its key is not printable ASCII"


def test_a_secret_that_cannot_be_read_makes_its_sources_unavailable() -> None:
    def read(again: bool) -> str | None:
        raise SecretUnavailable("name", "throttled")

    key = Key("tiingo", read)
    with pytest.raises(FeedUnavailable) as caught:
        key.value()

    assert key.is_set()
    assert (caught.value.reason, caught.value.counts) == ("tiingo: the secret 'name' cannot be read: throttled", False)
