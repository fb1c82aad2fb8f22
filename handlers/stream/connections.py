"""The streams that a process keeps open, up to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from handlers.assembly import Backend
from handlers.runtime.log import log
from models.operation import Sent
from models.refusals import ConnectionLimitReached

RETRY_AFTER_SECONDS = 30
E = TypeVar("E")


class Connections:
    """Counts open streams; threads may share it."""

    def __init__(self, limit: int, since: datetime) -> None:
        self.limit = limit
        self.since = since
        self._open: set[Slot] = set()
        self._lock = Lock()

    @property
    def count(self) -> int:
        return len(self._open)

    def uptime_seconds(self, now: datetime) -> int:
        return max(0, int((now - self.since).total_seconds()))

    def take(self) -> Slot:
        """A place for one stream. Raises `ConnectionLimitReached` if there is none left."""
        slot = Slot(self)
        with self._lock:
            if len(self._open) < self.limit:
                self._open.add(slot)
                return slot
        raise ConnectionLimitReached(
            f"All {self.limit} stream connections of this process are taken; try again in {RETRY_AFTER_SECONDS} seconds",
            RETRY_AFTER_SECONDS,
        )

    def free(self, slot: Slot) -> bool:
        """Whether the slot was taken until now."""
        with self._lock:
            taken = slot in self._open
            self._open.discard(slot)
            return taken


class Slot:
    """The place of one stream; freeing it twice is harmless."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def free(self) -> None:
        if self._connections.free(self):
            log.info("a stream is closed", connections=self._connections.count)


class Stream(Generic[E]):
    """The events of one connection. Its slot is free once it has ended, failed or been closed, drawn from or not."""

    def __init__(self, slot: Slot, events: Iterator[Sent[E]]) -> None:
        self._slot = slot
        self._events = events
        self._closed = False

    def __iter__(self) -> Iterator[Sent[E]]:
        return self

    def __next__(self) -> Sent[E]:
        if self._closed:
            raise StopIteration
        try:
            return next(self._events)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._closed = True
        self._slot.free()


def connections_of(backend: Backend) -> Connections:
    """The connections of a process: make them with `backend.kept`."""
    return Connections(backend.settings.max_connections, backend.now())
