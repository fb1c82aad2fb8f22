"""Alerts of one watchlist, by shorter names: the same alerts, under the path of their watchlist."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen

from models.dashboard.alert_changes import (
    CHANGED_EXAMPLE,
    CHANGES,
    SHORT_CHANGES,
    SWITCH_EXAMPLE,
    AlertChanges,
    AlertSwitch,
    ChangedAlert,
    range_rules,
    twice_rules,
)
from models.dashboard.alerts import (
    CREATIONS,
    DELETE_WATCHLIST,
    DISABLED,
    EXAMPLE,
    LIST_EXAMPLE,
    MAX_ALERTS,
    MEMBER,
    PATH,
    RECORDED,
    UNKNOWN,
    WATCHLIST,
    WATCHLIST_OF_ANOTHER,
    Alert,
    AlertList,
    Location,
    check_range,
    links,
    not_found,
    not_watched,
    out_of_range,
    watchlist_links,
)
from models.fields import AlertType, Direction, Id, Threshold, Ticker
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
    Returns,
    SentHeader,
)
from models.refusals import AlertLimitReached, AlertNotFound, ConfigurationNotFound
from models.wire import Content, Request

NESTED = "/api/v2/configurations/{config_id}/alerts"
ONE = f"{NESTED}/{{alert_id}}"
Watched = Literal["sentiment", "volatility"]
TYPES: dict[Watched, AlertType] = {"sentiment": "sentiment_threshold", "volatility": "volatility_threshold"}


class ConfigurationAlertDraft(Content):
    """An alert on a symbol of the watchlist, as its owner decides it."""

    type: Watched
    """What is watched: the aggregated sentiment over the watchlist's timeframe_days, so that changing these changes when it
    fires, or the volatility as average true range in percent of the price."""
    ticker: Ticker
    """A symbol of the watchlist."""
    threshold: Threshold
    """From -1 to 1 for sentiment, from 0 to 100 for volatility."""
    condition: Direction
    """On which side of the threshold a value fires. The threshold itself never does."""
    enabled: bool | None = True
    """Whether it may fire; null is the same as true."""


class ListConfigurationAlerts(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist."""


