"""Identities that wait for the holder of their address to say yes: for 15 minutes, once, under a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.domain.linking import Identity
from handlers.storage.hashes import hashed
from handlers.storage.identities import identity_claim, linked
from handlers.storage.items import Absent, Delete, Equals, Exists, Key, Store, Update, Write
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE, User, profile_key

LIFETIME = timedelta(minutes=15)


def _key(token: str) -> Key:
    return Key(TABLE, f"CONFIRMATION#{hashed(token)}", "CONFIRMATION")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An identity, and the user whose account it would open."""

    key: Key
    identity: Identity
    user_id: str


@dataclass(frozen=True, slots=True)
class Confirmations:
    store: Store

    def ask(self, token: str, identity: Identity, user_id: str, now: datetime) -> None:
        """Keeps an identity under a new token until it is confirmed or 15 minutes have passed."""
        key, ends = _key(token), now + LIFETIME
        self.store.put(
            key.table,
            {
                "PK": key.pk,
                "SK": key.sk,
                "provider": identity.provider,
                "subject": identity.subject,
                "email": identity.email,
                "user_id": user_id,
                "expires_at": stamp(ends),
                "ttl": expiry(ends),
            },
            Absent(),
        )

    def find(self, token: str, now: datetime) -> Confirmation | None:
        """What waits under a token; None if it is unknown, used or too old, which is not told apart."""
        key = _key(token)
        item: Mapping[str, Any] | None = self.store.get(key)
        if item is None or instant(item["expires_at"]) <= now:
            return None
        # Only verified addresses are ever asked about.
        return Confirmation(key, Identity(item["provider"], item["subject"], item["email"], True), item["user_id"])

    def redeeming(self, confirmation: Confirmation, user: User, now: datetime) -> list[Write]:
        """The writes that join the identity to the account, once, for a transaction.

        They fail if the token was used meanwhile, if somebody else has the identity by now, or if the profile changed.
        """
        provider = confirmation.identity.provider
        unchanged = Equals("linked_providers", list(user.linked_providers)) & Equals("merged_to", None)
        return [
            Delete(confirmation.key, Exists()),
            identity_claim(confirmation.identity, user.user_id, now),
            Update(profile_key(user.user_id), set={"linked_providers": list(linked(user, provider))}, when=unchanged),
        ]
