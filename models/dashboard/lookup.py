"""Users, found by operators."""

from __future__ import annotations

from typing import Annotated

from models.fields import AuthType, Email, Id
from models.operation import Example, Given, Level, Link, Operation, Query, Returns
from models.wire import Request, Response


class FindUserByEmail(Request):
    email: Annotated[Email, Query()]
    """The address; its case does not matter."""


class UserLookup(Response):
    """Who has an address."""

    found: bool
    """Whether anybody has verified it."""
    user_id: Id | None
    """The account; null if there is none."""
    auth_type: AuthType | None
    """How it signed up; null if there is none."""
    email_masked: str | None
    """First character and domain of the account's main address, stars for the rest; null if there is no account."""


LOOKUP = Operation(
    "findUserByEmail",
    "GET",
    "/api/v2/users/lookup",
    FindUserByEmail,
    (
        Returns(
            200,
            UserLookup,
            "The account, or that there is none",
            example={
                "found": True,
                "user_id": "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06",
                "auth_type": "google",
                "email_masked": "r***@example.com",
            },
            links=(
                Link("revoke", "revokeSessionsBulk", {}, "End the account's sessions: send its user_id in user_ids"),
            ),
        ),
    ),
    summary="Find a user by address",
    description="For operators. Each lookup is logged with who asked and who was found, never with the address.",
    level=Level.OPERATOR,
    examples=(
        Example("found", "an account, whatever the case", 200, {"email": "Reader@Example.COM"}, Given("operator")),
        Example("not_found", "an address that nobody has", 200, {"email": "nobody@example.com"}, Given("operator")),
        Example("member", "an account is not enough", 403, {"email": "reader@example.com"}, Given("member")),
    ),
)

OPERATIONS = (LOOKUP,)
