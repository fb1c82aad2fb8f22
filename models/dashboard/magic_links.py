"""Signing in by a link in a mail."""

from __future__ import annotations

from typing import Annotated, Literal

from models.dashboard.cookies import CSRF, REFRESH
from models.dashboard.tokens import TOKENS_EXAMPLE, PageAddress, Secret, SessionTokens
from models.fields import Email
from models.operation import Body, Example, Given, Link, Operation, Query, RateLimit, Returns, Rule
from models.refusals import MagicLinkExpired, MagicLinkNotFound, MagicLinkSuperseded, MagicLinkUsed
from models.wire import Content, Request, Response

PATH = "/api/v2/auth/magic-link"
RECORDED = "magic-link-of-the-recorded-reader-012345678"
RECORDED_NEWCOMER = "magic-link-of-a-recorded-newcomer-012345678"
RECORDED_EXPIRED = "magic-link-that-expired-an-hour-ago-0123456"
RECORDED_SUPERSEDED = "magic-link-before-the-newest-one-0123456789"

REDIRECT_ALLOWED = Rule(
    "redirect_not_allowed",
    ("body", "redirect_url"),
    "links do not lead to this page; use one that is set up for sign-ins, or leave it out",
    "redirect_url is one of the pages that are set up for sign-ins",
    {"link": {"email": "reader@example.com", "redirect_url": "https://elsewhere.example.com/"}},
    Given("nobody"),
)


class MagicLinkRequest(Content):
    """Who wants to sign in, and where."""

    email: Email
    """Where the link is mailed to."""
    redirect_url: PageAddress | None = None
    """The page that the link opens, with `token` in its query; it has to be set up. The usual one if absent or null."""


class RequestMagicLink(Request):
    link: Annotated[MagicLinkRequest, Body()]
    """Who wants to sign in."""


class MagicLinkRequested(Response):
    """A link is on its way. This says nothing about whether somebody has signed in with the address before."""

    status: Literal["email_sent"]
    """Always email_sent."""
    email: Email
    """The address as it was understood, in lower case."""
    expires_in_seconds: Literal[3600]
    """How long the link can be used."""
    message: str
    """What happens next, for people."""


class VerifyMagicLink(Request):
    token: Annotated[Secret, Query()]
    """The token that the link carries."""


class MagicLinkVerified(Response):
    """Somebody has signed in. The refresh token is in its cookie."""

    status: Literal["verified"]
    """Always verified; a link that opens nothing is refused."""
    email_masked: str
    """First character and domain of the address, stars for the rest."""
    auth_type: Literal["email"]
    """How the user signed in."""
    tokens: SessionTokens
    """What the session is known by."""
    is_new_user: bool
    """Whether the account was made by this."""
    merged_anonymous_data: bool
    """Whether everything that the anonymous session which asked for the link had is in the account now. False if none asked
    or it had nothing, and while anything waits: getMergeStatus says what, mergeAnonymousData goes on."""
    message: str
    """What happened, for people."""


REQUEST = Operation(
    "requestMagicLink",
    "POST",
    PATH,
    RequestMagicLink,
    (
        Returns(
            202,
            MagicLinkRequested,
            "A link is on its way",
            example={
                "status": "email_sent",
                "email": "reader@example.com",
                "expires_in_seconds": 3600,
                "message": "A sign-in link is on its way; it works once, for an hour",
            },
            links=(Link("verify", "verifyMagicLink", {}, "Sign in with the token that the mail brings"),),
        ),
    ),
    summary="Mail a sign-in link",
    description=(
        "The answer is the same for every address, known or not: an unknown one gets an account when its link is used. "
        "The link works once, for an hour, and only until a newer one is asked for. An address gets at most five links in "
        "five minutes; beyond, the answer stays the same, nothing is mailed, and the newest link stays good. If an anonymous "
        "session asks, the link remembers it: what it has moves to the account that the link opens, whoever opens it, and its "
        "token is worth nothing from then on. Any other credential is ignored."
    ),
    recognises=True,
    rules=(REDIRECT_ALLOWED,),
    limit=RateLimit(5, 300),
    examples=(
        Example(
            "known",
            "an address that somebody has signed in with",
            202,
            {"link": {"email": "Reader@example.com", "redirect_url": "http://localhost:8000/auth/callback"}},
            Given("nobody"),
        ),
        Example("unknown", "an address that nobody has", 202, {"link": {"email": "nobody@example.com"}}),
        Example(
            "stale_credential",
            "a credential that speaks for nobody is ignored",
            202,
            {"link": {"email": "nobody@example.com"}},
            Given("expired"),
        ),
        Example(
            "counted",
            "a counted answer says what is left",
            202,
            {"link": {"email": "nobody@example.com"}},
            Given(limits=True),
        ),
    ),
)

_after_use = Given("nobody", after=({"method": "GET", "path": f"{PATH}/verify", "query": f"token={RECORDED}"},))

VERIFY = Operation(
    "verifyMagicLink",
    "GET",
    f"{PATH}/verify",
    VerifyMagicLink,
    (
        Returns(
            200,
            MagicLinkVerified,
            "Signed in",
            example={
                "status": "verified",
                "email_masked": "r***@example.com",
                "auth_type": "email",
                "tokens": TOKENS_EXAMPLE,
                "is_new_user": False,
                "merged_anonymous_data": False,
                "message": "You are signed in",
            },
            cookies=(CSRF, REFRESH),
            links=(Link("refresh", "refreshTokens", {}, "Go on with the refresh cookie when the token has expired"),),
        ),
    ),
    summary="Sign in with a mailed link",
    description=(
        "Uses the link up, so HEAD is not answered: a mail scanner that only looks burns nothing. Opens a session of 30 days; "
        "of more than five the oldest ends. An account that knew the address by another way in keeps it and gains this one. "
        "What the anonymous session that asked for the link had moves along, as with mergeAnonymousData. "
        "Query parameters that mailers and trackers add are ignored."
    ),
    safe=False,
    open_query=True,
    refusals=(MagicLinkNotFound, MagicLinkUsed, MagicLinkSuperseded, MagicLinkExpired),
    limit=RateLimit(30, 60),
    examples=(
        Example("known", "the address of somebody who has an account", 200, {"token": RECORDED}, Given("nobody")),
        Example("newcomer", "an address without an account", 200, {"token": RECORDED_NEWCOMER}, Given("nobody")),
        Example(
            "counted", "a counted answer says what is left", 200, {"token": RECORDED}, Given("nobody", limits=True)
        ),
        Example("unknown", "a token that we never made", 404, {"token": "no-link-has-this-token"}, Given("nobody")),
        Example("used", "a link opens once", 409, {"token": RECORDED}, _after_use),
        Example(
            "superseded",
            "a newer link of the same address was mailed",
            409,
            {"token": RECORDED_SUPERSEDED},
            Given("nobody"),
        ),
        Example("expired", "a link lasts an hour", 410, {"token": RECORDED_EXPIRED}, Given("nobody")),
    ),
)

OPERATIONS = (REQUEST, VERIFY)
