"""What a user wants to be mailed, and when: one record for alerts and digest, and a list of the digests by when they are due."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from handlers.domain.digests import day_done, next_due
from handlers.storage._shards import first_of
from handlers.storage.items import (
    Absent,
    Check,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Item,
    Key,
    Put,
    Store,
    StoreUnavailable,
    Update,
    Value,
    Write,
)
from handlers.storage.ownership import key_of, moved, owner_of, unchanged
from handlers.storage.stamps import instant, stamp
from handlers.storage.users import TABLE, user_key

SHARDS: Final = 8
ATTEMPTS: Final = 12
SCHEDULE: Final = ("digest_time", "timezone")
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Mails need `email_enabled`; the digest needs `digest_enabled` too. `due_at` is null while none is wanted."""

    timezone: str
    email_enabled: bool = True
    digest_enabled: bool = False
    digest_time: str = "09:00"
    include_all_configs: bool = True
    config_ids: tuple[str, ...] | None = None
    due_at: datetime | None = None
    last_digest_on: date | None = None
    """The local day of the last digest."""

    @property
    def wants_digest(self) -> bool:
        return self.email_enabled and self.digest_enabled

    def next_scheduled(self, now: datetime) -> datetime:
        """When the next digest is due by time and zone, wanted or not: always after `now`."""
        return next_due(now, time.fromisoformat(self.digest_time), self.timezone, self.last_digest_on)

    def covering(self, active: Collection[str]) -> Preferences:
        """What holds while these watchlists are there: only they are named, and where none is, all are covered."""
        named = None if self.config_ids is None else tuple(each for each in self.config_ids if each in active)
        return replace(self, include_all_configs=self.include_all_configs or not named, config_ids=named)

    def covers(self, config_id: str) -> bool:
        """Whether the digest tells of a watchlist."""
        return self.include_all_configs or config_id in (self.config_ids or ())


class Due(NamedTuple):
    """A digest whose time has come."""

    user_id: str
    due_at: datetime


class Advance(NamedTuple):
    """What notes a digest as done: the writes, what its user wants, and the local day that it counts for."""

    writes: list[Write]
    wanted: Preferences
    day: date


def _key(user_id: str) -> Key:
    return Key(TABLE, user_key(user_id), "PREFERENCES")


def _due_key(user_id: str, due_at: datetime) -> Key:
    return Key(TABLE, _shard(zlib.crc32(user_id.encode()) % SHARDS), f"{stamp(due_at)}#{user_id}")


def _listed(user_id: str, due_at: datetime) -> Item:
    key = _due_key(user_id, due_at)
    return {"PK": key.pk, "SK": key.sk, "user_id": user_id, "due_at": stamp(due_at)}


def _shard(number: int) -> str:
    return f"DIGESTS#{number}"


def _item(user_id: str, wanted: Preferences, revision: int) -> Item:
    key = _key(user_id)
    return {
        "PK": key.pk,
        "SK": key.sk,
        "timezone": wanted.timezone,
        "email_enabled": wanted.email_enabled,
        "digest_enabled": wanted.digest_enabled,
        "digest_time": wanted.digest_time,
        "include_all_configs": wanted.include_all_configs,
        "config_ids": None if wanted.config_ids is None else list(wanted.config_ids),
        "due_at": None if wanted.due_at is None else stamp(wanted.due_at),
        "last_digest_on": None if wanted.last_digest_on is None else wanted.last_digest_on.isoformat(),
        "revision": revision,
    }


def moving(store: Store, item: Item, user_id: str) -> list[Write]:
    """The writes that make the record another user's, who has none, and their place on the due list with it."""
    owner, due_at = owner_of(item), _preferences(item).due_at
    writes = moved(item, user_id)
    if due_at is not None:
        writes += [Delete(_due_key(owner, due_at)), Put(TABLE, _listed(user_id, due_at))]
    return writes


def superseding(store: Store, item: Item, user_id: str) -> list[Write]:
    """The writes that leave the record where it is and take it off the due list: the one of `user_id` counts from now on."""
    due_at = _preferences(item).due_at
    said: dict[str, Value] = {"superseded": True, "due_at": None}
    left: list[Write] = [Update(key_of(item), set=said, add={"revision": 1}, when=unchanged(item))]
    return left if due_at is None else [*left, Delete(_due_key(owner_of(item), due_at))]


def _preferences(item: Mapping[str, Any]) -> Preferences:
    config_ids, due_at, last = item["config_ids"], item["due_at"], item["last_digest_on"]
    return Preferences(
        timezone=item["timezone"],
        email_enabled=item["email_enabled"],
        digest_enabled=item["digest_enabled"],
        digest_time=item["digest_time"],
        include_all_configs=item["include_all_configs"],
        config_ids=None if config_ids is None else tuple(config_ids),
        due_at=None if due_at is None else instant(due_at),
        last_digest_on=None if last is None else date.fromisoformat(last),
    )


