"""The mailbox of the recorded mailer: every mail that would have left, once, for thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, cast

from handlers.domain.mail import Mail
from handlers.storage.items import Absent, Clock, ConditionFailed, Item, Key, Store
from handlers.storage.outbox import TABLE
from handlers.storage.stamps import expiry, instant, stamp

KEPT: Final = timedelta(days=30)
PARTITION: Final = "MAILBOX"


class Kept(NamedTuple):
    """A mail and when it came."""

    mail: Mail
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    store: Store
    clock: Clock

    def keep(self, mail: Mail) -> None:
        """Keeps a mail under its id; keeping it again changes nothing."""
        now = self.clock.now()
        item: Item = {
            "PK": PARTITION,
            "SK": mail.id,
            "to": mail.to,
            "subject": mail.subject,
            "text": mail.text,
            "html": mail.html,
            "unsubscribe": mail.unsubscribe,
            "kept_at": stamp(now),
            "ttl": expiry(now + KEPT),
        }
        try:
            self.store.put(TABLE, item, Absent())
        except ConditionFailed:
            return

    def has(self, mail_id: str) -> bool:
        """Whether a mail of this id was kept."""
        return self.store.get(Key(TABLE, PARTITION, mail_id)) is not None

    def all(self) -> list[Kept]:
        """Every mail, oldest first."""
        rows = cast(list[dict[str, Any]], self.store.query(TABLE, PARTITION).items)
        return sorted(map(_kept, rows), key=lambda each: (each.kept_at, each.mail.id))


def _kept(row: Mapping[str, Any]) -> Kept:
    mail = Mail(row["SK"], row["to"], row["subject"], row["text"], row["html"], row.get("unsubscribe"))
    return Kept(mail, instant(row["kept_at"]))
