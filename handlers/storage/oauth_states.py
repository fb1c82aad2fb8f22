"""What a sign-in at a provider was begun with: kept under its state for 300 seconds, and given back once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from handlers.storage.hashes import hashed
from handlers.storage.items import Absent, ConditionFailed, Exists, Item, Key, Put, Store
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE
from models.fields import OAuthProvider

LIFETIME = timedelta(seconds=300)


def _key(state: str) -> Key:
    return Key(TABLE, f"OAUTH_STATE#{hashed(state)}", "STATE")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun. `verifier` is the secret of its code challenge: it never leaves but to the provider."""

    provider: OAuthProvider
    redirect_uri: str
    verifier: str = field(repr=False)
    anonymous_user_id: str | None


def _beginning(state: str, begun: Begun, now: datetime) -> Put:
    key, ends = _key(state), now + LIFETIME
    item: Item = {
        "PK": key.pk,
        "SK": key.sk,
        "provider": begun.provider,
        "redirect_uri": begun.redirect_uri,
        "verifier": begun.verifier,
        "anonymous_user_id": begun.anonymous_user_id,
        "expires_at": stamp(ends),
        "ttl": expiry(ends),
    }
    return Put(key.table, item, Absent())


@dataclass(frozen=True, slots=True)
class OAuthStates:
    store: Store

    def begin(self, begun: Mapping[str, Begun], now: datetime) -> None:
        """Keeps each sign-in under its state, all of them in one write."""
        self.store.transact([_beginning(state, each, now) for state, each in begun.items()])

    def take(self, state: str, provider: OAuthProvider, redirect_uri: str, now: datetime) -> Begun | None:
        """What was begun under a state, which is used up by this; None if it is unknown, used, too old or another's."""
        key = _key(state)
        item: Mapping[str, Any] | None = self.store.get(key)
        if item is None or instant(item["expires_at"]) <= now:
            return None
        if (item["provider"], item["redirect_uri"]) != (provider, redirect_uri):
            return None
        try:
            self.store.delete(key, Exists())
        except ConditionFailed:
            return None
        return Begun(provider, redirect_uri, item["verifier"], item["anonymous_user_id"])
