"""A file that is missing, locked, full, corrupt or no file gives StoreUnavailable, and what was acknowledged stays."""

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from contract_tests.storage.world import KEY, OPERATIONS, StillClock, python
from handlers.storage.items import Item, Key, Store, StoreUnavailable
from handlers.storage.sqlite import SCHEMA_VERSION, SqliteStore

HOLDER = ("-m", "contract_tests.storage.writer", "hold")
WRITES = ("put", "put_many", "update", "delete", "transact")
READS = ("get", "get_many", "query", "ping")
GARBAGE = bytes(range(255, -1, -1)) * 64

every_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def opened(path: Path, clock: StillClock, max_page_count: int | None = None) -> SqliteStore:
    return SqliteStore(str(path), clock, busy_timeout_seconds=0.02, max_page_count=max_page_count)


def fill(store: Store, size: int = 200) -> list[Item]:
    items: list[Item] = [{"PK": "kept", "SK": f"{number:04}", "filler": "x" * 500} for number in range(size)]
    store.put_many("users", items)
    return items


def must_refuse(act: Callable[[], object]) -> None:
    """With the engine's own exception as the cause, and none but ours outside."""
    with pytest.raises(StoreUnavailable) as refused:
        act()
    assert isinstance(refused.value.__cause__, sqlite3.Error | OSError | ValueError)
    assert refused.value.retry_after_seconds > 0


def test_a_file_in_a_folder_that_is_missing_cannot_be_opened(tmp_path: Path, clock: StillClock) -> None:
    must_refuse(lambda: opened(tmp_path / "missing" / "store.db", clock))

    assert not (tmp_path / "missing").exists()


def test_a_folder_is_no_store(tmp_path: Path, clock: StillClock) -> None:
    must_refuse(lambda: opened(tmp_path, clock))


@pytest.mark.parametrize("content", [GARBAGE, b"SQLite format 3\0" + GARBAGE, b"xy"], ids=["bytes", "header", "short"])
def test_bytes_that_are_no_database_cannot_be_opened_and_are_left_alone(
    path: Path, clock: StillClock, content: bytes
) -> None:
    path.write_bytes(content)
    must_refuse(lambda: opened(path, clock))

    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(path: Path, clock: StillClock) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE things (name TEXT)")
    other.close()
    with pytest.raises(StoreUnavailable) as refused:
        opened(path, clock)

    assert "schema version 0" in refused.value.reason
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("things",)]
    other.close()


@pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1])
def test_another_schema_is_not_guessed_at(path: Path, clock: StillClock, version: int) -> None:
    opened(path, clock).close()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {version}")
    other.close()
    with pytest.raises(StoreUnavailable) as refused:
        opened(path, clock)

    assert f"schema version {version}" in refused.value.reason


def test_a_new_file_that_another_process_holds_cannot_be_opened(path: Path, clock: StillClock) -> None:
    with python(*HOLDER, str(path), "") as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        must_refuse(lambda: opened(path, clock))
    store = opened(path, clock)

    assert fill(store) == store.query("users", "kept").items


def test_while_another_process_writes_reads_go_on_and_writes_are_refused_until_it_ends(
    path: Path, clock: StillClock
) -> None:
    store = opened(path, clock)
    items = fill(store)
    with python(*HOLDER, str(path), "") as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        for name in WRITES:
            must_refuse(partial(OPERATIONS[name], store))
        for name in READS:
            OPERATIONS[name](store)
        opened(path, clock).close()
        assert store.query("users", "kept").items == items
    OPERATIONS["put"](store)

    assert store.get(KEY) == {"PK": KEY.pk, "SK": KEY.sk}
    assert store.query("users", "kept").items == items


def test_a_locked_file_is_soon_worth_another_try(path: Path, clock: StillClock) -> None:
    store = opened(path, clock)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable) as refused:
        OPERATIONS["put"](store)
    other.close()

    assert refused.value.retry_after_seconds == 1


def test_a_file_without_room_for_the_schema_cannot_be_opened(path: Path, clock: StillClock) -> None:
    must_refuse(lambda: opened(path, clock, max_page_count=1))


