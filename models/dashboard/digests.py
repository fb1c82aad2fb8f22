"""The caller's daily digest: when it comes and what it covers."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen

from models.fields import Id, TimeOfDay, Timestamp, TimeZoneName
from models.operation import DEFAULT_LIMIT, Body, Example, Given, Json, Level, Link, Operation, RateLimit, Returns, Rule
from models.refusals import Invalid, NoMailAddress, broken
from models.wire import Content, Request, Response

PATH = "/api/v2/notifications/digest"
WATCHLIST = "c0ffee01-1111-4222-8333-444455556666"
SOMEBODY_ELSES = "c0ffee00-1111-4222-8333-444455556666"
MEMBER = Given("member")
Covered = Annotated[list[Id], MaxLen(2)]

TIMEZONE_KNOWN = Rule(
    "timezone_unknown",
    ("body", "timezone"),
    "unknown time zone {timezone!r}; give a name of the IANA database such as Europe/Berlin",
    "timezone names a zone of the IANA time zone database",
    {"changes": {"timezone": "Mars/Olympus_Mons"}},
    MEMBER,
)
NAMED = Rule(
    "configurations_missing",
    ("body", "config_ids"),
    "without include_all_configs the digest needs config_ids; name at least one configuration",
    "Where include_all_configs is false, config_ids names at least one configuration, in the same request",
    {"changes": {"include_all_configs": False}},
    MEMBER,
)
DISTINCT = Rule(
    "configuration_repeated",
    ("body", "config_ids", "*"),
    "{config_id} is named already; name it once",
    "Every configuration is named once",
    {"changes": {"config_ids": [WATCHLIST, WATCHLIST]}},
    MEMBER,
)
OWN = Rule(
    "configuration_unknown",
    ("body", "config_ids", "*"),
    "{config_id} is no active configuration of the caller; take one of listConfigurations",
    "Every configuration is an active one of the caller",
    {"changes": {"config_ids": [SOMEBODY_ELSES]}},
    MEMBER,
)


class GetDigestSettings(Request):
    pass


class DigestChanges(Content):
    """What to change; what is absent or null stays."""

    enabled: bool | None = None
    """Whether the digest is wanted."""
    time: TimeOfDay | None = None
    """When it is due, by the clocks of the time zone."""
    timezone: TimeZoneName | None = None
    """Where the caller's days begin and end."""
    include_all_configs: bool | None = None
    """Whether it covers all watchlists, also later ones; if not, `config_ids` has to be given."""
    config_ids: Covered | None = None
    """The watchlists that it covers where it does not cover all."""


class UpdateDigestSettings(Request):
    changes: Annotated[DigestChanges, Body()]
    """What to change."""

    def check(self) -> None:
        named = self.changes.config_ids or []
        if self.changes.include_all_configs is False and not named:
            raise broken(NAMED)
        repeated = [i for i, config_id in enumerate(named) if config_id in named[:i]]
        if repeated:
            raise Invalid([item for i in repeated for item in broken(DISTINCT, i, config_id=named[i]).items])


class SendTestDigest(Request):
    pass


class DigestSettings(Response):
    """When the daily digest comes and what it covers."""

    enabled: bool
    """Whether it is wanted. It leaves only while mails are wanted at all: see the preferences."""
    time: TimeOfDay
    """When it is due, by the clocks of the time zone."""
    timezone: TimeZoneName
    """Where the caller's days begin and end."""
    include_all_configs: bool
    """Whether it covers all watchlists, also later ones. It does, too, once none of those that were named is left."""
    config_ids: Covered | None
    """The watchlists that it covers where it does not cover all, without those deleted since; null if never said."""
    next_scheduled: Timestamp
    """When the next one is due by these settings, wanted or not: once on each local day, always in the future.

    One that would tell nothing, as no watchlist that it covers has a ticker then, is left out.
    Where clocks are set forward over the time it is due as much later as they skip; where they show it twice, the first time.
    """


class DigestSampleQueued(Response):
    """A sample is on its way."""

    status: Literal["test_queued"]
    """Always test_queued."""
    message: str
    """What happens next, for people."""


