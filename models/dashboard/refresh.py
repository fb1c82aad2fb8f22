"""Going on with a signed-in session."""

from __future__ import annotations

from typing import Annotated

from models.dashboard.cookies import CSRF, REFRESH
from models.dashboard.tokens import TOKENS_EXAMPLE, RefreshToken, SessionTokens
from models.operation import Body, Cookie, Example, Given, Link, Operation, RateLimit, Returns
from models.refusals import RefreshTokenInvalid, RefreshTokenReused, Unauthenticated
from models.wire import Content, Request

PATH = "/api/v2/auth/refresh"
RECORDED_FAMILY = "refresh-family-of-the-recorded-reader-01234"
RECORDED = f"{RECORDED_FAMILY}.newest-refresh-token-of-the-reader-01234567.bFdkc7vUVzjer4NYRItCJw"
RECORDED_OLDER = f"{RECORDED_FAMILY}.older-refresh-token-of-the-reader-012345678"


class RefreshCredential(Content):
    """The refresh token of a client without cookies."""

    refresh_token: RefreshToken | None = None
    """The token, where it cannot be sent as a cookie; null or absent where it is. The cookie wins."""


class RefreshTokens(Request):
    refresh_token: Annotated[RefreshToken | None, Cookie("refresh_token")] = None
    """The token that the last sign-in or refresh has set."""
    credential: Annotated[RefreshCredential, Body()] = RefreshCredential()
    """The token, where there is no cookie."""


REFRESH_TOKENS = Operation(
    "refreshTokens",
    "POST",
    PATH,
    RefreshTokens,
    (
        Returns(
            200,
            SessionTokens,
            "New tokens; the new refresh token is in its cookie",
            example=TOKENS_EXAMPLE,
            cookies=(CSRF, REFRESH),
            links=(Link("again", "refreshTokens", {}, "Refresh again with the cookie that this set"),),
        ),
    ),
    summary="Trade the refresh token for new tokens",
    description=(
        "A refresh token works once: each use replaces it. A second use, however soon, may be that of a copy, so it ends the "
        "session for everybody (REFRESH_TOKEN_REUSED): of requests that use one token at the same time at most one succeeds, "
        "and its session ends as well. Tabs that share the cookie therefore have to take turns. An answer that is lost, by a "
        "crash between replacement and answer or on its way, takes the newer token with it: showing the older one again ends "
        "the session, and the user signs in again. A token unused for 30 days is worth nothing, nor is one that was never "
        "issued or whose session ended, expired or was revoked; showing one of these ends nothing. The session itself is not "
        "prolonged: extendSession and refreshSession do that."
    ),
    refusals=(Unauthenticated, RefreshTokenInvalid, RefreshTokenReused),
    limit=RateLimit(60, 60),
    examples=(
        Example("cookie", "with the cookie", 200, {"refresh_token": RECORDED}, Given("nobody")),
        Example(
            "both",
            "the cookie wins over the body",
            200,
            {"refresh_token": RECORDED, "credential": {"refresh_token": "worth.nothing"}},
            Given("nobody"),
        ),
        Example("body", "without cookies", 200, {"credential": {"refresh_token": RECORDED}}, Given("nobody")),
        Example(
            "counted",
            "a counted answer says what is left",
            200,
            {"refresh_token": RECORDED},
            Given("nobody", limits=True),
        ),
        Example("nothing", "no token at all", 401, given=Given("nobody")),
        Example("unknown", "a token that we never made", 401, {"refresh_token": "never.made"}, Given("nobody")),
        Example(
            "never_issued",
            "a made-up token of a session ends nothing",
            401,
            {"refresh_token": f"{RECORDED_FAMILY}.never-issued"},
            Given("nobody"),
        ),
        Example(
            "reused",
            "an older token ends the session, however soon it comes",
            401,
            {"credential": {"refresh_token": RECORDED_OLDER}},
            Given("nobody"),
        ),
        Example(
            "signed_out",
            "the session has ended",
            401,
            {"credential": {"refresh_token": RECORDED}},
            Given("member", after=({"method": "POST", "path": "/api/v2/auth/signout"},)),
        ),
    ),
)

OPERATIONS = (REFRESH_TOKENS,)