def test_a_full_file_keeps_what_it_acknowledged_and_takes_writes_again_once_there_is_room(
    path: Path, clock: StillClock
) -> None:
    store = opened(path, clock, max_page_count=40)
    acknowledged: list[Item] = []

    def write_on() -> None:
        while True:
            item: Item = {"PK": "kept", "SK": f"{len(acknowledged):04}", "filler": "x" * 3000}
            store.put("users", item)
            acknowledged.append(item)

    must_refuse(write_on)
    must_refuse(lambda: store.put_many("users", [{"PK": "more", "SK": str(n), "filler": "x" * 3000} for n in range(9)]))

    assert len(acknowledged) > 10
    assert store.query("users", "kept").items == acknowledged
    assert store.query("users", "more").items == []
    store.delete(Key("users", "kept", "0000"))
    store.delete(Key("users", "kept", "0001"))
    store.put("users", acknowledged[0])
    assert store.query("users", "kept").items == [acknowledged[0], *acknowledged[2:]]


@every_operation
def test_a_file_that_went_away_is_noticed_and_found_again_with_everything_in_it(
    path: Path, clock: StillClock, operation: Callable[[Store], object]
) -> None:
    store = opened(path, clock)
    items = fill(store)
    path.rename(path.with_suffix(".away"))
    must_refuse(lambda: operation(store))
    must_refuse(lambda: operation(store))
    gone = not path.exists()
    path.with_suffix(".away").rename(path)

    assert gone
    assert store.query("users", "kept").items == items
    assert fill(store, 300) == store.query("users", "kept").items


@every_operation
def test_a_folder_where_the_file_was_is_no_store(
    path: Path, clock: StillClock, operation: Callable[[Store], object]
) -> None:
    store = opened(path, clock)
    path.unlink()
    path.mkdir()

    must_refuse(lambda: operation(store))


@every_operation
def test_a_file_in_the_place_of_the_one_that_was_opened_is_left_alone(
    path: Path, clock: StillClock, operation: Callable[[Store], object]
) -> None:
    store, other = opened(path, clock), opened(path.with_name("other.db"), clock)
    fill(store)
    other.close()
    os.replace(path.with_name("other.db"), path)
    content = path.read_bytes()

    must_refuse(lambda: operation(store))
    assert path.read_bytes() == content


@every_operation
def test_pages_that_turn_to_garbage_never_raise_anything_else(
    path: Path, clock: StillClock, operation: Callable[[Store], object]
) -> None:
    store = opened(path, clock)
    fill(store)
    store.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(GARBAGE * 16)
    reopened = opened(path, clock)

    must_refuse(lambda: operation(reopened))


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"", "{"], ids=repr)
def test_an_item_that_turned_to_garbage_is_the_store_failing(path: Path, clock: StillClock, body: bytes | str) -> None:
    store = opened(path, clock)
    store.put("users", {"PK": KEY.pk, "SK": KEY.sk})
    other = sqlite3.connect(path)
    other.execute("UPDATE items SET body = ?", (body,))
    other.commit()
    other.close()

    must_refuse(lambda: store.get(KEY))
    must_refuse(lambda: store.query(KEY.table, KEY.pk))
    must_refuse(lambda: store.update(KEY, add={"n": 1}))
    store.put("users", {"PK": KEY.pk, "SK": KEY.sk, "n": 1})
    assert store.get(KEY) == {"PK": KEY.pk, "SK": KEY.sk, "n": 1}


@every_operation
@pytest.mark.parametrize("place", [":memory:", "store.db"])
def test_a_closed_store_is_unavailable(
    tmp_path: Path, clock: StillClock, place: str, operation: Callable[[Store], object]
) -> None:
    store = SqliteStore(place if place == ":memory:" else str(tmp_path / place), clock)
    store.close()
    store.close()

    with pytest.raises(StoreUnavailable):
        operation(store)


def test_a_file_with_a_name_that_a_uri_would_misread_is_opened_by_its_name(tmp_path: Path, clock: StillClock) -> None:
    odd = tmp_path / "50%?mode=ro#é .db"
    store = opened(odd, clock)
    store.put("users", {"PK": "1", "SK": "1"})

    assert odd.is_file()


def test_every_write_is_on_the_disk_before_it_is_acknowledged(path: Path, clock: StillClock) -> None:
    store = opened(path, clock)
    with store._connections.reading() as connection:
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()

    assert (journal, synchronous) == ("wal", 2)
