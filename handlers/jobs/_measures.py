"""What alerts look at: the same values that their watchlists show, from what is stored."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from handlers.backend import Backend
from handlers.domain import calendar, days
from handlers.domain.candles import Candle, expected
from handlers.domain.heatmap import span
from handlers.domain.triggers import Alert
from handlers.domain.volatility import LOOKBACK_DAYS, PERCENT_DIGITS, volatility, widened
from handlers.storage.candles import Candles, Series
from handlers.storage.configurations import Draft
from handlers.storage.days import Days
from handlers.storage.quotes import Quotes
from models.fields import NewsSource, Provenance


class Measured(NamedTuple):
    """The value that an alert looks at; the other one is None, and so is one that is not known."""

    sentiment: float | None = None
    volatility: float | None = None


class Measures:
    """The values of one symbol at one instant, each read when an alert first needs it. Raises StoreUnavailable.

    No source is asked: what has not been collected is not known.
    """

    def __init__(self, ticker: str, now: datetime, backend: Backend) -> None:
        self._ticker = ticker
        self._now = now
        self._backend = backend
        self.sentiment = cache(self._sentiment)
        """The aggregated score of so many days back and today; None if nothing was said."""
        self.volatility = cache(self._volatility)
        """The average true range in percent of the last close, after hours included or not, rounded as shown; None of too few."""

    def of(self, alert: Alert, watchlist: Draft) -> Measured:
        if alert.alert_type == "sentiment_threshold":
            return Measured(sentiment=self.sentiment(watchlist.timeframe_days))
        return Measured(volatility=self.volatility(watchlist.include_extended_hours))

    def _sentiment(self, timeframe_days: int) -> float | None:
        first, last = span(timeframe_days, days.day_of(self._now))
        stored = Days(self._backend.store)
        said = [days.pooled(stored.of_source(self._ticker, source, first, last)) for source in days.WEIGHTS]
        spoken = [day for day in said if day is not None]
        return days.aggregated(spoken).score if spoken else None

    def _volatility(self, extended_hours: bool) -> float | None:
        for feed in self._backend.feeds.price_sources:
            candles = self._daily(feed.source)
            if candles:
                found = volatility(self._widened(candles, feed.source) if extended_hours else candles)
                percent = None if found is None else found.percent
                return None if percent is None else round(percent, PERCENT_DIGITS)
        return None

    def _daily(self, source: NewsSource) -> list[Candle]:
        """The sessions of the last 180 days that are over, as far as they are kept; none if these are old."""
        today = calendar.local_date(self._now)
        starts = expected(today - timedelta(days=LOOKBACK_DAYS), today, self._now, "D")
        provenance: Provenance = "recorded" if self._backend.settings.feed == "recorded" else "live"
        return Candles(self._backend.store).latest(Series(self._ticker, source, "D", provenance), starts)

    def _widened(self, candles: list[Candle], source: NewsSource) -> list[Candle]:
        """The last session reaches to the newest price that extended hours made after it, if there is one."""
        quote, hours = (
            Quotes(self._backend.store).of(self._ticker, source),
            _after(calendar.local_date(candles[-1].start)),
        )
        if quote is None or hours is None or not hours[0] < quote.at <= hours[1]:
            return candles
        return widened(candles, quote.last)


def _after(day: date) -> tuple[datetime, datetime] | None:
    """From the close of a session to the end of its extended hours."""
    session = calendar.session_on(day)
    return None if session is None else (session.closes, calendar.extended_hours(session)[1])
