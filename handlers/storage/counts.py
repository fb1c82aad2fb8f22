"""How often something happened in a window of time."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.storage.items import Key, Store


@dataclass(frozen=True, slots=True)
class Counts:
    store: Store

    def count(self, name: str, window_start: int, window_seconds: int) -> int:
        """Adds one to a name's count in the window from `window_start` (epoch seconds) and returns the sum, exactly."""
        key = Key("limits", name, str(window_start))
        item = self.store.update(key, set={"ttl": window_start + 2 * window_seconds}, add={"used": 1})
        used = item["used"]
        assert isinstance(used, int)
        return used
