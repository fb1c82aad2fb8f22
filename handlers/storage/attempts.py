"""How often something was tried in vain, for what must not be tried for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from handlers.storage.dead_letters import TABLE, identifier_of
from handlers.storage.items import Key, Store
from handlers.storage.stamps import expiry

KEPT = timedelta(days=1)
"""What did not happen again for so long is forgotten."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """`PK=ATTEMPTS#{job}`, `SK=#{identifier}`."""

    store: Store
    job: str

    def another(self, identifier: str, now: datetime) -> int:
        """Counts one more; how many there were, this one included. Raises StoreUnavailable."""
        counted = self.store.update(self._key(identifier), set={"ttl": expiry(now + KEPT)}, add={"attempts": 1})
        return cast(int, counted["attempts"])

    def forget(self, identifier: str) -> None:
        """Counting begins anew. Raises StoreUnavailable."""
        self.store.delete(self._key(identifier))

    def _key(self, identifier: str) -> Key:
        return Key(TABLE, f"ATTEMPTS#{self.job}", f"#{identifier_of(identifier)}")
