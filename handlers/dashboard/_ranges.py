"""How far prices of a ticker range, from its daily candles and, if wanted, the price after the last session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.backend import Backend
from handlers.dashboard._prices import Asked, Prices
from handlers.dashboard._quotes import Quotes
from handlers.domain import calendar
from handlers.domain.candles import Candle, end_of
from handlers.domain.volatility import LOOKBACK_DAYS, Volatility, volatility, widened
from handlers.feeds.port import Quote
from models.fields import NewsSource


@dataclass(frozen=True, slots=True)
class Ranged:
    """What is known of a ticker: its volatility, if enough is, up to when, and who said so."""

    volatility: Volatility | None
    includes_extended_hours: bool
    updated_at: datetime | None
    source: NewsSource | None


def ranged(ticker: str, extended_hours: bool, backend: Backend) -> Ranged:
    """Over the sessions of the last 180 days that are over. Raises FeedUnavailable, StoreUnavailable."""
    today = calendar.local_date(backend.now())
    asked = Asked(ticker, "D", today - timedelta(days=LOOKBACK_DAYS), today)
    found, _ = backend.kept(Prices).read(asked)
    candles = found.candles
    if not candles:
        return Ranged(None, False, None, None)
    quote = _after_hours(ticker, candles[-1], backend) if extended_hours else None
    if quote is None:
        return Ranged(volatility(candles), False, end_of(candles[-1].start, "D"), found.source)
    return Ranged(volatility(widened(candles, quote.last)), True, quote.at, found.source)


def _after_hours(ticker: str, last: Candle, backend: Backend) -> Quote | None:
    """The newest price made after the session of a candle and before extended hours ended; None if there is none."""
    session = calendar.session_on(calendar.local_date(last.start))
    if session is None:
        return None
    _, end = calendar.extended_hours(session)
    _, quote = backend.kept(Quotes).read(ticker, min(backend.now(), end))
    return quote if quote is not None and session.closes < quote.at else None
