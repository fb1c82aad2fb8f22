"""Asks one source after the other, in order of priority, until one answers. The breakers decide when the first is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from handlers.domain.articles import Article
from handlers.domain.candles import Candle
from handlers.feeds.port import FeedUnavailable, NewsFeed, Paced, PriceFeed, Quote
from handlers.runtime.log import log
from models.fields import CandleResolution, NewsSource

Feed = TypeVar("Feed", NewsFeed, PriceFeed)
T = TypeVar("T")


def first_answer(feeds: Sequence[Feed], ask: Callable[[Feed], T]) -> tuple[NewsSource, T]:
    """Who answered first, and what.

    Raises the FeedUnavailable whose source may be asked again the soonest, before those one that only waits for its turn.
    """
    failures: list[FeedUnavailable] = []
    for feed in feeds:
        try:
            answer = ask(feed)
        except FeedUnavailable as error:
            failures.append(error)
            continue
        _tell(feed.source, failures)
        return feed.source, answer
    raise min(failures, key=lambda error: (not isinstance(error, Paced), error.retry_after_seconds))


def _tell(source: NewsSource, failures: Sequence[FeedUnavailable]) -> None:
    """That a source stands in for others; for one that keeps its pace it does so all day long."""
    tried = [error.reason for error in failures if not isinstance(error, Paced)]
    if tried:
        log.warning("failed over", source=source, tried=tried)


class FailoverNews:
    """NewsFeed over several: `source` is the first, each article names its own."""

    def __init__(self, feeds: Sequence[NewsFeed]) -> None:
        self._feeds = feeds
        self.source: NewsSource = feeds[0].source
        self.tickers_a_call = min(feed.tickers_a_call for feed in feeds)

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        return first_answer(self._feeds, lambda feed: feed.articles(tickers, start, until))[1]


class FailoverPrices:
    """PriceFeed over several: `source` is the first. Who has to know which one answered uses `first_answer`."""

    def __init__(self, feeds: Sequence[PriceFeed]) -> None:
        self._feeds = feeds
        self.source: NewsSource = feeds[0].source

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        return first_answer(self._feeds, lambda feed: feed.candles(symbol, resolution, start, until))[1]

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        return first_answer(self._feeds, lambda feed: feed.quote(symbol, at))[1]
