"""What a client and an operator ask about the service itself."""

from __future__ import annotations

from handlers.assembly import Backend, routes_of
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import system as api

FUNCTIONS = ("dashboard", "stream")


@serves(api.HEALTH)
def check_health(request: api.CheckHealth, caller: Caller, backend: Backend) -> api.Health:
    backend.store.ping()
    engine: api.Engine = "sqlite" if backend.settings.store.startswith("sqlite") else "dynamodb"
    return api.Health(status="healthy", store=engine, environment=backend.settings.environment)


@serves(api.RUNTIME)
def get_runtime(request: api.GetRuntime, caller: Caller, backend: Backend) -> api.Runtime:
    return api.Runtime(sse_url=backend.settings.stream_url, environment=backend.settings.environment)


@serves(api.INDEX)
def get_index(request: api.GetIndex, caller: Caller, backend: Backend) -> api.Index:
    endpoints: dict[str, dict[str, str]] = {}
    for function in FUNCTIONS:
        for route in routes_of(function):
            endpoints.setdefault(route.tag, {})[f"{route.method} {route.path}"] = route.summary
    return api.Index(name="Bellwether", version="2.0", endpoints=endpoints)
