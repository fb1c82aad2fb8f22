"""Anonymous users merged into signed-in ones: once begun, a merge can only go on, from wherever it was interrupted.

    begun    one write: the anonymous user points to the account and is no caller any more; the account has a record of it,
             and, unless something changed meanwhile or it is too much for one write, all that finds a place
    moving   one write for each thing that is left: gone from the one, there with the other, counted in the account's record
    settled  nothing is left but watchlists without a place, which stay where they are, unwatched, until there is one

A merge that stopped anywhere is finished by asking for it again, or by signing in. Of two accounts that ask for one user,
one gets it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

from handlers.storage.belongings import Kind, kind_of
from handlers.storage.configurations import COUNT, Configurations, leaving
from handlers.storage.items import (
    TRANSACTION_WRITES,
    Absent,
    Check,
    ConditionFailed,
    Equals,
    Exists,
    Item,
    Key,
    Put,
    Store,
    StoreUnavailable,
    Update,
    Value,
    Write,
)
from handlers.storage.ownership import key_of, owned_by, owner_of
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE, User, profile_key, user_key, user_of

PREFIX: Final = "MERGE#"
KEPT: Final = timedelta(days=90)
"""How long a merged user's profile says where everything went; the account's record of it stays."""

MOST_TRIES: Final = 64
"""Of those who change one anonymous user at once, one succeeds at each try."""

MOST_AT_ONCE: Final = TRANSACTION_WRITES - 3
"""Beside the record of the merge and both profiles."""

Outcome = Literal["completed", "already_merged", "no_data", "partial"]
Progress = Literal["completed", "partial", "pending", "no_data"]
COUNTS: Final = ("records", "configurations", "alert_rules", "preferences")


class NoSuchSource(Exception):
    """No live anonymous user has this id, and none was merged into the account; nothing was written."""


class NoSuchTarget(Exception):
    """The account is not there, or was merged itself; nothing was written."""


class MergedElsewhere(Exception):
    """The anonymous user belongs to another account; nothing was written."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A watchlist that found no place. It is kept, with its alerts, until a merge is asked for while one is free."""

    config_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What was moved since the merge began."""

    configurations: int
    alert_rules: int
    preferences: int


@dataclass(frozen=True, slots=True)
class Merged:
    """How a merge ended that was asked for."""

    status: Outcome
    merged_at: datetime
    counted: Counted
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a merge is that has begun."""

    status: Progress
    merged_at: datetime
    counted: Counted
    skipped: tuple[Skipped, ...]


def _record_key(target_id: str, source_id: str) -> Key:
    return Key(TABLE, user_key(target_id), f"{PREFIX}{source_id}")


def _record(target_id: str, source_id: str, counted: Counter[str], settled: bool, now: datetime) -> Put:
    item: Item = {
        "PK": user_key(target_id),
        "SK": f"{PREFIX}{source_id}",
        "source_id": source_id,
        "merged_at": stamp(now),
        **{name: counted[name] for name in COUNTS},
        "settled": settled,
    }
    return Put(TABLE, item, Absent())


def _counted(record: Item) -> Counted:
    row = cast(dict[str, Any], record)
    return Counted(row["configurations"], row["alert_rules"], row["preferences"])


