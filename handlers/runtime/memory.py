"""What a process remembers between requests: a bounded number of answers, each until an instant."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """The most recently used entries, for all threads of the process. Counts what it had and what it had not."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._entries: OrderedDict[K, tuple[datetime, V]] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def get(self, key: K, now: datetime) -> V | None:
        """What was kept under a key, if `now` is still before its end."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry[0] <= now:
                self._entries.pop(key, None)
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return entry[1]

    def keep(self, key: K, value: V, until: datetime) -> None:
        """Keeps a value until an instant, exclusive, unless many others are used more recently."""
        with self._lock:
            self._entries[key] = (until, value)
            self._entries.move_to_end(key)
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)

    @property
    def hit_rate(self) -> float:
        """Hits among all reads; 0 when nothing was read."""
        read = self.hits + self.misses
        return self.hits / read if read else 0.0
