"""What operators do to the sessions of others."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import StringConstraints

from models.fields import Count, Id
from models.operation import DEFAULT_LIMIT, Body, Example, Given, Level, Operation, Returns
from models.wire import Content, Request, Response

MOST_USERS = 100
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500)]

MEMBER = "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06"
ANONYMOUS = "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"
NOBODYS = "9d1eddeb-ee92-4f01-80ee-90a2cfd2d30a"


class Revocation(Content):
    """Whose sessions are to end, and why."""

    user_ids: Annotated[list[Id], MaxLen(MOST_USERS)]
    """The users; one that is named twice counts once."""
    reason: Reason
    """Why; kept with each user, not shown to them and not logged."""


class RevokeSessionsBulk(Request):
    revocation: Annotated[Revocation, Body()]
    """What is revoked."""


class RevocationOutcome(Response):
    """What became of one user's sessions."""

    user_id: Id
    """As it was sent."""
    outcome: Literal["revoked", "already_revoked", "not_found"]
    """All sessions ended now · none was left to end · no such user, or an anonymous one that has expired."""


class RevocationReport(Response):
    """What was done, user by user."""

    revoked_count: Count
    """Users who have no session now: those whose sessions ended and those who had none left."""
    failed_count: Count
    """Users who were not found."""
    failed_user_ids: Annotated[list[Id], MaxLen(MOST_USERS)]
    """Those, in the order of the request."""
    outcomes: Annotated[list[RevocationOutcome], MaxLen(MOST_USERS)]
    """All of them, each once, in the order of the request."""


REVOKE = Operation(
    "revokeSessionsBulk",
    "POST",
    "/api/v2/admin/sessions/revoke",
    RevokeSessionsBulk,
    (
        Returns(
            200,
            RevocationReport,
            "What was done; repeating it is safe",
            example={
                "revoked_count": 1,
                "failed_count": 1,
                "failed_user_ids": [NOBODYS],
                "outcomes": [
                    {"user_id": MEMBER, "outcome": "revoked"},
                    {"user_id": NOBODYS, "outcome": "not_found"},
                ],
            },
        ),
    ),
    summary="End all sessions of many users",
    description=(
        "Every session of each user ends at once, tokens already issued included. It is no ban: an account can sign in "
        "again. An anonymous user has no other way in, so theirs is over for good. A user is revoked wholly or not at all; "
        "if the store fails half way, repeat the request."
    ),
    level=Level.OPERATOR,
    limit=DEFAULT_LIMIT,
    examples=(
        Example(
            "several",
            "an account, an anonymous user and nobody",
            200,
            {"revocation": {"user_ids": [MEMBER, ANONYMOUS, NOBODYS], "reason": "credentials were leaked"}},
            Given("operator"),
        ),
        Example(
            "again",
            "who has no session left has none to end",
            200,
            {"revocation": {"user_ids": [MEMBER, MEMBER], "reason": "again"}},
            Given(
                "operator",
                after=(
                    {
                        "method": "POST",
                        "path": "/api/v2/admin/sessions/revoke",
                        "body": {"user_ids": [MEMBER], "reason": "first"},
                    },
                ),
            ),
        ),
        Example("nobody", "an empty list", 200, {"revocation": {"user_ids": [], "reason": "none"}}, Given("operator")),
        Example(
            "member",
            "an account is not enough",
            403,
            {"revocation": {"user_ids": [MEMBER], "reason": "mine"}},
            Given("member"),
        ),
    ),
)

OPERATIONS = (REVOKE,)
