"""Revoking users: all their sessions end in one write, with every token that was issued to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.storage.items import ConditionFailed, Equals, Store, Update, Write
from handlers.storage.sessions import Sessions
from handlers.storage.stamps import stamp
from handlers.storage.users import User, Users, profile_key

Outcome = Literal["revoked", "already_revoked", "not_found"]


@dataclass(frozen=True, slots=True)
class Revocations:
    store: Store

    def revoke(self, user_id: str, reason: str, now: datetime) -> Outcome:
        """Ends a user's sessions. They are `revoked` until they sign in again, which an anonymous user cannot."""
        while True:
            user = Users(self.store).get(user_id)
            if user is None or (user.is_anonymous and user.session_expires_at <= now):
                return "not_found"
            if user.revoked or user.merged_to is not None:
                return "already_revoked"
            try:
                self.store.transact([_revoking(user, reason, now), *self._ending(user)])
            except ConditionFailed:
                # The user signed in, or was revoked by another operator, since they were read: look again.
                continue
            return "revoked"

    def _ending(self, user: User) -> list[Write]:
        return [] if user.is_anonymous else Sessions(self.store).ending_all(user.user_id)


def _revoking(user: User, reason: str, now: datetime) -> Update:
    as_read = Equals("revoked", False) & Equals("revocation_id", user.revocation_id) & Equals("merged_to", None)
    return Update(
        profile_key(user.user_id),
        set={"revoked": True, "revoked_at": stamp(now), "revoked_reason": reason},
        add={"revocation_id": 1},
        when=as_read & Equals("auth_type", user.auth_type),
    )
