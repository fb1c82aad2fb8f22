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

    def stage(self, given: Given, pure: bool) -> Stage:
        if not pure or given.after or given.limits:
            return Stage(given)
        key = (given.at, given.store)
        if key not in self.shared:
            self.shared[key] = Stage(given)
        return self.shared[key]

    def play(self, given: Given, call: HttpCall, function: str, shape: str, pure: bool) -> Received:
        """The response to a call after what is given."""
        return played_on(self.stage(given, pure), given, call, function, shape)


def played_on(stage: Stage, given: Given, call: HttpCall, function: str, shape: str) -> Received:
    """The response of a stage to a call, after the calls that are to come before it."""
    for step in given.after:
        for _ in range(step.get("times", 1)):
            stage.call(_step(step), given.caller, function, shape)
    return stage.call(call, given.caller, function, shape)


def _step(step: Any) -> HttpCall:
    body = json.dumps(step["body"]).encode() if "body" in step else None
    headers = (JSON_HEADER,) if body is not None else ()
    return HttpCall(step["method"], step["path"], step.get("query", ""), headers, body)


def is_pure(call: HttpCall, status: int) -> bool:
    """Whether a call leaves store, caches and ids as they were: it is refused. What succeeds may fill a cache."""
    return status in (401, 404, 405, 422)


def with_etag(call: HttpCall, got: Received) -> HttpCall:
    """The same call by a client that has the bytes already."""
    return replace(call, headers=(*call.headers, ("If-None-Match", got.header("etag") or "")))
