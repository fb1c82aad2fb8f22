"""A process whose threads evaluate alerts and send mails: python -m contract_tests.jobs.evaluator <path> <name>.

Says that it is ready and waits for a line. Prints how many alerts its threads fired with a mail, and how many mails they sent.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from contract_tests.jobs.delivery import Delivery
from contract_tests.jobs.world import NOW
from handlers.backend import Backend
from handlers.jobs import evaluate_alerts, send_notifications
from handlers.jobs.running import perform
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore

THREADS = 4


def prepare(store: Store) -> list[str]:
    """A member with twenty alerts on two watchlists, all of which would fire now; their ids."""
    world = Delivery(store)
    world.join()
    world.hear(0.9)
    return [
        world.alert(0.5, config_id=config_id)
        for config_id in (world.watchlist("AAPL", config_id="first"), world.watchlist("AAPL", config_id="second"))
        for _ in range(10)
    ]


def evaluate(backend: Backend) -> list[int]:
    fired = perform(evaluate_alerts.JOB, {"items": [{"ticker": "AAPL"}]}, backend)
    sent = perform(send_notifications.JOB, {}, backend)
    return [fired["counts"].get("AlertsMailed", 0), sent["counts"].get("MailsSent", 0)]


def main(path: str, name: str) -> None:
    clock = FixedClock(NOW)
    store = SqliteStore(path, clock, busy_timeout_seconds=30)
    backends = [Backend(Settings(), clock, CountedChance(f"{name}-{n}"), None, store) for n in range(THREADS)]
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        found = list(threads.map(evaluate, backends))
    store.close()
    print(*map(sum, zip(*found, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
