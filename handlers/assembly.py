"""Puts a function together: settings in, a gate with everything it may use out. Nothing is opened before it is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handlers.backend import Backend as Backend
from handlers.feeds.opening import Feeds
from handlers.gate.callers import Caller, Callers, Claims, roles_level
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Route, Router
from handlers.runtime.chance import Chance, SystemChance
from handlers.runtime.clock import Clock, SystemClock
from handlers.runtime.log import log
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.items import Store
from handlers.storage.opening import check_url
from models.operation import Level

HERE = Path(__file__).parent


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


@cache
def router_of(function: str) -> Router:
    """Made once in a process, however many gates there are."""
    return Router(routes_of(function))


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
    backend = Backend(settings, clock, chance, feeds, store)
    callers = Callers(StoredSessions(backend), settings, clock, backend.signing)
    return Gate(router_of(function), Ports(callers, StoredCounter(backend), backend, settings, clock, chance))


def assembled(function: str, environ: Mapping[str, str]) -> Gate:
    """The gate of a deployed function. Raises `BadSetting`, so that a badly set function does not start."""
    settings = Settings.of(environ)
    try:
        check_url(settings.store)
    except ValueError as error:
        raise BadSetting(f"BELLWETHER_STORE: {error}") from None
    if settings.identity == "recorded" and settings.environment != "local":
        # No refusal, as for the recorded feed and mails: a deployment that plays everything is a good demonstration.
        log.warning(
            "anybody can sign in as a recorded person; set BELLWETHER_IDENTITY to live",
            environment=settings.environment,
        )
    return assemble(function, settings)