def _scheduled(present: Preferences, wanted: Preferences, now: datetime) -> Preferences:
    """With the due instant that belongs to it. One that is overdue stays: what does not concern it must not skip it."""
    if not wanted.wants_digest:
        return replace(wanted, due_at=None)
    kept = wanted.due_at is not None and all(getattr(present, name) == getattr(wanted, name) for name in SCHEDULE)
    return wanted if kept else replace(wanted, due_at=wanted.next_scheduled(now))


@dataclass(frozen=True, slots=True)
class PreferenceBook:
    """`PK=USER#{user}`, `SK=PREFERENCES` is the record; `DIGESTS#{shard}` lists users by when their digest is due."""

    store: Store

    def get(self, user_id: str, timezone: str) -> Preferences:
        """What a user wants; who never said has the defaults, in `timezone`."""
        item = self.store.get(_key(user_id))
        return Preferences(timezone) if item is None else _preferences(item)

    def change(self, user_id: str, timezone: str, changes: Mapping[str, Value], now: datetime) -> Preferences:
        """Sets the given fields and leaves the rest; the due list follows in the same write.

        `timezone` is the default of who never said. Raises StoreUnavailable if others keep changing the same record.
        """
        given: dict[str, Any] = dict(changes)
        if given.get("config_ids") is not None:
            given["config_ids"] = tuple(given["config_ids"])
        for _ in range(ATTEMPTS):
            item = self.store.get(_key(user_id))
            present = Preferences(timezone) if item is None else _preferences(item)
            wanted = _scheduled(present, replace(present, **given), now)
            if wanted == present:
                return present
            try:
                self.store.transact(_replacing(user_id, item, present, wanted))
            except ConditionFailed:
                continue
            return wanted
        raise StoreUnavailable(f"{ATTEMPTS} attempts to change preferences met other writers", 1)

    def due(self, now: datetime, limit: int) -> list[Due]:
        """At most `limit` digests that are due at `now`, those due longest first."""
        until = f"{stamp(now)}$"  # the character after #: what is due at the instant itself is before it
        found: list[Any] = [*first_of(self.store, TABLE, [_shard(n) for n in range(SHARDS)], until, limit)]
        return [Due(str(item["user_id"]), instant(item["due_at"])) for item in found]

    def advancing(self, due: Due, now: datetime) -> Advance | None:
        """The writes that note a digest as done and plan the next, to join the one that puts its mail into the outbox.

        None if it is no longer due, by now or by another's doing. Both of two who write fail but one, by `ConditionFailed`.
        """
        item = self.store.get(_key(due.user_id))
        present = None if item is None else _preferences(item)
        if item is None or present is None or present.due_at != due.due_at:
            self._forget(due, item)
            return None
        day = day_done(due.due_at, now, present.timezone)
        done = replace(present, last_digest_on=day)
        planned = replace(done, due_at=done.next_scheduled(now))
        return Advance(_replacing(due.user_id, item, present, planned), present, day)

    def put_off(self, due: Due, now: datetime) -> None:
        """Makes a digest that cannot be made due a whole number of days later, whatever its record is made of.

        The record itself is not understood: it may be what the digest failed of. When it is changed, it is planned anew.
        """
        later = due.due_at + DAY * max(1, (now - due.due_at) // DAY + 1)
        still_due = Equals("due_at", stamp(due.due_at))
        with suppress(ConditionFailed):
            self.store.transact(
                [
                    Update(_key(due.user_id), set={"due_at": stamp(later)}, add={"revision": 1}, when=still_due),
                    Delete(_due_key(due.user_id, due.due_at)),
                    Put(TABLE, _listed(due.user_id, later)),
                ]
            )

    def _forget(self, due: Due, item: Item | None) -> None:
        """Takes an entry off the due list to which no record belongs, unless the record changed since it was read."""
        try:
            self.store.transact([Delete(_due_key(due.user_id, due.due_at)), Check(_key(due.user_id), _unchanged(item))])
        except ConditionFailed:
            return


def _revision(item: Item | None) -> int:
    revision = item["revision"] if item else 0
    assert isinstance(revision, int)
    return revision


def _unchanged(item: Item | None) -> Condition:
    return Absent() if item is None else Equals("revision", _revision(item))


def _replacing(user_id: str, item: Item | None, present: Preferences, wanted: Preferences) -> list[Write]:
    writes: list[Write] = [Put(TABLE, _item(user_id, wanted, _revision(item) + 1), _unchanged(item))]
    if present.due_at is not None and present.due_at != wanted.due_at:
        writes.append(Delete(_due_key(user_id, present.due_at)))
    if wanted.due_at is not None and present.due_at != wanted.due_at:
        writes.append(Put(TABLE, _listed(user_id, wanted.due_at)))
    return writes
