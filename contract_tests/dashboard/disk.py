"""A stage over a file, and another writer that holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from handlers.runtime.clock import FixedClock
from handlers.storage.sqlite import SqliteStore
from tools import identities
from tools.stage import NOW, Stage


def on_disk(folder: Path) -> tuple[Stage, Path]:
    """A stage with the recorded callers over a file; it gives up at once when another process holds the file."""
    file, clock = folder / "store.db", FixedClock(NOW)
    store = SqliteStore(str(file), clock, busy_timeout_seconds=0)
    identities.enrol(store, NOW)
    return Stage(clock=clock, store=store), file


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another writer holds the file for as long as the block; reading goes on."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
