"""Users, found by operators."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._live import masked_email
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.runtime.log import log, masked
from handlers.storage.users import Users
from models.dashboard import lookup as api


@serves(api.LOOKUP)
def find_user_by_email(request: api.FindUserByEmail, caller: Caller, backend: Backend) -> api.UserLookup:
    user = Users(backend.store).by_email(request.email)
    log.info("user looked up", operator=masked(caller.user_id), user=user and masked(user.user_id))
    if user is None:
        return api.UserLookup(found=False, user_id=None, auth_type=None, email_masked=None)
    return api.UserLookup(
        found=True, user_id=user.user_id, auth_type=user.auth_type, email_masked=masked_email(user.email)
    )
