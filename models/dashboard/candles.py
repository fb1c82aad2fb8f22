"""Price candles of one symbol."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from models.dashboard.dates import BOTH_DATES, ORDERED_DATES, OverDays
from models.fields import CandleResolution, Count, DayText, NewsSource, Price, Provenance, Seconds, Stamp, Ticker
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Operation, Query, Returns, Rule, SentHeader
from models.refusals import ServiceUnavailable, TickerNotListed, broken
from models.wire import Response

CAP_DAYS: dict[CandleResolution, int] = {"1": 7, "5": 30, "15": 90, "30": 90, "60": 180, "D": 365}
"""The longest span of each resolution, in days."""
MAX_CANDLES = 6 * 390
"""Eight days in a row have at most six sessions, of 390 minutes each; longer candles are fewer."""

SPAN_WITHIN_CAP = Rule(
    "span_too_long",
    ("query", "end_date"),
    "end_date is {days} days after start_date, at resolution {resolution} at most {cap}; ask for less or for longer candles",
    "end_date is at most 7 days after start_date at resolution 1, 30 at 5, 90 at 15 and 30, 180 at 60, 365 at D",
    {"ticker": "AAPL", "resolution": "1", "start_date": "2024-01-02", "end_date": "2024-02-01"},
)


class GetCandles(OverDays):
    resolution: Annotated[CandleResolution, Query()] = "D"
    """Minutes of one candle, or D for a trading day. A range beyond the cap of the resolution is cut to the cap."""

    def check(self) -> None:
        super().check()
        start, end = self.dates() or (date.min, date.min)
        days, cap = (end - start).days, CAP_DAYS[self.resolution]
        if days > cap:
            raise broken(SPAN_WITHIN_CAP, days=days, resolution=self.resolution, cap=cap)


@with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
class Candle(TypedDict):
    """One candle; the last of a half day is short."""

    date: Stamp
    """Start of the candle; a daily one starts when its session opens."""
    open: Price
    """First price."""
    high: Price
    """Highest price."""
    low: Price
    """Lowest price."""
    close: Price
    """Last price."""
    volume: Count | None
    """Shares traded; null where the source does not say."""


class CandleSeries(Response):
    """Candles of one symbol."""

    ticker: Ticker
    """The symbol."""
    candles: Annotated[list[Candle], MaxLen(MAX_CANDLES)]
    """Oldest first; times without trading are absent."""
    time_range: Literal["1W", "1M", "3M", "6M", "1Y", "custom"]
    """The range asked for; custom if dates were given."""
    start_date: DayText | None
    """New York day of the first candle; null if there is none."""
    end_date: DayText | None
    """New York day of the last candle; null if there is none."""
    count: Count
    """The number of candles."""
    source: NewsSource
    """Who delivered the prices."""
    provenance: Provenance
    """recorded for the built-in market, live for a real source."""
    cache_expires_at: Stamp
    """When the answer may change next."""
    resolution: CandleResolution
    """The resolution of the candles: the one asked for, or D if that one has no data."""
    resolution_fallback: bool
    """Whether daily candles stand in for the resolution asked for."""
    fallback_message: str | None
    """What to tell a person about the fallback; null without one."""


GET = Operation(
    "getCandles",
    "GET",
    "/api/v2/tickers/{ticker}/ohlc",
    GetCandles,
    (
        Returns(
            200,
            CandleSeries,
            "The candles, possibly none",
            example={
                "ticker": "AAPL",
                "candles": [
                    {
                        "date": "2024-01-31T14:30:00Z",
                        "open": 187.04,
                        "high": 187.1,
                        "low": 184.35,
                        "close": 184.4,
                        "volume": 55467800,
                    }
                ],
                "time_range": "1W",
                "start_date": "2024-01-31",
                "end_date": "2024-01-31",
                "count": 1,
                "source": "tiingo",
                "provenance": "recorded",
                "cache_expires_at": "2024-02-01T14:30:00Z",
                "resolution": "D",
                "resolution_fallback": False,
                "fallback_message": None,
            },
            headers=(
                SentHeader(
                    "X-Cache-Source",
                    Literal["in-memory", "persistent-cache", "live-api"],
                    "Where the candles were found",
                    example="in-memory",
                ),
                SentHeader(
                    "X-Cache-Age", Seconds, "Seconds since the candles were fetched from their source", example=0
                ),
            ),
        ),
    ),
    summary="Price candles of a symbol",
    description=(
        "Candles of trading sessions that are over, with the half days short; days are New York's. Either a range back from "
        "today or two dates. "
        "A listed symbol without data has no candles; intraday candles that no source has are replaced by daily ones."
    ),
    level=Level.SESSION,
    refusals=(TickerNotListed, ServiceUnavailable),
    rules=(BOTH_DATES, ORDERED_DATES, SPAN_WITHIN_CAP),
    cache="public, max-age=300",
    etag=True,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("week", "a week of daily candles", 200, {"ticker": "AAPL", "range": "1W"}),
        Example(
            "hours",
            "hourly candles between two dates",
            200,
            {
                "ticker": "msft",
                "resolution": "60",
                "start_date": "2024-11-27",
                "end_date": "2024-11-29",
            },
        ),
        Example(
            "before_listing",
            "dates without data have no candles",
            200,
            {
                "ticker": "AAPL",
                "start_date": "2001-01-02",
                "end_date": "2001-01-05",
            },
        ),
        Example("class_share", "a dot in a path may be percent-encoded", 200, {"ticker": "BRK.B", "range": "1W"}),
        Example("not_listed", "a well-formed symbol without a listing is not found", 404, {"ticker": "ZZZZZ"}),
        Example(
            "store_down", "without the store nobody can be known", 503, {"ticker": "AAPL"}, Given(store="unavailable")
        ),
    ),
)

OPERATIONS = (GET,)
