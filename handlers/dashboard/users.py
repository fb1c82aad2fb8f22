"""The calling user."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._live import live_session, masked_email, seconds_until
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.configurations import Configurations
from models.dashboard import users as api


@serves(api.GET_ME)
def get_me(request: api.GetMe, caller: Caller, backend: Backend) -> api.Me:
    session = live_session(caller, backend)
    user = session.user
    return api.Me(
        auth_type=user.auth_type,
        email_masked=masked_email(user.email),
        configs_count=len(Configurations(backend.store).all(caller.user_id)),
        max_configs=2,
        session_expires_in_seconds=seconds_until(session.expires_at, backend),
        role=user.role,
        linked_providers=list(user.linked_providers),
        verification=user.verification,
        last_provider_used=user.last_provider_used,
    )
