"""Signing in at a provider."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._live import masked_email
from handlers.dashboard._signing_in import (
    anonymous_id,
    brought_along,
    drawn,
    note,
    session_cookies,
    session_tokens,
)
from handlers.domain.linking import Identity
from handlers.domain.oauth import PROVIDERS, authorize_url
from handlers.feeds.identities import Providers, open_providers
from handlers.feeds.identity import CodeRefused
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.confirmations import Confirmations
from handlers.storage.oauth_states import Begun, OAuthStates
from handlers.storage.signing_in import NotSignedIn, SignedIn, SignIns
from handlers.storage.users import User
from models.dashboard import oauth as api
from models.dashboard.cookies import CSRF
from models.fields import OAuthProvider
from models.refusals import (
    ProviderEmailUnverified,
    ProviderIdentityTaken,
    broken,
)

NO_ADDRESS = "The provider gives no mail address, without which no account opens; add one there, or sign in by mail"


@serves(api.GET_URLS)
def get_oauth_urls(request: api.GetOAuthUrls, caller: Caller, backend: Backend) -> api.OAuthUrls:
    pages = backend.settings.sign_in_pages
    page = request.redirect_uri or pages[0]
    if page not in pages:
        raise broken(api.REDIRECT_ALLOWED)
    urls = _begun(page, anonymous_id(caller), backend)
    google, github = urls.get("google"), urls.get("github")
    providers = api.OAuthProviders(google=google, github=github)
    return api.OAuthUrls(providers=providers, state=google.state if google else None, expires_in_seconds=300)


def _begun(page: str, anonymous_user_id: str | None, backend: Backend) -> dict[OAuthProvider, api.OAuthUrl]:
    """A new sign-in at each provider that is set up."""
    chance, asked = backend.chance, backend.kept(_providers)
    begun = {
        chance.token(): Begun(provider, page, chance.token(), anonymous_user_id)
        for provider in PROVIDERS
        if provider in asked
    }
    OAuthStates(backend.store).begin(begun, backend.now())
    return {each.provider: _url(state, each, asked) for state, each in begun.items()}


def _url(state: str, begun: Begun, asked: Providers) -> api.OAuthUrl:
    client_id = asked[begun.provider].client_id
    url = authorize_url(begun.provider, client_id, begun.redirect_uri, state, begun.verifier)
    return api.OAuthUrl(authorize_url=url, icon=begun.provider, state=state)


def _providers(backend: Backend) -> Providers:
    return open_providers(backend.settings, backend.clock)


@serves(api.CALLBACK)
def sign_in_with_provider(request: api.SignInWithProvider, caller: Caller, backend: Backend) -> Reply[api.OAuthOutcome]:
    returned = request.returned
    states = OAuthStates(backend.store)
    begun = states.take(returned.state, returned.provider, returned.redirect_uri, backend.now())
    if begun is None:
        raise broken(api.STATE_GOOD)
    identity, secrets = _exchanged(returned.code, begun, backend), drawn(backend)
    outcome = SignIns(backend.store).by_identity(identity, secrets, backend.now())
    if isinstance(outcome, NotSignedIn):
        return _to_confirm(identity, outcome, backend)
    note(outcome, identity.provider)
    known = anonymous_id(caller) or begun.anonymous_user_id
    signed_in = _signed_in(identity, outcome, brought_along(known, outcome.user, backend), backend)
    return Reply(signed_in, cookies=session_cookies(secrets.refresh_token, backend))


def _exchanged(code: str, begun: Begun, backend: Backend) -> Identity:
    """Who the code was given to. What a provider says of a code that it refuses goes no further."""
    provider = backend.kept(_providers).get(begun.provider)
    if provider is None:
        raise broken(api.STATE_GOOD)
    try:
        return provider.exchange(code, begun.verifier, begun.redirect_uri)
    except CodeRefused:
        raise broken(api.CODE_ACCEPTED) from None


def _to_confirm(identity: Identity, outcome: NotSignedIn, backend: Backend) -> Reply[api.OAuthOutcome]:
    """What the holder of the account is asked, where they may be. Raises why they may not."""
    if outcome.step == "taken":
        raise ProviderIdentityTaken
    if outcome.step == "unverified" or outcome.holder is None:
        raise ProviderEmailUnverified(None if identity.email else NO_ADDRESS)
    token = backend.chance.token()
    Confirmations(backend.store).ask(token, identity, outcome.holder.user_id, backend.now())
    conflict = _conflict(identity, outcome.holder, token)
    return Reply(conflict, cookies={CSRF.name: backend.chance.token()})


def _conflict(identity: Identity, holder: User, token: str) -> api.OAuthOutcome:
    return api.OAuthOutcome(
        status="conflict",
        email_masked=masked_email(identity.email),
        auth_type=identity.provider,
        tokens=None,
        is_new_user=False,
        merged_anonymous_data=False,
        conflict=True,
        existing_provider=holder.auth_type if holder.auth_type != "anonymous" else None,
        confirmation_token=token,
        role=None,
        verification=None,
        linked_providers=[],
        last_provider_used=None,
        message="An account has this address; sign in to it and confirm that both are yours",
    )


def _signed_in(identity: Identity, signed_in: SignedIn, merged: bool, backend: Backend) -> api.OAuthOutcome:
    user = signed_in.user
    return api.OAuthOutcome(
        status="authenticated",
        email_masked=masked_email(user.email),
        auth_type=identity.provider,
        tokens=session_tokens(user, signed_in.session_id, backend),
        is_new_user=signed_in.is_new_user,
        merged_anonymous_data=merged,
        conflict=False,
        existing_provider=None,
        confirmation_token=None,
        role=user.role,
        verification=user.verification,
        linked_providers=list(user.linked_providers),
        last_provider_used=user.last_provider_used,
        message="You are signed in",
    )
