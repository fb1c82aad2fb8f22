"""Plays cases on the stage: real functions, fixed clock, known callers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from models.operation import Given
from tools.events import HttpCall, Received
from tools.goldens.calls import JSON_HEADER
from tools.stage import Stage


@dataclass(slots=True)
class Theatre:
    """Stages by what is given. Requests that change nothing share one; all others get one of their own."""

    shared: dict[tuple[Any, ...], Stage] = field(default_factory=dict)
    last: tuple[Any, Stage] | None = None
    """The last stage on which a limit was used up: who is refused once is refused again, in whatever shape."""

    def play(self, given: Given, call: HttpCall, function: str, shape: str, status: int) -> Received:
        """The response to a call after what is given; `status` is what it is to have."""
        return self._ready(given, function, shape, status).call(call, given.caller, function, shape)

    def _ready(self, given: Given, function: str, shape: str, status: int) -> Stage:
        if status == 429:
            if self.last is None or self.last[0] != (given, function):
                self.last = (given, function), prepared(Stage(given), given, function, shape)
            return self.last[1]
        if given.after or given.limits or not is_pure(status):
            return prepared(Stage(given), given, function, shape)
        key = (given.at, given.store)
        if key not in self.shared:
            self.shared[key] = Stage(given)
        return self.shared[key]


def prepared(stage: Stage, given: Given, function: str, shape: str) -> Stage:
    """A stage on which everything happened that is to come before."""
    for step in given.after:
        for _ in range(step.get("times", 1)):
            stage.call(_step(step), given.caller, function, shape)
    return stage


def played_on(stage: Stage, given: Given, call: HttpCall, function: str, shape: str) -> Received:
    """The response of a stage to a call, after the calls that are to come before it."""
    return prepared(stage, given, function, shape).call(call, given.caller, function, shape)


def _step(step: Any) -> HttpCall:
    body = json.dumps(step["body"]).encode() if "body" in step else None
    headers = (JSON_HEADER,) if body is not None else ()
    return HttpCall(step["method"], step["path"], step.get("query", ""), headers, body)


def is_pure(status: int) -> bool:
    """Whether a call leaves store, caches and ids as they were: it is refused. What succeeds may fill a cache.

    A 401 may be the end of a session: a refresh token that is used twice ends the session it belongs to.
    """
    return status in (404, 405, 422)


def with_etag(call: HttpCall, got: Received) -> HttpCall:
    """The same call by a client that has the bytes already."""
    return replace(call, headers=(*call.headers, ("If-None-Match", got.header("etag") or "")))
