"""Refresh tokens: one family for each session of a signed-in user, in which one token counts, the newest.

The first token is `family.secret`, both random; those that follow are `family.secret.mark`, of which the mark proves that the
secret was issued. The store keeps hashes of the family, of its first secret and of the newest: so an older token is known
for what it is however old it is, and a family takes one item however often it is refreshed. Who shows an older token may
have a copy of what somebody else goes on with: its session ends, however soon that is. A double click is not told from a
theft, nor is a client that shows a token again because the answer which brought the newer one was lost.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.storage.hashes import hashed
from handlers.storage.items import Absent, Check, ConditionFailed, Delete, Equals, Exists, Item, Key, Put, Store, Update
from handlers.storage.sessions import Sessions, session_key
from handlers.storage.stamps import expiry
from handlers.storage.users import TABLE, User, profile_key

LIFETIME = timedelta(days=30)
MARK_BYTES: Final = 16


class RefreshRefused(Exception):
    """The token is unknown, was never issued, has expired, or its session has ended; nothing was written."""


class RefreshReused(Exception):
    """An older token of a living session was shown: the session has ended by this."""

    def __init__(self, user_id: str, session_id: str) -> None:
        super().__init__("an older refresh token was used again")
        self.user_id = user_id
        self.session_id = session_id


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A living session, and the token that takes the place of the one that was shown."""

    user: User
    session_id: str
    token: str = field(repr=False)


def _family_key(family: str) -> Key:
    return Key(TABLE, f"REFRESH#{hashed(family)}", "FAMILY")


def _marked(secret: str, first: str) -> str:
    """A secret as it is issued after the first, of which `first` is the hash.

    Who has the first token could mark others; that ends a session which showing the first one ends too.
    """
    mark = hmac.digest(first.encode(), secret.encode(), hashlib.sha256)[:MARK_BYTES]
    return f"{secret}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def _was_issued(shown: str, first: str) -> bool:
    """Whether a family has ever had a secret."""
    is_marked = hmac.compare_digest(shown.encode(), _marked(shown.partition(".")[0], first).encode())
    return is_marked or hashed(shown) == first


@dataclass(frozen=True, slots=True)
class RefreshTokens:
    store: Store

    def issuing(self, token: str, user: User, session_id: str, now: datetime) -> Put:
        """The write that begins a session's family, for the transaction that opens the session."""
        family, _, secret = token.partition(".")
        key = _family_key(family)
        item: Item = {
            "PK": key.pk,
            "SK": key.sk,
            "user_id": user.user_id,
            "session_id": session_id,
            "revocation_id": user.revocation_id,
            "first": hashed(secret),
            "newest": hashed(secret),
            "ttl": expiry(now + LIFETIME),
        }
        return Put(TABLE, item, Absent())

    def rotate(self, token: str, secret: str, now: datetime) -> Refreshed:
        """Puts a new secret in the place of a token's. Of many who show one token at once, at most one gets the new one.

        Raises RefreshRefused, RefreshReused.
        """
        family, _, old = token.partition(".")
        key = _family_key(family)
        item: Mapping[str, Any] | None = self.store.get(key)
        if item is None:
            raise RefreshRefused
        session = Sessions(self.store).member(item["user_id"], item["session_id"], now)
        if session is None or session.user.revocation_id != item["revocation_id"]:
            raise RefreshRefused
        new = _marked(secret, item["first"])
        try:
            self._replace(key, hashed(old), hashed(new), session.user, item["session_id"], now)
        except ConditionFailed:
            raise self._lost(key, old) from None
        return Refreshed(session.user, item["session_id"], f"{family}.{new}")

    def _replace(self, key: Key, old: str, new: str, user: User, session_id: str, now: datetime) -> None:
        """In one write, and only as long as the session lives and was not revoked."""
        rotated: Item = {"newest": new, "ttl": expiry(now + LIFETIME)}
        unrevoked = Equals("revocation_id", user.revocation_id) & Equals("revoked", False) & Equals("merged_to", None)
        self.store.transact(
            [
                Update(key, set=rotated, when=Equals("newest", old)),
                Check(session_key(user.user_id, session_id), Exists()),
                Check(profile_key(user.user_id), unrevoked),
            ]
        )

    def _lost(self, key: Key, old: str) -> Exception:
        """Why a token was not replaced. One that was used before ends its session."""
        item: Mapping[str, Any] | None = self.store.get(key)
        if item is None or item["newest"] == hashed(old) or not _was_issued(old, item["first"]):
            return RefreshRefused()
        user_id, session_id = item["user_id"], item["session_id"]
        self.store.transact([Delete(session_key(user_id, session_id)), Delete(key)])
        return RefreshReused(user_id, session_id)
