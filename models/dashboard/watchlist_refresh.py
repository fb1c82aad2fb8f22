"""Collecting a watchlist's news and prices anew."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen
from pydantic import StringConstraints

from models.dashboard.watchlists import (
    BACK,
    MAX_SYMBOLS,
    ONE,
    PATH,
    RECORDED,
    REFRESHED,
    WATCHED_BY_MEMBER,
    WATCHED_BY_OPERATOR,
    WATCHED_BY_UNADDRESSED,
    OfWatchlist,
    not_found,
)
from models.fields import UUID4, Collected, Id, NewsSource, RefreshOutcome, RefreshState, Seconds, Ticker, Timestamp
from models.operation import DEFAULT_LIMIT, Example, Given, Level, Link, Operation, Returns, SentHeader
from models.refusals import ConfigurationNotFound, RefreshTooSoon
from models.wire import Response

StatusPath = Annotated[str, StringConstraints(pattern=rf"^{PATH}/{UUID4[1:-1]}/refresh/status$")]


class RefreshConfiguration(OfWatchlist):
    pass


class GetRefreshStatus(OfWatchlist):
    pass


class QueuedRefresh(Response):
    """A refresh that is on its way."""

    config_id: Id
    """The watchlist."""
    refresh_id: Id
    """Names the refresh; who asks while one is on its way gets the same."""
    status: Literal["refresh_queued", "refresh_running"]
    """Whether it waits or runs."""
    requested_at: Timestamp
    """When it was first asked for."""
    estimated_completion: Timestamp | None
    """When it ends if it takes as long as the last one; may have passed. Null if there was none."""


class LeftOut(Response):
    """What a refresh could not collect. What was collected of it before is still there."""

    what: Collected
    """The news of one source, or the prices, which are left out where no source has them."""
    source: NewsSource | None
    """Whose news; null for prices."""
    tickers: Annotated[list[Ticker], MinLen(1), MaxLen(MAX_SYMBOLS)]
    """Of which symbols."""


class RefreshStatus(Response):
    """What became of the refreshes of a watchlist."""

    config_id: Id
    """The watchlist."""
    state: RefreshState
    """queued while a refresh waits, running while it collects, else idle."""
    is_refreshing: bool
    """Whether one waits or runs."""
    last_refresh: Timestamp | None
    """When the last one ended, whatever it came to; null if there was none."""
    last_outcome: RefreshOutcome | None
    """What it came to: succeeded if all was collected, partial if left_out was not but the rest was, failed if nothing was,
    as no source could be asked. Null without one."""
    left_out: Annotated[list[LeftOut], MaxLen(3)]
    """What it left out: at most one entry for the news of each source, then one for prices. Empty if it succeeded, and
    without one."""
    next_possible_refresh: Timestamp | None
    """When another one may be asked for: 300 seconds after the last request. Null if at once, or if one is on its way."""
    refresh_interval_seconds: Literal[300]
    """The least time from one request to the next."""
    countdown_seconds: Seconds
    """Whole seconds until next_possible_refresh, rounded up; 0 if that is null."""


STATUS_LINK = Link("status", "getRefreshStatus", {"config_id": "$request.path.config_id"}, "What becomes of it")
ASKED = {"method": "POST", "path": f"{PATH}/{RECORDED}/refresh"}

REFRESH = Operation(
    "refreshConfiguration",
    "POST",
    f"{ONE}/refresh",
    RefreshConfiguration,
    (
        Returns(
            202,
            QueuedRefresh,
            "A refresh is on its way",
            example={
                "config_id": RECORDED,
                "refresh_id": "5ef5e500-1111-4222-8333-444455556666",
                "status": "refresh_queued",
                "requested_at": "2024-12-02T15:00:00Z",
                "estimated_completion": "2024-12-02T15:00:12Z",
            },
            headers=(
                SentHeader(
                    "Location",
                    StatusPath,
                    "Path of the status to ask for",
                    example=f"{PATH}/{RECORDED}/refresh/status",
                ),
            ),
            links=(STATUS_LINK, BACK),
        ),
    ),
    summary="Collect a watchlist anew",
    description=(
        "Queues a job that collects the news and prices of the watchlist's tickers and judges them, each source and each "
        "symbol for itself: where one does not answer, the rest is collected and the status says what was left out. At most "
        "one is on its way, however many requests race: all get the same refresh_id. Once it has ended, the next may be "
        "asked for 300 seconds after it was; before that 429 says when, as it is about too many requests in a time, not "
        "about a conflict. Only the owner may: the watchlist of somebody else is not found."
    ),
    level=Level.SESSION,
    refusals=(ConfigurationNotFound, RefreshTooSoon),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("queued", "the first refresh", 202, {"config_id": RECORDED}),
        Example(
            "queued_already", "one that waits already is the one", 202, {"config_id": RECORDED}, Given(after=(ASKED,))
        ),
        Example("running", "one that runs is the one", 202, {"config_id": WATCHED_BY_MEMBER}, Given("member")),
        Example("too_soon", "two minutes after the last one", 429, {"config_id": REFRESHED}, Given("full")),
        Example(
            "again",
            "five minutes after the last one",
            202,
            {"config_id": REFRESHED},
            Given("full", at="2024-12-02T15:03:00Z"),
        ),
        *not_found(),
    ),
)

GET_STATUS = Operation(
    "getRefreshStatus",
    "GET",
    f"{ONE}/refresh/status",
    GetRefreshStatus,
    (
        Returns(
            200,
            RefreshStatus,
            "What became of the refreshes",
            example={
                "config_id": RECORDED,
                "state": "idle",
                "is_refreshing": False,
                "last_refresh": "2024-12-02T14:58:25Z",
                "last_outcome": "partial",
                "left_out": [{"what": "news", "source": "tiingo", "tickers": ["AAPL", "MSFT"]}],
                "next_possible_refresh": "2024-12-02T15:03:00Z",
                "refresh_interval_seconds": 300,
                "countdown_seconds": 180,
            },
            links=(
                BACK,
                Link("refresh", "refreshConfiguration", {"config_id": "$request.path.config_id"}, "Collect anew"),
                Link(
                    "sentiment",
                    "getConfigurationSentiment",
                    {"config_id": "$request.path.config_id"},
                    "What was collected",
                ),
            ),
        ),
    ),
    summary="Whether a watchlist is being refreshed",
    description="Ask every few seconds while is_refreshing; nothing of it is cached. Only the owner may.",
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    examples=(
        Example("never", "a watchlist that was never refreshed", 200, {"config_id": RECORDED}),
        Example("queued", "while a refresh waits", 200, {"config_id": RECORDED}, Given(after=(ASKED,))),
        Example("running", "while it runs", 200, {"config_id": WATCHED_BY_MEMBER}, Given("member")),
        Example("partial", "one source did not answer", 200, {"config_id": WATCHED_BY_OPERATOR}, Given("operator")),
        Example("failed", "no source answered", 200, {"config_id": WATCHED_BY_UNADDRESSED}, Given("unaddressed")),
        Example("cooling_down", "two minutes after the last one", 200, {"config_id": REFRESHED}, Given("full")),
        *not_found(),
    ),
)

OPERATIONS = (REFRESH, GET_STATUS)
