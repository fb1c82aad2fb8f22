"""Live streams: everything, one watchlist, and how many connections are open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import StringConstraints

from models.fields import Count, Id, Resolution, Seconds, Tickers20
from models.operation import Example, Given, Header, Level, Operation, Path, Query, Returns, Rule, Streams
from models.refusals import ConfigurationNotFound, ConnectionLimitReached, ServiceUnavailable
from models.stream.events import (
    BucketEvent,
    DeadlineEvent,
    Heartbeat,
    MetricsEvent,
    PartialBucketEvent,
    ResetEvent,
    SentimentEvent,
)
from models.wire import Request, Response

EventId = Annotated[str, StringConstraints(max_length=128)]
Resolutions = Annotated[list[Resolution], MinLen(1), MaxLen(8)]
MarketEvent = Heartbeat | MetricsEvent | SentimentEvent | PartialBucketEvent | BucketEvent | ResetEvent | DeadlineEvent
ConfigurationEvent = Heartbeat | SentimentEvent | PartialBucketEvent | BucketEvent | ResetEvent | DeadlineEvent

RECORDED_CONFIGURATION = "c0ffee00-1111-4222-8333-444455556666"

ON_LISTED_TICKERS = Rule(
    "ticker_not_listed",
    ("query", "tickers", "*"),
    "{ticker} is not listed on NYSE, NASDAQ or AMEX; look the symbol up with searchTickers",
    "Every ticker is listed, or was until it was delisted",
    {"tickers": ["AAPL", "ZZZZZ"]},
    Given("nobody"),
)

RESUMING = (
    "Every event has an id, which is a position in the stored data: a client that comes back with it in `Last-Event-ID`, "
    "to whichever process, is brought the latest state of each bucket and of each ticker's sentiment that has changed "
    "since, and may be brought a state again that it has seen. A position that is older than 24 hours, or none of ours, "
    "brings `reset`. "
    "Heartbeats come on connecting and every 30 seconds. Before the function's time is over comes `deadline`, and the stream ends."
)


class StreamMarket(Request):
    tickers: Annotated[Tickers20 | None, Query()] = None
    """Only the buckets and the sentiment of these; every ticker if absent."""
    resolutions: Annotated[Resolutions | None, Query()] = None
    """Only buckets of these lengths; every length if absent."""
    last_event_id: Annotated[EventId | None, Header("Last-Event-ID")] = None
    """The id of the last event that the client has seen."""


class StreamConfiguration(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist, which is the caller's."""
    user_token: Annotated[str | None, Query()] = None
    """The credential, for clients that cannot set headers. `Authorization` and `X-User-ID` come before it."""
    resolutions: Annotated[Resolutions | None, Query()] = None
    """Only buckets of these lengths; every length if absent."""
    last_event_id: Annotated[EventId | None, Header("Last-Event-ID")] = None
    """The id of the last event that the client has seen."""


class GetStreamStatus(Request):
    pass


class StreamStatus(Response):
    """The connections of the process that answers."""

    connections: Count
    """Streams that are open."""
    max_connections: Count
    """Streams that may be open at once."""
    available: Count
    """Streams that may still be opened."""
    uptime_seconds: Seconds
    """How long this process has been streaming."""


HEARTBEAT_EXAMPLE = (
    "event: heartbeat\nid: 2024-01-31T14:30:00.000000Z\nretry: 3000\n"
    'data: {"timestamp":"2024-01-31T14:30:00Z","connections":1,"uptime_seconds":0}\n\n'
)

MARKET_EVENTS: Streams[MarketEvent] = Streams(
    200,
    Iterator,  # type: ignore[type-abstract]  # what a handler returns is some iterator
    "Events until the deadline or until the client goes",
    example=HEARTBEAT_EXAMPLE,
    events=(Heartbeat, MetricsEvent, SentimentEvent, PartialBucketEvent, BucketEvent, ResetEvent, DeadlineEvent),
)
CONFIGURATION_EVENTS: Streams[ConfigurationEvent] = Streams(
    200,
    Iterator,  # type: ignore[type-abstract]  # what a handler returns is some iterator
    "Events until the deadline, until the watchlist is deleted, or until the client goes",
    example=HEARTBEAT_EXAMPLE,
    events=(Heartbeat, SentimentEvent, PartialBucketEvent, BucketEvent, ResetEvent, DeadlineEvent),
)

