"""Tiingo: news, end-of-day and IEX prices. https://www.tiingo.com/documentation"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NotRequired

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from handlers.domain.articles import Article
from handlers.domain.candles import Candle
from handlers.feeds._rows import (
    DESCRIPTION_CHARACTERS,
    NAME_CHARACTERS,
    Dropped,
    Price,
    Span,
    Text,
    Volume,
    Whole,
    candle,
    grid_start,
    headline,
    in_order,
    instant,
    mentioned,
    price,
    session_start,
    tags,
    web_address,
    whole_text,
)
from handlers.feeds.http import Access, Api, Params
from handlers.feeds.port import Paced, Quote
from handlers.runtime.log import log
from models.fields import CandleResolution, NewsSource

SOURCE: Final[NewsSource] = "tiingo"
ADDRESS: Final = "https://api.tiingo.com"
TICKERS_A_CALL: Final = 10
ARTICLES_A_CALL: Final = 1000
CALLS_A_BATCH: Final = 5
CLOCKS_APART: Final = timedelta(seconds=60)


class _Story(TypedDict):
    id: Whole
    title: Text | None
    url: Text | None
    publishedDate: Text
    description: NotRequired[Text | None]
    source: NotRequired[Text | None]
    tickers: NotRequired[list[Text] | None]
    tags: NotRequired[list[Text] | None]


class _Bar(TypedDict):
    date: Text
    open: Price
    high: Price
    low: Price
    close: Price
    volume: NotRequired[Volume | None]


class _Top(TypedDict):
    """What is null without an agreement with the exchange, or while the market is closed, is None."""

    ticker: Text
    timestamp: Text
    tngoLast: NotRequired[Price | None]
    last: NotRequired[Price | None]
    prevClose: NotRequired[Price | None]
    bidPrice: NotRequired[float | None]
    askPrice: NotRequired[float | None]


_ROWS: Final = TypeAdapter(list[object])
_STORY: Final = TypeAdapter(_Story)
_BAR: Final = TypeAdapter(_Bar)
_TOP: Final = TypeAdapter(_Top)


def access(base_url: str = ADDRESS) -> Access:
    return Access(SOURCE, base_url, lambda key: {"Authorization": f"Token {key}"})


class TiingoNews:
    """NewsFeed over /tiingo/news. Tiingo gives no sentiment."""

    source: NewsSource = SOURCE
    tickers_a_call: int = TICKERS_A_CALL

    def __init__(self, api: Api) -> None:
        self._api = api

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        dropped = Dropped(SOURCE, "articles")
        wanted = sorted(set(tickers))
        if until <= start:
            return []
        batches = (wanted[first : first + TICKERS_A_CALL] for first in range(0, len(wanted), TICKERS_A_CALL))
        found = [article for batch in batches for article in self._batch(batch, wanted, start, until, dropped)]
        dropped.tell()
        return in_order(found, start, until)

    def _batch(
        self, batch: Sequence[str], wanted: Sequence[str], start: datetime, until: datetime, dropped: Dropped
    ) -> Iterator[Article]:
        """What is newest comes first. Days are inclusive, and given as dates: what is too much is left out later."""
        params: Params = {
            "tickers": ",".join(map(_theirs, batch)),
            "startDate": str(start.astimezone(UTC).date()),
            "endDate": str(until.astimezone(UTC).date() + timedelta(days=1)),
            "limit": ARTICLES_A_CALL,
        }
        read = 0
        for call in range(CALLS_A_BATCH):
            try:
                rows = self._api.get("/tiingo/news", {**params, "offset": call * ARTICLES_A_CALL}, _ROWS) or []
            except Paced:
                if call == 0:
                    raise
                # What was told is worth more than what is older: asking for all of it again would never end.
                break
            yield from dropped.made(rows, _STORY, lambda story: _article(story, wanted))
            if len(rows) < ARTICLES_A_CALL:
                return
            read += len(rows)
        log.warning("articles left out", source=SOURCE, read=read, tickers=len(batch))


class TiingoPrices:
    """PriceFeed over end-of-day and IEX prices, as they were traded: a split is a step in them.

    Within the day the volume is unknown: IEX reports its own, a small part of what all exchanges traded.
    """

    source: NewsSource = SOURCE

    def __init__(self, api: Api, extended_hours: bool = False) -> None:
        self._api = api
        self._extended_hours = extended_hours

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        span = Span(resolution, start, until, self._extended_hours)
        days = span.days()
        if days is None:
            return []
        dropped = Dropped(SOURCE, f"candles of {symbol}")
        dates: Params = {"startDate": str(days[0]), "endDate": str(days[1])}
        found = (
            self._daily(symbol, dates, dropped) if resolution == "D" else self._intraday(symbol, span, dates, dropped)
        )
        dropped.tell()
        return span.cut(found)

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        dropped = Dropped(SOURCE, f"quote of {symbol}")
        rows = self._api.get("/iex/", {"tickers": _theirs(symbol)}, _ROWS) or []
        found = dropped.made(rows, _TOP, lambda top: _quote(top, at))
        dropped.tell()
        return next((quote for quote in found if quote is not None and quote.symbol == symbol), None)

    def _daily(self, symbol: str, dates: Params, dropped: Dropped) -> list[Candle]:
        rows = self._api.get(f"/tiingo/daily/{_theirs(symbol)}/prices", dates, _ROWS) or []
        return dropped.made(rows, _BAR, _day)

    def _intraday(self, symbol: str, span: Span, dates: Params, dropped: Dropped) -> list[Candle]:
        more: Params = {"resampleFreq": f"{span.minutes}min", "afterHours": str(span.extended_hours).lower()}
        rows = self._api.get(f"/iex/{_theirs(symbol)}/prices", {**dates, **more}, _ROWS) or []
        return dropped.made(rows, _BAR, lambda bar: _bar(bar, span))


def _theirs(symbol: str) -> str:
    """Tiingo writes share classes with a hyphen."""
    return symbol.replace(".", "-").lower()


def _ours(symbol: str) -> str:
    return symbol.replace("-", ".").upper()


def _article(story: _Story, wanted: Sequence[str]) -> Article:
    return Article(
        article_id=f"{SOURCE}-{story['id']}",
        source=SOURCE,
        headline=headline(story["title"]),
        description=whole_text(story.get("description"), DESCRIPTION_CHARACTERS),
        url=web_address(story["url"]),
        source_name=whole_text(story.get("source"), NAME_CHARACTERS),
        published_at=instant(story["publishedDate"]),
        tickers=mentioned(map(_ours, story.get("tickers") or ()), wanted),
        tags=tags(story.get("tags") or ()),
        sentiment=None,
        provenance="live",
    )


def _day(bar: _Bar) -> Candle:
    """Tiingo dates a day by its midnight in UTC: the date is the session's, not an instant of it."""
    return candle(session_start(instant(bar["date"]).date()), _prices(bar), bar.get("volume"))


def _bar(bar: _Bar, span: Span) -> Candle:
    return candle(grid_start(instant(bar["date"]), span.minutes, span.extended_hours), _prices(bar), None)


def _prices(bar: _Bar) -> tuple[float, float, float, float]:
    return bar["open"], bar["high"], bar["low"], bar["close"]


def _quote(top: _Top, at: datetime) -> Quote | None:
    """None where nothing was traded, or only after the instant that was asked for."""
    last, made = top.get("tngoLast") or top.get("last"), instant(top["timestamp"])
    if last is None or made > at + CLOCKS_APART:
        return None
    close = top.get("prevClose")
    bid, ask = _offer(top.get("bidPrice")), _offer(top.get("askPrice"))
    known = None if close is None else price(close)
    return Quote(_ours(top["ticker"]), price(last), bid, ask, known, min(made, at), "live")


def _offer(value: float | None) -> float | None:
    """Zero stands for no offer."""
    return price(value) if value else None
