"""A process that works on a SQLite store: python -m contract_tests.storage.writer <what> <path> <how often>."""

import sqlite3
import sys
from itertools import count

from contract_tests.storage.world import StillClock
from handlers.storage.items import Absent, ConditionFailed, Equals, Item, Key, Put, Store, Update
from handlers.storage.opening import open_store

COUNTER = Key("users", "counter", "1")


def increment(store: Store, key: Key, times: int) -> None:
    """Optimistically: reads, then writes if nobody else did."""
    for _ in range(times):
        while not _incremented(store, key):
            pass


def _incremented(store: Store, key: Key) -> bool:
    seen = store.get(key)
    item: Item = {"PK": key.pk, "SK": key.sk, "n": 1}
    try:
        if seen is None:
            store.put(key.table, item, Absent())
        else:
            store.update(key, add={"n": 1}, when=Equals("n", seen["n"]))
    except ConditionFailed:
        return False
    return True


def acknowledge(store: Store) -> None:
    """Writes for ever, a pair at a time, and names each number once it is stored."""
    for number in count():
        store.transact(
            [
                Put("users", {"PK": "pair", "SK": f"{number:06}", "filler": "x" * (number % 7 * 900)}),
                Put("articles", {"PK": "pair", "SK": f"{number:06}"}),
                Update(COUNTER, add={"n": 1}),
            ]
        )
        print(number, flush=True)


def hold(path: str) -> None:
    """Keeps the file from every other writer until its input ends."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    print("held", flush=True)
    sys.stdin.read()


def main(what: str, path: str, times: str) -> None:
    if what == "hold":
        hold(path)
        return
    store = open_store(f"sqlite:///{path}", StillClock())
    if what == "increment":
        increment(store, COUNTER, int(times))
    elif what == "acknowledge":
        acknowledge(store)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
