"""What no job could do, kept where a person can search it by job and reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from handlers.storage.items import Absent, ConditionFailed, Item, Store
from handlers.storage.stamps import expiry, instant, stamp

TABLE = "deadletters"
KEPT = timedelta(days=30)
LONGEST_BODY = 4096
LONGEST_DETAIL = 1000
LONGEST_IDENTIFIER = 128


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An item that was given up. `reason` is one of few words, `detail` says it to a person; `body` may be cut."""

    job: str
    identifier: str
    reason: str
    detail: str
    body: str
    received: int
    trace_id: str
    buried_at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """`PK=DEAD#{job}`, `SK={reason}#{identifier}`: burying an item again replaces its record."""

    store: Store

    def bury(self, letter: DeadLetter) -> bool:
        """Keeps an item for thirty days, whatever its text is made of; whether it is the first time. Raises StoreUnavailable."""
        identifier = identifier_of(letter.identifier)
        item: Item = {
            "PK": f"DEAD#{letter.job}",
            "SK": f"{letter.reason}#{identifier}",
            "identifier": identifier,
            "reason": letter.reason,
            "detail": _storable(letter.detail)[:LONGEST_DETAIL],
            "body": _storable(letter.body)[:LONGEST_BODY],
            "received": letter.received,
            "trace_id": letter.trace_id,
            "buried_at": stamp(letter.buried_at),
            "ttl": expiry(letter.buried_at + KEPT),
        }
        try:
            self.store.put(TABLE, item, Absent())
        except ConditionFailed:
            self.store.put(TABLE, item)
            return False
        return True

    def of(self, job: str, reason: str | None = None) -> list[DeadLetter]:
        """The dead letters of a job, by reason and then by identifier."""
        prefix = None if reason is None else f"{reason}#"
        return [_letter(job, item) for item in self.store.query(TABLE, f"DEAD#{job}", prefix=prefix).items]


def _storable(text: str) -> str:
    """The text without lone surrogates, which no store takes."""
    return text.encode("utf-8", "replace").decode()


def identifier_of(text: str) -> str:
    """Text of any length, whatever it is made of, as an identifier that fits into a key."""
    text = _storable(text)
    return text if len(text) <= LONGEST_IDENTIFIER else hashlib.sha256(text.encode()).hexdigest()


def _letter(job: str, item: Item) -> DeadLetter:
    row = cast(dict[str, Any], item)
    return DeadLetter(
        job=job,
        identifier=row["identifier"],
        reason=row["reason"],
        detail=row["detail"],
        body=row["body"],
        received=row["received"],
        trace_id=row["trace_id"],
        buried_at=instant(row["buried_at"]),
    )
