"""Mails on their way: written with what causes them, sent by whoever claims them, never twice once known as sent.

A sender takes what is `due`, and for each entry:

    claim = outbox.claimed(entry, now)                  None: somebody else has it, or it is settled
    if claim.begun: ask the provider                    accepted → sent; unknown → dead; not accepted → go on
    send → sent | MailUnavailable → failed | MailRefused → dead | MailUncertain → uncertain

A sender that dies leaves its claim to run out: the mail is due again and says `begun`, as after an answer that was lost.
So a mail is sent at least once where the provider can be asked, and at most once where it cannot. What `sent` causes
elsewhere is to be written before `sent` and so that writing it again changes nothing: a crash between repeats it.

Urgent mails, those that somebody waits for, have a list of their own and go before all others. What is not to be sent any
more, as its time is over or its reader wants none, is `dropped` by whoever has claimed it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from handlers.domain.mail import Mail
from handlers.storage._shards import first_of
from handlers.storage.items import (
    Absent,
    Check,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Exists,
    Item,
    Key,
    Put,
    Store,
    StoreUnavailable,
    Write,
)
from handlers.storage.stamps import expiry, instant, stamp

TABLE: Final = "mails"
SHARDS: Final = 8
URGENT: Final = "WAITING#urgent"
LEASE: Final = timedelta(minutes=15)
"""No function runs longer: a claim outlives whoever made it. Providers know by then what they accepted."""
MOST_ATTEMPTS: Final = 12
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
KEPT_SETTLED: Final = timedelta(days=30)
"""How long a mail is known as sent: the same id written later is another mail."""

State = Literal["waiting", "sent", "dead", "dropped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail that waits. `attempts` counts claims."""

    mail: Mail
    written_at: datetime
    due_at: datetime
    attempts: int = 0
    begun: bool = False
    """Whether an attempt began of which nobody knows how it ended."""
    trace_id: str | None = None
    """Of what caused the mail, for log lines; None where nobody said."""
    urgent: bool = False
    expires_at: datetime | None = None
    """From when on it is not to be sent; None if it has no end."""
    user_id: str | None = None
    """Who may stop it by unsubscribing; None for a mail that was asked for itself."""

    @property
    def place(self) -> str:
        """Where it waits: its sort key, of which a mail has one that counts."""
        return f"{stamp(self.due_at)}#{self.mail.id}"

    @property
    def key(self) -> Key:
        return self.key_at(self.place)

    def key_at(self, place: str) -> Key:
        """Where its copy with this sort key waits."""
        number = zlib.crc32(self.mail.id.encode()) % SHARDS
        return Key(TABLE, URGENT if self.urgent else _shard(number), place)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mail came. `reason` is why it was not sent last time, if it was not."""

    state: State
    attempts: int
    reason: str | None


def _shard(number: int) -> str:
    return f"WAITING#{number}"


def _mark_key(mail_id: str) -> Key:
    return Key(TABLE, f"MAIL#{mail_id}", "MAIL")


def _item(entry: Entry) -> Item:
    mail = entry.mail
    return {
        "PK": entry.key.pk,
        "SK": entry.place,
        "mail_id": mail.id,
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "unsubscribe": mail.unsubscribe,
        "written_at": stamp(entry.written_at),
        "due_at": stamp(entry.due_at),
        "attempts": entry.attempts,
        "begun": entry.begun,
        "trace_id": entry.trace_id,
        "urgent": entry.urgent,
        "expires_at": None if entry.expires_at is None else stamp(entry.expires_at),
        "user_id": entry.user_id,
    }


def _entry(item: Mapping[str, Any]) -> Entry:
    mail = Mail(item["mail_id"], item["to"], item["subject"], item["text"], item["html"], item.get("unsubscribe"))
    ends = item.get("expires_at")
    return Entry(
        mail,
        written_at=instant(item["written_at"]),
        due_at=instant(item["due_at"]),
        attempts=item["attempts"],
        begun=item["begun"],
        trace_id=item.get("trace_id"),
        urgent=item.get("urgent", False),
        expires_at=None if ends is None else instant(ends),
        user_id=item.get("user_id"),
    )


def _mark(mail_id: str, state: State, attempts: int, reason: str | None, place: str | None) -> Item:
    """What is known of a mail, without its text: a settled one's is kept nowhere."""
    key = _mark_key(mail_id)
    return {"PK": key.pk, "SK": key.sk, "state": state, "attempts": attempts, "reason": reason, "place": place}


