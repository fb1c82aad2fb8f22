"""A store that can be put back to where it was: fuzzing starts again from the seeded state in a moment, without seeding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.storage.items import ALWAYS, NOTHING, Condition, Item, Key, Put, Store, Value, Write
from tools.passing import Passing

MANY = 20
"""Keys whose undoing costs as much as another copy of the seeded store."""


class Rewinding(Passing):
    """Remembers what was under each key before it was first written. Not for threads.

    `fresh`, if given, makes a store in the state of the beginning: after many writes that is the shorter way back.
    """

    def __init__(self, store: Store, fresh: Callable[[], Store] | None = None) -> None:
        super().__init__(store)
        self._fresh = fresh
        self._before: dict[Key, Item | None] = {}

    @property
    def _is_beyond_undoing(self) -> bool:
        return self._fresh is not None and len(self._before) > MANY

    def rewind(self) -> None:
        """Undoes every write since the last time."""
        if self._fresh is not None and self._is_beyond_undoing:
            self._store = self._fresh()
        else:
            self._undo()
        self._before.clear()

    def _undo(self) -> None:
        puts: dict[str, list[Item]] = {}
        for key, item in self._before.items():
            if item is None:
                self._store.delete(key)
            else:
                puts.setdefault(key.table, []).append(item)
        for table, items in puts.items():
            self._store.put_many(table, items)

    def _remember(self, keys: Iterable[Key]) -> None:
        for key in keys:
            if self._is_beyond_undoing:
                return
            if key not in self._before:
                self._before[key] = self._store.get(key)

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        self._remember([Put(table, item).key])
        self._store.put(table, item, when)

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        rows = list(items)
        self._remember(Put(table, item).key for item in rows)
        self._store.put_many(table, rows)

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        self._remember([key])
        return self._store.update(key, set, add, remove, when)

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
        self._remember([key])
        self._store.delete(key, when)

    def transact(self, writes: Sequence[Write]) -> None:
        self._remember(write.key for write in writes)
        self._store.transact(writes)

    def purge(self) -> int:
        """Nothing: what has expired is absent already, and deleting it could not be undone."""
        return 0
