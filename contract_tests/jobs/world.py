"""What the tests of jobs share: a backend under a clock that stands still, watchlists, and sources that say what they are told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.backend import Backend
from handlers.domain.articles import Article
from handlers.domain.buckets import RESOLUTIONS, Bucket
from handlers.domain.candles import Candle
from handlers.feeds.opening import Feeds
from handlers.feeds.port import FeedUnavailable, NewsFeed, PriceFeed, Quote
from handlers.jobs import analyze_news, collect_news
from handlers.jobs._analysis import QUEUE
from handlers.jobs.pumping import pump
from handlers.jobs.running import Answer, perform
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.buckets import Buckets
from handlers.storage.configurations import Configurations, Draft, WatchedTicker
from handlers.storage.items import Store
from handlers.storage.queues import Queue, open_queue
from handlers.storage.sqlite import SqliteStore
from models.fields import CandleResolution, NewsSource, Resolution

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
WATCHED = ("AAPL", "MSFT")


def told(
    article_id: str = "tiingo-1",
    headline: str = "Apple shares soar after record quarter",
    source: NewsSource = "tiingo",
    minutes_ago: float = 5,
    tickers: Sequence[str] = ("AAPL",),
    **more: Any,
) -> Article:
    """An article as a source tells it."""
    given: dict[str, Any] = {
        "article_id": article_id,
        "source": source,
        "headline": headline,
        "description": f"{headline}.",
        "url": f"https://news.example.com/{article_id}",
        "source_name": "The Closing Tape",
        "published_at": NOW - timedelta(minutes=minutes_ago),
        "tickers": tuple(tickers),
        "tags": ("technology",),
        "sentiment": None,
        "provenance": "recorded",
    }
    return Article(**{**given, **more})


@dataclass
class SaidNews:
    """A NewsFeed that says everything it knows, as the last answer of a source may be, whatever is asked."""

    source: NewsSource
    said: list[Article] = field(default_factory=list)
    fails: bool = False
    asked: list[tuple[tuple[str, ...], datetime, datetime]] = field(default_factory=list)
    tickers_a_call: int = 1000
    chokes_on: str = ""
    """A ticker that no call may name."""

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        self.asked.append((tuple(tickers), start, until))
        if self.fails or self.chokes_on in tickers:
            raise FeedUnavailable(self.source, 60, "does not answer")
        return list(self.said)


@dataclass
class SaidPrices:
    """A PriceFeed that says the same candles and quote of every symbol."""

    source: NewsSource = "tiingo"
    said: dict[CandleResolution, list[Candle]] = field(default_factory=dict)
    last: Quote | None = None
    asked: list[tuple[str, CandleResolution]] = field(default_factory=list)
    failing: frozenset[str] = frozenset()

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        self.asked.append((symbol, resolution))
        if symbol in self.failing:
            raise FeedUnavailable(self.source, 60, "does not answer")
        return [candle for candle in self.said.get(resolution, []) if start <= candle.start < until]

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        return self.last


class SaidFeeds(Feeds):
    """Both news sources and one of prices, told what to say."""

    def __init__(self) -> None:
        self.told: dict[NewsSource, SaidNews] = {"tiingo": SaidNews("tiingo"), "finnhub": SaidNews("finnhub")}
        self.priced = SaidPrices()

    def news(self, source: NewsSource) -> NewsFeed:
        return self.told[source]

    @property
    def price_sources(self) -> tuple[PriceFeed, ...]:
        return (self.priced,)

    def say(self, *articles: Article) -> None:
        """Each source says what is its own, and nothing it said before."""
        for source, feed in self.told.items():
            feed.said = [article for article in articles if article.source == source]


class World:
    """A backend over a store of its own."""

    def __init__(self, store: Store | None = None, feeds: Feeds | None = None, seed: str = "jobs") -> None:
        self.clock = FixedClock(NOW)
        self.feeds = SaidFeeds() if feeds is None else feeds
        opened = SqliteStore(":memory:", self.clock) if store is None else store
        self.backend = Backend(Settings(), self.clock, CountedChance(seed), self.feeds, opened)

    @property
    def store(self) -> Store:
        return self.backend.store

    @property
    def said(self) -> SaidFeeds:
        assert isinstance(self.feeds, SaidFeeds)
        return self.feeds

    @property
    def queue(self) -> Queue:
        return open_queue(QUEUE, self.store, self.clock, self.backend.chance)

    def watch(self, *tickers: str, user_id: str = "somebody", config_id: str = "watchlist") -> None:
        watched = tuple(WatchedTicker(ticker, ticker, "NASDAQ", NOW) for ticker in tickers)
        Configurations(self.store).create(user_id, config_id, Draft("", watched, 7, False), NOW)

    def collect(self, *articles: Article) -> Answer:
        """What collecting answers when the sources say these articles."""
        self.said.say(*articles)
        return perform(collect_news.JOB, {}, self.backend)

    def analyze(self) -> int:
        """Delivers what waits in the queue; how many messages there were."""
        delivered = 0
        while count := pump(analyze_news.JOB, self.queue, self.backend):
            delivered += count
        return delivered

    def buckets(self, ticker: str, resolution: Resolution = "1h") -> list[Bucket]:
        stretch = Buckets(self.store, self.clock).range(ticker, resolution, None, None, 1000)
        return stretch.complete + ([stretch.open] if stretch.open else [])

    def everything(self, tickers: Iterable[str]) -> list[Bucket]:
        """All the buckets of some tickers."""
        return [
            bucket for ticker in tickers for resolution in RESOLUTIONS for bucket in self.buckets(ticker, resolution)
        ]


def records(bodies: Iterable[object], received: int = 1) -> dict[str, Any]:
    """An SQS event; a body that is no text is sent as JSON. Message ids are m-0, m-1 …"""
    return {"Records": [record(f"m-{place}", body, received) for place, body in enumerate(bodies)]}


def record(identifier: str, body: object, received: int = 1, **attributes: str) -> dict[str, Any]:
    return {
        "messageId": identifier,
        "receiptHandle": f"receipt-{identifier}",
        "body": body if isinstance(body, str) else json.dumps(body),
        "attributes": {"ApproximateReceiveCount": str(received), "SentTimestamp": "1733151600000", **attributes},
        "messageAttributes": {},
        "md5OfBody": "0" * 32,
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:bellwether-analysis",
        "awsRegion": "us-east-1",
    }


SCHEDULED: Mapping[str, Any] = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "123456789012",
    "time": "2024-12-02T15:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:events:us-east-1:123456789012:rule/every-five-minutes"],
    "detail": {},
}


@contextmanager
def printed() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The metric lines that are printed inside the block."""
    found = io.StringIO()
    with redirect_stdout(found):
        yield lambda: [json.loads(line) for line in found.getvalue().splitlines() if '"_aws"' in line]