EXAMPLE: dict[str, Json] = {
    "enabled": True,
    "time": "07:30",
    "timezone": "Europe/Berlin",
    "include_all_configs": False,
    "config_ids": [WATCHLIST],
    "next_scheduled": "2024-12-03T06:30:00Z",
}

GET = Operation(
    "getDigestSettings",
    "GET",
    PATH,
    GetDigestSettings,
    (Returns(200, DigestSettings, "The settings", example=EXAMPLE),),
    summary="When the daily digest comes and what it covers",
    description=(
        "Who never said gets the defaults: no digest, and once one is enabled, at 09:00 in the profile's time zone, "
        "about all watchlists."
    ),
    level=Level.MEMBER,
    examples=(
        Example("defaults", "a caller who never said", 200, given=MEMBER),
        Example(
            "preferences",
            "what the preferences say is seen here",
            200,
            given=Given(
                "member",
                after=(
                    {
                        "method": "PATCH",
                        "path": "/api/v2/notifications/preferences",
                        "body": {"digest_enabled": True, "digest_time": "18:45"},
                    },
                ),
            ),
        ),
        Example(
            "deleted_watchlist",
            "the only one that was named is deleted since: it covers all",
            200,
            given=Given(
                "member",
                after=(
                    {
                        "method": "PATCH",
                        "path": PATH,
                        "body": {"include_all_configs": False, "config_ids": [WATCHLIST]},
                    },
                    {"method": "DELETE", "path": f"/api/v2/configurations/{WATCHLIST}"},
                ),
            ),
        ),
    ),
)

UPDATE = Operation(
    "updateDigestSettings",
    "PATCH",
    PATH,
    UpdateDigestSettings,
    (Returns(200, DigestSettings, "The settings as they are now", example=EXAMPLE),),
    summary="Change when the daily digest comes and what it covers",
    description=(
        "What is absent or null stays. One record with the preferences: enabled and time are seen there. "
        "However settings change, there is at most one digest on a local day."
    ),
    level=Level.MEMBER,
    rules=(TIMEZONE_KNOWN, NAMED, DISTINCT, OWN),
    limit=DEFAULT_LIMIT,
    examples=(
        Example(
            "all",
            "everything changes",
            200,
            {
                "changes": {
                    "enabled": True,
                    "time": "07:30",
                    "timezone": "Europe/Berlin",
                    "include_all_configs": False,
                    "config_ids": [WATCHLIST],
                }
            },
            MEMBER,
        ),
        Example(
            "quarter_hours",
            "in a zone three quarters of an hour off",
            200,
            {"changes": {"timezone": "Asia/Kathmandu", "time": "23:59"}},
            MEMBER,
        ),
        Example("nothing", "nothing changes", 200, {"changes": {}}, MEMBER),
        Example("null", "null leaves as it is", 200, {"changes": {"config_ids": None, "time": None}}, MEMBER),
    ),
)

SEND_TEST = Operation(
    "sendTestDigest",
    "POST",
    f"{PATH}/test",
    SendTestDigest,
    (
        Returns(
            202,
            DigestSampleQueued,
            "A sample is on its way",
            example={
                "status": "test_queued",
                "message": "A sample of your digest is on its way; it arrives within about 1 minute",
            },
            links=(Link("settings", "getDigestSettings", {}, "When the real one comes"),),
        ),
    ),
    summary="Mail a sample of the digest",
    description=(
        "To the caller's address, with what the digest would tell now. It goes out whether or not mails are enabled, "
        "since it was asked for, and changes nothing about when the next one is due."
    ),
    level=Level.MEMBER,
    refusals=(NoMailAddress,),
    limit=RateLimit(5, 3600),
    examples=(
        Example("queued", "a caller with an address", 202, given=MEMBER),
        Example("counted", "a counted answer says what is left", 202, given=Given("member", limits=True)),
        Example("no_address", "a caller without an address", 409, given=Given("unaddressed")),
    ),
)

OPERATIONS = (GET, UPDATE, SEND_TEST)
