"""How many alert mails a user was sent on a UTC day: ten at most, whatever races."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from handlers.storage.items import Absent, ConditionFailed, Key, LessThan, Store, Update
from handlers.storage.stamps import expiry

MAILS_PER_DAY: Final = 10
KEPT = timedelta(days=30)
"""Far longer than clocks differ: a count that is gone would let ten more through."""


def quota_key(user_id: str, day: date) -> Key:
    return Key("limits", f"MAILS#{user_id}", day.isoformat())


def resets_at(day: date) -> datetime:
    """The midnight, in UTC, at which a day's mails are forgotten."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MailQuota:
    store: Store

    def taking(self, user_id: str, day: date) -> Update:
        """The write that takes one mail of a day, to join a transaction, which fails by this write's key if none is left."""
        return Update(
            quota_key(user_id, day),
            set={"ttl": expiry(resets_at(day) + KEPT)},
            add={"used": 1},
            when=Absent() | LessThan("used", MAILS_PER_DAY),
        )

    def take(self, user_id: str, day: date) -> bool:
        """Takes one mail of a UTC day. Says whether one was left."""
        try:
            # A transaction counts once though its answer be lost and it be sent again.
            self.store.transact([self.taking(user_id, day)])
        except ConditionFailed:
            return False
        return True

    def is_spent(self, user_id: str, day: date) -> bool:
        """Whether no mail of a day is left; once that is so it stays so."""
        return self.used(user_id, day) >= MAILS_PER_DAY

    def used(self, user_id: str, day: date) -> int:
        """How many of a day's ten are taken."""
        item = self.store.get(quota_key(user_id, day))
        used = item["used"] if item else 0
        assert isinstance(used, int)
        return used
