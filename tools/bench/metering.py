"""A store that counts what DynamoDB would charge for it, request by request as the adapter sends them.

Units as https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html counts them: reads by
4 KiB, writes by 1 KiB of the larger of the item before and after, both rounded up, an absent item as the smallest one;
a query by all it reads together; twice as much in a transaction; a write whose condition fails as one that succeeds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

from handlers.storage.items import (
    ALWAYS,
    NOTHING,
    Condition,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Store,
    Update,
    Value,
    Write,
)
from tools.passing import Passing

READ_BYTES, WRITE_BYTES = 4096, 1024
TRANSACTION = 2
COLLECTION = 3
LOOKED_AHEAD = 2
"""How many items more than asked for the adapter's queries read."""


class Charge(NamedTuple):
    """What is charged together."""

    part: str
    """Who asked: what `Meter.told` says."""
    table: str
    kind: str
    """get · query · put · update · delete · transact"""
    is_write: bool


class Meter:
    """Units by charge."""

    def __init__(self) -> None:
        self.units: Counter[Charge] = Counter()
        self._part = ""
        # Jobs read in threads; they wait for them before another part begins.
        self._lock = Lock()

    @contextmanager
    def told(self, part: str) -> Iterator[None]:
        """Whoever asks within it is `part`."""
        before, self._part = self._part, part
        try:
            yield
        finally:
            self._part = before

    def read(self, table: str, kind: str, size: int) -> None:
        self._add(Charge(self._part, table, kind, False), max(1, math.ceil(size / READ_BYTES)))

    def wrote(self, table: str, kind: str, size: int, factor: int = 1) -> None:
        self._add(Charge(self._part, table, kind, True), factor * max(1, math.ceil(size / WRITE_BYTES)))

    def _add(self, charge: Charge, units: int) -> None:
        with self._lock:
            self.units[charge] += units


def size_of(item: Item | None) -> int:
    """Bytes as https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html counts them.

    An absent item has none.
    """
    return 0 if item is None else sum(_text_size(name) + _value_size(value) for name, value in item.items())


def _value_size(value: Value) -> int:
    if isinstance(value, str):
        return _text_size(value)
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, int):
        # A byte for every two digits, one more, and one for the sign.
        return (len(str(abs(value))) + 1) // 2 + 1 + (value < 0)
    if isinstance(value, float):
        # The adapter sends it as a set of one text.
        return COLLECTION + len(repr(value))
    if isinstance(value, list):
        return COLLECTION + sum(1 + _value_size(member) for member in value)
    return COLLECTION + sum(1 + _text_size(name) + _value_size(member) for name, member in value.items())


def _text_size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


class Metered(Passing):
    """The port over another store. Every read is strongly consistent, as the adapter's are.

    Purging and pinging cost nothing: DynamoDB removes expired items itself, and a ping reads none.
    """

    def __init__(self, store: Store, meter: Meter) -> None:
        super().__init__(store)
        self._meter = meter
        # The same items are read again and again, and adding up their bytes takes longer than reading them.
        self._sizes: dict[tuple[str, Value, Value], int] = {}

    def get(self, key: Key) -> Item | None:
        found = self._store.get(key)
        self._meter.read(key.table, "get", self._size(key.table, found))
        return found

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        found = self._store.get_many(wanted)
        for key, item in dict(zip(wanted, found, strict=True)).items():
            self._meter.read(key.table, "get", self._size(key.table, item))
        return found

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        write = Put(table, item, when)
        # The adapter sends a conditional one as a transaction: it bears a token.
        with self._writing([write], "put" if when == ALWAYS else "transact"):
            self._store.put(table, item, when)

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        writes = list({write.key: write for write in (Put(table, item) for item in items)}.values())
        with self._writing(writes, "put"):
            self._store.put_many(table, [write.item for write in writes])

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        with self._writing([Update(key, set, add, remove, when)], "update"):
            return self._store.update(key, set, add, remove, when)

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
        with self._writing([Delete(key, when)], "delete" if when == ALWAYS else "transact"):
            self._store.delete(key, when)

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
        read = None if limit is None else limit + LOOKED_AHEAD
        found = self._store.query(table, pk, start, end, prefix, read, newest_first, after).items
        self._meter.read(table, "query", sum(self._size(table, item) for item in found))
        if limit is None or len(found) <= limit:
            return Page(found, None)
        return Page(found[:limit], str(found[limit - 1]["SK"]))

    def transact(self, writes: Sequence[Write]) -> None:
        with self._writing(writes, "transact"):
            self._store.transact(writes)

    @contextmanager
    def _writing(self, writes: Sequence[Write], kind: str) -> Iterator[None]:
        """Charges writes by what is under their keys before and after, whether they succeed or not."""
        keys = [write.key for write in writes]
        before = self._sizes_of(keys)
        try:
            yield
        finally:
            after = self._sizes_of(keys)
            for key, sizes in zip(keys, zip(before, after, strict=True), strict=True):
                self._meter.wrote(key.table, kind, max(sizes), TRANSACTION if kind == "transact" else 1)

    def _sizes_of(self, keys: Sequence[Key]) -> list[int]:
        """Sizes now, whatever they were when last read."""
        for key in keys:
            self._sizes.pop(key, None)
        return [self._size(key.table, item) for key, item in zip(keys, self._store.get_many(keys), strict=True)]

    def _size(self, table: str, item: Item | None) -> int:
        if item is None:
            return 0
        place = (table, item["PK"], item["SK"])
        if place not in self._sizes:
            self._sizes[place] = size_of(item)
        return self._sizes[place]
