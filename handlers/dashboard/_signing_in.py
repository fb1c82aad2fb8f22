"""What every sign-in draws before it knows whose it is, and gives back once it does."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.gate import tokens
from handlers.gate.callers import Caller, Claims
from handlers.runtime.log import log, masked
from handlers.storage.items import StoreUnavailable
from handlers.storage.merging import MergedElsewhere, Merging, NoSuchSource
from handlers.storage.signing_in import Drawn, SignedIn
from handlers.storage.users import User
from models.dashboard.cookies import CSRF, REFRESH
from models.dashboard.tokens import SessionTokens
from models.fields import Provider, Role
from models.operation import Level

ROLES: dict[Role, tuple[Role, ...]] = {
    "anonymous": ("anonymous",),
    "free": ("free",),
    "paid": ("free", "paid"),
    "operator": ("free", "paid", "operator"),
}
"""What a role includes, as tokens carry it."""


def drawn(backend: Backend) -> Drawn:
    """Ids and a refresh token for one sign-in."""
    chance = backend.chance
    return Drawn(chance.uuid(), chance.uuid(), f"{chance.token()}.{chance.token()}")


def anonymous_id(caller: Caller) -> str | None:
    """The anonymous user who asks, if one does."""
    return caller.user_id if caller.level is Level.SESSION else None


def session_tokens(user: User, session_id: str, backend: Backend) -> SessionTokens:
    """A credential of a living session."""
    claims = Claims(user.user_id, session_id, user.revocation_id, ROLES[user.role])
    key, audience = backend.signing.current, backend.settings.audience
    token = tokens.minted(claims, backend.chance.uuid(), key, audience, backend.now())
    return SessionTokens(access_token=token, id_token=token, token_type="Bearer", expires_in=900)


def session_cookies(refresh_token: str, backend: Backend) -> dict[str, str | None]:
    """Both cookies of a signed-in session."""
    return {CSRF.name: backend.chance.token(), REFRESH.name: refresh_token}


def brought_along(anonymous_user_id: str | None, user: User, backend: Backend) -> bool:
    """Moves what an anonymous user has to the account that they signed in to; whether it is all there.

    The session is open by then, and what proved who they are is used up: a store that fails now ends neither. The merge is
    finished at the next sign-in, or when it is asked for.
    """
    merging, now = Merging(backend.store), backend.now()
    try:
        merging.finish(user.user_id, now)
        if anonymous_user_id is None:
            return False
        merged = merging.merge(anonymous_user_id, user.user_id, now)
    except (NoSuchSource, MergedElsewhere):
        return False
    except StoreUnavailable as error:
        log.error("anonymous data not merged yet", user=masked(user.user_id), reason=error.reason)
        return False
    log.info("anonymous data merged", status=merged.status, source=masked(anonymous_user_id), user=masked(user.user_id))
    return merged.status in ("completed", "already_merged")


def note(signed_in: SignedIn, provider: Provider) -> None:
    """Says in the log who signed in and how, in a form that finds the user and is worth nothing."""
    log.info("signed in", user=masked(signed_in.user.user_id), provider=provider, new=signed_in.is_new_user)
