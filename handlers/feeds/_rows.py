"""What both sources send alike: rows that may be wrong one by one, texts, prices, instants, candles on the market's grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Annotated, Final, TypeVar

from annotated_types import Ge, Gt
from pydantic import AfterValidator, Strict, TypeAdapter, ValidationError
from pydantic_core import PydanticKnownError

from handlers.domain import calendar
from handlers.domain.articles import Article
from handlers.domain.candles import Candle, join
from handlers.domain.symbols import SYMBOL
from handlers.runtime.log import log
from models.fields import CandleResolution, NewsSource

Row = TypeVar("Row")
Made = TypeVar("Made")


def _encodable(text: str) -> str:
    """JSON can write lone surrogates, which no store and no answer can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticKnownError("string_unicode") from None
    return text


Price = Annotated[float, Strict(), Gt(0)]
Volume = Annotated[float, Strict(), Ge(0)]
Text = Annotated[str, Strict(), AfterValidator(_encodable)]
Whole = Annotated[int, Strict(), Ge(0)]

HEADLINE_CHARACTERS: Final = 500
DESCRIPTION_CHARACTERS: Final = 2000
NAME_CHARACTERS: Final = 100
TAG_CHARACTERS: Final = 50
URL_CHARACTERS: Final = 2000
TAGS: Final = 20
TICKERS: Final = 20
WEB: Final = re.compile(r"https?://[^\s/]+\S*")
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_GRID: Final = timedelta(minutes=30)


class Wrong(ValueError):
    """A row that says nothing usable. The message is its reason, the same for all rows of that kind."""


@dataclass(slots=True)
class Dropped:
    """Rows that were left out, counted by reason."""

    source: NewsSource
    what: str
    reasons: Counter[str] = field(default_factory=Counter)

    def made(self, rows: Iterable[object], form: TypeAdapter[Row], make: Callable[[Row], Made]) -> list[Made]:
        """What `make` makes of each row, without those that have another form or that it finds Wrong."""
        found: list[Made] = []
        for row in rows:
            try:
                found.append(make(form.validate_python(row)))
            except ValidationError as error:
                self.reasons[reasons(error)] += 1
            except (Wrong, calendar.CalendarRangeError) as error:
                self.reasons[str(error)] += 1
        return found

    def tell(self) -> None:
        """One line for all of them, none if there are none."""
        if self.reasons:
            log.warning("rows dropped", source=self.source, what=self.what, reasons=dict(self.reasons.most_common(5)))


def reasons(error: ValidationError) -> str:
    """Where a value is wrong and how; never the value."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return ", ".join(f"{'.'.join(map(str, item['loc'])) or 'all'}: {item['type']}" for item in found[:3])


def whole_text(text: str | None, most: int) -> str:
    """A text in one line without control characters, cut to so many characters."""
    return _BLANK.sub(" ", (text or "")[: 4 * most]).strip()[:most].rstrip()


def headline(text: str | None) -> str:
    found = whole_text(text, HEADLINE_CHARACTERS)
    if not found:
        raise Wrong("no headline")
    return found


def web_address(text: str | None) -> str:
    if not text or len(text) > URL_CHARACTERS or not WEB.fullmatch(text):
        raise Wrong("no web address")
    return text


def tags(found: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, in the order of the source."""
    texts = (whole_text(tag, TAG_CHARACTERS) for tag in found)
    return tuple(dict.fromkeys(tag for tag in texts if tag))[:TAGS]


def mentioned(found: Iterable[str], wanted: Iterable[str]) -> tuple[str, ...]:
    """The well-formed tickers, each once and ordered, those that were asked for first. Wrong if none of them is."""
    tickers = {ticker for text in found if SYMBOL.fullmatch(ticker := text.strip().upper())}
    asked = tickers.intersection(wanted)
    if not asked:
        raise Wrong("no ticker that was asked for")
    return (*sorted(asked), *sorted(tickers - asked))[: max(TICKERS, len(asked))]


