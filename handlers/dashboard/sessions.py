"""Sessions: starting an anonymous one, looking at it, prolonging it, ending it."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._live import live_session, masked_email, seconds_until
from handlers.domain.zones import zone_names
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.sessions import Session, Sessions
from handlers.storage.users import Users
from models.dashboard import sessions as api
from models.dashboard.cookies import CSRF, REFRESH
from models.refusals import Unauthenticated, broken


@serves(api.START)
def start_anonymous(
    request: api.StartAnonymousSession, caller: Caller, backend: Backend
) -> Reply[api.AnonymousSession]:
    zone = request.start.timezone
    if zone not in zone_names():
        raise broken(api.TIMEZONE_KNOWN, timezone=zone)
    user = Users(backend.store).start_anonymous(backend.chance.uuid(), zone, backend.now())
    session = api.AnonymousSession(
        user_id=user.user_id,
        token=user.user_id,
        auth_type="anonymous",
        created_at=user.created_at,
        session_expires_at=user.session_expires_at,
        storage_hint="localStorage",
    )
    return Reply(session, cookies={CSRF.name: backend.chance.token()})


@serves(api.VALIDATE)
def validate_session(request: api.ValidateSession, caller: Caller, backend: Backend) -> api.SessionValidity:
    session = live_session(caller, backend)
    Users(backend.store).touch(caller.user_id, backend.now())
    return api.SessionValidity(
        valid=True, user_id=caller.user_id, auth_type=session.user.auth_type, expires_at=session.expires_at
    )


def _extended(caller: Caller, backend: Backend) -> Session:
    """The session with its 30 days started again. Raises `Unauthenticated` if it ended meanwhile."""
    session = live_session(caller, backend)
    extended = Sessions(backend.store).extend(session, backend.now())
    if extended is None:
        raise Unauthenticated("The session of this credential has ended; start a new one")
    return Session(session.user, session.session_id, extended)


@serves(api.EXTEND)
def extend_session(request: api.ExtendSession, caller: Caller, backend: Backend) -> api.SessionExtension:
    extended = _extended(caller, backend)
    return api.SessionExtension(message="The session lasts 30 more days", expires_at=extended.expires_at)


@serves(api.REFRESH_SESSION)
def refresh_session(request: api.RefreshSession, caller: Caller, backend: Backend) -> api.SessionRefresh:
    extended = _extended(caller, backend)
    return api.SessionRefresh(
        user_id=caller.user_id,
        session_expires_at=extended.expires_at,
        remaining_seconds=seconds_until(extended.expires_at, backend),
        refreshed=True,
    )


@serves(api.SIGN_OUT)
def sign_out(request: api.SignOut, caller: Caller, backend: Backend) -> Reply[api.SignedOut]:
    Sessions(backend.store).end(live_session(caller, backend), backend.now())
    signed_out = api.SignedOut(status="signed_out", message="You are signed out on this device")
    return Reply(signed_out, cookies={CSRF.name: None, REFRESH.name: None})


@serves(api.GET)
def get_session(request: api.GetSession, caller: Caller, backend: Backend) -> Reply[api.SessionInfo]:
    session = live_session(caller, backend)
    info = api.SessionInfo(
        email_masked=masked_email(session.user.email),
        auth_type=session.user.auth_type,
        session_expires_in_seconds=seconds_until(session.expires_at, backend),
        linked_providers=list(session.user.linked_providers),
    )
    return Reply(info, cookies={CSRF.name: backend.chance.token()})
