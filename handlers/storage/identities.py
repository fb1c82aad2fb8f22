"""Which user a provider's identity opens: one at most, whatever races. Merged accounts lead to where they went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.domain.linking import Identity
from handlers.storage.items import Absent, Equals, Item, Key, Put, Store, Update, Value
from handlers.storage.stamps import stamp
from handlers.storage.users import TABLE, User, Users, profile_key
from models.fields import OAuthProvider, Provider


def identity_key(provider: OAuthProvider, subject: str) -> Key:
    return Key(TABLE, f"IDENTITY#{provider}#{subject}", "IDENTITY")


def identity_claim(identity: Identity, user_id: str, now: datetime) -> Put:
    """The write that makes an identity a user's, to join a transaction. It fails if another user has it."""
    key = identity_key(identity.provider, identity.subject)
    item: Item = {"PK": key.pk, "SK": key.sk, "user_id": user_id, "email": identity.email, "linked_at": stamp(now)}
    return Put(key.table, item, Absent() | Equals("user_id", user_id))


def signing_in(user: User, provider: Provider, now: datetime) -> Update:
    """The write that notes how a user signed in, to join a transaction. It fails if the profile was changed meanwhile.

    A revocation ended the sessions before it; who proves again who they are may have new ones.
    """
    noted: dict[str, Value] = {
        "linked_providers": list(linked(user, provider)),
        "last_provider_used": provider,
        "verification": "verified",
        "last_active_at": stamp(now),
        "revoked": False,
    }
    unchanged = (
        Equals("revocation_id", user.revocation_id)
        & Equals("linked_providers", list(user.linked_providers))
        & Equals("merged_to", None)
    )
    return Update(profile_key(user.user_id), set=noted, when=unchanged)


def linked(user: User, provider: Provider) -> tuple[Provider, ...]:
    """The ways in which a user can sign in, with one more unless it is there."""
    return user.linked_providers if provider in user.linked_providers else (*user.linked_providers, provider)


@dataclass(frozen=True, slots=True)
class Identities:
    store: Store

    def owner(self, provider: OAuthProvider, subject: str) -> User | None:
        """Whose an identity is; None if it is nobody's yet."""
        item = self.store.get(identity_key(provider, subject))
        return Users(self.store).standing(str(item["user_id"])) if item else None
