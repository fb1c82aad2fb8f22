"""Alerts of the caller: thresholds on the symbols of their watchlists."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic import StringConstraints

from models.fields import UUID4, AlertType, Count, Direction, Id, Threshold, Ticker, Timestamp
from models.operation import (
    DEFAULT_LIMIT,
    Body,
    Example,
    Given,
    Json,
    Level,
    Link,
    NoContent,
    Operation,
    Path,
    Query,
    RateLimit,
    Returns,
    Rule,
    SentHeader,
)
from models.refusals import AlertLimitReached, AlertNotFound, ConfigurationNotFound, broken
from models.wire import Content, Request, Response

PATH = "/api/v2/alerts"
MAX_ALERTS = 10
"""Per watchlist, of which a caller has at most two."""
MAX_MAILS = 10
CREATIONS = RateLimit(20, 3600, bucket="alert_create")
"""Of both ways to create an alert together."""
BOUNDS: dict[AlertType, tuple[int, int]] = {"sentiment_threshold": (-1, 1), "volatility_threshold": (0, 100)}
Location = Annotated[str, StringConstraints(pattern=rf"^{PATH}/{UUID4[1:]}")]
Taken = Annotated[int, Ge(0), Le(MAX_MAILS)]

RECORDED = "a1e27000-1111-4222-8333-444455556666"
DISABLED = "a1e27001-1111-4222-8333-444455556666"
SOMEBODY_ELSES = "a1e27002-1111-4222-8333-444455556666"
UNKNOWN = "a1e27099-1111-4222-8333-444455556666"
WATCHLIST = "c0ffee01-1111-4222-8333-444455556666"
WATCHLIST_OF_ANOTHER = "c0ffee04-1111-4222-8333-444455556666"
MEMBER = Given("member")
OUT_OF_RANGE = "threshold_out_of_range"


def out_of_range(field: str, request: dict[str, Json], given: Given) -> Rule:
    """The range of a threshold that depends on what is watched; `field` has it."""
    return Rule(
        OUT_OF_RANGE,
        ("body", field),
        "{value} is out of range: a threshold on {what} is from {least} to {most}",
        "A threshold on sentiment is from -1 to 1, one on volatility from 0 to 100, both inclusive",
        request,
        given,
    )


def not_watched(request: dict[str, Json], given: Given) -> Rule:
    """An alert is on a symbol of its watchlist."""
    return Rule(
        "ticker_not_watched",
        ("body", "ticker"),
        "{ticker} is not on this watchlist; add it with updateConfiguration, or name one that is",
        "The ticker is on the watchlist",
        request,
        given,
    )


def check_range(rule: Rule, alert_type: AlertType, value: float) -> None:
    """Raises `Invalid` unless an alert of the type can have this threshold."""
    least, most = BOUNDS[alert_type]
    if not least <= value <= most:
        raise broken(rule, value=value, what=alert_type.removesuffix("_threshold"), least=least, most=most)


class AlertDraft(Content):
    """An alert as its owner decides it."""

    config_id: Id
    """The watchlist that has the symbol."""
    ticker: Ticker
    """A symbol of the watchlist."""
    alert_type: AlertType
    """What is watched: the aggregated sentiment over the watchlist's timeframe_days, so that changing these changes when it
    fires, or the volatility as average true range in percent of the price."""
    threshold_value: Threshold
    """From -1 to 1 for sentiment, from 0 to 100 for volatility."""
    threshold_direction: Direction
    """On which side of the threshold a value fires. The threshold itself never does."""


class CreateAlert(Request):
    draft: Annotated[AlertDraft, Body()]
    """The alert."""

    def check(self) -> None:
        check_range(CREATE_RANGE, self.draft.alert_type, self.draft.threshold_value)


class ListAlerts(Request):
    config_id: Annotated[Id | None, Query()] = None
    """Only those of this watchlist; none if it is not the caller's."""
    ticker: Annotated[Ticker | None, Query()] = None
    """Only those on this symbol."""
    enabled: Annotated[bool | None, Query()] = None
    """Only those that may fire, or only those that may not."""


class GetAlertQuota(Request):
    pass


class GetAlert(Request):
    alert_id: Annotated[Id, Path()]
    """One of the caller's alerts."""


class DeleteAlert(Request):
    alert_id: Annotated[Id, Path()]
    """One of the caller's alerts."""


class Alert(Response):
    """A threshold on a symbol of a watchlist."""

    alert_id: Id
    """Names it."""
    config_id: Id
    """The watchlist that it belongs to."""
    ticker: Ticker
    """The symbol."""
    alert_type: AlertType
    """What it watches."""
    threshold_value: Threshold
    """From -1 to 1 for sentiment, from 0 to 100 for volatility."""
    threshold_direction: Direction
    """On which side of the threshold a value fires."""
    is_enabled: bool
    """Whether it may fire."""
    last_triggered_at: Timestamp | None
    """When it fired last; it rests for an hour from then. Null if it never did."""
    trigger_count: Count
    """How often it has fired."""
    created_at: Timestamp
    """When it was made."""


