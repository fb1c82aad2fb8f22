"""A store that remembers which keys were written, fails at a write, or lets something else happen just before one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.storage.items import (
    ALWAYS,
    NOTHING,
    Condition,
    Item,
    Key,
    Put,
    Store,
    StoreUnavailable,
    Value,
    Write,
)
from tools.passing import Passing


class Interrupted(Passing):
    """Passes everything on. `fails_at` counts writes from 1; with `answer_lost` the write that fails has happened."""

    def __init__(self, store: Store, fails_at: int | None = None, answer_lost: bool = False) -> None:
        super().__init__(store)
        self.fails_at = fails_at
        self.answer_lost = answer_lost
        self.writes = 0
        self.written: set[Key] = set()
        self.meanwhile: dict[int, Callable[[], object]] = {}
        """What others do just before the n-th write."""

    def _write(self, keys: Iterable[Key], work: Callable[[], None]) -> None:
        self.writes += 1
        self.written |= set(keys)
        self.meanwhile.pop(self.writes, lambda: None)()
        fails = self.writes == self.fails_at
        if not fails or self.answer_lost:
            work()
        if fails:
            raise StoreUnavailable("the power went out", 1)

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        self._write([Put(table, item).key], lambda: self._store.put(table, item, when))

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        kept = list(items)
        self._write([Put(table, item).key for item in kept], lambda: self._store.put_many(table, kept))

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        found: list[Item] = []
        self._write([key], lambda: found.append(self._store.update(key, set, add, remove, when)))
        return found[0]

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
        self._write([key], lambda: self._store.delete(key, when))

    def transact(self, writes: Sequence[Write]) -> None:
        self._write([write.key for write in writes], lambda: self._store.transact(writes))
