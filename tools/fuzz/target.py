"""What is fuzzed: a document, and something that answers a call as a function behind a gateway would."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from pydantic import TypeAdapter

from handlers.assembly import router_of, routes_of
from handlers.gate.routing import Route
from handlers.gate.serving import served_by
from handlers.runtime.clock import FixedClock
from models.fields import Ticker
from models.operation import Level
from tools.events import SHAPES, HttpCall, Pairs, Received, received
from tools.fuzz.rewinding import Rewinding
from tools.identities import credentials_of
from tools.openapi.document import document
from tools.openapi.schemas import Schema
from tools.seed import STAGE_TICKERS
from tools.stage import FUNCTIONS, NOW, Stage

Handler = Callable[[Any, Any], dict[str, Any]]
TRACEBACK = "traceback"
NOBODY = "nobody"
CALLERS: dict[str, tuple[str, ...]] = {
    Level.PUBLIC.value: ("anonymous", "member", NOBODY),
    Level.SESSION.value: ("anonymous", "member", "anonymous", "member", NOBODY),
    Level.MEMBER.value: ("member", "anonymous", "member", "member", NOBODY),
    Level.OPERATOR.value: ("operator", "member", "operator", "anonymous", NOBODY),
}
"""Who calls the operations of a level, in turn: two identities, and nobody for the refusal."""


class Target(Protocol):
    """Answers calls from a state that can be put back. One for each process."""

    document: Schema

    def reset(self) -> None:
        """Back to the state, the instant and the ids of the beginning."""

    def call(self, call: HttpCall, shape: str) -> Received:
        """What a client receives. A handler that raises is a 502, as at the gateway; the traceback is in `raw`."""

    def callers(self, level: str) -> Sequence[str]:
        """The identities that call the operations of a level, in turn."""

    def credentials(self, caller: str) -> Pairs:
        """The headers of an identity."""

    def unserved(self) -> Iterator[tuple[str, str]]:
        """Operations that nothing answers, each with the reason."""

    def words(self) -> Mapping[str, Sequence[str]]:
        """Pattern of a schema → values of that form that the system knows."""


def answered(handler: Handler, call: HttpCall, shape: str) -> Received:
    """What a client receives from a handler through a gateway."""
    try:
        return received(handler(SHAPES[shape](call), None))
    except Exception:
        raw = {TRACEBACK: traceback.format_exc()}
        headers = {"content-type": ("application/json",)}
        return Received(502, headers, (), b'{"message":"Internal server error"}', raw)


class HandlerTarget:
    """A document and a handler without state: for contracts other than ours."""

    def __init__(self, document: Schema, handler: Handler) -> None:
        self.document = document
        self._handler = handler

    def reset(self) -> None:
        pass

    def call(self, call: HttpCall, shape: str) -> Received:
        return answered(self._handler, call, shape)

    def callers(self, level: str) -> Sequence[str]:
        return (NOBODY,)

    def credentials(self, caller: str) -> Pairs:
        return ()

    def unserved(self) -> Iterator[tuple[str, str]]:
        yield from ()

    def words(self) -> Mapping[str, Sequence[str]]:
        return {}


class StageTarget:
    """Our functions on one stage: seeded store, fixed clock, counted ids."""

    def __init__(self) -> None:
        self.document = document()
        self._clock = FixedClock(NOW)
        self._store = seeded(self._clock)
        self._streams = router_of("stream")
        self._credentials: dict[str, Pairs] = {}
        self.reset()

    def reset(self) -> None:
        self._clock.at = NOW
        self._store.rewind()
        self._stage = Stage(clock=self._clock, store=self._store)

    def call(self, call: HttpCall, shape: str) -> Received:
        function = "dashboard" if self._streams.find(call.path) is None else "stream"
        return answered(self._stage.gates[function], call, shape)

    def callers(self, level: str) -> Sequence[str]:
        return CALLERS[level]

    def credentials(self, caller: str) -> Pairs:
        if caller not in self._credentials:
            self._credentials[caller] = tuple(credentials_of(caller, self._stage.settings, NOW))
        return self._credentials[caller]

    def unserved(self) -> Iterator[tuple[str, str]]:
        routes = {route.operation_id: route for name in FUNCTIONS for route in routes_of(name)}
        for path in self.document["paths"].values():
            for operation in path.values():
                reason = _unserved(routes.get(operation["operationId"]))
                if reason:
                    yield operation["operationId"], reason

    def words(self) -> Mapping[str, Sequence[str]]:
        return {
            TypeAdapter(Ticker).json_schema()["pattern"]: (
                *STAGE_TICKERS,
                *(ticker.lower() for ticker in STAGE_TICKERS),
            )
        }


def seeded(clock: FixedClock) -> Rewinding:
    """The store of the stage, which can be put back."""
    return Rewinding(Stage(clock=clock).store, lambda: Stage(clock=clock).store)


def _unserved(route: Route | None) -> str | None:
    if route is None:
        return "it has no route; run python -m tools generate"
    try:
        module = importlib.import_module(route.module)
    except ModuleNotFoundError as error:
        return f"no handler: {error}"
    return None if route.operation_id in served_by(module) else f"{route.module} does not serve it"
