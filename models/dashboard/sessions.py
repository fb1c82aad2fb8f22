"""Sessions: starting an anonymous one, looking at it, prolonging it, ending it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from models.dashboard.cookies import CSRF, REFRESH
from models.fields import AuthType, Id, Provider, Seconds, Timestamp, TimeZoneName
from models.operation import DEFAULT_LIMIT, Body, Example, Given, Level, Link, Operation, RateLimit, Returns, Rule
from models.wire import Content, Request, Response

Fingerprint = Annotated[str, StringConstraints(max_length=256)]

TIMEZONE_KNOWN = Rule(
    "timezone_unknown",
    ("body", "timezone"),
    "unknown time zone {timezone!r}; give a name of the IANA database such as Europe/Berlin",
    "timezone names a zone of the IANA time zone database",
    {"start": {"timezone": "Mars/Olympus_Mons"}},
    Given("nobody"),
)


class AnonymousStart(Content):
    """What a new anonymous session may know of its user."""

    timezone: TimeZoneName = "America/New_York"
    """Where the user's days begin and end."""
    device_fingerprint: Fingerprint | None = None
    """Accepted and not stored: every call starts a session of its own. Null is as if it were absent."""


class StartAnonymousSession(Request):
    start: Annotated[AnonymousStart, Body()] = AnonymousStart()
    """What is known of the user; nothing has to be."""


class AnonymousSession(Response):
    """A session that just started. Keep `token`: nobody is ever shown it again."""

    user_id: Id
    """The anonymous user."""
    token: Id
    """The credential: send it as `Authorization: Bearer`."""
    auth_type: Literal["anonymous"]
    """Nobody has signed in."""
    created_at: Timestamp
    """When the session started."""
    session_expires_at: Timestamp
    """When it ends unless it is prolonged: 30 days later."""
    storage_hint: Literal["localStorage"]
    """Where a web page is expected to keep the token."""


class ValidateSession(Request):
    pass


class SessionValidity(Response):
    """The credential belongs to a live session."""

    valid: Literal[True]
    """Always true; anything else is 401."""
    user_id: Id
    """Whose session it is."""
    auth_type: AuthType
    """How the user signed in, if at all."""
    expires_at: Timestamp
    """When the session ends unless it is prolonged."""


class ExtendSession(Request):
    pass


class SessionExtension(Response):
    """The session was prolonged."""

    message: str
    """What happened, for people."""
    expires_at: Timestamp
    """When the session ends now: 30 days from this call."""


class GetSession(Request):
    pass


class SessionInfo(Response):
    """What a page shows of the session."""

    email_masked: str | None
    """First character and domain of the user's address, stars for the rest; null without one."""
    auth_type: AuthType
    """How the user signed in, if at all."""
    session_expires_in_seconds: Seconds
    """Time left."""
    linked_providers: list[Provider]
    """Ways in which the user can sign in."""


class RefreshSession(Request):
    pass


class SessionRefresh(Response):
    """The session's 30 days started again."""

    user_id: Id
    """Whose session it is."""
    session_expires_at: Timestamp
    """When the session ends now."""
    remaining_seconds: Seconds
    """Time left."""
    refreshed: Literal[True]
    """Always true; a session that cannot be refreshed is 401."""


class SignOut(Request):
    pass


class SignedOut(Response):
    """The session has ended."""

    status: Literal["signed_out"]
    """Always signed_out."""
    message: str
    """What happened, for people."""


START = Operation(
    "createAnonymousSession",
    "POST",
    "/api/v2/auth/anonymous",
    StartAnonymousSession,
    (
        Returns(
            201,
            AnonymousSession,
            "The session, and the only time its token is shown",
            example={
                "user_id": "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01",
                "token": "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01",
                "auth_type": "anonymous",
                "created_at": "2024-12-02T15:00:00Z",
                "session_expires_at": "2025-01-01T15:00:00Z",
                "storage_hint": "localStorage",
            },
            cookies=(CSRF,),
        ),
    ),
    summary="Start an anonymous session",
    description="Makes a new anonymous user. A body is optional.",
    limit=RateLimit(10, 3600),
    rules=(TIMEZONE_KNOWN,),
    examples=(
        Example("default", "without a body, New York", 201, given=Given("nobody")),
        Example(
            "berlin",
            "with a time zone",
            201,
            {"start": {"timezone": "Europe/Berlin", "device_fingerprint": "a-browser"}},
            Given("nobody"),
        ),
        Example("counted", "a counted answer says what is left", 201, given=Given("nobody", limits=True)),
    ),
)