@dataclass(frozen=True, slots=True)
class Merging:
    store: Store

    def merge(self, source_id: str, target_id: str, now: datetime) -> Merged:
        """Moves what an anonymous user has to an account, as far as there is room; asked again, it goes on.

        Raises `NoSuchSource`, `NoSuchTarget` or `MergedElsewhere`.
        """
        record, is_new = self._begun(source_id, target_id, now)
        merged_at, left = instant(record["merged_at"]), self._left(source_id)
        if not left and not is_new:
            self._settle(record)
            return Merged("already_merged" if record["records"] else "no_data", merged_at, _counted(record), ())
        waiting = self._moved(left, source_id, target_id)
        moved = self.store.get(_record_key(target_id, source_id)) or record
        self._settle(moved)
        status: Outcome = "partial" if waiting else "completed" if moved["records"] else "no_data"
        return Merged(status, merged_at, _counted(moved), _skipped(waiting))

    def finish(self, target_id: str, now: datetime) -> None:
        """Goes on with every merge into an account that stopped before it was settled."""
        for record in self.store.query(TABLE, user_key(target_id), prefix=PREFIX).items:
            if not record.get("settled"):
                self.merge(str(record["source_id"]), target_id, now)

    def _settle(self, record: Item) -> None:
        """Notes that nothing is left that a repeat would have to finish."""
        if not record.get("settled"):
            self.store.update(key_of(record), set={"settled": True}, when=Exists())

    def standing(self, source_id: str, target_id: str) -> Standing | None:
        """How far the merge of an anonymous user into an account is; None if it has not begun."""
        record = self.store.get(_record_key(target_id, source_id))
        return self._standing(record) if record else None

    def newest(self, target_id: str) -> Standing | None:
        """How far the merge into an account is that began last; None if there never was one."""
        records = self.store.query(TABLE, user_key(target_id), prefix=PREFIX).items
        newest = max(records, key=lambda item: (str(item["merged_at"]), str(item["SK"])), default=None)
        return self._standing(newest) if newest else None

    def has_data(self, user_id: str) -> bool:
        """Whether a merge would move anything of a user."""
        return bool(self._left(user_id))

    def _standing(self, record: Item) -> Standing:
        source_id, target_id = str(record["source_id"]), owner_of(record)
        left = self._left(source_id)
        status: Progress = "completed" if record["records"] else "no_data"
        if left:
            status = "pending" if self._has_room(left, target_id) else "partial"
        return Standing(status, instant(record["merged_at"]), _counted(record), _skipped(left))

    def _has_room(self, left: Sequence[Item], target_id: str) -> bool:
        """Whether asking again would move anything."""
        places = {kind.place for item in left if (kind := kind_of(item))}
        return places != {COUNT} or Configurations(self.store).room(target_id) > 0

    def _begun(self, source_id: str, target_id: str, now: datetime) -> tuple[Item, bool]:
        """The account's record of the merge, and whether it begins with this."""
        record_key, at_once = _record_key(target_id, source_id), True
        for _ in range(MOST_TRIES):
            # In this order: whoever is pointed to the account when they are read has the record by then.
            profile = self.store.get(profile_key(source_id))
            present = self.store.get(record_key)
            if present is not None:
                return present, False
            claiming = self._claiming(user_of(profile) if profile else None, target_id, now)
            record, moving = self._beginning(source_id, target_id, at_once, now)
            try:
                self.store.transact([record, *claiming, *moving])
            except ConditionFailed as error:
                if error.key == profile_key(target_id):
                    raise NoSuchTarget from error
                # Somebody was there first, or something changed: look again, and hold as little as possible against it.
                at_once = False
                continue
            return record.item, True
        raise StoreUnavailable("others changed the anonymous user again and again", 1)

    def _beginning(self, source_id: str, target_id: str, at_once: bool, now: datetime) -> tuple[Put, list[Write]]:
        """The account's record of the merge, and the writes that move what finds a place `at_once`, if that is wanted."""
        left = self._left(source_id)
        lists = [item for item in left if _is_watchlist(item)]
        room = Configurations(self.store).room(target_id) if at_once else 0
        writes, moved = leaving(self.store, source_id, target_id, lists[:room], lists[room:]), lists[:room]
        if len(writes) > MOST_AT_ONCE:
            return self._beginning(source_id, target_id, False, now)
        for item in left if at_once else ():
            moving = _moving_for_sure(self.store, item, target_id)
            if moving and len(writes) + len(moving) <= MOST_AT_ONCE:
                writes, moved = [*writes, *moving], [*moved, item]
        counted = Counter(records=len(moved), configurations=len(lists[:room]), alert_rules=_alerts_among(writes))
        settled = not left or (at_once and len(moved) + len(lists[room:]) == len(left))
        return _record(target_id, source_id, counted, settled, now), writes

    def _claiming(self, source: User | None, target_id: str, now: datetime) -> Sequence[Write]:
        """The writes by which an account gets an anonymous user, who must be as they were read."""
        if source is None or not source.is_anonymous:
            raise NoSuchSource
        if source.merged_to is not None:
            raise MergedElsewhere
        if source.revoked or source.session_expires_at <= now:
            raise NoSuchSource
        lives = Equals("auth_type", "anonymous") & Equals("merged_to", None) & Equals("revoked", False)
        as_read = lives & Equals("session_expires_at", stamp(source.session_expires_at))
        pointed: dict[str, Value] = {"merged_to": target_id, "merged_at": stamp(now), "ttl": expiry(now + KEPT)}
        return [
            Update(profile_key(source.user_id), set=pointed, when=as_read),
            Check(profile_key(target_id), Exists()),
        ]

    def _left(self, user_id: str) -> list[Item]:
        """What is still to be moved, oldest first: all of a kind that moves, but what gave way to the account's own.

        Of two made at one instant the one with the smaller key is the older, as in every list of watchlists.
        """
        present = self.store.query(TABLE, user_key(user_id)).items
        left = [item for item in present if (kind := kind_of(item)) and kind.moving and "superseded" not in item]
        return sorted(left, key=lambda item: (str(item.get("created_at", "")), str(item["SK"])))

    def _moved(self, items: Sequence[Item], source_id: str, target_id: str) -> list[Item]:
        """Moves each record in a write of its own; the ones that found no place."""
        record = _record_key(target_id, source_id)
        return [item for item in items if not self._move(item, record, target_id)]

    def _move(self, item: Item, record: Key, target_id: str) -> bool:
        """False if there is no place for it; True if it is not to be moved any more, whoever did that."""
        kind = kind_of(item)
        assert kind is not None
        current: Item | None = item
        while current is not None:
            try:
                self.store.transact(_writes(self.store, kind, current, record, target_id))
            except ConditionFailed as error:
                if error.key == Key(TABLE, user_key(target_id), kind.place or ""):
                    return False
                if error.key == key_of(owned_by(target_id, current)):
                    if kind.superseding is None:
                        return False
                    self._give_way(kind.superseding(self.store, current, target_id))
                # Else it changed, or another device is merging too: look again.
                current = self._unsettled(key_of(item))
                continue
            return True
        return True

    def _unsettled(self, key: Key) -> Item | None:
        item = self.store.get(key)
        return None if item is None or "superseded" in item else item

    def _give_way(self, writes: Sequence[Write]) -> None:
        with suppress(ConditionFailed):
            self.store.transact(writes)


