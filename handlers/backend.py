"""What requests and jobs may use: settings, time, chance, feeds, and a store that opens when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from handlers.feeds.opening import Feeds, open_feeds
from handlers.runtime.chance import Chance
from handlers.runtime.clock import Clock
from handlers.runtime.settings import Settings
from handlers.runtime.signing import SigningKeys, set_keys
from handlers.storage.items import Store
from handlers.storage.opening import open_store

if TYPE_CHECKING:
    from handlers.feeds.live import Shared

T = TypeVar("T")


class Backend:
    """What handlers may use. The store opens at its first use, and again if opening failed; keys are read when they are used."""

    def __init__(
        self, settings: Settings, clock: Clock, chance: Chance, feeds: Feeds | None = None, store: Store | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.chance = chance
        self.signing = _signing(settings, clock)
        self.feeds = feeds or open_feeds(settings, clock, self._shared)
        self.deadline: datetime | None = None
        """When the time of a streamed answer is over; None if it has no end."""
        self._kept: dict[Callable[[Backend], Any], Any] = {} if store is None else {_open: store}
        self._lock = RLock()

    @property
    def store(self) -> Store:
        """Raises `StoreUnavailable`."""
        return self.kept(_open)

    def kept(self, make: Callable[[Backend], T]) -> T:
        """What `make` made at its first use: one for all requests of the process. Raises what `make` raises."""
        if make not in self._kept:
            with self._lock:
                if make not in self._kept:
                    self._kept[make] = make(self)
        kept: T = self._kept[make]
        return kept

    def until(self, deadline: datetime) -> Backend:
        """The same for one answer, whose time ends then."""
        limited = copy(self)
        limited.deadline = deadline
        return limited

    def now(self) -> datetime:
        return self.clock.now()

    def _shared(self) -> Shared:
        """What live sources share with other processes, over the store. Raises `StoreUnavailable`."""
        from handlers.feeds.live import Shared
        from handlers.storage.sources import Circuits, Quotas

        return Shared(Circuits(self.store), Quotas(self.store))


def _open(backend: Backend) -> Store:
    return open_store(backend.settings.store, backend.clock)


def _signing(settings: Settings, clock: Clock) -> SigningKeys:
    """The signing keys as they are set, else as the secret has them."""
    if settings.signing_key or not settings.secrets:
        return set_keys(settings)
    from handlers.feeds.signing import SecretKeys

    return SecretKeys(settings.secrets, clock)
