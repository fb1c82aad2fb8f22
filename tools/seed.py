"""Fills a store by playing a feed up to an instant: articles, sentiment buckets and days, as collecting would leave them.

Deterministic: the same feed, instant and extent give the same items.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from handlers.domain.articles import Article
from handlers.domain.buckets import Score, to_units
from handlers.feeds.opening import Feeds
from handlers.runtime.clock import FixedClock, SystemClock
from handlers.storage.articles import Articles
from handlers.storage.buckets import Buckets
from handlers.storage.items import Store, StoreUnavailable
from handlers.storage.opening import FORMS, open_store
from models.fields import NewsSource

STAGE_TICKERS = ("AAPL", "MSFT", "NVDA", "GOOGL")
TICKERS = (*STAGE_TICKERS, "AMZN", "META", "TSLA", "JPM", "BAC", "XOM", "DIS", "NFLX", "BRK.B")
ARTICLE_DAYS = 3
HISTORY_DAYS = 40
FINE, NEEDS_A_PERSON = 0, 100


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put into a store."""

    articles: int
    scores: int


def fill(
    store: Store,
    feeds: Feeds,
    until: datetime,
    tickers: Sequence[str] = STAGE_TICKERS,
    days: int = ARTICLE_DAYS,
    history_days: int = HISTORY_DAYS,
    progress: Callable[[str], None] = lambda line: None,
) -> Filled:
    """Plays both news sources up to `until`, exclusive: articles of the last `days`, sentiment of the last `history_days`.

    What would have expired at `until` is left out. Filling a store again changes nothing.
    """
    clock = FixedClock(until)
    first, first_article = until - timedelta(days=max(days, history_days)), until - timedelta(days=days)
    articles = played(feeds, tickers, first, until)
    recent = [article for article in articles if article.published_at >= first_article]
    progress(
        f"{len(articles)} articles of {len(tickers)} tickers since {first:%Y-%m-%d}; storing the last {len(recent)}"
    )
    Articles(store).add_many(recent)
    progress("counting sentiment into buckets and days")
    counted = Buckets(store, clock).record_many(score for article in articles for score in scores_of(article))
    return Filled(len(recent), counted)


def played(feeds: Feeds, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
    """What both sources published in [start, until) about the tickers, oldest first."""
    sources: tuple[NewsSource, ...] = get_args(NewsSource)
    found = (article for source in sources for article in feeds.news(source).articles(tickers, start, until))
    return sorted(found, key=lambda article: (article.published_at, article.article_id))


def scores_of(article: Article) -> Iterator[Score]:
    """What an article says of each of its tickers; nothing where its source gives no sentiment."""
    if article.sentiment is not None:
        units = to_units(article.sentiment)
        for ticker in article.tickers:
            yield Score(ticker, article.published_at, units, article.article_id, article.source)


def main(arguments: Sequence[str]) -> int:
    """`python -m tools seed`: fills the store that is named, made if it is missing, with progress on standard error."""
    given = _parser().parse_args(arguments)
    started = time.perf_counter()
    until = given.until or datetime.now(UTC).replace(microsecond=0)
    clock = SystemClock() if given.until is None else FixedClock(until)
    try:
        with closing(open_store(given.store, clock)) as store:
            store.prepare()
            filled = fill(store, Feeds(), until, given.tickers, given.days, given.days, _say)
    except (StoreUnavailable, ValueError) as error:
        _say(f"cannot seed: {getattr(error, 'reason', error)}")
        return NEEDS_A_PERSON
    seconds = time.perf_counter() - started
    print(f"seeded {given.store}: {filled.articles} articles, {filled.scores} scores up to {until:%Y-%m-%dT%H:%M:%SZ}")
    _say(f"took {seconds:.1f} s")
    return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools seed", description="Fill a store from the recorded feed.")
    made = "files and tables that are missing are made"
    parser.add_argument("--store", default="sqlite:///bellwether.db", help=f"{FORMS}; {made}")
    parser.add_argument("--days", type=_whole, default=30, help="how many days back (default: 30)")
    parser.add_argument("--tickers", type=_symbols, default=TICKERS, help="comma separated (default: 13 large ones)")
    parser.add_argument("--until", type=_instant, default=None, help="RFC 3339 with an offset (default: now)")
    return parser


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 365):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 to 365")
    return int(text)


def _symbols(text: str) -> tuple[str, ...]:
    symbols = tuple(dict.fromkeys(part.strip().upper() for part in text.split(",")))
    listings = Feeds().listings
    unknown = [symbol for symbol in symbols if listings.get(symbol) is None]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(map(repr, unknown))} not listed; give symbols such as AAPL,MSFT")
    return symbols


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = datetime.min
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant; one looks like 2024-12-02T15:00:00Z")
    return instant.astimezone(UTC)


def _say(line: Any) -> None:
    print(line, file=sys.stderr, flush=True)
