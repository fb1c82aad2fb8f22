"""The calling user."""

from __future__ import annotations

from typing import Literal

from models.fields import AuthType, Count, Provider, Role, Seconds, Verification
from models.operation import Example, Given, Level, Operation, Returns
from models.wire import Request, Response


class GetMe(Request):
    pass


class Me(Response):
    """As much of the user as a page needs; no ids, no address in full."""

    auth_type: AuthType
    """How the user signed in, if at all."""
    email_masked: str | None
    """First character and domain of the user's address, stars for the rest; null without one."""
    configs_count: Count
    """Active watchlists."""
    max_configs: Literal[2]
    """Watchlists that may be active at a time."""
    session_expires_in_seconds: Seconds
    """Time left in this session."""
    role: Role
    """What the user may do."""
    linked_providers: list[Provider]
    """Ways in which the user can sign in."""
    verification: Verification
    """Whether the address was verified."""
    last_provider_used: Provider | None
    """How the user signed in last; null if never."""


GET_ME = Operation(
    "getMe",
    "GET",
    "/api/v2/auth/me",
    GetMe,
    (
        Returns(
            200,
            Me,
            "The user",
            example={
                "auth_type": "google",
                "email_masked": "r***@example.com",
                "configs_count": 1,
                "max_configs": 2,
                "session_expires_in_seconds": 2505600,
                "role": "free",
                "linked_providers": ["google"],
                "verification": "verified",
                "last_provider_used": "google",
            },
        ),
    ),
    summary="The calling user",
    description="A minimal profile for pages.",
    level=Level.SESSION,
    examples=(
        Example("anonymous", "an anonymous user", 200),
        Example("member", "a signed-in user", 200, given=Given("member")),
    ),
)

OPERATIONS = (GET_ME,)
