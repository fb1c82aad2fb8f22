"""The item port: what may be stored, read and demanded of a store, whichever engine is behind it. No I/O.

    Exception
    ├── ConditionFailed          the store answered no: a condition did not hold, nothing was written
    └── ServiceUnavailable
        └── StoreUnavailable     it did not answer: missing, unreadable, locked, full, corrupt, throttled, timed out

`ValueError` and `TypeError` mean that the caller asked for something no store can hold.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol, TypeAlias, runtime_checkable

from handlers.storage._limits import (
    check_item,
    check_key,
    check_name,
    check_table,
    check_value,
    check_whole_number,
)
from models.refusals import ServiceUnavailable

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Item: TypeAlias = dict[str, Value]
"""Attributes by name. `PK` and `SK` are its key; `ttl`, if present, the epoch second from which it no longer exists."""

NOTHING: Final[Mapping[str, int]] = MappingProxyType({})
TRANSACTION_WRITES: Final = 100


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""


class Key(NamedTuple):
    table: str
    pk: str
    sk: str


class Page(NamedTuple):
    items: list[Item]
    next: str | None
    """The sort key to pass as `after` for the items that follow; None exactly when there are none."""


class ConditionFailed(Exception):
    """A condition did not hold: nothing was written. `index` is the write's place in its transaction."""

    def __init__(self, key: Key, index: int = 0) -> None:
        # Keys hold ids, and what this says reaches logs; the error itself knows the whole key.
        super().__init__(f"the condition on {key.table} {_masked(key.pk)} {_masked(key.sk)} does not hold")
        self.key = key
        self.index = index


def _masked(part: str) -> str:
    """A part of a key as logs may say it: what kind it is, and the first eight characters of each value."""
    return "#".join(value if len(value) <= 12 else f"{value[:8]}…" for value in part.split("#"))


class StoreUnavailable(ServiceUnavailable):
    """The store could not answer; a write that raised it may or may not have happened. `reason` is for the log only."""

    def __init__(self, detail: str, retry_after_seconds: int = 5) -> None:
        super().__init__(None, retry_after_seconds)
        self.reason = detail
        self.retry_after_seconds = retry_after_seconds


def epoch_seconds(clock: Clock) -> int:
    return math.floor(clock.now().timestamp())


def alive(item: Item | None, now: int) -> Item | None:
    """The item, or None if it expired at or before `now` (epoch seconds)."""
    if item is None:
        return None
    ttl = item.get("ttl")
    return None if isinstance(ttl, int) and ttl <= now else item


class Condition:
    """What must hold of the item under a key at the moment of the write, absent if expired. Join with & and |."""

    __slots__ = ()

    def holds(self, item: Item | None) -> bool:
        raise NotImplementedError

    def __and__(self, other: "Condition") -> "AllOf":
        return AllOf(self, other)

    def __or__(self, other: "Condition") -> "AnyOf":
        return AnyOf(self, other)


@dataclass(frozen=True, slots=True)
class Always(Condition):
    def holds(self, item: Item | None) -> bool:
        return True


ALWAYS: Final = Always()


@dataclass(frozen=True, slots=True)
class Absent(Condition):
    def holds(self, item: Item | None) -> bool:
        return item is None


@dataclass(frozen=True, slots=True)
class Exists(Condition):
    def holds(self, item: Item | None) -> bool:
        return item is not None


@dataclass(frozen=True, slots=True)
class Equals(Condition):
    """The attribute is there, with this value and this type: 1, 1.0 and True are three values."""

    name: str
    value: Value

    def __post_init__(self) -> None:
        check_name(self.name)
        check_value(self.value)

    def holds(self, item: Item | None) -> bool:
        return item is not None and self.name in item and same(item[self.name], self.value)


@dataclass(frozen=True, slots=True)
class LessThan(Condition):
    """The attribute is there, a whole number, and less than the bound."""

    name: str
    bound: int

    def __post_init__(self) -> None:
        check_name(self.name)
        check_whole_number(self.bound)

    def holds(self, item: Item | None) -> bool:
        found = item.get(self.name) if item else None
        return type(found) is int and found < self.bound


class _Joined(Condition):
    __slots__ = ("parts",)

    def __init__(self, *parts: Condition) -> None:
        if not parts:
            raise ValueError(f"{type(self).__name__} joins at least one condition")
        self.parts = parts

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.parts == self.parts

    def __hash__(self) -> int:
        return hash((type(self), self.parts))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.parts!r}"


class AllOf(_Joined):
    __slots__ = ()

    def holds(self, item: Item | None) -> bool:
        return all(part.holds(item) for part in self.parts)


