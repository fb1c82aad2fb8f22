"""An anonymous user's data becomes a signed-in user's."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen

from models.dashboard.configurations import ConfigurationName
from models.dashboard.watchlists import MAX_ACTIVE
from models.fields import Count, Id, Timestamp
from models.operation import Body, Example, Given, Level, Link, Operation, Query, RateLimit, Returns
from models.refusals import AnonymousSessionNotFound, MergedElsewhere
from models.wire import Content, Request, Response

ANONYMOUS = "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"
FULL = "2cad6c74-7d2b-4e9a-9f77-2f3b8b4b9c03"
OTHER = "1b9c5b63-6c1a-4d8f-8e66-1e2a7a3a9b02"
TAKEN = "8c0dccda-dd81-4ef0-8fdd-8f91bec1c209"
NOBODYS = "9d1eddeb-ee92-4f01-80ee-90a2cfd2d30a"


class MergeSource(Content):
    """The anonymous session whose data is to move."""

    anonymous_user_id: Id
    """The token of the anonymous session. Whoever has it is its owner: nobody else was ever shown it."""


class MergeAnonymousData(Request):
    source: Annotated[MergeSource, Body()]
    """What is merged into the caller's account."""


class SkippedConfiguration(Response):
    """A watchlist that found no place in the account. It is kept."""

    config_id: Id
    """Names it; the account cannot read it before it has moved."""
    name: ConfigurationName
    """What its owner called it."""


class Merge(Response):
    """What was merged."""

    status: Literal["completed", "already_merged", "no_data", "partial"]
    """Everything moved · it had moved before · there was nothing, now or before · some watchlists found no place."""
    merged_at: Timestamp
    """When the anonymous session ended and the merge began; a repeat says the same."""
    configurations: Count
    """Watchlists that moved since then."""
    alert_rules: Count
    """Alerts that moved with them."""
    preferences: Count
    """Records of preferences that moved: none where the account has its own."""
    skipped: Annotated[list[SkippedConfiguration], MaxLen(MAX_ACTIVE)]
    """Watchlists that wait for a place, newest first, their alerts with them."""
    message: str
    """What happened and what to do next, for people."""


class GetMergeStatus(Request):
    anonymous_user_id: Annotated[Id | None, Query()] = None
    """The anonymous session asked about. Without it: the caller's own, or for an account the one it merged last."""


class MergedItems(Response):
    """What has moved."""

    configurations: Count
    """Watchlists."""
    alert_rules: Count
    """Alerts of these."""
    preferences: Count
    """Records of preferences."""


class MergeStatus(Response):
    """How far a merge is."""

    status: Literal["completed", "partial", "pending", "no_data"]
    """All moved · watchlists wait for a place · there is something that merging would move · there is, or was, nothing to
    merge."""
    merged_at: Timestamp | None
    """When the merge began; null if it has not. A session that had nothing may have been merged all the same."""
    items_merged: MergedItems | None
    """What has moved; null if the merge has not begun."""
    message: str
    """What that means and what to do next, for people."""


def _merge(anonymous_user_id: str, **more: object) -> dict[str, object]:
    return {"method": "POST", "path": "/api/v2/auth/merge", "body": {"anonymous_user_id": anonymous_user_id}, **more}


_FULL = {"source": {"anonymous_user_id": FULL}}
_A_THIRD = {"method": "POST", "path": "/api/v2/configurations", "body": {"name": "Mine too", "tickers": []}}

