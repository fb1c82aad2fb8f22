"""Watchlists in the store: two active ones a user at most, whatever races; a deleted one is put aside."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from contract_tests.storage.competitor import ROUNDS, THREADS, USER
from contract_tests.storage.world import StillClock, python, released
from handlers.storage.configurations import (
    MAX_ACTIVE,
    Configurations,
    Draft,
    TooManyActive,
    WatchedTicker,
)
from handlers.storage.items import ConditionFailed, Key, Store
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import user_key

EMPTY = Draft("", (), 7, False)


def count(store: Store, user_id: str) -> object:
    item = store.get(Key("users", user_key(user_id), "CONFIG_COUNT"))
    return item and item["active"]


def deleted(store: Store, user_id: str) -> list[object]:
    found = store.query("users", user_key(user_id), prefix="DELETED#CONFIG#").items
    return [item["config_id"] for item in found]


def test_a_watchlist_is_read_as_it_was_written(store: Store, pk: str, clock: StillClock) -> None:
    draft = Draft("Ünïcode ✓", (WatchedTicker("BRK.B", "Berkshire", "NYSE", clock.now()),), 365, True)
    made = Configurations(store).create(pk, "1", draft, clock.now())

    assert Configurations(store).get(pk, "1") == made
    assert Configurations(store).all(pk) == [made]
    assert made.draft == draft
    assert Configurations(store).get(f"not {pk}", "1") is None


def test_the_third_is_refused_and_nothing_of_it_is_written(store: Store, pk: str, clock: StillClock) -> None:
    configurations = Configurations(store)
    made = [configurations.create(pk, str(number), EMPTY, clock.now()) for number in range(MAX_ACTIVE)]
    with pytest.raises(TooManyActive):
        configurations.create(pk, "third", EMPTY, clock.now())

    assert configurations.all(pk) == made[::-1]
    assert count(store, pk) == MAX_ACTIVE


def test_an_id_that_is_taken_is_not_mistaken_for_a_full_user(store: Store, pk: str, clock: StillClock) -> None:
    made = Configurations(store).create(pk, "1", EMPTY, clock.now())
    with pytest.raises(ConditionFailed):
        Configurations(store).create(pk, "1", Draft("another", (), 1, True), clock.now())

    assert Configurations(store).all(pk) == [made]
    assert count(store, pk) == 1


def test_deleting_frees_one_place_however_often_it_is_done(store: Store, pk: str, clock: StillClock) -> None:
    configurations = Configurations(store)
    for number in range(MAX_ACTIVE):
        configurations.create(pk, str(number), EMPTY, clock.now())
    done = [configurations.delete(pk, "0", clock.now()) for _ in range(3)]

    assert done == [True, False, False]
    assert count(store, pk) == MAX_ACTIVE - 1
    assert configurations.get(pk, "0") is None
    assert configurations.change(pk, "0", {"name": "back"}, clock.now()) is None


def test_a_deleted_watchlist_is_kept_aside_for_thirty_days(store: Store, pk: str, clock: StillClock) -> None:
    Configurations(store).create(pk, "1", EMPTY, clock.now())
    Configurations(store).delete(pk, "1", clock.now())
    clock.advance(30 * 86_400 - 1)
    before = deleted(store, pk)
    clock.advance(1)

    assert before == ["1"]
    assert deleted(store, pk) == []


def test_changing_leaves_the_rest(store: Store, pk: str, clock: StillClock) -> None:
    configurations = Configurations(store)
    made = configurations.create(pk, "1", EMPTY, clock.now())
    clock.advance(60)
    changed = configurations.change(pk, "1", {"name": "new"}, clock.now())

    assert changed == configurations.get(pk, "1")
    assert changed is not None
    assert (changed.draft, changed.created_at) == (Draft("new", (), 7, False), made.created_at)
    assert changed.updated_at == clock.now()


def test_no_race_of_processes_and_threads_makes_a_third_or_loses_a_place(tmp_path: Path, clock: StillClock) -> None:
    path, names = str(tmp_path / "store.db"), ("a", "b", "c")
    SqliteStore(path, clock).close()
    with ExitStack() as stack:
        running = [stack.enter_context(python("-m", "contract_tests.storage.competitor", path, name)) for name in names]
        ready = [process.stdout.readline() for process in running if process.stdout]
        printed = released(running)
    numbers = [[int(text) for text in lines.split()] for lines in printed]
    created, removed, most = (sum(column) for column in zip(*numbers, strict=True))
    store = SqliteStore(path, clock)
    left = Configurations(store).all(USER)

    assert ready == ["ready\n"] * len(names)
    assert max(row[2] for row in numbers) <= MAX_ACTIVE
    assert most > 0
    assert 0 < removed <= created <= len(names) * THREADS * ROUNDS
    assert len(left) == created - removed == count(store, USER)
    assert len(deleted(store, USER)) == removed
