"""Finnhub: company news, candles and quotes. https://finnhub.io/docs/api"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final, Literal, NotRequired

from pydantic import AfterValidator, TypeAdapter
from typing_extensions import TypedDict

from handlers.domain.articles import Article
from handlers.domain.calendar import local_date
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
    epoch_instant,
    grid_start,
    headline,
    in_order,
    mentioned,
    price,
    session_start,
    tags,
    web_address,
    whole_text,
)
from handlers.feeds.http import Access, Api, Params
from handlers.feeds.port import Quote
from models.fields import CandleResolution, NewsSource

SOURCE: Final[NewsSource] = "finnhub"
ADDRESS: Final = "https://finnhub.io/api/v1"
CLOCKS_APART: Final = timedelta(seconds=60)
TWO_DAYS: Final = timedelta(days=2)


class _Story(TypedDict):
    id: Whole
    headline: Text | None
    url: Text | None
    datetime: Whole
    summary: NotRequired[Text | None]
    source: NotRequired[Text | None]
    related: NotRequired[Text | None]
    category: NotRequired[Text | None]


class _Columns(TypedDict):
    """Candles by column; all but `s` are absent where there are none."""

    s: Literal["ok", "no_data"]
    t: NotRequired[list[object]]
    o: NotRequired[list[object]]
    h: NotRequired[list[object]]
    l: NotRequired[list[object]]  # noqa: E741 - Finnhub's name
    c: NotRequired[list[object]]
    v: NotRequired[list[object]]


class _Quote(TypedDict):
    """Zeros and nulls for what Finnhub does not know."""

    c: float | None
    pc: NotRequired[float | None]
    t: NotRequired[Whole | None]


def _even(columns: _Columns) -> _Columns:
    lengths = {len(column) for column in _columns(columns)[:5]}
    if len(lengths) > 1:
        raise ValueError("columns of different lengths")
    return columns


def _columns(columns: _Columns) -> tuple[list[object], ...]:
    """Times, opens, highs, lows, closes and, if they are known for all, volumes."""
    times, opens, highs = columns.get("t", []), columns.get("o", []), columns.get("h", [])
    lows, closes, volumes = columns.get("l", []), columns.get("c", []), columns.get("v", [])
    return times, opens, highs, lows, closes, volumes if len(volumes) == len(times) else [None] * len(times)


Bar = tuple[Whole, Price, Price, Price, Price, Volume | None]

_ROWS: Final = TypeAdapter(list[object])
_STORY: Final = TypeAdapter(_Story)
_COLUMNS: Final = TypeAdapter(Annotated[_Columns, AfterValidator(_even)])
_BAR: Final[TypeAdapter[Bar]] = TypeAdapter(Bar)
_QUOTE: Final = TypeAdapter(_Quote)


def access(base_url: str = ADDRESS) -> Access:
    """The key goes into a header, though the query could carry it: addresses end up in logs."""
    return Access(SOURCE, base_url, lambda key: {"X-Finnhub-Token": key})


class FinnhubNews:
    """NewsFeed over /company-news, which gives no sentiment. A story of several companies is one, of all their tickers."""

    source: NewsSource = SOURCE
    tickers_a_call: int = 1

    def __init__(self, api: Api) -> None:
        self._api = api

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        dropped = Dropped(SOURCE, "articles")
        wanted = sorted(set(tickers))
        if until <= start:
            return []
        found: dict[str, Article] = {}
        for article in (article for ticker in wanted for article in self._about(ticker, wanted, start, until, dropped)):
            known = found.get(article.article_id)
            found[article.article_id] = replace(article, tickers=_all(known, article)) if known else article
        dropped.tell()
        return in_order(found.values(), start, until)

    def _about(
        self, ticker: str, wanted: Sequence[str], start: datetime, until: datetime, dropped: Dropped
    ) -> list[Article]:
        """Days are inclusive; in which zone is not documented, so that New York's and UTC's are asked for."""
        params: Params = {
            "symbol": ticker,
            "from": str(local_date(start)),
            "to": str(until.astimezone(UTC).date()),
        }
        rows = self._api.get("/company-news", params, _ROWS) or []
        return dropped.made(rows, _STORY, lambda story: _article(story, ticker, wanted))


class FinnhubPrices:
    """PriceFeed over /stock/candle and /quote. Finnhub adjusts daily candles for splits, those within the day not."""

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
        theirs = resolution if resolution == "D" else str(span.minutes)
        params: Params = {
            "symbol": symbol,
            "resolution": theirs,
            "from": _midnight(days[0]),
            "to": _midnight(days[1] + TWO_DAYS),
        }
        columns = self._api.get("/stock/candle", params, _COLUMNS)
        rows = zip(*_columns(columns), strict=True) if columns else ()
        found = dropped.made(rows, _BAR, lambda bar: _candle(bar, span))
        dropped.tell()
        return span.cut(found)

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        dropped = Dropped(SOURCE, f"quote of {symbol}")
        row = self._api.get("/quote", {"symbol": symbol}, _QUOTE)
        found = dropped.made(() if row is None else (row,), _QUOTE, lambda quote: _quote(quote, symbol, at))
        dropped.tell()
        return found[0] if found else None


def _article(story: _Story, ticker: str, wanted: Sequence[str]) -> Article:
    related = (story.get("related") or "").split(",")
    return Article(
        article_id=f"{SOURCE}-{story['id']}",
        source=SOURCE,
        headline=headline(story["headline"]),
        description=whole_text(story.get("summary"), DESCRIPTION_CHARACTERS),
        url=web_address(story["url"]),
        source_name=whole_text(story.get("source"), NAME_CHARACTERS),
        published_at=epoch_instant(story["datetime"]),
        tickers=mentioned((ticker, *related), wanted),
        tags=tags((story.get("category") or "",)),
        sentiment=None,
        provenance="live",
    )


def _all(known: Article, article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known.tickers, *article.tickers)))


def _candle(bar: Bar, span: Span) -> Candle:
    seconds, first, high, low, last, volume = bar
    at = epoch_instant(seconds)
    if span.resolution == "D":
        # Finnhub dates a day by its midnight in UTC, formerly by its open: in UTC both are of that date.
        return candle(session_start(at.date()), (first, high, low, last), volume)
    return candle(grid_start(at, span.minutes, span.extended_hours), (first, high, low, last), volume)


def _midnight(day: date) -> int:
    """In UTC: hours before the date begins in New York, where it ends hours after the next one."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def _quote(quote: _Quote, symbol: str, at: datetime) -> Quote | None:
    """None for an unknown symbol, and where trading was only after the instant that was asked for."""
    last, seconds, close = quote["c"], quote.get("t"), quote.get("pc")
    if not last or not seconds:
        return None
    made = epoch_instant(seconds)
    if made > at + CLOCKS_APART:
        return None
    return Quote(symbol, price(last), None, None, price(close) if close else None, min(made, at), "live")
