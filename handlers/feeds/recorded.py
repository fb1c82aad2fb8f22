"""The recorded feed: a seeded market that plays both news sources and the prices, so that everything runs offline.

Any time from 2015 to 2035 is found directly: what is asked, in what order and how finely it is split changes no answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from handlers.domain import calendar
from handlers.domain.articles import Article
from handlers.domain.candles import Candle, join
from handlers.feeds.chance import bell, stream
from handlers.feeds.companies import Company, companies
from handlers.feeds.history import FIRST_DAY, LAST_DAY, Day, History, price
from handlers.feeds.minutes import minutes
from handlers.feeds.port import Quote
from handlers.feeds.stories import Press
from models.fields import CandleResolution, NewsSource

SEED = "bellwether"

_MINUTE = timedelta(minutes=1)


class RecordedMarket:
    """One seed's whole market. Cheap to make, safe to share between threads; what it remembers is bounded."""

    def __init__(self, seed: str = SEED) -> None:
        history = History(seed)
        self._tape = _Tape(seed, history)
        self._press = Press(seed, history)

    def news(self, source: NewsSource) -> RecordedNews:
        """The articles of one source."""
        return RecordedNews(source, self._press)

    def prices(self, source: NewsSource) -> RecordedPrices:
        """Candles and quotes under the name of one source; both tell the same prices."""
        return RecordedPrices(source, self._tape)


class RecordedNews:
    """NewsFeed over the recorded press."""

    tickers_a_call: int = 1000

    def __init__(self, source: NewsSource, press: Press) -> None:
        self.source = source
        self._press = press

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        wanted = frozenset(tickers)
        found = (
            article
            for day in _played_days(start, until)
            for article in self._of_day(wanted, day)
            if start <= article.published_at < until
        )
        return sorted(found, key=lambda article: (article.published_at, article.article_id))

    def _of_day(self, wanted: frozenset[str], day: date) -> Iterator[Article]:
        known = [companies()[ticker] for ticker in sorted(wanted) if ticker in companies()]
        for brand in dict.fromkeys(company.brand for company in known):
            yield from (article for article in self._press.about_company(brand, day) if article.source == self.source)
        for sector in dict.fromkeys(company.sector for company in known):
            for article in self._press.about_sector(sector, day):
                if article.source == self.source and not wanted.isdisjoint(article.tickers):
                    yield article


class RecordedPrices:
    """PriceFeed over the recorded market."""

    def __init__(self, source: NewsSource, tape: _Tape) -> None:
        self.source = source
        self._tape = tape

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        company = companies().get(symbol)
        if company is None:
            return []
        days = self._tape.days(company, calendar.local_date(start), calendar.local_date(until))
        if resolution == "D":
            return [day.candle for day in days if start < day.session.closes <= until]
        return [candle for day in days for candle in self._within(company, day, int(resolution), start, until)]

    def _within(self, company: Company, day: Day, length: int, start: datetime, until: datetime) -> Sequence[Candle]:
        """The candles of a session that end in (start, until]."""
        candles = self._tape.intraday(company, day.session.day, length)
        ends = [min(candle.start + length * _MINUTE, day.session.closes) for candle in candles]
        return candles[bisect_right(ends, start) : bisect_right(ends, until)]

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        company, today = companies().get(symbol), calendar.local_date(at)
        if company is None or not FIRST_DAY <= today <= LAST_DAY:
            return None
        return self._tape.quote(company, at, today)


class _Tape:
    """Every price of every company: days, the minutes within them, and the thin trading around them."""

    def __init__(self, seed: str, history: History) -> None:
        self._seed = seed
        self._history = history
        self.days = history.days
        # A session is 390 minutes: few are kept, and more of what is joined from them.
        self._minutes = lru_cache(maxsize=64)(self._draw_minutes)
        self._joined = lru_cache(maxsize=512)(self._join_minutes)

    def quote(self, company: Company, at: datetime, today: date) -> Quote | None:
        """The last trade at an instant: of the session, of extended hours around it, else of the session before."""
        day = self._history.day(company, today)
        if day is not None:
            begin, end = calendar.extended_hours(day.session)
            if begin + _MINUTE <= at:
                return self._quote_of_day(company, day, min(at, end))
        return self._quote_of_last_session(company, today)

    def _quote_of_day(self, company: Company, day: Day, at: datetime) -> Quote:
        """Quotes move by the minute: the last complete one speaks."""
        at = at.replace(second=0, microsecond=0)
        if at <= day.session.opens:
            return self._quote(company, day, at, self._before_the_open(company, day, at))
        if at <= day.session.closes:
            candle = self.intraday(company, day.session.day, 1)[(at - day.session.opens) // _MINUTE - 1]
            return self._quote(company, day, at, candle.close)
        return self._quote(company, day, at, self._after_the_close(company, day, at))

    def _quote_of_last_session(self, company: Company, today: date) -> Quote | None:
        """Where extended hours left the session before; None before the first one played."""
        session = calendar.previous_session(today)
        day = self._history.day(company, session.day)
        return None if day is None else self._quote_of_day(company, day, calendar.extended_hours(session)[1])

    def _before_the_open(self, company: Company, day: Day, at: datetime) -> float:
        """Pre-market trading feels its way from the close before to the open."""
        begin, _ = calendar.extended_hours(day.session)
        way = (at - begin) / (day.session.opens - begin)
        wander = 0.001 * (1 - way) * bell(stream(self._seed, "premarket", company.symbol, at))
        return price((day.previous_close + (day.candle.open - day.previous_close) * way) * (1 + wander))

    def _after_the_close(self, company: Company, day: Day, at: datetime) -> float:
        return price(day.candle.close * (1 + 0.0008 * bell(stream(self._seed, "after hours", company.symbol, at))))

    def _quote(self, company: Company, day: Day, at: datetime, last: float) -> Quote:
        draws = stream(self._seed, "spread", company.symbol, at)
        half = last * 0.00005 * (1 + draws.random())
        tick = 0.01 if last >= 1 else 0.0001
        bid = max(0.0001, min(price(last - half), round(last - tick, 4)))
        return Quote(
            company.symbol, last, bid, price(max(last + half, last + tick)), day.previous_close, at, "recorded"
        )

    def intraday(self, company: Company, day: date, length: int) -> tuple[Candle, ...]:
        """Candles of so many minutes, counted from the open; the last may be shorter, and closed days have none."""
        return self._minutes(company, day) if length == 1 else self._joined(company, day, length)

    def _join_minutes(self, company: Company, day: date, length: int) -> tuple[Candle, ...]:
        fine = self._minutes(company, day)
        return tuple(join(fine[first : first + length], fine[first].start) for first in range(0, len(fine), length))

    def _draw_minutes(self, company: Company, day: date) -> tuple[Candle, ...]:
        played = self._history.day(company, day)
        return minutes(played, stream(self._seed, "minutes", company.symbol, day)) if played else ()


def _played_days(start: datetime, until: datetime) -> Iterator[date]:
    """The dates in New York that [start, until) touches, as far as they are played."""
    first, last = max(calendar.local_date(start), FIRST_DAY), min(calendar.local_date(until), LAST_DAY)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
