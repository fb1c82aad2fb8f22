"""A client for tests: calls the functions as a gateway would and reads what they returned."""

from __future__ import annotations

import json
from typing import Any

from tools.events import HttpCall, Pairs, Received, encoded_query
from tools.stage import Stage

JSON = ("content-type", "application/json")


class Client:
    """One caller on a stage."""

    def __init__(self, stage: Stage, caller: str = "anonymous", function: str = "dashboard") -> None:
        self.stage = stage
        self.caller = caller
        self.function = function

    def call(
        self, method: str, path: str, query: dict[str, Any] | None = None, body: Any = None, headers: Pairs = ()
    ) -> Received:
        """What the caller receives."""
        text = encoded_query({name: str(value) for name, value in (query or {}).items()})
        data = json.dumps(body).encode() if body is not None else None
        sent = (*headers, JSON) if data is not None else headers
        return self.stage.call(HttpCall(method, path, text, sent, data), self.caller, self.function)

    def get(self, path: str, **query: Any) -> Received:
        return self.call("GET", path, query)

    def post(self, path: str, body: Any = None) -> Received:
        return self.call("POST", path, body=body)


def value(got: Received) -> Any:
    """The JSON body of a response."""
    return json.loads(got.body)


def broken(got: Received) -> list[tuple[list[str | int], str]]:
    """(loc, type) of each entry of a 422."""
    assert got.status == 422, got
    return [(item["loc"], item["type"]) for item in value(got)["detail"]]
