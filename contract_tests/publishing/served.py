"""The stage behind a real loopback listener, on a clock that runs: for clients that are other programs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from queue import SimpleQueue

from handlers.runtime.chance import CountedChance
from handlers.storage.sqlite import SqliteStore
from tools.serve import listening
from tools.stage import FEEDS, NOW, furnish, settings

WAIT_SECONDS = 20.0


class RunningClock:
    """Goes on from the instant of the stage as real time does, so that the recorded callers and articles are of today."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return NOW + timedelta(seconds=time.monotonic() - self._began)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@contextmanager
def served(limits: bool = False) -> Iterator[str]:
    """The address of both functions over a furnished store."""
    clock = RunningClock()
    store = SqliteStore(":memory:", clock)
    furnish(store)
    lines: SimpleQueue[str] = SimpleQueue()
    server = listening(0, settings(rate_limits=limits), clock, CountedChance("served"), store, FEEDS, lines.put)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://{server.host}:{server.port}"
    finally:
        server.shutdown()
        thread.join(WAIT_SECONDS)
