"""A store that remembers which keys were written, fails at a write, or lets something else happen just before one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.storage.items import (
    ALWAYS,
    NOTHING,
    Condition,
    Item,
    Key,
    Page,
    Put,
    Store,
    StoreUnavailable,
    Value,
    Write,
)


class Interrupted:
    """Passes everything on. `fails_at` counts writes from 1; with `answer_lost` the write that fails has happened."""

    def __init__(self, store: Store, fails_at: int | None = None, answer_lost: bool = False) -> None:
        self._store = store
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

    def get(self, key: Key) -> Item | None:
        return self._store.get(key)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        return self._store.get_many(keys)

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
        self._write([write.key for write in writes], lambda: self._store.transact(writes))

    def purge(self) -> int:
        return self._store.purge()

    def prepare(self) -> None:
        self._store.prepare()

    def ping(self) -> None:
        self._store.ping()

    def close(self) -> None:
        self._store.close()
