"""Threads and processes on one store lose nothing, and a process that is killed takes nothing acknowledged with it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from contract_tests.storage.world import StillClock, python
from contract_tests.storage.writer import COUNTER, increment
from handlers.storage.items import Absent, ConditionFailed, Key, Put, Store, Update
from handlers.storage.opening import open_store

THREADS = 8
WRITER = ("-m", "contract_tests.storage.writer")


def test_threads_that_increment_conditionally_lose_nothing(store: Store, engine: str, pk: str) -> None:
    times = 25 if engine in ("memory", "file") else 3
    key = Key("users", pk, "1")
    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(increment, store, key, times) for _ in range(THREADS)]:
            done.result()

    assert store.get(key) == {"PK": pk, "SK": "1", "n": THREADS * times}


def test_of_threads_that_claim_the_same_key_in_transactions_one_wins(store: Store, engine: str, pk: str) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    together = threading.Barrier(THREADS)

    def claim(number: int) -> bool:
        together.wait()
        claimed = Put("users", {"PK": pk, "SK": "1", "by": number}, Absent())
        try:
            store.transact([Update(Key("articles", pk, "1"), add={"n": 1}), claimed])
        except ConditionFailed:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        won = list(threads.map(claim, range(THREADS)))

    assert sorted(won) == [False] * (THREADS - 1) + [True]
    assert store.get(Key("users", pk, "1")) == {"PK": pk, "SK": "1", "by": won.index(True)}
    assert store.get(Key("articles", pk, "1")) == {"PK": pk, "SK": "1", "n": 1}


def test_processes_that_open_one_new_file_together_and_increment_lose_nothing(
    tmp_path: Path, clock: StillClock
) -> None:
    path, processes, times = str(tmp_path / "store.db"), 4, 25
    with ExitStack() as stack:
        running = [stack.enter_context(python(*WRITER, "increment", path, str(times))) for _ in range(processes)]
        codes = [process.wait(timeout=30) for process in running]
    store = open_store(f"sqlite:///{path}", clock)
    found = store.get(COUNTER)
    store.close()

    assert codes == [0] * processes
    assert found == {"PK": "counter", "SK": "1", "n": processes * times}


@pytest.mark.parametrize("acknowledgements", [1, 40, 150])
def test_what_a_killed_process_had_acknowledged_is_there(
    tmp_path: Path, clock: StillClock, acknowledgements: int
) -> None:
    path = str(tmp_path / "store.db")
    with python(*WRITER, "acknowledge", path, "0") as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(acknowledgements)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    store = open_store(f"sqlite:///{path}", clock)
    written = [str(item["SK"]) for item in store.query("users", "pair").items]
    partners = [str(item["SK"]) for item in store.query("articles", "pair").items]
    counted = store.get(COUNTER)
    store.close()

    assert written[: len(acknowledged)] == [f"{number:06}" for number in acknowledged]
    assert len(written) - len(acknowledged) in (0, 1)
    assert partners == written
    assert counted == {"PK": "counter", "SK": "1", "n": len(written)}
