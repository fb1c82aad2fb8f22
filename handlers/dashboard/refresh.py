"""Going on with a signed-in session."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._signing_in import session_cookies, session_tokens
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.runtime.log import log, masked
from handlers.storage.refresh_tokens import Refreshed, RefreshRefused, RefreshReused, RefreshTokens
from models.dashboard import refresh as api
from models.dashboard.tokens import SessionTokens
from models.refusals import RefreshTokenInvalid, RefreshTokenReused, Unauthenticated


@serves(api.REFRESH_TOKENS)
def refresh_tokens(request: api.RefreshTokens, caller: Caller, backend: Backend) -> Reply[SessionTokens]:
    token = request.refresh_token or request.credential.refresh_token
    if token is None:
        raise Unauthenticated("No refresh token; send the cookie that signing in has set, or sign in")
    refreshed = _rotated(token, backend)
    made = session_tokens(refreshed.user, refreshed.session_id, backend)
    return Reply(made, cookies=session_cookies(refreshed.token, backend))


def _rotated(token: str, backend: Backend) -> Refreshed:
    """The session of the token, and the token that takes its place. Raises why there is none."""
    try:
        return RefreshTokens(backend.store).rotate(token, backend.chance.token(), backend.now())
    except RefreshRefused:
        raise RefreshTokenInvalid from None
    except RefreshReused as reuse:
        user, session = masked(reuse.user_id), masked(reuse.session_id)
        log.warning("refresh token reused, session ended", user=user, session=session)
        raise RefreshTokenReused from None
