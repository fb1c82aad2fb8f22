"""A store that passes everything on to another one, for those that look on or step in at some of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handlers.storage.items import ALWAYS, NOTHING, Condition, Item, Key, Page, Store, Value, Write


class Passing:
    """The port over another store, but for `rewrite`, which not every engine has."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: Key) -> Item | None:
        return self._store.get(key)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        return self._store.get_many(keys)

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        self._store.put(table, item, when)

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        self._store.put_many(table, items)

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        return self._store.update(key, set, add, remove, when)

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
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
        return self._store.query(table, pk, start, end, prefix, limit, newest_first, after)

    def transact(self, writes: Sequence[Write]) -> None:
        self._store.transact(writes)

    def purge(self) -> int:
        return self._store.purge()

    def prepare(self) -> None:
        self._store.prepare()

    def ping(self) -> None:
        self._store.ping()

    def close(self) -> None:
        self._store.close()
