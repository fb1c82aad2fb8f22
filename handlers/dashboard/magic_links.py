"""Signing in by a link in a mail."""

from __future__ import annotations

from urllib.parse import urlencode

from handlers.assembly import Backend
from handlers.dashboard._signing_in import (
    anonymous_id,
    brought_along,
    drawn,
    note,
    session_cookies,
    session_tokens,
)
from handlers.domain.mail import masked_address
from handlers.domain.mails import magic_link, magic_link_mail
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.items import ConditionFailed
from handlers.storage.magic_links import LIFETIME, MagicLink, MagicLinks
from handlers.storage.outbox import Outbox
from handlers.storage.signing_in import SignedIn, SignIns
from models.dashboard import magic_links as api
from models.refusals import MagicLinkExpired, MagicLinkNotFound, MagicLinkSuperseded, MagicLinkUsed, Refusal, broken

MINUTES = int(LIFETIME.total_seconds()) // 60
CLOSED: dict[str, type[Refusal]] = {
    "used": MagicLinkUsed,
    "expired": MagicLinkExpired,
    "superseded": MagicLinkSuperseded,
}


@serves(api.REQUEST)
def request_magic_link(request: api.RequestMagicLink, caller: Caller, backend: Backend) -> api.MagicLinkRequested:
    # Nobody is looked up: there is nothing by which a known address could be told from an unknown one.
    email, page = request.link.email, request.link.redirect_url
    if page is not None and page not in backend.settings.sign_in_pages:
        raise broken(api.REDIRECT_ALLOWED)
    if not backend.settings.rate_limits or MagicLinks(backend.store).may_mail(email, backend.now()):
        _mail(email, page, anonymous_id(caller), backend)
    return api.MagicLinkRequested(
        status="email_sent",
        email=email,
        expires_in_seconds=3600,
        message="A sign-in link is on its way; it works once, for an hour",
    )


def _mail(email: str, page: str | None, anonymous_user_id: str | None, backend: Backend) -> None:
    """Makes a link and its mail in one write."""
    token, now = backend.chance.token(), backend.now()
    link = f"{page}?{urlencode({'token': token})}" if page else magic_link(backend.settings.dashboard_url, token)
    mail = magic_link_mail(backend.chance.uuid(), email, link, MINUTES)
    made = MagicLinks(backend.store).making(token, email, anonymous_user_id, now)
    # Somebody waits for it, and once the link is dead nobody does.
    written = Outbox(backend.store).write(mail, now, urgent=True, expires_at=now + LIFETIME)
    backend.store.transact([*made, written])


@serves(api.VERIFY)
def verify_magic_link(request: api.VerifyMagicLink, caller: Caller, backend: Backend) -> Reply[api.MagicLinkVerified]:
    link, secrets = _open_link(request.token, backend), drawn(backend)
    try:
        proof = MagicLinks(backend.store).redeeming(link, backend.now())
        signed_in = SignIns(backend.store).by_address(link.email, proof, secrets, backend.now())
    except ConditionFailed as error:
        # Another request has used it, or a newer one was asked for, since it was read.
        _open_link(request.token, backend)
        raise MagicLinkUsed from error
    note(signed_in, "email")
    return Reply(_verified(link, signed_in, backend), cookies=session_cookies(secrets.refresh_token, backend))


def _open_link(token: str, backend: Backend) -> MagicLink:
    """A link that still opens. Raises why it does not."""
    link = MagicLinks(backend.store).find(token, backend.now())
    if link is None:
        raise MagicLinkNotFound
    if link.state != "good":
        raise CLOSED[link.state]
    return link


def _verified(link: MagicLink, signed_in: SignedIn, backend: Backend) -> api.MagicLinkVerified:
    return api.MagicLinkVerified(
        status="verified",
        email_masked=masked_address(link.email),
        auth_type="email",
        tokens=session_tokens(signed_in.user, signed_in.session_id, backend),
        is_new_user=signed_in.is_new_user,
        merged_anonymous_data=brought_along(link.anonymous_user_id, signed_in.user, backend),
        message="You are signed in",
    )