MERGE = Operation(
    "mergeAnonymousData",
    "POST",
    "/api/v2/auth/merge",
    MergeAnonymousData,
    (
        Returns(
            200,
            Merge,
            "The merge, done as far as there is room",
            example={
                "status": "completed",
                "merged_at": "2024-12-02T15:00:00Z",
                "configurations": 1,
                "alert_rules": 0,
                "preferences": 0,
                "skipped": [],
                "message": "1 watchlist moved into this account",
            },
            links=(Link("status", "getMergeStatus", {}, "How far it is"),),
        ),
    ),
    summary="Move an anonymous user's data into this account",
    description=(
        "For pages, after signing in by a link or a provider that did not know the anonymous session; one that did has merged. "
        "The caller is the account, the body names the anonymous session by its token, which proves that both are the same "
        "person's. The token is worth nothing from then on. Everything the anonymous user had "
        "moves: watchlists, their alerts, deleted watchlists, preferences. Two watchlists may be active: those that find no "
        "place are kept and listed; delete one and repeat. Repeating is safe at any time and finishes what was interrupted."
    ),
    level=Level.MEMBER,
    csrf=True,
    refusals=(AnonymousSessionNotFound, MergedElsewhere),
    limit=RateLimit(30, 3600),
    examples=(
        Example("completed", "a watchlist moves", 200, {"source": {"anonymous_user_id": ANONYMOUS}}, Given("member")),
        Example(
            "counted",
            "a counted answer says what is left",
            200,
            {"source": {"anonymous_user_id": OTHER}},
            Given("member", limits=True),
        ),
        Example(
            "again",
            "a repeat says what was done and changes nothing",
            200,
            {"source": {"anonymous_user_id": ANONYMOUS}},
            Given("member", after=(_merge(ANONYMOUS),)),
        ),
        Example("no_data", "the session had nothing", 200, {"source": {"anonymous_user_id": OTHER}}, Given("member")),
        Example("partial", "one of two watchlists finds a place", 200, _FULL, Given("member")),
        Example(
            "no_room",
            "an account with two watchlists has no place",
            200,
            _FULL,
            Given("member", after=(_A_THIRD,)),
        ),
        Example(
            "room_again",
            "deleting one and repeating moves the rest",
            200,
            _FULL,
            Given(
                "member",
                after=(
                    _merge(FULL),
                    {"method": "DELETE", "path": "/api/v2/configurations/c0ffee01-1111-4222-8333-444455556666"},
                ),
            ),
        ),
        Example("taken", "another account got it", 409, {"source": {"anonymous_user_id": TAKEN}}, Given("member")),
        Example("unknown", "no session has it", 404, {"source": {"anonymous_user_id": NOBODYS}}, Given("member")),
        Example(
            "expired",
            "an expired session is nobody's",
            404,
            {"source": {"anonymous_user_id": "3dbe7d85-8e3c-4fab-8a88-3a4c9c5c9d04"}},
            Given("member"),
        ),
        Example(
            "revoked",
            "a revoked session is nobody's",
            404,
            {"source": {"anonymous_user_id": "4ecf8e96-9f4d-4abc-9b99-4b5dad6d9e05"}},
            Given("member"),
        ),
        Example(
            "csrf",
            "the double-submitted token is missing",
            403,
            {"source": {"anonymous_user_id": ANONYMOUS}},
            Given("member_without_csrf"),
        ),
        Example(
            "level",
            "an anonymous session is no account to merge into",
            403,
            {"source": {"anonymous_user_id": FULL}},
            Given("anonymous"),
        ),
        Example(
            "account",
            "an account is no anonymous session, the caller's own neither",
            404,
            {"source": {"anonymous_user_id": "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06"}},
            Given("member"),
        ),
    ),
)

STATUS = Operation(
    "getMergeStatus",
    "GET",
    "/api/v2/auth/merge-status",
    GetMergeStatus,
    (
        Returns(
            200,
            MergeStatus,
            "How far the merge is",
            example={
                "status": "completed",
                "merged_at": "2024-12-02T15:00:00Z",
                "items_merged": {"configurations": 1, "alert_rules": 0, "preferences": 0},
                "message": "Everything moved into this account",
            },
        ),
    ),
    summary="How far a merge is",
    description=(
        "An anonymous session can only be told of itself: that it has something to merge, or nothing. An account is told of "
        "what was or could be merged into it; a session that another account got has nothing for it."
    ),
    level=Level.SESSION,
    examples=(
        Example("pending", "an anonymous session that has something", 200),
        Example("nothing", "an anonymous session that has nothing", 200, given=Given("other")),
        Example("not_yet", "an account asks before it merges", 200, {"anonymous_user_id": ANONYMOUS}, Given("member")),
        Example(
            "completed",
            "an account asks for the session that it merged",
            200,
            {"anonymous_user_id": ANONYMOUS},
            Given("member", after=(_merge(ANONYMOUS),)),
        ),
        Example(
            "empty",
            "an account merged a session that had nothing",
            200,
            {"anonymous_user_id": OTHER},
            Given("member", after=(_merge(OTHER),)),
        ),
        Example("newest", "an account asks for its newest merge", 200, {}, Given("member", after=(_merge(ANONYMOUS),))),
        Example("partial", "a watchlist waits for a place", 200, {}, Given("member", after=(_merge(FULL),))),
        Example("never", "an account that never merged", 200, {}, Given("member")),
        Example("elsewhere", "another account got it", 200, {"anonymous_user_id": TAKEN}, Given("member")),
    ),
)

OPERATIONS = (MERGE, STATUS)
