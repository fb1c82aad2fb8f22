"""Users, as the store keeps them: one profile each. What else is kept of a user lies beside it, under the same partition.

A second item leads from each verified address to the one user who has it. It is written with the profile, or not at all.
An account that was merged into another keeps its profile, which says where everything is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.storage.items import Absent, Check, ConditionFailed, Equals, Exists, Item, Key, Put, Store, Write
from handlers.storage.stamps import expiry, instant, stamp
from models.fields import AuthType, Provider, Role, Verification

TABLE = "users"
SESSION_LENGTH = timedelta(days=30)


def user_key(user_id: str) -> str:
    return f"USER#{user_id}"


def profile_key(user_id: str) -> Key:
    return Key(TABLE, user_key(user_id), "PROFILE")


def configuration_key(user_id: str, config_id: str) -> Key:
    return Key(TABLE, user_key(user_id), f"CONFIG#{config_id}")


class EmailTaken(Exception):
    """Another user has this address; nothing was written."""


def normalised(email: str) -> str:
    """The one spelling of an address by which users are found: trimmed and in lower case.

    Nothing else is rewritten: whether dots or a +tag matter is for the domain's own mail server to say.
    """
    return email.strip().lower()


def email_key(email: str) -> Key:
    return Key(TABLE, f"EMAIL#{normalised(email)}", "EMAIL")


def email_claim(email: str, user_id: str) -> Put:
    """The write that makes a verified address a user's, to join a transaction. It fails if another user has it."""
    key = email_key(email)
    return Put(key.table, {"PK": key.pk, "SK": key.sk, "user_id": user_id}, Absent() | Equals("user_id", user_id))


def unmerged(user_id: str) -> Check:
    """Lets a transaction that writes a new record of a user fail once the user was merged: nothing is written behind it."""
    return Check(profile_key(user_id), Absent() | Equals("merged_to", None))


@dataclass(frozen=True, slots=True)
class User:
    """A profile. What an anonymous user has not is null or empty."""

    user_id: str
    auth_type: AuthType
    role: Role
    verification: Verification
    email: str | None
    linked_providers: tuple[Provider, ...]
    last_provider_used: Provider | None
    timezone: str
    created_at: datetime
    last_active_at: datetime
    session_expires_at: datetime
    revoked: bool
    revocation_id: int
    merged_to: str | None

    @property
    def is_anonymous(self) -> bool:
        return self.auth_type == "anonymous"

    @property
    def mail_address(self) -> str | None:
        """Where mails go: nowhere until the address is verified."""
        return self.email if self.verification == "verified" else None

    def item(self) -> Item:
        """The profile as an item. Anonymous ones expire with their session."""
        made: Item = {
            "PK": user_key(self.user_id),
            "SK": "PROFILE",
            "user_id": self.user_id,
            "auth_type": self.auth_type,
            "role": self.role,
            "verification": self.verification,
            "email": self.email,
            "linked_providers": list(self.linked_providers),
            "last_provider_used": self.last_provider_used,
            "timezone": self.timezone,
            "created_at": stamp(self.created_at),
            "last_active_at": stamp(self.last_active_at),
            "session_expires_at": stamp(self.session_expires_at),
            "revoked": self.revoked,
            "revocation_id": self.revocation_id,
            "merged_to": self.merged_to,
        }
        if self.is_anonymous:
            made["ttl"] = expiry(self.session_expires_at)
        return made


def user_of(item: Mapping[str, Any]) -> User:
    """The profile that an item holds."""
    return User(
        user_id=item["user_id"],
        auth_type=item["auth_type"],
        role=item["role"],
        verification=item["verification"],
        email=item["email"],
        linked_providers=tuple(item["linked_providers"]),
        last_provider_used=item["last_provider_used"],
        timezone=item["timezone"],
        created_at=instant(item["created_at"]),
        last_active_at=instant(item["last_active_at"]),
        session_expires_at=instant(item["session_expires_at"]),
        revoked=item["revoked"],
        revocation_id=item["revocation_id"],
        merged_to=item["merged_to"],
    )


@dataclass(frozen=True, slots=True)
class Users:
    store: Store

    def get(self, user_id: str) -> User | None:
        item = self.store.get(profile_key(user_id))
        return user_of(item) if item else None

    def add(self, user: User) -> None:
        """Stores a new user and claims their address, if it is verified, in one write.

        Raises `EmailTaken`, or `ConditionFailed` if the id is taken.
        """
        writes: list[Write] = [Put(TABLE, user.item(), Absent())]
        if user.email is not None and user.verification == "verified":
            writes.append(email_claim(user.email, user.user_id))
        self._claiming(writes)

    def claim_email(self, user_id: str, email: str) -> None:
        """Makes a verified address lead to a user who is there already; one user may have several. Raises `EmailTaken`."""
        self._claiming([Check(profile_key(user_id), Exists()), email_claim(email, user_id)])

    def _claiming(self, writes: Sequence[Write]) -> None:
        try:
            self.store.transact(writes)
        except ConditionFailed as error:
            if error.key.sk != "EMAIL":
                raise
            raise EmailTaken from error

    def by_email(self, email: str) -> User | None:
        """Who has a verified address."""
        item = self.store.get(email_key(email))
        return self.standing(str(item["user_id"])) if item else None

    def standing(self, user_id: str) -> User | None:
        """A user or, where it was merged, the one it was merged into at last."""
        user = self.get(user_id)
        while user is not None and user.merged_to is not None:
            user = self.get(user.merged_to)
        return user

    def start_anonymous(self, user_id: str, timezone: str, now: datetime) -> User:
        """A new anonymous user, whose session lasts 30 days from `now`."""
        user = User(
            user_id=user_id,
            auth_type="anonymous",
            role="anonymous",
            verification="none",
            email=None,
            linked_providers=(),
            last_provider_used=None,
            timezone=timezone,
            created_at=now,
            last_active_at=now,
            session_expires_at=now + SESSION_LENGTH,
            revoked=False,
            revocation_id=0,
            merged_to=None,
        )
        self.add(user)
        return user

    def touch(self, user_id: str, now: datetime) -> None:
        """Notes that the user was active. Of an ended user nothing is noted."""
        try:
            self.store.update(profile_key(user_id), set={"last_active_at": stamp(now)}, when=Exists())
        except ConditionFailed:
            return