MARKET = Operation(
    "streamMarket",
    "GET",
    "/api/v2/stream",
    StreamMarket,
    (MARKET_EVENTS,),
    summary="Follow sentiment and metrics live",
    description=(
        "Server-sent events of all sentiment buckets, or of some tickers and resolutions, of the tickers' sentiment, and "
        "of the metrics over all articles. " + RESUMING
    ),
    refusals=(ConnectionLimitReached, ServiceUnavailable),
    rules=(ON_LISTED_TICKERS,),
    cache="no-cache",
    examples=(
        Example("connected", "a new stream starts with a heartbeat and the metrics", 200, given=Given("nobody")),
        Example(
            "resumed",
            "who comes back is brought what has changed since",
            200,
            {"tickers": ["AAPL"], "resolutions": ["1h", "24h"], "last_event_id": "2024-12-02T14:00:00.000000Z"},
            Given("nobody"),
        ),
        Example(
            "position_expired",
            "a position older than what is kept is answered by reset",
            200,
            {"last_event_id": "2024-11-01T00:00:00.000000Z"},
            Given("nobody"),
        ),
        Example(
            "store_down",
            "without the store there is nothing to follow",
            503,
            given=Given("nobody", store="unavailable"),
        ),
    ),
)

CONFIGURATION = Operation(
    "streamConfiguration",
    "GET",
    "/api/v2/configurations/{config_id}/stream",
    StreamConfiguration,
    (CONFIGURATION_EVENTS,),
    summary="Follow the tickers of a watchlist live",
    description=(
        "Server-sent events of the sentiment of a watchlist's tickers and of its buckets. Changing the tickers changes "
        "the stream within a second; without tickers it has heartbeats only. " + RESUMING
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, ConnectionLimitReached, ServiceUnavailable),
    cache="no-store, no-cache, private, must-revalidate",
    examples=(
        Example("connected", "a new stream starts with a heartbeat", 200, {"config_id": RECORDED_CONFIGURATION}),
        Example(
            "resumed",
            "who comes back is brought what has changed since",
            200,
            {
                "config_id": RECORDED_CONFIGURATION,
                "resolutions": ["1h"],
                "last_event_id": "2024-12-02T14:30:00.000000Z",
            },
        ),
        Example(
            "running",
            "who comes back after a moment is brought the buckets that still run",
            200,
            {"config_id": RECORDED_CONFIGURATION, "last_event_id": "2024-12-02T14:50:00.000000Z"},
        ),
        Example(
            "position_expired",
            "a position older than what is kept is answered by reset",
            200,
            {"config_id": RECORDED_CONFIGURATION, "last_event_id": "2024-11-01T00:00:00.000000Z"},
        ),
        Example(
            "credential_in_query",
            "a client that cannot set headers sends its credential in the query",
            200,
            {"config_id": RECORDED_CONFIGURATION, "user_token": "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"},
            Given("nobody"),
        ),
        Example(
            "without_tickers",
            "a watchlist without tickers has heartbeats only",
            200,
            {
                "config_id": "c0ffee02-1111-4222-8333-444455556666",
                "last_event_id": "2024-12-02T14:00:00.000000Z",
            },
            Given("full"),
        ),
        Example("nobody", "a stream needs a caller", 401, {"config_id": RECORDED_CONFIGURATION}, Given("nobody")),
        Example(
            "of_somebody_else",
            "the watchlist of somebody else is not found",
            404,
            {"config_id": RECORDED_CONFIGURATION},
            Given("other"),
        ),
        Example(
            "store_down",
            "without the store nobody can be known",
            503,
            {"config_id": RECORDED_CONFIGURATION},
            Given(store="unavailable"),
        ),
    ),
)

STATUS = Operation(
    "getStreamStatus",
    "GET",
    "/api/v2/stream/status",
    GetStreamStatus,
    (
        Returns(
            200,
            StreamStatus,
            "The connections now",
            example={"connections": 3, "max_connections": 100, "available": 97, "uptime_seconds": 86},
        ),
    ),
    summary="How many streams are open",
    description="Of the process that answers: other processes have connections of their own.",
    stored=False,
    examples=(Example("idle", "no stream is open", 200, given=Given("nobody")),),
)

OPERATIONS = (MARKET, CONFIGURATION, STATUS)
