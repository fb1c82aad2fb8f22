"""Collecting the prices of a symbol: its candles where they are not kept yet, and what it costs now."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from handlers.backend import Backend
from handlers.domain import calendar
from handlers.domain.candles import PUBLISHED, Candle, expected
from handlers.domain.soundness import sound
from handlers.feeds.failover import first_answer
from handlers.feeds.port import FeedUnavailable, Paced, Quote
from handlers.jobs.running import Run
from handlers.runtime.log import log
from handlers.runtime.memory import Memory
from handlers.storage.candles import Asked, Candles, Series
from handlers.storage.quotes import Quotes, StoredQuote
from models.fields import CandleResolution, NewsSource, Provenance

DAILY_DAYS = 365
INTRADAY_DAYS = 7
INTRADAY: CandleResolution = "5"
AGAIN = timedelta(hours=4)
"""After how long a source is asked again that did not have the newest session's candles, though they should be published."""
REWRITTEN = timedelta(days=30)
REMEMBERED = 1024


class Stretch(NamedTuple):
    """Candles of New York's days from `first` to `last`, both inclusive."""

    resolution: CandleResolution
    first: date
    last: date


def collected(ticker: str, run: Run) -> Counter[str]:
    """What was stored, refused and missing of a symbol, counted; candles and quotes each for themselves.

    Raises the first FeedUnavailable after all was tried, and StoreUnavailable; safe to repeat.
    """
    counts, failures = Counter[str](), list[FeedUnavailable]()
    for part in (_all_candles, _quote):
        try:
            counts += part(ticker, run)
        except FeedUnavailable as error:
            failures.append(error)
    for name in ("stored", "refused", "missing"):
        run.count(f"Candles{name.title()}", counts[name])
    run.count("Quotes", counts["quotes"])
    if failures:
        # Who waits for a turn is not in trouble, unlike who does not answer.
        raise min(failures, key=lambda error: isinstance(error, Paced))
    return counts


def _all_candles(ticker: str, run: Run) -> Counter[str]:
    """Once after each session, the daily ones first."""
    counts: Counter[str] = Counter()
    for stretch in _stretches(run.now()):
        counts += _unless_failed(ticker, stretch, run)
    return counts


def _unless_failed(ticker: str, stretch: Stretch, run: Run) -> Counter[str]:
    """Who does not answer is left alone for as long as it asked for: a plan without candles says so to every call."""
    failures, key, now = run.backend.kept(_failures), (ticker, stretch.resolution), run.now()
    failed = failures.get(key, now)
    if failed is not None:
        raise failed
    try:
        return _candles(ticker, stretch, run)
    except FeedUnavailable as error:
        failures.keep(key, error, now + timedelta(seconds=error.retry_after_seconds))
        raise


def _failures(backend: Backend) -> Memory[tuple[str, CandleResolution], FeedUnavailable]:
    return Memory(REMEMBERED)


def _stretches(now: datetime) -> Iterator[Stretch]:
    """Up to the last session whose candles are published: what comes before is asked for by clients who cannot wait."""
    today = calendar.local_date(now)
    sessions = expected(today - timedelta(days=DAILY_DAYS), today, now - PUBLISHED, "D")
    if sessions:
        last = calendar.local_date(sessions[-1])
        yield Stretch("D", today - timedelta(days=DAILY_DAYS), last)
        yield Stretch(INTRADAY, today - timedelta(days=INTRADAY_DAYS), last)


def _candles(ticker: str, stretch: Stretch, run: Run) -> Counter[str]:
    now, feeds = run.now(), run.backend.feeds.collected_prices
    starts = expected(stretch.first, stretch.last, now, stretch.resolution)
    if not starts or any(_is_known(_series(ticker, feed.source, stretch, run), starts, run) for feed in feeds):
        return Counter()
    begin, until = _midnight(stretch.first), min(now, _midnight(stretch.last + timedelta(days=1)))
    source, found = first_answer(feeds, lambda feed: feed.candles(ticker, stretch.resolution, begin, until))
    return _kept(ticker, stretch, source, found, starts, run)


def _is_known(series: Series, starts: list[datetime], run: Run) -> bool:
    """Whether there is nothing to ask a source for: it told all that it had, or whoever asked it left enough."""
    stored = Candles(run.backend.store)
    asked = stored.asked(series)
    if asked is not None and asked.covers(starts) and (asked.newest == starts[-1] or run.now() - asked.at < AGAIN):
        return True
    kept = stored.read(series, starts)
    # What requests left of the last session is gone in minutes; and what is kept is to be rewritten before it expires.
    if kept is None or series.resolution != "D" or run.now() - kept.fetched_at > REWRITTEN:
        return False
    stored.note(series, _asked(starts, starts[-1], run))
    return True


def _asked(starts: list[datetime], newest: datetime | None, run: Run) -> Asked:
    return Asked(calendar.local_date(starts[0]), calendar.local_date(starts[-1]), newest, run.now())


def _kept(
    ticker: str, stretch: Stretch, source: NewsSource, found: list[Candle], starts: list[datetime], run: Run
) -> Counter[str]:
    good, refused = sound(found, stretch.resolution)
    stored, series = Candles(run.backend.store), _series(ticker, source, stretch, run)
    stored.rewrite(series, good, _asked(starts, good[-1].start if good else None, run))
    missing = len(set(starts) - {candle.start for candle in good})
    if refused or missing:
        log.warning(
            "candles refused or missing",
            ticker=ticker,
            source=source,
            resolution=stretch.resolution,
            reasons=dict(sorted(refused.items())),
            missing=missing,
            trace_id=run.trace_id,
        )
    return Counter(stored=len(good), refused=refused.total(), missing=missing)


def _quote(ticker: str, run: Run) -> Counter[str]:
    """How many quotes were kept: one, or none where there is no price. Asked for while prices move."""
    if not _is_trading(run.now()):
        return Counter()
    source, quote = first_answer(run.backend.feeds.collected_prices, lambda feed: feed.quote(ticker, run.now()))
    if quote is None or not _is_sound(quote):
        if quote is not None:
            log.warning("quote refused", ticker=ticker, source=source, reasons={"no_price": 1}, trace_id=run.trace_id)
        return Counter()
    prices = (quote.last, _price(quote.bid), _price(quote.ask), _price(quote.previous_close))
    Quotes(run.backend.store).keep(StoredQuote(ticker, source, *prices, quote.at, quote.provenance))
    return Counter(quotes=1)


def _is_trading(now: datetime) -> bool:
    """Extended hours included, at which some watchlists and their alerts look; and the run that finds their last price."""
    today = calendar.local_date(now)
    (first, last), session = calendar.covered(), None
    if first <= today <= last:
        session = calendar.session_on(today)
    if session is None:
        return False
    begin, end = calendar.extended_hours(session)
    return begin <= now <= end


def _is_sound(quote: Quote) -> bool:
    return _price(quote.last) is not None


def _price(value: float | None) -> float | None:
    """A price, None for what is none."""
    return value if value is not None and math.isfinite(value) and value > 0 else None


def _series(ticker: str, source: NewsSource, stretch: Stretch, run: Run) -> Series:
    provenance: Provenance = "recorded" if run.backend.settings.feed == "recorded" else "live"
    return Series(ticker, source, stretch.resolution, provenance)


def _midnight(day: date) -> datetime:
    """Where a day begins in New York."""
    return datetime(day.year, day.month, day.day, tzinfo=calendar.NEW_YORK).astimezone(UTC)