class AlertQuota(Response):
    """How many alert mails the caller may still be sent today."""

    used: Taken
    """Mails sent on this UTC day."""
    limit: Literal[10]
    """Mails on one UTC day."""
    remaining: Taken
    """Mails left on this UTC day."""
    resets_at: Timestamp
    """The next midnight in UTC."""
    is_exceeded: bool
    """Whether none is left: alerts keep their turn and fire on the next day."""


class AlertList(Response):
    """Alerts of the caller, with what is left of the day's mails."""

    alerts: Annotated[list[Alert], MaxLen(2 * MAX_ALERTS)]
    """Newest first."""
    total: Annotated[int, Ge(0), Le(2 * MAX_ALERTS)]
    """How many these are."""
    daily_email_quota: AlertQuota
    """What is left of the day's mails, of all alerts together."""


EXAMPLE = {
    "alert_id": RECORDED,
    "config_id": WATCHLIST,
    "ticker": "MSFT",
    "alert_type": "sentiment_threshold",
    "threshold_value": 0.5,
    "threshold_direction": "above",
    "is_enabled": True,
    "last_triggered_at": "2024-12-02T13:30:00Z",
    "trigger_count": 1,
    "created_at": "2024-12-01T15:00:00Z",
}
QUOTA_EXAMPLE = {"used": 1, "limit": 10, "remaining": 9, "resets_at": "2024-12-03T00:00:00Z", "is_exceeded": False}
LIST_EXAMPLE = {"alerts": [EXAMPLE], "total": 1, "daily_email_quota": QUOTA_EXAMPLE}
DRAFT = {
    "config_id": WATCHLIST,
    "ticker": "msft",
    "alert_type": "sentiment_threshold",
    "threshold_value": -0.25,
    "threshold_direction": "below",
}
DELETE_RECORDED = {"method": "DELETE", "path": f"{PATH}/{RECORDED}"}
DELETE_WATCHLIST = {"method": "DELETE", "path": f"/api/v2/configurations/{WATCHLIST}"}

CREATE_RANGE = out_of_range("threshold_value", {"draft": {**DRAFT, "threshold_value": 1.5}}, MEMBER)
CREATE_WATCHED = not_watched({"draft": {**DRAFT, "ticker": "NVDA"}}, MEMBER)


def links(source: str) -> tuple[Link, ...]:
    """What can be done with an alert whose id is at `source`."""
    parameters = {"alert_id": source}
    return (
        Link("get", "getAlert", parameters, "Read this alert"),
        Link("update", "updateAlert", parameters, "Change parts of it"),
        Link("toggle", "toggleAlert", parameters, "Enable or disable it"),
        Link("delete", "deleteAlert", parameters, "Delete it"),
    )


def watchlist_links(source: str) -> tuple[Link, ...]:
    """What can be done with the watchlist whose id is at `source`."""
    parameters = {"config_id": source}
    return (
        Link("watchlist", "getConfiguration", parameters, "Read the watchlist that it belongs to"),
        Link("siblings", "listConfigurationAlerts", parameters, "List the alerts of the same watchlist"),
    )


def not_found(**request: Json) -> tuple[Example, ...]:
    """The alerts that a caller does not find, for an operation that takes `request` beside the id."""
    return (
        Example("unknown", "an id that nobody has", 404, {"alert_id": UNKNOWN, **request}, MEMBER),
        Example("somebody_elses", "the alert of somebody else", 404, {"alert_id": SOMEBODY_ELSES, **request}, MEMBER),
        Example(
            "deleted",
            "a deleted alert",
            404,
            {"alert_id": RECORDED, **request},
            Given("member", after=(DELETE_RECORDED,)),
        ),
        Example(
            "watchlist_deleted",
            "an alert whose watchlist was deleted",
            404,
            {"alert_id": RECORDED, **request},
            Given("member", after=(DELETE_WATCHLIST,)),
        ),
    )


