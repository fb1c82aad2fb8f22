"""Signing in at a provider: OAuth 2.0 with state (RFC 6749, 10.12) and proof key for code exchange (RFC 7636)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from models.dashboard.cookies import CSRF, REFRESH
from models.dashboard.tokens import TOKENS_EXAMPLE, PageAddress, Secret, SessionTokens
from models.fields import OAuthProvider, Provider, Role, Verification
from models.operation import Body, Example, Given, Link, Operation, Query, RateLimit, Returns, Rule
from models.refusals import ProviderEmailUnverified, ProviderIdentityTaken
from models.wire import Content, Request, Response

Code = Annotated[str, StringConstraints(max_length=512, pattern=r"^[!-~]+$")]
"""What a provider sends a page back with, as it is."""

REDIRECT = "http://localhost:8000/auth/callback"
RECORDED_GOOGLE_STATE = "state-of-a-recorded-google-sign-in-01234567"
RECORDED_GITHUB_STATE = "state-of-a-recorded-github-sign-in-01234567"

REDIRECT_ALLOWED = Rule(
    "redirect_not_allowed",
    ("query", "redirect_uri"),
    "providers do not send back to this page; use one that is set up for sign-ins, or leave it out",
    "redirect_uri is one of the pages that are set up for sign-ins",
    {"redirect_uri": "https://elsewhere.example.com/"},
    Given("nobody"),
)


def _returned(code: str, provider: OAuthProvider = "google", **changed: str) -> dict[str, object]:
    state = RECORDED_GOOGLE_STATE if provider == "google" else RECORDED_GITHUB_STATE
    return {"returned": {"provider": provider, "code": code, "state": state, "redirect_uri": REDIRECT, **changed}}


STATE_GOOD = Rule(
    "state_invalid",
    ("body", "state"),
    "the state is unknown, used, too old, or belongs to another provider or page; begin the sign-in again",
    "The state is one of the last 300 seconds, begun with this provider and this page, and not used; which fails is not told",
    _returned("recorded-reader", state="never-made"),
    Given("nobody"),
)
CODE_ACCEPTED = Rule(
    "code_refused",
    ("body", "code"),
    "the provider does not accept the code; begin the sign-in again",
    "The provider knows the code, for this sign-in and this page. The state is used up all the same",
    _returned("4/0AfJohXn-not-a-code"),
    # Refusing a code uses its state up: what came before gives the request a store of its own.
    Given("nobody", after=({"method": "GET", "path": "/api/v2/auth/oauth/urls"},)),
)


class GetOAuthUrls(Request):
    redirect_uri: Annotated[PageAddress | None, Query()] = None
    """The page that the provider sends back to; it has to be set up. The usual one if not said."""


class OAuthUrl(Response):
    """Where a sign-in at one provider begins."""

    authorize_url: str
    """Send the browser there."""
    icon: OAuthProvider
    """The picture that belongs to it."""
    state: Secret
    """What the provider has to send back: compare it, then give it to signInWithProvider. It works once."""


class OAuthProviders(Response):
    """The providers; one that is not set up is null."""

    google: OAuthUrl | None
    """Where a sign-in at Google begins; null if Google is not set up."""
    github: OAuthUrl | None
    """Where a sign-in at GitHub begins; null if GitHub is not set up."""


class OAuthUrls(Response):
    """Where sign-ins at providers begin."""

    providers: OAuthProviders
    """Each provider."""
    state: Secret | None
    """The state of Google's address, for older clients; null where Google is not set up."""
    expires_in_seconds: Literal[300]
    """How long the states can be used."""


class OAuthReturn(Content):
    """What the provider sent the page back with, and how the sign-in was begun."""

    provider: OAuthProvider
    """Where the user signed in."""
    code: Code
    """The code that the provider gave."""
    state: Secret
    """The state that the provider gave back."""
    redirect_uri: PageAddress
    """The page that it was sent to: the one the sign-in was begun with."""


class SignInWithProvider(Request):
    returned: Annotated[OAuthReturn, Body()]
    """What the provider sent."""


class OAuthOutcome(Response):
    """Somebody has signed in, or has to confirm first that two accounts are theirs."""

    status: Literal["authenticated", "conflict"]
    """`conflict` if an account has the address, and that alone does not prove that it is the same person's."""
    email_masked: str | None
    """First character and domain of the account's address, stars for the rest; null if it has none."""
    auth_type: OAuthProvider
    """The provider."""
    tokens: SessionTokens | None
    """What the session is known by; null unless authenticated."""
    is_new_user: bool
    """Whether the account was made by this."""
    merged_anonymous_data: bool
    """Whether everything that the anonymous session of the sign-in had is in the account now. False if there was none or it
    had nothing, and while anything waits: getMergeStatus says what, mergeAnonymousData goes on."""
    conflict: bool
    """Whether the holder of the account has to confirm."""
    existing_provider: Provider | None
    """How the account that has the address is signed in to; null unless there is a conflict."""
    confirmation_token: Secret | None
    """Sign in to that account, then give this to linkAccounts within 15 minutes; null unless there is a conflict."""
    role: Role | None
    """What the user may do; null unless authenticated."""
    verification: Verification | None
    """Whether the address was verified; null unless authenticated."""
    linked_providers: list[Provider]
    """Ways in which the user can sign in now; empty unless authenticated."""
    last_provider_used: Provider | None
    """The provider; null unless authenticated."""
    message: str
    """What happened and what to do next, for people."""


