"""What all processes know together of the sources outside: circuits and used quotas, `PK=CIRCUIT#{source}` and `QUOTA#{source}`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.domain.circuits import CLOSED, Circuit
from handlers.storage.items import Absent, Condition, ConditionFailed, Equals, Item, Key, LessThan, Store, Value
from handlers.storage.stamps import expiry, instant, stamp

TABLE = "limits"


@dataclass(frozen=True, slots=True)
class Circuits:
    store: Store

    def read(self, source: str) -> Circuit:
        item = self.store.get(_circuit_key(source))
        return CLOSED if item is None else _circuit(item)

    def replace(self, source: str, old: Circuit, new: Circuit) -> bool:
        """Whether `old` was still there and `new` stands in its place."""
        when: Condition = Absent() if old.version == 0 else Equals("version", old.version)
        try:
            self.store.put(TABLE, _item(source, new), when)
        except ConditionFailed:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Quotas:
    store: Store

    def take(self, source: str, start: datetime, end: datetime, limit: int) -> int | None:
        """Takes one of `limit` requests of the period [start, end); how many are taken now, None if all were before."""
        key, when = _quota_key(source, start), Absent() | LessThan("used", limit)
        try:
            # An engine that repeats a lost write may count one request twice: too few are sent then, never too many.
            item = self.store.update(key, set={"ttl": expiry(end + timedelta(days=1))}, add={"used": 1}, when=when)
        except ConditionFailed:
            return None
        return _count(item)

    def used(self, source: str, start: datetime) -> int:
        """How many requests of the period from `start` are taken."""
        item = self.store.get(_quota_key(source, start))
        return 0 if item is None else _count(item)


def _circuit_key(source: str) -> Key:
    return Key(TABLE, f"CIRCUIT#{source}", "STATE")


def _quota_key(source: str, start: datetime) -> Key:
    return Key(TABLE, f"QUOTA#{source}", stamp(start))


def _item(source: str, circuit: Circuit) -> Item:
    key = _circuit_key(source)
    return {
        "PK": key.pk,
        "SK": key.sk,
        "version": circuit.version,
        "failures": [stamp(at) for at in circuit.failures],
        "opened_at": _stamped(circuit.opened_at),
        "trial_until": _stamped(circuit.trial_until),
    }


def _circuit(item: Item) -> Circuit:
    version, failures = item["version"], item["failures"]
    assert isinstance(version, int)
    assert isinstance(failures, list)
    return Circuit(version, tuple(map(instant, failures)), _known(item["opened_at"]), _known(item["trial_until"]))


def _stamped(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def _known(text: Value) -> datetime | None:
    return None if text is None else instant(text)


def _count(item: Item) -> int:
    used = item["used"]
    assert isinstance(used, int)
    return used
