"""What was asked and answered, as goldens and the corpus have it: coverage is judged from this, nothing is run for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.corpus.entries import Errors, Step, errors_in
from tools.corpus.files import entries_in
from tools.events import HttpCall, Received
from tools.goldens.files import EVERYWHERE
from tools.goldens.replay import call_in

CORPUS = "golden/corpus/"
GATE = "golden/gate/"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call and what is known of its response; `headers` and `body` are None where they were not kept."""

    call: HttpCall
    shape: str
    status: int
    errors: Errors = ()
    headers: Mapping[str, str] | None = None
    """By their names in lower case; cookies are the header `set-cookie`."""
    body: bytes | None = None

    @staticmethod
    def of(call: HttpCall, shape: str, got: Received) -> Exchange:
        """Of a response that is at hand."""
        headers = {name: ", ".join(values) for name, values in got.headers.items()}
        if got.cookies:
            headers["set-cookie"] = "; ".join(got.cookies)
        return Exchange(call, shape, got.status, errors_in(got), headers, got.body)

    @staticmethod
    def of_step(step: Step) -> Exchange:
        """Of a call of the corpus, which keeps its status and what was broken."""
        return Exchange(step.call, step.shape, step.status, step.errors)


def exchanges(goldens: Mapping[str, bytes], corpus: Mapping[str, bytes]) -> Iterator[Exchange]:
    """Every call that goldens and corpus record. Raises `BadEntry`.

    What the gate answers to its probe is no operation's: see `of_the_gate`.
    """
    for path, data in sorted(goldens.items()):
        if not path.startswith((CORPUS, GATE)):
            yield _of_golden(json.loads(data))
    for entry in entries_in(corpus).values():
        yield from map(Exchange.of_step, entry.steps)


def of_the_gate(goldens: Mapping[str, bytes]) -> Iterator[Exchange]:
    """What the gate was proved to answer by itself, for every operation alike. The calls are those of its probe."""
    for path, data in sorted(goldens.items()):
        content = json.loads(data) if path.startswith(GATE) else {"request": {"event": None}}
        if "event" not in content["request"]:
            yield _of_golden(content)


def _of_golden(content: dict[str, Any]) -> Exchange:
    response = content["response"]
    left_out = {name: value for name, value in EVERYWHERE.items() if name not in response.get("missing_headers", ())}
    headers = {**left_out, **response["headers"]}
    if "cookies" in response:
        headers["set-cookie"] = "; ".join(response["cookies"])
    body = _body(response)
    errors = _errors(response) if response["status"] == 422 else ()
    return Exchange(call_in(content), "v1", response["status"], errors, headers, body)


def _body(response: dict[str, Any]) -> bytes:
    if "body" in response:
        return json.dumps(response["body"]).encode()
    text: str = response["body_text"] if "body_text" in response else "\n".join(response.get("body_lines", ()))
    return text.encode()


def _errors(response: dict[str, Any]) -> Errors:
    return tuple((tuple(item["loc"]), item["type"]) for item in response["body"]["detail"])