URL_EXAMPLE = {
    "authorize_url": (
        "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=bellwether"
        "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fauth%2Fcallback&scope=openid+email+profile"
        f"&state={RECORDED_GOOGLE_STATE}&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    ),
    "icon": "google",
    "state": RECORDED_GOOGLE_STATE,
}
SIGNED_IN_EXAMPLE = {
    "status": "authenticated",
    "email_masked": "r***@example.com",
    "auth_type": "google",
    "tokens": TOKENS_EXAMPLE,
    "is_new_user": False,
    "merged_anonymous_data": False,
    "conflict": False,
    "existing_provider": None,
    "confirmation_token": None,
    "role": "free",
    "verification": "verified",
    "linked_providers": ["google"],
    "last_provider_used": "google",
    "message": "You are signed in",
}

GET_URLS = Operation(
    "getOauthUrls",
    "GET",
    "/api/v2/auth/oauth/urls",
    GetOAuthUrls,
    (
        Returns(
            200,
            OAuthUrls,
            "Where to send the browser",
            example={
                "providers": {"google": URL_EXAMPLE, "github": None},
                "state": RECORDED_GOOGLE_STATE,
                "expires_in_seconds": 300,
            },
        ),
    ),
    summary="Where sign-ins at Google and GitHub begin",
    description=(
        "Each call begins a sign-in at each provider: the states are new, bound to provider and page, and work once within "
        "300 seconds; so HEAD is not answered. The secret of the code challenge stays here. If an anonymous session asks, the "
        "states remember it; any other credential is ignored."
    ),
    safe=False,
    recognises=True,
    rules=(REDIRECT_ALLOWED,),
    limit=RateLimit(30, 60),
    examples=(
        Example("usual", "back to the usual page", 200),
        Example("page", "back to a page of choice", 200, {"redirect_uri": REDIRECT}, Given("nobody")),
        Example("counted", "a counted answer says what is left", 200, given=Given("nobody", limits=True)),
    ),
)


CALLBACK = Operation(
    "signInWithProvider",
    "POST",
    "/api/v2/auth/oauth/callback",
    SignInWithProvider,
    (
        Returns(
            200,
            OAuthOutcome,
            "Signed in, or to be confirmed",
            example=SIGNED_IN_EXAMPLE,
            cookies=(CSRF, REFRESH),
            links=(Link("refresh", "refreshTokens", {}, "Go on with the refresh cookie when the token has expired"),),
        ),
    ),
    summary="Sign in with what a provider sent back",
    description=(
        "Uses the state up, exchanges the code with the provider and signs its user in. An identity that was used before opens "
        "its account. A new one whose verified address nobody has makes an account. Where somebody has the address, Google and "
        "GitHub stand for each other, and Google for an address at gmail.com; anything else is a conflict that the holder "
        "confirms. An address that the provider has not verified never opens or makes an account, nor does a new identity "
        "without one (AUTH_022), nor one that belongs to one account under the address of another (AUTH_023). A conflict sets "
        "csrf_token only. What the anonymous session had that asks now, else the one that began the sign-in, moves along, as "
        "with mergeAnonymousData."
    ),
    recognises=True,
    rules=(STATE_GOOD, CODE_ACCEPTED),
    refusals=(ProviderEmailUnverified, ProviderIdentityTaken),
    limit=RateLimit(20, 60),
    examples=(
        Example("known", "an identity that was used before", 200, _returned("recorded-reader"), Given("nobody")),
        Example("newcomer", "an address that nobody has", 200, _returned("recorded-newcomer"), Given("nobody")),
        Example(
            "counted",
            "a counted answer says what is left",
            200,
            _returned("recorded-reader"),
            Given("nobody", limits=True),
        ),
        Example(
            "joined",
            "GitHub has verified the address of a Google account",
            200,
            _returned("recorded-reader", "github"),
            Given("nobody"),
        ),
        Example(
            "conflict",
            "an account that mails sign-in links has the address",
            200,
            _returned("recorded-subscriber", "github"),
        ),
        Example("unverified", "the provider has not verified the address", 409, _returned("recorded-unverified")),
        Example("no_address", "the provider gives no address", 409, _returned("recorded-hidden", "github")),
        Example("taken", "the identity is another account's", 409, _returned("recorded-moved", "github")),
    ),
)

OPERATIONS = (GET_URLS, CALLBACK)
