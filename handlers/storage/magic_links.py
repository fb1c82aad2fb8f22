"""Sign-in links: one address has one that counts, the newest; it lasts an hour and opens once.

A link is found by the hash of its token. Beside it, under its address, stands which link is the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from handlers.storage.counts import Counts
from handlers.storage.hashes import hashed
from handlers.storage.items import Absent, Check, Equals, Item, Key, Put, Store, Update, Write
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE

LIFETIME = timedelta(hours=1)
REMEMBERED = timedelta(days=1)
"""How long it is told why a link that has expired opens nothing."""
MAILS, MAILS_SECONDS = 5, 300
"""Links that are mailed to one address in a window, whoever asks for them."""

State = Literal["good", "used", "expired", "superseded"]


def _link_key(token: str) -> Key:
    return Key(TABLE, f"MAGIC_LINK#{hashed(token)}", "LINK")


def _newest_key(email: str) -> Key:
    return Key(TABLE, f"MAGIC_LINK_OF#{email}", "NEWEST")


@dataclass(frozen=True, slots=True)
class MagicLink:
    """A link. `anonymous_user_id` is whose session asked for it, if that was told: its data may be merged afterwards."""

    key: Key
    email: str
    expires_at: datetime
    anonymous_user_id: str | None
    state: State


@dataclass(frozen=True, slots=True)
class MagicLinks:
    store: Store

    def may_mail(self, email: str, now: datetime) -> bool:
        """Counts one more link for an address. False if it gets none: its mailbox is not for others to fill."""
        at = int(now.timestamp())
        name = f"magic link#{hashed(email)}"
        return Counts(self.store).count(name, at - at % MAILS_SECONDS, MAILS_SECONDS) <= MAILS

    def making(self, token: str, email: str, anonymous_user_id: str | None, now: datetime) -> list[Write]:
        """The writes that make a link and end all earlier ones of its address, for the transaction of its mail."""
        link, newest, ends = _link_key(token), _newest_key(email), now + LIFETIME
        made: Item = {
            "PK": link.pk,
            "SK": link.sk,
            "email": email,
            "anonymous_user_id": anonymous_user_id,
            "used": False,
            "created_at": stamp(now),
            "expires_at": stamp(ends),
            "ttl": expiry(ends + REMEMBERED),
        }
        points: Item = {"PK": newest.pk, "SK": newest.sk, "link": link.pk, "ttl": made["ttl"]}
        return [Put(TABLE, made, Absent()), Put(TABLE, points)]

    def find(self, token: str, now: datetime) -> MagicLink | None:
        """The link of a token, and whether it still opens; None if there is none, or it expired a day ago."""
        key = _link_key(token)
        item: Mapping[str, Any] | None = self.store.get(key)
        if item is None:
            return None
        expires_at = instant(item["expires_at"])
        state = "used" if item["used"] else "expired" if expires_at <= now else self._standing(key, item["email"])
        return MagicLink(key, item["email"], expires_at, item["anonymous_user_id"], state)

    def _standing(self, key: Key, email: str) -> State:
        newest = self.store.get(_newest_key(email))
        return "good" if newest is not None and newest["link"] == key.pk else "superseded"

    def redeeming(self, link: MagicLink, now: datetime) -> list[Write]:
        """The writes that use a link up, for the transaction of the sign-in. They fail unless it is still good."""
        return [
            Update(link.key, set={"used": True, "used_at": stamp(now)}, when=Equals("used", False)),
            Check(_newest_key(link.email), Equals("link", link.key.pk)),
        ]
