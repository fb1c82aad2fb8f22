"""A process whose threads create and delete one user's watchlists: python -m contract_tests.storage.competitor <path> <name>.

Says that it is ready and waits for a line. Prints how many it created, how many it deleted, and the most it ever saw.
"""

import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.storage.configurations import Configurations, Draft, TooManyActive
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore

USER = "somebody"
THREADS = 8
ROUNDS = 4


def compete(store: Store, name: str) -> Counter[str]:
    """Creates a watchlist in each round, then deletes the oldest one, which others are about to do as well."""
    counted: Counter[str] = Counter(most=0)
    configurations = Configurations(store)
    for number in range(ROUNDS):
        try:
            configurations.create(USER, f"{name}-{number}", Draft("", (), 7, False), MIDNIGHT)
            counted["created"] += 1
        except TooManyActive:
            pass
        present = configurations.all(USER)
        counted["most"] = max(counted["most"], len(present))
        if present:
            counted["deleted"] += configurations.delete(USER, present[-1].config_id, MIDNIGHT)
    return counted


def main(path: str, name: str) -> None:
    store = SqliteStore(path, StillClock(), busy_timeout_seconds=30)
    together = threading.Barrier(THREADS)

    def run(thread: int) -> Counter[str]:
        together.wait()
        return compete(store, f"{name}-{thread}")

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        counted = list(threads.map(run, range(THREADS)))
    store.close()
    print(sum(each["created"] for each in counted), sum(each["deleted"] for each in counted))
    print(max(each["most"] for each in counted))


if __name__ == "__main__":
    main(*sys.argv[1:])
