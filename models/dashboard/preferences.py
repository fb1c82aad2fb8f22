"""What the caller wants to be mailed."""

from __future__ import annotations

from typing import Annotated, Literal

from models.fields import Count, Email, TimeOfDay, TimeZoneName
from models.operation import DEFAULT_LIMIT, Body, Example, Given, Level, Link, Operation, Returns, Rule
from models.refusals import broken
from models.wire import Content, Request, Response

PATH = "/api/v2/notifications/preferences"
MEMBER = Given("member")
PAIRS = (("email_enabled", "email_notifications_enabled"), ("digest_enabled", "daily_digest_enabled"))
"""The two names of a field: of a change since ever, and of an answer, which a change takes too."""


def _said_twice(short: str, long: str) -> Rule:
    return Rule(
        "said_twice",
        ("body", short),
        f"{short} and {long} are the same field; give one of them",
        f"{short} and {long} are not given both",
        {"changes": {short: True, long: False}},
        MEMBER,
    )


TWICE = tuple(_said_twice(short, long) for short, long in PAIRS)


class GetPreferences(Request):
    pass


class PreferenceChanges(Content):
    """What to change; what is absent or null stays. Some fields have a short and a long name: give one of them."""

    email_enabled: bool | None = None
    """Whether any mail is wanted, of alerts or digest; the answer says it as `email_notifications_enabled`."""
    email_notifications_enabled: bool | None = None
    """The same as email_enabled."""
    digest_enabled: bool | None = None
    """Whether the daily digest is wanted; the answer says it as `daily_digest_enabled`, the digest settings as `enabled`."""
    daily_digest_enabled: bool | None = None
    """The same as digest_enabled."""
    digest_time: TimeOfDay | None = None
    """When the digest is due, by the caller's clocks; it is `time` of the digest settings."""


class UpdatePreferences(Request):
    changes: Annotated[PreferenceChanges, Body()]
    """What to change."""

    def check(self) -> None:
        for rule, names in zip(TWICE, PAIRS, strict=True):
            if all(getattr(self.changes, name) is not None for name in names):
                raise broken(rule)


class DisableAll(Request):
    pass


class NotificationPreferences(Response):
    """What the caller wants to be mailed."""

    email_notifications_enabled: bool
    """Whether any mail is wanted. Without it alerts still fire and no digest leaves, whatever its settings say."""
    daily_digest_enabled: bool
    """Whether the daily digest is wanted."""
    digest_time: TimeOfDay
    """When it is due, by the clocks of the time zone."""
    timezone: TimeZoneName
    """Where the caller's days begin and end."""
    email: Email | None
    """Where mails go; null without an address."""
    email_verified: bool
    """Whether the address was verified; nothing but sign-in links goes to one that was not."""


class AllDisabled(Response):
    """No mail is sent any more."""

    status: Literal["disabled"]
    """Always disabled."""
    alerts_disabled: Count
    """How many alerts were enabled until now."""
    message: str
    """What happened, for people."""


EXAMPLE = {
    "email_notifications_enabled": True,
    "daily_digest_enabled": False,
    "digest_time": "09:00",
    "timezone": "America/New_York",
    "email": "reader@example.com",
    "email_verified": True,
}

GET = Operation(
    "getNotificationPreferences",
    "GET",
    PATH,
    GetPreferences,
    (Returns(200, NotificationPreferences, "The preferences", example=EXAMPLE),),
    summary="What the caller wants to be mailed",
    description="Who never said gets the defaults: alerts, and no digest. One record with the digest settings.",
    level=Level.MEMBER,
    examples=(
        Example("defaults", "a caller who never said", 200, given=MEMBER),
        Example(
            "digest",
            "what the digest settings say is seen here",
            200,
            given=Given(
                "member",
                after=(
                    {
                        "method": "PATCH",
                        "path": "/api/v2/notifications/digest",
                        "body": {"enabled": True, "time": "07:30", "timezone": "Europe/Berlin"},
                    },
                ),
            ),
        ),
        Example("no_address", "a caller without an address", 200, given=Given("unaddressed")),
    ),
)

UPDATE = Operation(
    "updateNotificationPreferences",
    "PATCH",
    PATH,
    UpdatePreferences,
    (Returns(200, NotificationPreferences, "The preferences as they are now", example=EXAMPLE),),
    summary="Change what is mailed",
    description=(
        "What is absent or null stays. The names of the answer are taken as well as the short ones. "
        "The time zone is changed with updateDigestSettings."
    ),
    level=Level.MEMBER,
    rules=TWICE,
    limit=DEFAULT_LIMIT,
    examples=(
        Example(
            "all",
            "everything changes",
            200,
            {"changes": {"email_enabled": True, "digest_enabled": True, "digest_time": "18:45"}},
            MEMBER,
        ),
        Example(
            "as_read",
            "by the names under which they are read",
            200,
            {"changes": {"email_notifications_enabled": False, "daily_digest_enabled": True}},
            MEMBER,
        ),
        Example("off", "no mail any more", 200, {"changes": {"email_enabled": False}}, MEMBER),
        Example("nothing", "nothing changes", 200, {"changes": {}}, MEMBER),
        Example("null", "null leaves as it is", 200, {"changes": {"digest_time": None}}, MEMBER),
    ),
)

DISABLE_ALL = Operation(
    "disableAllNotifications",
    "POST",
    "/api/v2/notifications/disable-all",
    DisableAll,
    (
        Returns(
            200,
            AllDisabled,
            "Everything is off",
            example={
                "status": "disabled",
                "alerts_disabled": 1,
                "message": "All mails and 1 alert are disabled",
            },
            links=(Link("resubscribe", "resubscribeToMails", {}, "Turn mails on again; alerts and digest stay off"),),
        ),
    ),
    summary="Turn off mails, digest and every alert",
    description="Repeating it changes nothing. Mails that are on their way already still arrive.",
    level=Level.MEMBER,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("one", "one alert was enabled", 200, given=MEMBER),
        Example(
            "again",
            "nothing is left to disable",
            200,
            given=Given("member", after=({"method": "POST", "path": "/api/v2/notifications/disable-all"},)),
        ),
    ),
)

OPERATIONS = (GET, UPDATE, DISABLE_ALL)
