"""A process whose threads merge one anonymous user, each into an account of its own.

Called as python -m contract_tests.storage.merger <path> <name>. Says that it is ready and waits for a line. Prints for each
thread the account that got the user, or `elsewhere`.
"""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.merging import MergedElsewhere, Merging
from handlers.storage.sqlite import SqliteStore

SOURCE = "w-anonymous"
THREADS = 4


def main(path: str, name: str) -> None:
    store = SqliteStore(path, StillClock(), busy_timeout_seconds=30)
    together = threading.Barrier(THREADS)

    def run(thread: int) -> str:
        target = f"{name}-{thread}"
        together.wait()
        try:
            Merging(store).merge(SOURCE, target, MIDNIGHT)
        except MergedElsewhere:
            return "elsewhere"
        return target

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        done = list(threads.map(run, range(THREADS)))
    store.close()
    print(*done)


if __name__ == "__main__":
    main(*sys.argv[1:])