class CreateConfigurationAlert(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist that has the symbol."""
    draft: Annotated[ConfigurationAlertDraft, Body()]
    """The alert."""

    def check(self) -> None:
        check_range(CREATE_RANGE, TYPES[self.draft.type], self.draft.threshold)


class UpdateConfigurationAlert(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist that the alert belongs to."""
    alert_id: Annotated[Id, Path()]
    """One of the watchlist's alerts."""
    changes: Annotated[AlertChanges, Body()]
    """What to change."""

    def check(self) -> None:
        self.changes.check(UPDATE_TWICE)


class DeleteConfigurationAlert(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist that the alert belongs to."""
    alert_id: Annotated[Id, Path()]
    """One of the watchlist's alerts."""


class ToggleConfigurationAlert(Request):
    config_id: Annotated[Id, Path()]
    """The watchlist that the alert belongs to."""
    alert_id: Annotated[Id, Path()]
    """One of the watchlist's alerts."""


class ConfigurationAlert(Alert):
    """An alert of a watchlist, also by the names that it was made with."""

    type: Watched
    """The same as alert_type."""
    enabled: bool
    """The same as is_enabled."""


class ConfigurationAlertList(AlertList):
    """Alerts of one watchlist, with what is left of the day's mails."""

    alerts: Annotated[list[Alert], MaxLen(MAX_ALERTS)]
    """Newest first."""
    total: Annotated[int, Ge(0), Le(MAX_ALERTS)]
    """How many these are."""


AT: dict[str, Json] = {"config_id": WATCHLIST}
OWN: dict[str, Json] = {**AT, "alert_id": RECORDED}
DRAFT = {"type": "sentiment", "ticker": "msft", "threshold": -0.25, "condition": "below"}
CREATED_EXAMPLE = {**EXAMPLE, "type": "sentiment", "enabled": True}
CREATE_RANGE = out_of_range("threshold", {**AT, "draft": {**DRAFT, "threshold": 1.5}}, MEMBER)
CREATE_WATCHED = not_watched({**AT, "draft": {**DRAFT, "ticker": "NVDA"}}, MEMBER)
UPDATE_RANGE, UPDATE_TWICE = range_rules(OWN), twice_rules(OWN)


def _nested_links(config_id: str, alert_id: str) -> tuple[Link, ...]:
    parameters = {"config_id": config_id, "alert_id": alert_id}
    return (
        Link("updateHere", "updateConfigurationAlert", parameters, "Change parts of it by way of its watchlist"),
        Link("toggleHere", "toggleConfigurationAlert", parameters, "Enable or disable it by way of its watchlist"),
        Link("deleteHere", "deleteConfigurationAlert", parameters, "Delete it by way of its watchlist"),
    )


def _not_found(**request: Json) -> tuple[Example, ...]:
    """The alerts that a caller does not find by way of the recorded watchlist, or of another one."""
    elsewhere = {"config_id": WATCHLIST_OF_ANOTHER, "alert_id": RECORDED, **request}
    return (
        *not_found(**AT, **request),
        Example("elsewhere", "the caller's own, but of another watchlist", 404, elsewhere, MEMBER),
    )


LIST = Operation(
    "listConfigurationAlerts",
    "GET",
    NESTED,
    ListConfigurationAlerts,
    (
        Returns(
            200,
            ConfigurationAlertList,
            "The alerts",
            example=LIST_EXAMPLE,
            links=(
                *links("$response.body#/alerts/0/alert_id"),
                *_nested_links("$request.path.config_id", "$response.body#/alerts/0/alert_id"),
            ),
        ),
    ),
    summary="Alerts of a watchlist",
    description="All of them: there are at most ten. Anonymous callers may ask too; theirs have none, as only members make them.",
    level=Level.SESSION,
    refusals=(ConfigurationNotFound,),
    examples=(
        Example("two", "a watchlist with two, newest first", 200, AT, MEMBER),
        Example(
            "none", "the watchlist of an anonymous caller", 200, {"config_id": "c0ffee00-1111-4222-8333-444455556666"}
        ),
        Example("unknown", "an id that nobody has", 404, {"config_id": UNKNOWN}, MEMBER),
        Example("somebody_elses", "the watchlist of somebody else", 404, AT),
        Example("deleted", "a deleted watchlist", 404, AT, Given("member", after=(DELETE_WATCHLIST,))),
    ),
)

CREATE = Operation(
    "createConfigurationAlert",
    "POST",
    NESTED,
    CreateConfigurationAlert,
    (
        Returns(
            201,
            ConfigurationAlert,
            "The alert",
            example=CREATED_EXAMPLE,
            headers=(SentHeader("Location", Location, "Path of the alert", example=f"{PATH}/{RECORDED}"),),
            links=(
                *links("$response.body#/alert_id"),
                *_nested_links("$response.body#/config_id", "$response.body#/alert_id"),
                *watchlist_links("$response.body#/config_id"),
            ),
        ),
    ),
    summary="Create an alert on a watchlist",
    description=(
        "As createAlert does, by shorter names; it can be made disabled. A watchlist has at most ten. Both ways to create "
        "one count together."
    ),
    level=Level.MEMBER,
    refusals=(ConfigurationNotFound, AlertLimitReached),
    rules=(CREATE_RANGE, CREATE_WATCHED),
    limit=CREATIONS,
    examples=(
        Example("sentiment", "on sentiment that falls below a threshold", 201, {**AT, "draft": DRAFT}, MEMBER),
        Example(
            "volatility",
            "on volatility, disabled for now",
            201,
            {
                **AT,
                "draft": {
                    "type": "volatility",
                    "ticker": "MSFT",
                    "threshold": 3.5,
                    "condition": "above",
                    "enabled": False,
                },
            },
            MEMBER,
        ),
        Example("null", "null enables it", 201, {**AT, "draft": {**DRAFT, "enabled": None}}, MEMBER),
        Example(
            "counted", "a counted answer says what is left", 201, {**AT, "draft": DRAFT}, Given("member", limits=True)
        ),
        Example("unknown", "a watchlist that nobody has", 404, {"config_id": UNKNOWN, "draft": DRAFT}, MEMBER),
        Example(
            "somebody_elses",
            "the watchlist of somebody else",
            404,
            {"config_id": WATCHLIST_OF_ANOTHER, "draft": DRAFT},
            MEMBER,
        ),
        Example(
            "eleventh",
            "an eleventh alert on one watchlist is one too many",
            409,
            {**AT, "draft": DRAFT},
            Given("member", after=({"method": "POST", "path": NESTED.format(**AT), "body": DRAFT, "times": 8},)),
        ),
    ),
)

UPDATE = Operation(
    "updateConfigurationAlert",
    "PATCH",
    ONE,
    UpdateConfigurationAlert,
    (
        Returns(
            200,
            ChangedAlert,
            "The alert as it is now",
            example=CHANGED_EXAMPLE,
            links=links("$response.body#/alert_id"),
        ),
    ),
    summary="Change parts of an alert of a watchlist",
    description="As updateAlert does. An alert of another watchlist is not found here.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    rules=(*UPDATE_RANGE, *UPDATE_TWICE),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("short", "everything changes, by the short names", 200, {**OWN, "changes": SHORT_CHANGES}, MEMBER),
        Example("long", "everything changes, by the long names", 200, {**OWN, "changes": CHANGES}, MEMBER),
        Example("nothing", "nothing changes", 200, {**OWN, "changes": {}}, MEMBER),
        *_not_found(changes={"enabled": False}),
    ),
)

DELETE = Operation(
    "deleteConfigurationAlert",
    "DELETE",
    ONE,
    DeleteConfigurationAlert,
    (Returns(204, NoContent, "The alert is gone and its place free"),),
    summary="Delete an alert of a watchlist",
    description="For good, as deleteAlert does. An alert of another watchlist is not found here.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    limit=DEFAULT_LIMIT,
    examples=(Example("own", "the caller's own", 204, OWN, MEMBER), *_not_found()),
)

TOGGLE = Operation(
    "toggleConfigurationAlert",
    "POST",
    f"{ONE}/toggle",
    ToggleConfigurationAlert,
    (
        Returns(
            200,
            AlertSwitch,
            "Whether it may fire now",
            example=SWITCH_EXAMPLE,
            links=links("$response.body#/alert_id"),
        ),
    ),
    summary="Enable or disable an alert of a watchlist",
    description="Each call flips it, as toggleAlert does. An alert of another watchlist is not found here.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("off", "an enabled one", 200, OWN, MEMBER),
        Example("on", "a disabled one", 200, {**OWN, "alert_id": DISABLED}, MEMBER),
        *_not_found(),
    ),
)

OPERATIONS = (LIST, CREATE, UPDATE, DELETE, TOGGLE)