VALIDATE = Operation(
    "validateSession",
    "GET",
    "/api/v2/auth/validate",
    ValidateSession,
    (
        Returns(
            200,
            SessionValidity,
            "The session lives",
            example={
                "valid": True,
                "user_id": "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01",
                "auth_type": "anonymous",
                "expires_at": "2025-01-01T15:00:00Z",
            },
        ),
    ),
    summary="Whether the credential belongs to a live session",
    description="Notes that the user was active, which is no effect that a mail scanner's HEAD could spoil. Prolongs nothing.",
    level=Level.SESSION,
    examples=(
        Example("anonymous", "an anonymous session", 200),
        Example("member", "a signed-in session", 200, given=Given("member")),
        Example("expired", "a session that has ended speaks for nobody", 401, given=Given("expired")),
        Example("revoked", "a revoked session speaks for nobody", 401, given=Given("revoked")),
        Example("forged", "a token of another key speaks for nobody", 401, given=Given("forged")),
        Example("stale", "a token from before a revocation speaks for nobody", 401, given=Given("stale")),
    ),
)

EXTEND = Operation(
    "extendSession",
    "POST",
    "/api/v2/auth/extend",
    ExtendSession,
    (
        Returns(
            200,
            SessionExtension,
            "The session lasts 30 days from now",
            example={"message": "The session lasts 30 more days", "expires_at": "2025-01-01T15:00:00Z"},
        ),
    ),
    summary="Prolong the session by 30 days",
    description="For pages: protected against requests that another origin makes in the user's name.",
    level=Level.SESSION,
    csrf=True,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("anonymous", "an anonymous session", 200),
        Example("member", "a signed-in session", 200, given=Given("member")),
    ),
)

GET = Operation(
    "getSession",
    "GET",
    "/api/v2/auth/session",
    GetSession,
    (
        Returns(
            200,
            SessionInfo,
            "The session",
            example={
                "email_masked": "r***@example.com",
                "auth_type": "google",
                "session_expires_in_seconds": 2505600,
                "linked_providers": ["google"],
            },
            cookies=(CSRF,),
        ),
    ),
    summary="Describe the session",
    description="Also gives a page a fresh csrf_token cookie.",
    level=Level.SESSION,
    examples=(
        Example("anonymous", "an anonymous session has no address", 200),
        Example("member", "the address of a signed-in user is masked", 200, given=Given("member")),
    ),
)

REFRESH_SESSION = Operation(
    "refreshSession",
    "POST",
    "/api/v2/auth/session/refresh",
    RefreshSession,
    (
        Returns(
            200,
            SessionRefresh,
            "The session lasts 30 days from now",
            example={
                "user_id": "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01",
                "session_expires_at": "2025-01-01T15:00:00Z",
                "remaining_seconds": 2592000,
                "refreshed": True,
            },
        ),
    ),
    summary="Start the session's 30 days again",
    description="For programs that keep no cookies.",
    level=Level.SESSION,
    limit=DEFAULT_LIMIT,
    examples=(Example("anonymous", "an anonymous session", 200),),
)

SIGN_OUT = Operation(
    "signOut",
    "POST",
    "/api/v2/auth/signout",
    SignOut,
    (
        Returns(
            200,
            SignedOut,
            "The session has ended; both cookies are removed",
            example={"status": "signed_out", "message": "You are signed out on this device"},
            cookies=(CSRF, REFRESH),
            links=(Link("again", "createAnonymousSession", {}, "Start over with a new anonymous session"),),
        ),
    ),
    summary="End this session",
    description="Other sessions of the same user go on. The credential is worth nothing from now on.",
    level=Level.SESSION,
    limit=DEFAULT_LIMIT,
    examples=(
        Example("anonymous", "an anonymous session", 200),
        Example("member", "a signed-in session", 200, given=Given("member")),
        Example(
            "twice",
            "an ended session speaks for nobody",
            401,
            given=Given(after=({"method": "POST", "path": "/api/v2/auth/signout"},)),
        ),
        Example(
            "limit",
            "100 requests that were refused came before it in the window; one that is not ends the session",
            429,
            given=Given(
                after=({"method": "POST", "path": "/api/v2/auth/signout", "query": "unknown=1", "times": 100},),
                limits=True,
            ),
        ),
    ),
)

OPERATIONS = (START, VALIDATE, EXTEND, REFRESH_SESSION, SIGN_OUT, GET)
