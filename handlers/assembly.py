"""Puts a function together: settings in, a gate with everything it may use out. Nothing is opened before it is needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from handlers.feeds.opening import Feeds
from handlers.gate.callers import Caller, Callers, Claims, roles_level
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Route
from handlers.runtime.chance import Chance, SystemChance
from handlers.runtime.clock import Clock, SystemClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.items import Store
from handlers.storage.opening import check_url, open_store
from models.operation import Level

HERE = Path(__file__).parent
T = TypeVar("T")


class Backend:
    """What handlers may use. The store opens at its first use, and again if opening failed."""

    def __init__(
        self, settings: Settings, clock: Clock, chance: Chance, feeds: Feeds, store: Store | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.chance = chance
        self.feeds = feeds
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


def _open(backend: Backend) -> Store:
    return open_store(backend.settings.store, backend.clock)


@dataclass(frozen=True, slots=True)
class StoredSessions:
    """The gate's view of the sessions that the store keeps. Public requests never load their repository."""

    backend: Backend

    def anonymous(self, user_id: str) -> Caller | None:
        from handlers.storage.sessions import Sessions

        live = Sessions(self.backend.store).anonymous(user_id, self.backend.now())
        return Caller(user_id, Level.SESSION) if live else None

    def member(self, claims: Claims) -> Caller | None:
        from handlers.storage.sessions import Sessions

        live = Sessions(self.backend.store).member(claims.user_id, claims.session_id, self.backend.now())
        if live is None or live.user.revocation_id != claims.revision:
            return None
        return Caller(claims.user_id, roles_level(claims.roles), claims.session_id)


@dataclass(frozen=True, slots=True)
class StoredCounter:
    """The gate's view of the counts that the store keeps. Requests without a limit never load their repository."""

    backend: Backend

    def count(self, name: str, window_start: int, window_seconds: int) -> int:
        from handlers.storage.counts import Counts

        return Counts(self.backend.store).count(name, window_start, window_seconds)


def routes_of(function: str) -> list[Route]:
    """The generated routes of a function, in the order of the document."""
    rows = json.loads((HERE / function / "routes.json").read_bytes())
    return [Route(**row) for row in rows]


def assemble(
    function: str,
    settings: Settings,
    clock: Clock | None = None,
    chance: Chance | None = None,
    store: Store | None = None,
    feeds: Feeds | None = None,
) -> Gate:
    """The gate of a function. What is not given comes from the system."""
    clock, chance = clock or SystemClock(), chance or SystemChance()
    backend = Backend(settings, clock, chance, feeds or Feeds(), store)
    callers = Callers(StoredSessions(backend), settings, clock)
    return Gate(routes_of(function), Ports(callers, StoredCounter(backend), backend, settings, clock, chance))


def assembled(function: str, environ: Mapping[str, str]) -> Gate:
    """The gate of a deployed function. Raises `BadSetting`, so that a badly set function does not start."""
    settings = Settings.of(environ)
    try:
        check_url(settings.store)
    except ValueError as error:
        raise BadSetting(f"BELLWETHER_STORE: {error}") from None
    return assemble(function, settings)