CREATE = Operation(
    "createAlert",
    "POST",
    PATH,
    CreateAlert,
    (
        Returns(
            201,
            Alert,
            "The alert",
            example=EXAMPLE,
            headers=(SentHeader("Location", Location, "Path of the alert", example=f"{PATH}/{RECORDED}"),),
            links=(*links("$response.body#/alert_id"), *watchlist_links("$response.body#/config_id")),
        ),
    ),
    summary="Create an alert",
    description=(
        "It is enabled at once. Values are compared as watchlists show them: sentiment to four decimals, volatility to "
        "two. A watchlist has at most ten, however many requests race. An alert lives as long as its "
        "symbol is on the watchlist: it is deleted when the symbol leaves or the watchlist is deleted. Both ways to create "
        "one count together."
    ),
    level=Level.MEMBER,
    refusals=(ConfigurationNotFound, AlertLimitReached),
    rules=(CREATE_RANGE, CREATE_WATCHED),
    limit=CREATIONS,
    examples=(
        Example("sentiment", "on sentiment that falls below a threshold", 201, {"draft": DRAFT}, MEMBER),
        Example(
            "volatility",
            "on volatility that rises above a threshold",
            201,
            {
                "draft": {
                    **DRAFT,
                    "alert_type": "volatility_threshold",
                    "threshold_value": 3.5,
                    "threshold_direction": "above",
                }
            },
            MEMBER,
        ),
        Example("bound", "a threshold at the bound", 201, {"draft": {**DRAFT, "threshold_value": -1}}, MEMBER),
        Example("counted", "a counted answer says what is left", 201, {"draft": DRAFT}, Given("member", limits=True)),
        Example("unknown", "a watchlist that nobody has", 404, {"draft": {**DRAFT, "config_id": UNKNOWN}}, MEMBER),
        Example(
            "somebody_elses",
            "the watchlist of somebody else",
            404,
            {"draft": {**DRAFT, "config_id": WATCHLIST_OF_ANOTHER}},
            MEMBER,
        ),
        Example(
            "eleventh",
            "an eleventh alert on one watchlist is one too many",
            409,
            {"draft": DRAFT},
            Given("member", after=({"method": "POST", "path": PATH, "body": DRAFT, "times": 8},)),
        ),
    ),
)

LIST = Operation(
    "listAlerts",
    "GET",
    PATH,
    ListAlerts,
    (
        Returns(
            200,
            AlertList,
            "The alerts",
            example=LIST_EXAMPLE,
            links=(
                *links("$response.body#/alerts/0/alert_id"),
                *watchlist_links("$response.body#/alerts/0/config_id"),
            ),
        ),
    ),
    summary="The caller's alerts",
    description="All that fit the filters: a caller has at most twenty. A filter that nothing fits gives none.",
    level=Level.MEMBER,
    examples=(
        Example("all", "a caller with two, newest first", 200, given=MEMBER),
        Example("none", "all were deleted with their watchlist", 200, given=Given("member", after=(DELETE_WATCHLIST,))),
        Example("watchlist", "those of one watchlist", 200, {"config_id": WATCHLIST}, MEMBER),
        Example("foreign", "the watchlist of somebody else", 200, {"config_id": WATCHLIST_OF_ANOTHER}, MEMBER),
        Example("ticker", "those on one symbol, in any case", 200, {"ticker": "msft"}, MEMBER),
        Example("disabled", "those that may not fire", 200, {"enabled": False}, MEMBER),
        Example(
            "everything",
            "all filters together",
            200,
            {"config_id": WATCHLIST, "ticker": "MSFT", "enabled": True},
            MEMBER,
        ),
    ),
)

QUOTA = Operation(
    "getAlertQuota",
    "GET",
    f"{PATH}/quota",
    GetAlertQuota,
    (Returns(200, AlertQuota, "What is left of the day's mails", example=QUOTA_EXAMPLE),),
    summary="Alert mails left today",
    description="Ten a UTC day, of all alerts together. An alert that finds none left does not fire and does not rest.",
    level=Level.MEMBER,
    examples=(
        Example("used", "one mail was sent today", 200, given=MEMBER),
        Example("unused", "no mail was sent today", 200, given=Given("operator")),
    ),
)

GET = Operation(
    "getAlert",
    "GET",
    f"{PATH}/{{alert_id}}",
    GetAlert,
    (Returns(200, Alert, "The alert", example=EXAMPLE, links=watchlist_links("$response.body#/config_id")),),
    summary="One alert",
    description="The alert of somebody else is not found, like one that never was.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    examples=(
        Example("own", "the caller's own, which has fired", 200, {"alert_id": RECORDED}, MEMBER),
        Example("disabled", "one that is disabled and never fired", 200, {"alert_id": DISABLED}, MEMBER),
        *not_found(),
    ),
)

DELETE = Operation(
    "deleteAlert",
    "DELETE",
    f"{PATH}/{{alert_id}}",
    DeleteAlert,
    (Returns(204, NoContent, "The alert is gone and its place free"),),
    summary="Delete an alert",
    description="For good. Deleting it again is 404.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    limit=DEFAULT_LIMIT,
    examples=(Example("own", "the caller's own", 204, {"alert_id": RECORDED}, MEMBER), *not_found()),
)

OPERATIONS = (CREATE, LIST, QUOTA, GET, DELETE)
