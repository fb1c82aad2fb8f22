"""Changing alerts: their thresholds, and whether they may fire."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from models.dashboard.alerts import (
    DISABLED,
    EXAMPLE,
    MEMBER,
    PATH,
    RECORDED,
    Alert,
    links,
    not_found,
    out_of_range,
    watchlist_links,
)
from models.fields import Direction, Id, Threshold
from models.operation import DEFAULT_LIMIT, Body, Example, Json, Level, Operation, Path, Returns, Rule
from models.refusals import AlertNotFound, broken
from models.wire import Content, Request, Response

PAIRS = (("threshold", "threshold_value"), ("condition", "threshold_direction"), ("enabled", "is_enabled"))
"""The two names of each field of a change."""


class AlertChanges(Content):
    """What to change of an alert; what is absent or null stays. Each field has a short and a long name: give one of them."""

    threshold: Threshold | None = None
    """The new threshold: from -1 to 1 for sentiment, from 0 to 100 for volatility."""
    threshold_value: Threshold | None = None
    """The same as threshold."""
    condition: Direction | None = None
    """On which side of the threshold a value fires from now on."""
    threshold_direction: Direction | None = None
    """The same as condition."""
    enabled: bool | None = None
    """Whether it may fire from now on."""
    is_enabled: bool | None = None
    """The same as enabled."""

    def check(self, rules: tuple[Rule, ...]) -> None:
        """Raises `Invalid` if a field is given under both names; `rules` in the order of the fields."""
        for rule, names in zip(rules, PAIRS, strict=True):
            if all(getattr(self, name) is not None for name in names):
                raise broken(rule)


class UpdateAlert(Request):
    alert_id: Annotated[Id, Path()]
    """One of the caller's alerts."""
    changes: Annotated[AlertChanges, Body()]
    """What to change."""

    def check(self) -> None:
        self.changes.check(UPDATE_TWICE)


class ToggleAlert(Request):
    alert_id: Annotated[Id, Path()]
    """One of the caller's alerts."""


class ChangedAlert(Alert):
    """An alert under both of its vocabularies."""

    threshold: Threshold
    """The same as threshold_value."""
    condition: Direction
    """The same as threshold_direction."""
    enabled: bool
    """The same as is_enabled."""


class AlertSwitch(Response):
    """Whether an alert may fire, after it was toggled."""

    alert_id: Id
    """The one that was toggled."""
    is_enabled: bool
    """Whether it may fire from now on."""
    message: Annotated[str, StringConstraints(max_length=50)]
    """The same as a sentence."""


CHANGED_EXAMPLE = {**EXAMPLE, "threshold": 0.5, "condition": "above", "enabled": True}
SWITCH_EXAMPLE = {"alert_id": RECORDED, "is_enabled": False, "message": "Alert disabled"}
CHANGES: dict[str, Json] = {"threshold_value": 0.75, "threshold_direction": "below", "is_enabled": False}
SHORT_CHANGES: dict[str, Json] = {"threshold": 0.75, "condition": "below", "enabled": False}


def range_rules(at: dict[str, Json]) -> tuple[Rule, Rule]:
    """The range of the new threshold, under its short and its long name, for the alert `at` which a request points."""
    short, long = ({**at, "changes": {name: 1.5}} for name in PAIRS[0])
    return out_of_range("threshold", short, MEMBER), out_of_range("threshold_value", long, MEMBER)


def twice_rules(at: dict[str, Json]) -> tuple[Rule, ...]:
    """Each field is given under one of its names, for the alert `at` which a request points."""
    return tuple(
        _said_twice(short, long, {**at, "changes": {short: SHORT_CHANGES[short], long: CHANGES[long]}})
        for short, long in PAIRS
    )


def _said_twice(short: str, long: str, request: dict[str, Json]) -> Rule:
    return Rule(
        "said_twice",
        ("body", short),
        f"{short} and {long} are the same field; give one of them",
        f"{short} and {long} are not given both",
        request,
        MEMBER,
    )


OWN: dict[str, Json] = {"alert_id": RECORDED}
UPDATE_RANGE, UPDATE_TWICE = range_rules(OWN), twice_rules(OWN)

UPDATE = Operation(
    "updateAlert",
    "PATCH",
    f"{PATH}/{{alert_id}}",
    UpdateAlert,
    (
        Returns(
            200,
            ChangedAlert,
            "The alert as it is now",
            example=CHANGED_EXAMPLE,
            links=watchlist_links("$response.body#/config_id"),
        ),
    ),
    summary="Change parts of an alert",
    description="What is absent or null stays as it is; an empty object changes nothing. What it watches stays for ever.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    rules=(*UPDATE_RANGE, *UPDATE_TWICE),
    limit=DEFAULT_LIMIT,
    examples=(
        Example(
            "long", "everything changes, by the long names", 200, {"alert_id": RECORDED, "changes": CHANGES}, MEMBER
        ),
        Example(
            "short",
            "everything changes, by the short names",
            200,
            {"alert_id": RECORDED, "changes": SHORT_CHANGES},
            MEMBER,
        ),
        Example(
            "enable", "only whether it may fire", 200, {"alert_id": DISABLED, "changes": {"enabled": True}}, MEMBER
        ),
        Example("nothing", "nothing changes", 200, {"alert_id": RECORDED, "changes": {}}, MEMBER),
        Example("null", "null leaves as it is", 200, {"alert_id": RECORDED, "changes": {"threshold": None}}, MEMBER),
        *not_found(changes={"enabled": False}),
    ),
)

TOGGLE = Operation(
    "toggleAlert",
    "POST",
    f"{PATH}/{{alert_id}}/toggle",
    ToggleAlert,
    (
        Returns(
            200, AlertSwitch, "Whether it may fire now", example=SWITCH_EXAMPLE, links=links("$response.body#/alert_id")
        ),
    ),
    summary="Enable or disable an alert",
    description="Each call flips it; of two at the same time both do. To set it whatever it was, use updateAlert.",
    level=Level.MEMBER,
    refusals=(AlertNotFound,),
    limit=DEFAULT_LIMIT,
    examples=(
        Example("off", "an enabled one", 200, {"alert_id": RECORDED}, MEMBER),
        Example("on", "a disabled one", 200, {"alert_id": DISABLED}, MEMBER),
        *not_found(),
    ),
)

OPERATIONS = (UPDATE, TOGGLE)