def wait_after(attempts: int, retry_after_seconds: int = 0) -> timedelta:
    """How long a mail waits after its n-th attempt: twice as long each time up to an hour, longer if the provider asks."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 10)
    return max(min(doubled, LONGEST_WAIT), timedelta(seconds=retry_after_seconds))


@dataclass(frozen=True, slots=True)
class Outbox:
    """`PK=WAITING#{shard}` lists what waits by when it is due, `WAITING#urgent` what goes first.

    `MAIL#{id}` says where a mail waits or how it ended.
    """

    store: Store

    def write(
        self,
        mail: Mail,
        now: datetime,
        trace_id: str | None = None,
        *,
        urgent: bool = False,
        expires_at: datetime | None = None,
        user_id: str | None = None,
    ) -> Put:
        """The write that makes a mail due at once: for the transaction of what causes it. Repeating it sends nothing more."""
        return Put(TABLE, _item(Entry(mail, now, now, 0, False, trace_id, urgent, expires_at, user_id)))

    def put(self, mail: Mail, now: datetime) -> None:
        """Makes a mail due at once, unless one of its id is known already."""
        if self.store.get(_mark_key(mail.id)) is None:
            put = self.write(mail, now)
            self.store.put(put.table, put.item)

    def due(self, now: datetime, limit: int) -> list[Entry]:
        """At most `limit` mails that are due at `now`: urgent ones, then those due longest; claimed ones are not due."""
        until = f"{stamp(now)}$"  # the character after #: an instant's own mails are before it
        found = self.store.query(TABLE, URGENT, end=until, limit=limit).items
        if len(found) < limit:
            found += first_of(self.store, TABLE, [_shard(n) for n in range(SHARDS)], until, limit - len(found))
        return [_entry(item) for item in found]

    def progress(self, mail_id: str) -> Progress | None:
        """What became of a mail; None if nobody has claimed it yet, or it was settled over 30 days ago."""
        mark: Mapping[str, Any] | None = self.store.get(_mark_key(mail_id))
        return None if mark is None else Progress(mark["state"], mark["attempts"], mark["reason"])

    def claimed(self, entry: Entry, now: datetime) -> Entry | None:
        """The entry as the caller's alone for 15 minutes; None if it is somebody's, settled, or a copy of another.

        `begun` of what is returned says whether an attempt before this one began and is not known to have ended.
        """
        mark: Mapping[str, Any] | None = self.store.get(_mark_key(entry.mail.id))
        if mark is not None and mark["place"] != entry.place:
            self._forget(entry, mark["place"])
            return None
        unchanged: Condition = Absent() if mark is None else Equals("place", entry.place)
        taken = replace(entry, due_at=now + LEASE, attempts=entry.attempts + 1, begun=True)
        moved = self._moved(entry, taken, None if mark is None else mark["reason"], unchanged)
        return replace(taken, begun=entry.begun) if moved else None

    def sent(self, claim: Entry, now: datetime) -> None:
        """Settles a mail as sent, whoever has it by now. Raises StoreUnavailable if others keep moving it."""
        for _ in range(MOST_ATTEMPTS):
            mark: Mapping[str, Any] | None = self.store.get(_mark_key(claim.mail.id))
            if mark is None or mark["place"] is None:
                return
            if self._settled(claim, mark["place"], "sent", mark["attempts"], None, now):
                return
        raise StoreUnavailable(f"mail {claim.mail.id[:8]} was moved by others again and again", 1)

    def failed(self, claim: Entry, reason: str, now: datetime, retry_after_seconds: int = 0) -> State:
        """The provider did not take it: it waits longer than the last time, or is dead after the twelfth attempt."""
        if claim.attempts >= MOST_ATTEMPTS:
            self.dead(claim, reason, now)
            return "dead"
        later = replace(claim, due_at=now + wait_after(claim.attempts, retry_after_seconds), begun=False)
        self._moved(claim, later, reason, Equals("place", claim.place))
        return "waiting"

    def uncertain(self, claim: Entry, reason: str, now: datetime) -> State:
        """The provider may have taken it: when it is due again, in 15 minutes, the provider is to be asked first."""
        if claim.attempts >= MOST_ATTEMPTS:
            self.dead(claim, reason, now)
            return "dead"
        later = replace(claim, due_at=now + LEASE, begun=True)
        self._moved(claim, later, reason, Equals("place", claim.place))
        return "waiting"

    def dead(self, claim: Entry, reason: str, now: datetime) -> bool:
        """Gives a mail up. False if somebody else has it by now."""
        return self._settled(claim, claim.place, "dead", claim.attempts, reason, now)

    def dropped(self, claim: Entry, reason: str, now: datetime) -> bool:
        """Settles a mail as one that is not to be sent any more. False if somebody else has it by now."""
        return self._settled(claim, claim.place, "dropped", claim.attempts, reason, now)

    def holds(self, claim: Entry) -> bool:
        """Whether a claim is still its owner's."""
        mark = self.store.get(_mark_key(claim.mail.id))
        return mark is not None and mark["place"] == claim.place

    def _forget(self, entry: Entry, place: str | None) -> None:
        """Removes a copy that does not count, unless the mail was moved since."""
        try:
            self.store.transact([Delete(entry.key), Check(_mark_key(entry.mail.id), Equals("place", place))])
        except ConditionFailed:
            return

    def _moved(self, entry: Entry, to: Entry, reason: str | None, unchanged: Condition) -> bool:
        """Puts an entry elsewhere in one write; False if it is no longer where the caller saw it."""
        mark = _mark(entry.mail.id, "waiting", to.attempts, reason, to.place)
        writes: list[Write] = [Put(TABLE, _item(to)), Put(TABLE, mark, unchanged)]
        if to.place != entry.place:
            writes.append(Delete(entry.key, Exists()))
        try:
            self.store.transact(writes)
        except ConditionFailed:
            return False
        return True

    def _settled(
        self, entry: Entry, place: str, state: State, attempts: int, reason: str | None, now: datetime
    ) -> bool:
        mark = _mark(entry.mail.id, state, attempts, reason, None) | {
            "settled_at": stamp(now),
            "ttl": expiry(now + KEPT_SETTLED),
        }
        try:
            self.store.transact([Delete(entry.key_at(place)), Put(TABLE, mark, Equals("place", place))])
        except ConditionFailed:
            return False
        return True
