"""What operators do to the sessions of others."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.runtime.log import log, masked
from handlers.storage.revocations import Revocations
from models.dashboard import administration as api


@serves(api.REVOKE)
def revoke_sessions(request: api.RevokeSessionsBulk, caller: Caller, backend: Backend) -> api.RevocationReport:
    revocations, asked = Revocations(backend.store), request.revocation
    outcomes = []
    for user_id in dict.fromkeys(asked.user_ids):
        outcome = revocations.revoke(user_id, asked.reason, backend.now())
        # One line for each user, before the next is touched: what was done is known though the rest fails.
        log.info("sessions revoked", operator=masked(caller.user_id), user=masked(user_id), outcome=outcome)
        outcomes.append(api.RevocationOutcome(user_id=user_id, outcome=outcome))
    failed = [each.user_id for each in outcomes if each.outcome == "not_found"]
    return api.RevocationReport(
        revoked_count=len(outcomes) - len(failed),
        failed_count=len(failed),
        failed_user_ids=failed,
        outcomes=outcomes,
    )