def _writes(store: Store, kind: Kind, item: Item, record: Key, target_id: str) -> list[Write]:
    """What moves a record and counts it, and its alerts, in the account's record of the merge."""
    assert kind.moving is not None
    writes = kind.moving(store, item, target_id)
    alerts = _alerts_among(writes)
    counted = {name: n for name, n in (("records", 1), (kind.counted, 1), ("alert_rules", alerts)) if name and n}
    return [*writes, Update(record, add=counted, when=Exists())]


def _moving_for_sure(store: Store, item: Item, target_id: str) -> list[Write]:
    """The writes that move a record for which there is always a place; none for others."""
    kind = kind_of(item)
    if kind is None or kind.moving is None or kind.place is not None or kind.superseding is not None:
        return []
    return kind.moving(store, item, target_id)


def _alerts_among(writes: Sequence[Write]) -> int:
    return sum(isinstance(write, Put) and write.key.sk.startswith("ALERT#") for write in writes)


def _is_watchlist(item: Item) -> bool:
    return str(item["SK"]).startswith("CONFIG#")


def _skipped(items: Sequence[Item]) -> tuple[Skipped, ...]:
    """The watchlists among records that were not moved, newest first."""
    lists = [item for item in items if _is_watchlist(item)]
    lists.sort(key=lambda item: (str(item["created_at"]), str(item["config_id"])), reverse=True)
    return tuple(Skipped(str(item["config_id"]), str(item["name"])) for item in lists)