def in_order(articles: Iterable[Article], start: datetime, until: datetime) -> list[Article]:
    """Those published in [start, until), oldest first, each id once: what comes last of it counts."""
    found = {article.article_id: article for article in articles if start <= article.published_at < until}
    return sorted(found.values(), key=lambda article: (article.published_at, article.article_id))


def instant(text: str) -> datetime:
    """An ISO 8601 instant in UTC, nanoseconds cut; the sources document UTC where they give no zone."""
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong("no instant") from None


def epoch_instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise Wrong("no instant") from None


def price(value: float) -> float:
    """At most four decimals."""
    rounded = round(value, 4)
    if not 0 < rounded < 1e9:
        raise Wrong("no price")
    return rounded


def candle(start: datetime, prices: tuple[float, float, float, float], volume: float | None) -> Candle:
    """A candle of open, high, low and close. Wrong if the high or the low is none."""
    first, high, low, last = map(price, prices)
    if not low <= min(first, last) <= max(first, last) <= high:
        raise Wrong("high and low do not bound open and close")
    if volume is not None and volume >= 1e15:
        raise Wrong("no volume")
    return Candle(start, first, high, low, last, None if volume is None else int(volume))


def session_start(day: date) -> datetime:
    """Where the daily candle of a date in New York starts."""
    session = calendar.session_on(day)
    if session is None:
        raise Wrong("no session on that day")
    return session.opens


def grid_start(at: datetime, minutes: int, extended_hours: bool) -> datetime:
    """The instant itself if candles of so many minutes, counted from the open, may start there."""
    session = calendar.session_on(calendar.local_date(at))
    if session is None:
        raise Wrong("no session on that day")
    begin, end = calendar.extended_hours(session) if extended_hours else (session.opens, session.closes)
    if not begin <= at < end:
        raise Wrong("outside of trading hours")
    if (at - session.opens) % timedelta(minutes=minutes):
        raise Wrong("not on the grid of its resolution")
    return at


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked of a source: candles of a resolution that end in (start, until]."""

    resolution: CandleResolution
    start: datetime
    until: datetime
    extended_hours: bool = False

    @property
    def minutes(self) -> int:
        """The length that is asked for: sources count hours from midnight, so that hours are joined of halves."""
        return min(int(self.resolution), _GRID // timedelta(minutes=1))

    def days(self) -> tuple[date, date] | None:
        """The dates in New York to ask for, both inclusive, as far as the calendar reaches; None if there are none."""
        begin, end = calendar.covered()
        first, last = max(calendar.local_date(self.start), begin), min(calendar.local_date(self.until), end)
        return None if last < first or self.until <= self.start else (first, last)

    def cut(self, candles: Iterable[Candle]) -> list[Candle]:
        """The candles of the resolution that end within, oldest first, each start once: what comes last of it counts."""
        found = sorted({candle.start: candle for candle in candles}.values(), key=lambda candle: candle.start)
        if self.resolution == "60":
            found = self._hours(found)
        return [candle for candle in found if self.start < self._end(candle.start) <= self.until]

    def _hours(self, halves: Iterable[Candle]) -> list[Candle]:
        """Hours are counted from the open; the first before it may be short, like the last before the close."""
        parts = groupby(halves, lambda half: self._end(half.start))
        return [join(found, found[0].start) for found in (list(part) for _, part in parts)]

    def _end(self, start: datetime) -> datetime:
        """Where the candle of the resolution ends that `start` falls in: on the grid, cut at the open and at both closes."""
        session = calendar.session_on(calendar.local_date(start))
        assert session is not None
        if self.resolution == "D":
            return session.closes
        length = timedelta(minutes=int(self.resolution))
        end = session.opens + ((start - session.opens) // length + 1) * length
        bounds = (session.opens, session.closes, calendar.extended_hours(session)[1])
        return min(end, *(bound for bound in bounds if bound > start))
