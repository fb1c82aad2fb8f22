"""What prices outside of the session suggest for a watchlist."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic import StringConstraints

from models.dashboard.watchlists import BACK, CACHE, EMPTY, MAX_SYMBOLS, ONE, RECORDED, OfWatchlist, not_found, watching
from models.fields import (
    UUID4,
    Fraction,
    Id,
    NewsSource,
    Price,
    Provenance,
    Score,
    SentimentLabel,
    Ticker,
    Timestamp,
)
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Link, Operation, Returns
from models.refusals import ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable
from models.wire import Response

MAX_NEWS = 10
NewsCount = Annotated[int, Ge(0), Le(MAX_NEWS)]
SentimentPath = Annotated[str, StringConstraints(pattern=rf"^/api/v2/configurations/{UUID4[1:-1]}/sentiment$")]


class GetConfigurationPremarket(OfWatchlist):
    pass


class PremarketEstimate(Response):
    """What the price of one ticker outside of the session suggests."""

    symbol: Ticker
    """The symbol, as the watchlist has it."""
    price: Price | None
    """The last price; null if no source has one."""
    last_close: Price | None
    """The close of the session that ended last; null if it is not known."""
    change_percent: float | None
    """From last_close to price, two decimals; null if either is."""
    score: Score | None
    """A fifth of the percent where it changed by more than one, at most ±0.8, else a tenth. Null without a change."""
    label: SentimentLabel | None
    """positive from 0.33 up, negative from −0.33 down, else neutral. Null without a score."""
    confidence: Fraction | None
    """How much the score agrees with that of the news: 1 − variance / 2, which is close to 1 wherever both are small. It is
    agreement, no probability that the estimate is right. Null if either is."""
    basis: Literal["premarket_momentum"] | None
    """What the score is made of; null without one."""
    news_count: NewsCount
    """Articles about it since the session ended, as far as there are ten."""
    news_score: Score | None
    """Mean score of these articles; null if none has one."""
    quoted_at: Timestamp | None
    """When the price was made; null without one."""
    data_source: NewsSource | None
    """Who delivered the price; null without one."""


class ConfigurationPremarket(Response):
    """What prices outside of the session suggest for a watchlist."""

    config_id: Id
    """The watchlist."""
    market_status: Literal["open", "closed"]
    """open during the regular session only."""
    estimates: Annotated[list[PremarketEstimate], MaxLen(MAX_SYMBOLS)] | None
    """Its tickers, in the owner's order; null while the market is open."""
    message: str | None
    """What to tell a person while the market is open; null while it is closed."""
    redirect_to: SentimentPath | None
    """Where sentiment is while the market is open; null while it is closed."""
    disclaimer: str | None
    """What to tell a person about the estimates; null while the market is open."""
    next_market_open: Timestamp
    """The next instant at which a session opens, after now."""
    provenance: Provenance
    """recorded for the built-in market, live for real sources."""


BEFORE_THE_OPEN = Given(at="2024-12-02T13:00:00Z")

GET = Operation(
    "getConfigurationPremarket",
    "GET",
    f"{ONE}/premarket",
    GetConfigurationPremarket,
    (
        Returns(
            200,
            ConfigurationPremarket,
            "The estimates, or where to look while the market is open",
            example={
                "config_id": RECORDED,
                "market_status": "closed",
                "estimates": [
                    {
                        "symbol": "AAPL",
                        "price": 241.05,
                        "last_close": 237.33,
                        "change_percent": 1.57,
                        "score": 0.314,
                        "label": "neutral",
                        "confidence": 0.9942,
                        "basis": "premarket_momentum",
                        "news_count": 4,
                        "news_score": 0.1,
                        "quoted_at": "2024-12-02T13:00:00Z",
                        "data_source": "tiingo",
                    }
                ],
                "message": None,
                "redirect_to": None,
                "disclaimer": "Estimated from prices outside of the session, where little is traded; not advice",
                "next_market_open": "2024-12-02T14:30:00Z",
                "provenance": "recorded",
            },
            links=(
                BACK,
                Link(
                    "sentiment",
                    "getConfigurationSentiment",
                    {"config_id": "$response.body#/config_id"},
                    "What the news say",
                ),
            ),
        ),
    ),
    summary="Estimates while the market is closed",
    description=(
        "Compares the last price outside of the session with the close of the session before, also in the evening, over "
        "weekends and holidays. While the market is open there are no estimates: sentiment itself is up to date then."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, MarketCalendarEnded, ServiceUnavailable),
    cache=CACHE,
    etag=True,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("before_the_open", "in the morning", 200, {"config_id": RECORDED}, BEFORE_THE_OPEN),
        Example("weekend", "on a Sunday", 200, {"config_id": RECORDED}, Given(at="2024-12-01T16:00:00Z")),
        Example("open", "during a session", 200, {"config_id": RECORDED}),
        Example(
            "moved",
            "a price that has noticeably moved",
            200,
            {"config_id": RECORDED},
            watching("GOOGL", at="2024-11-26T12:00:00Z"),
        ),
        Example(
            "no_tickers",
            "a watchlist without tickers",
            200,
            {"config_id": EMPTY},
            Given("full", at="2024-12-02T13:00:00Z"),
        ),
        *not_found(),
    ),
)

OPERATIONS = (GET,)