class AnyOf(_Joined):
    __slots__ = ()

    def holds(self, item: Item | None) -> bool:
        return any(part.holds(item) for part in self.parts)


def same(one: Value, other: Value) -> bool:
    """Equal in value and in type, all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@dataclass(frozen=True, slots=True)
class Put:
    """Replaces the whole item."""

    table: str
    item: Item
    when: Condition = ALWAYS

    def __post_init__(self) -> None:
        check_table(self.table)
        check_item(self.item)

    @property
    def key(self) -> Key:
        return Key(self.table, str(self.item["PK"]), str(self.item["SK"]))


@dataclass(frozen=True, slots=True)
class Update:
    """Changes some attributes, creating the item if it is absent; `add` counts a missing attribute as 0."""

    key: Key
    set: Mapping[str, Value] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    remove: Sequence[str] = ()
    when: Condition = ALWAYS

    def __post_init__(self) -> None:
        check_key(*self.key)
        _check_changes([*self.set, *self.add, *self.remove])
        check_item({"PK": self.key.pk, "SK": self.key.sk, **self.set})
        for step in self.add.values():
            check_whole_number(step)

    def applied_to(self, current: Item | None) -> Item:
        """The new item, `current` being None or alive; a ValueError if a sum or the item becomes too large."""
        changed = dict(current or {"PK": self.key.pk, "SK": self.key.sk})
        changed.update(self.set)
        for name, step in self.add.items():
            changed[name] = _sum(name, changed.get(name, 0), step)
        for name in self.remove:
            changed.pop(name, None)
        check_item(changed)
        return changed


@dataclass(frozen=True, slots=True)
class Delete:
    """Removes the item; one that is absent stays absent."""

    key: Key
    when: Condition = ALWAYS

    def __post_init__(self) -> None:
        check_key(*self.key)


@dataclass(frozen=True, slots=True)
class Check:
    """Writes nothing: lets a transaction depend on an item."""

    key: Key
    when: Condition

    def __post_init__(self) -> None:
        check_key(*self.key)


Write: TypeAlias = Put | Update | Delete | Check


def check_transaction(writes: Sequence[Write]) -> None:
    if len(writes) > TRANSACTION_WRITES:
        raise ValueError(f"{len(writes)} writes in one transaction; at most {TRANSACTION_WRITES}")
    if len({write.key for write in writes}) < len(writes):
        raise ValueError("two writes of one transaction have the same key")


def _check_changes(names: Sequence[str]) -> None:
    if not names:
        raise ValueError("an update changes at least one attribute")
    if len(set(names)) < len(names):
        raise ValueError(f"an update changes each attribute once: {', '.join(sorted(names))}")
    if not {"PK", "SK"}.isdisjoint(names):
        raise ValueError("PK and SK are the key: they cannot be changed")
    for name in names:
        check_name(name)


def _sum(name: str, present: Value, step: int) -> int:
    if type(present) is not int:
        raise ValueError(f"{name} is {type(present).__name__}; only whole numbers can be added to")
    return present + step


Changes: TypeAlias = Mapping[Key, Item | None]
"""Items as they are to be; None is to be deleted."""


class Store(Protocol):
    """Items in named tables. Every read sees every write acknowledged before it; expired items are absent."""

    def get(self, key: Key) -> Item | None: ...

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        """In the order of the keys, of which there may be any number."""

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None: ...

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        """Any number, not atomically; of two items with one key the last wins."""

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        """The whole new item. See `Update`; where counting twice after a lost answer would matter, use `transact`."""

    def delete(self, key: Key, when: Condition = ALWAYS) -> None: ...

    def query(
        self,
        table: str,
        pk: str,
        start: str | None = None,
        end: str | None = None,
        prefix: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        after: str | None = None,
    ) -> Page:
        """Items with sort keys in [start, end) and beyond `after` in the direction of travel, in UTF-8 byte order."""

    def transact(self, writes: Sequence[Write]) -> None:
        """All or nothing; at most 100 writes, no key twice. Raises ConditionFailed for the first that failed."""

    def purge(self) -> int:
        """Removes expired items where the engine does not do so itself; how many it removed."""

    def prepare(self) -> None:
        """Makes what is missing before items can be stored. Deployed functions never do: it takes rights of its own."""

    def ping(self) -> None:
        """Raises StoreUnavailable unless the store answers."""

    def close(self) -> None: ...


@runtime_checkable
class Rewriting(Protocol):
    """A store, besides, in which nobody else writes while one does: it needs neither conditions nor small transactions."""

    def rewrite(self, keys: Iterable[Key], change: Callable[[dict[Key, Item | None]], Changes]) -> None:
        """Reads items and writes what `change` makes of them, of both any number, all or nothing."""
