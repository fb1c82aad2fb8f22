"""At most one value for each key in a while; the last one is never lost, only late."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Debounce(Generic[K, V]):
    """Values wait by key until `pause` has passed since the key's last one left; a newer value takes the older one's place."""

    def __init__(self, pause: timedelta) -> None:
        self._pause = pause
        self._left: dict[K, datetime] = {}
        self._waiting: dict[K, V] = {}

    def put(self, key: K, value: V) -> None:
        self._waiting[key] = value

    def take(self, now: datetime) -> list[V]:
        """What may leave now, in the order in which keys began to wait."""
        self._left = {key: at for key, at in self._left.items() if now - at < self._pause}
        ready = [key for key in self._waiting if key not in self._left]
        self._left.update(dict.fromkeys(ready, now))
        return [self._waiting.pop(key) for key in ready]

    def due(self) -> datetime | None:
        """When something that waits may leave; None if nothing waits for time to pass."""
        return min((self._left[key] + self._pause for key in self._waiting if key in self._left), default=None)
