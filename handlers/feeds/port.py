"""What the outside tells us: listings, articles, quotes and candles, and the ports through which sources tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from models.fields import CandleResolution, Exchange, NewsSource, Provenance
from models.refusals import ServiceUnavailable

if TYPE_CHECKING:
    from handlers.domain.articles import Article
    from handlers.domain.candles import Candle


@dataclass(frozen=True, slots=True)
class Listing:
    """A symbol as an exchange knows it. What follows `status` is None while it trades, `successor` also without one."""

    symbol: str
    name: str
    exchange: Exchange
    status: Literal["valid", "delisted"]
    successor: str | None = None
    delisted_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A price at an instant, extended hours included."""

    symbol: str
    last: float
    bid: float | None
    ask: float | None
    """What is offered and asked; None where the source does not say."""
    previous_close: float | None
    """Close of the session before the one `last` belongs to: before the open, yesterday's. None where unknown."""
    at: datetime
    """When `last` was made; never after the instant asked for."""
    provenance: Provenance


class FeedUnavailable(ServiceUnavailable):
    """A source cannot answer now. The client is told which one and when to retry; `detail` is for the log."""

    def __init__(self, source: str, retry_after_seconds: int, detail: str, counts: bool = True) -> None:
        super().__init__(f"{source} does not answer; retry after {retry_after_seconds} seconds", retry_after_seconds)
        self.reason = f"{source}: {detail}"
        self.source = source
        self.retry_after_seconds = retry_after_seconds
        self.counts = counts
        """Whether the source failed, so that its circuit counts it; False where it was not asked or not at fault."""


class Paced(FeedUnavailable):
    """A job asks more often than its share of a quota allows; nothing is wrong, and its turn comes."""


class NewsFeed(Protocol):
    """Articles of one source."""

    @property
    def source(self) -> NewsSource: ...

    @property
    def tickers_a_call(self) -> int:
        """How many tickers a call should name at most: what was told before a source stopped answering is kept by call."""
        ...

    def articles(self, tickers: Sequence[str], start: datetime, until: datetime) -> list[Article]:
        """Articles that name one of the tickers, published in [start, until), each once, oldest first.

        Raises FeedUnavailable. Tickers without news have none; that is no error.
        """
        ...


class PriceFeed(Protocol):
    """Candles and quotes of one source."""

    @property
    def source(self) -> NewsSource: ...

    def candles(self, symbol: str, resolution: CandleResolution, start: datetime, until: datetime) -> list[Candle]:
        """Candles that end in (start, until], oldest first: with `until` now, none tells what is yet to come.

        So [a, b) and [b, c) together give what [a, c) gives. Raises FeedUnavailable. Unknown symbols have no candles.
        """
        ...

    def quote(self, symbol: str, at: datetime) -> Quote | None:
        """The latest price known at an instant; None when there is none. Raises FeedUnavailable."""
        ...


class Listings(Protocol):
    """Which symbols exist."""

    def get(self, symbol: str) -> Listing | None:
        """The listing of an upper-case symbol, also when delisted; None when there never was one."""
        ...

    def search(self, text: str, limit: int) -> list[Listing]:
        """Trading symbols that match, best first: the symbol itself, symbols and names that start so, names with it."""
        ...

    def all(self) -> list[Listing]:
        """Every listing, ordered by symbol."""
        ...
