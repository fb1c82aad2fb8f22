"""The item port over one SQLite file, which threads and processes may share, or over memory.

A write is acknowledged when it is on the disk: write-ahead log, synchronous=FULL.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from queue import Empty, SimpleQueue
from typing import Final
from urllib.parse import quote

import orjson

from handlers.storage._limits import check_item, check_key, check_table
from handlers.storage._spans import Query, checked_query
from handlers.storage.items import (
    ALWAYS,
    NOTHING,
    Changes,
    Clock,
    Condition,
    ConditionFailed,
    Delete,
    Item,
    Key,
    Page,
    Put,
    StoreUnavailable,
    Update,
    Value,
    Write,
    check_transaction,
    epoch_seconds,
)

MEMORY: Final = ":memory:"
SCHEMA_VERSION: Final = 2
# The text of a UTF-8 database compares byte by byte, as DynamoDB's sort keys do. `ttl` repeats the item's attribute.
# With row ids: WITHOUT ROWID costs twice as much for each write, since the index of `ttl` then repeats the key, and three
# times as much for a whole article, of which only a quarter of a page stays beside its key.
SCHEMA: Final = (
    """CREATE TABLE items (
        tbl TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, ttl INTEGER, body NOT NULL, PRIMARY KEY (tbl, pk, sk)
    )""",
    "CREATE INDEX items_by_ttl ON items (ttl) WHERE ttl IS NOT NULL",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
GET: Final = "SELECT body FROM items WHERE tbl = ? AND pk = ? AND sk = ? AND (ttl IS NULL OR ttl > ?)"
TOGETHER: Final = 16
"""Keys that one statement reads, for a third of what reading them one by one costs."""
GET_TOGETHER: Final = (
    f"WITH wanted (place, t, p, s) AS (VALUES {', '.join(f'({place}, ?, ?, ?)' for place in range(TOGETHER))}) "
    "SELECT place, body FROM wanted CROSS JOIN items ON tbl = t AND pk = p AND sk = s WHERE ttl IS NULL OR ttl > ?"
)
PUT: Final = "INSERT OR REPLACE INTO items (tbl, pk, sk, ttl, body) VALUES (?, ?, ?, ?, ?)"
DELETE: Final = "DELETE FROM items WHERE tbl = ? AND pk = ? AND sk = ?"
PURGE: Final = "DELETE FROM items WHERE ttl <= ?"
RANGE: Final = "SELECT body FROM items WHERE tbl = ? AND pk = ? AND sk >= ? AND (ttl IS NULL OR ttl > ?)"
EVERYTHING: Final = -1

Row = tuple[str, str, str, int | None, bytes | str]


class SqliteStore:
    def __init__(
        self, path: str, clock: Clock, busy_timeout_seconds: float = 5.0, max_page_count: int | None = None
    ) -> None:
        """Creates the file if there is none, in a folder that is there. `max_page_count` bounds its size."""
        self._clock = clock
        self._connections = _Connections(path, busy_timeout_seconds, max_page_count)

    def get(self, key: Key) -> Item | None:
        check_key(*key)
        with self._connections.reading() as connection:
            return _read(connection, key, epoch_seconds(self._clock))

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        wanted = list(keys)
        for key in wanted:
            check_key(*key)
        now = epoch_seconds(self._clock)
        with self._connections.reading() as connection:
            return _read_many(connection, wanted, now)

    def put(self, table: str, item: Item, when: Condition = ALWAYS) -> None:
        self.transact([Put(table, item, when)])

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        rows = [_checked_row(table, item) for item in items]
        with self._connections.writing() as connection:
            connection.executemany(PUT, rows)

    def update(
        self,
        key: Key,
        set: Mapping[str, Value] = NOTHING,
        add: Mapping[str, int] = NOTHING,
        remove: Sequence[str] = (),
        when: Condition = ALWAYS,
    ) -> Item:
        write = Update(key, set, add, remove, when)
        with self._connections.writing() as connection:
            current = _required(connection, write, 0, epoch_seconds(self._clock))
            return _store(connection, key, write.applied_to(current))

    def delete(self, key: Key, when: Condition = ALWAYS) -> None:
        self.transact([Delete(key, when)])

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
        query = checked_query(table, pk, start, end, prefix, limit, newest_first, after)
        if query.span.empty:
            return Page([], None)
        statement, parameters = _select(query, epoch_seconds(self._clock))
        with self._connections.reading() as connection:
            return query.page([_item(body) for (body,) in connection.execute(statement, parameters)])

    def transact(self, writes: Sequence[Write]) -> None:
        check_transaction(writes)
        with self._connections.writing() as connection:
            now = epoch_seconds(self._clock)
            for index, write in enumerate(writes):
                _apply(connection, write, index, now)

    def rewrite(self, keys: Iterable[Key], change: Callable[[dict[Key, Item | None]], Changes]) -> None:
        wanted = list(dict.fromkeys(keys))
        for key in wanted:
            check_key(*key)
        with self._connections.writing() as connection:
            now = epoch_seconds(self._clock)
            changes = change(dict(zip(wanted, _read_many(connection, wanted, now), strict=True)))
            # Many at once cost half of what they cost one by one.
            rows = (_checked_row(key.table, item) for key, item in changes.items() if item is not None)
            connection.executemany(PUT, rows)
            connection.executemany(DELETE, [key for key, item in changes.items() if item is None])

    def purge(self) -> int:
        with self._connections.writing() as connection:
            return connection.execute(PURGE, (epoch_seconds(self._clock),)).rowcount

    def prepare(self) -> None:
        """Nothing to do: opening has made the file and its schema."""

    def ping(self) -> None:
        with self._connections.reading() as connection:
            connection.execute("SELECT 1 FROM items LIMIT 1").fetchone()

    def copied(self, clock: Clock) -> "SqliteStore":
        """A store in memory with the same items, under a clock of its own."""
        copy = SqliteStore(MEMORY, clock)
        with self._connections.reading() as source, copy._connections.reading() as target:
            source.backup(target)
        return copy

    def close(self) -> None:
        """Every later call raises StoreUnavailable."""
        self._connections.close()


class _Connections:
    """Idle connections, each lent to one thread at a time: a file gets as many as are in use, memory has one."""

    def __init__(self, path: str, busy_timeout_seconds: float, max_page_count: int | None) -> None:
        self._path = path if path == MEMORY else os.path.abspath(path)
        self._busy_timeout_seconds = busy_timeout_seconds
        self._max_page_count = max_page_count
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._closed = False
        with self._translated():
            self._idle.put(self._open("rwc"))
            self._identity = _identity(self._path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._return(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back by any exception."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise

    def close(self) -> None:
        self._closed = True
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _borrow(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        if self._path == MEMORY:
            return self._idle.get()
        # A file that was moved would take writes nobody finds again; one in its place must not get the old one's log.
        if _identity(self._path) != self._identity:
            raise OSError(errno.ESTALE, "the file was replaced while it was open")
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._open("rw")

    def _return(self, connection: sqlite3.Connection) -> None:
        done = self._closed or connection.in_transaction
        if done:
            connection.close()
        # Memory's only connection goes back even when closed: whoever waits for it learns that from SQLite.
        if not done or self._path == MEMORY:
            self._idle.put(connection)

    def _open(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            _uri(self._path, mode),
            uri=True,
            timeout=self._busy_timeout_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _prepare(connection, self._max_page_count)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(f"SQLite store {self._path}: {error}", _retry_after(error)) from error
        except json.JSONDecodeError as error:
            raise StoreUnavailable(f"SQLite store {self._path}: an item is corrupt") from error


def _prepare(connection: sqlite3.Connection, max_page_count: int | None) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode not in ("wal", "memory"):
        raise StoreUnavailable(f"SQLite cannot keep a write-ahead log there, only {mode}")
    connection.execute("PRAGMA synchronous = FULL")
    if max_page_count is not None:
        connection.execute(f"PRAGMA max_page_count = {max_page_count:d}")
    if _schema_version(connection) == 0:
        _create(connection)
    if (version := _schema_version(connection)) != SCHEMA_VERSION:
        raise StoreUnavailable(f"the SQLite file has schema version {version}; this release reads {SCHEMA_VERSION}")


def _schema_version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first, or the file may be another program's.
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    # A full disk has rolled back already; a connection that cannot roll back is not lent again.
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _uri(path: str, mode: str) -> str:
    return f"file:{MEMORY}" if path == MEMORY else f"file:{quote(path)}?mode={mode}"


def _identity(path: str) -> tuple[int, int]:
    if path == MEMORY:
        return (0, 0)
    found = os.stat(path)
    return (found.st_dev, found.st_ino)


def _retry_after(error: Exception) -> int:
    """Seconds: a lock passes, anything else waits for a person."""
    busy = getattr(error, "sqlite_errorcode", None)
    return 1 if busy is not None and busy & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else 30


def _read(connection: sqlite3.Connection, key: Key, now: int) -> Item | None:
    found = connection.execute(GET, (*key, now)).fetchone()
    return _item(found[0]) if found else None


def _read_many(connection: sqlite3.Connection, keys: Sequence[Key], now: int) -> list[Item | None]:
    """In the order of the keys."""
    found: list[Item | None] = []
    whole = len(keys) - len(keys) % TOGETHER
    for start in range(0, whole, TOGETHER):
        parameters = [*chain.from_iterable(keys[start : start + TOGETHER]), now]
        bodies = dict(connection.execute(GET_TOGETHER, parameters).fetchall())
        found += [_item(bodies[place]) if place in bodies else None for place in range(TOGETHER)]
    return found + [_read(connection, key, now) for key in keys[whole:]]


def _required(connection: sqlite3.Connection, write: Write, index: int, now: int) -> Item | None:
    """The item the write meets, once its condition holds of it."""
    current = _read(connection, write.key, now)
    if not write.when.holds(current):
        raise ConditionFailed(write.key, index)
    return current


def _apply(connection: sqlite3.Connection, write: Write, index: int, now: int) -> None:
    if isinstance(write, Update):
        _store(connection, write.key, write.applied_to(_required(connection, write, index, now)))
        return
    if write.when is not ALWAYS:
        _required(connection, write, index, now)
    if isinstance(write, Put):
        _store(connection, write.key, write.item)
    elif isinstance(write, Delete):
        connection.execute(DELETE, write.key)


def _store(connection: sqlite3.Connection, key: Key, item: Item) -> Item:
    connection.execute(PUT, _row(key.table, item))
    return item


def _checked_row(table: str, item: Item) -> Row:
    check_table(table)
    check_item(item)
    return _row(table, item)


def _row(table: str, item: Item) -> Row:
    """The row of an item that was checked."""
    return (table, item["PK"], item["SK"], item.get("ttl"), _body(item))  # type: ignore[return-value]


def _body(item: Item) -> bytes | str:
    try:
        return orjson.dumps(item, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        # orjson stops at 64 bits, the port at 38 digits: such an item is stored as text, and that is how it is known.
        return json.dumps(item, sort_keys=True)


def _item(body: bytes | str) -> Item:
    item: Item = orjson.loads(body) if isinstance(body, bytes) else json.loads(body)
    return item


def _select(query: Query, now: int) -> tuple[str, list[str | int]]:
    statement = RANGE
    parameters: list[str | int] = [query.table, query.pk, query.span.low, now]
    if query.span.high is not None:
        statement += " AND sk < ?"
        parameters.append(query.span.high)
    parameters.append(EVERYTHING if query.limit is None else query.limit + 1)
    return statement + (" ORDER BY sk DESC LIMIT ?" if query.newest_first else " ORDER BY sk LIMIT ?"), parameters
