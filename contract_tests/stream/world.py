"""The stream function over a store of its own, on a clock that only sleeping moves, and clients that read it event by event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from handlers.assembly import assemble
from handlers.domain.articles import Article
from handlers.domain.buckets import Score, to_units
from handlers.feeds.opening import Feeds
from handlers.gate.response import Answer
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.analyses import Analyses, Judgement
from handlers.storage.buckets import Buckets
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore
from handlers.storage.stories import Stories
from tools.events import HttpCall, Pairs, url_event

NOW = datetime(2024, 12, 2, 15, 0, 20, tzinfo=UTC)
FEEDS = Feeds()
PATIENCE = 200
SIGNING_KEY = "a key for the tests of streams only; never used to serve"


class Told(NamedTuple):
    """One event as a client reads it."""

    event: str
    id: str
    data: dict[str, Any]
    retry: int | None


def told(chunk: bytes) -> Told:
    """Reads one event; anything but the promised lines in the promised order is an error."""
    *lines, last, blank, end = chunk.decode().split("\n")
    fields = dict(line.split(": ", 1) for line in [*lines, last])
    assert (blank, end) == ("", "")
    assert list(fields) == [name for name in ("event", "id", "retry", "data") if name in fields]
    retry = fields.get("retry")
    return Told(fields["event"], fields["id"], json.loads(fields["data"]), None if retry is None else int(retry))


class Connection:
    """A client's end of an opened answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = answer.status
        self._chunks: Iterator[bytes] = iter((answer.body,)) if isinstance(answer.body, bytes) else answer.body

    def next(self) -> Told:
        return told(next(self._chunks))

    def take(self, number: int) -> list[Told]:
        return [self.next() for _ in range(number)]

    def until(self, event: str) -> list[Told]:
        """What comes up to the first event of a name, that one included; it has to come at last."""
        seen: list[Told] = []
        while not seen or seen[-1].event != event:
            seen.append(self.next())
            assert len(seen) < PATIENCE, f"no {event} among {PATIENCE} events"
        return seen

    def rest(self) -> list[Told]:
        return [told(chunk) for chunk in self._chunks]

    def close(self) -> None:
        if self.answer.close is not None:
            self.answer.close()


class World:
    """One process of the stream function; a second one may share the store and the clock of the first."""

    def __init__(self, max_connections: int = 100, store: Store | None = None, clock: FixedClock | None = None) -> None:
        self.clock = clock or FixedClock(NOW)
        self.store = store or SqliteStore(":memory:", self.clock)
        self.settings = Settings(signing_key=SIGNING_KEY, rate_limits=False, max_connections=max_connections)
        self.gate = assemble("stream", self.settings, self.clock, CountedChance("stream"), self.store, FEEDS)
        self._ids = count(1)

    def open(
        self,
        query: str = "",
        last_event_id: str | None = None,
        seconds: float | None = None,
        path: str = "/api/v2/stream",
        headers: Pairs = (),
        method: str = "GET",
    ) -> Connection:
        resumed = () if last_event_id is None else (("Last-Event-ID", last_event_id),)
        _, answer = self.gate.open(url_event(HttpCall(method, path, query, headers + resumed)), seconds)
        return Connection(answer)

    def status(self) -> dict[str, Any]:
        _, answer = self.gate.open(url_event(HttpCall("GET", "/api/v2/stream/status")))
        assert isinstance(answer.body, bytes)
        status: dict[str, Any] = json.loads(answer.body)
        return status

    def say(self, ticker: str, score: float, ago: timedelta = timedelta(0), article_id: str | None = None) -> None:
        """An article about a ticker is analysed now; it was published `ago`."""
        article = article_id or f"article-{next(self._ids)}"
        at = self.clock.now() - ago
        Buckets(self.store, self.clock).record(Score(ticker, at, to_units(score), article, "tiingo"))

    def judge(self, *tickers: str, score: float, ago: timedelta = timedelta(minutes=1)) -> None:
        """An article about tickers is collected and judged now, as the jobs do it; it was published `ago`."""
        now, number = self.clock.now(), next(self._ids)
        article = Article(
            article_id=f"article-{number}",
            source="tiingo",
            headline=f"Headline {number}",
            description="",
            url=f"https://news.example/{number}",
            source_name="Example",
            published_at=now - ago,
            tickers=tickers,
            tags=("technology",),
            sentiment=None,
            provenance="recorded",
        )
        (collected,) = Stories(self.store).collect([article], now, "trace")
        assert collected.work is not None
        told = Analyses(self.store, self.clock).record_many([collected.work], lambda judged: Judgement(score, "model"))
        assert told == [["analysed"] * len(tickers)]

    def wait(self, seconds: float) -> None:
        self.clock.sleep(seconds)
