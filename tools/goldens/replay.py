"""Replays every committed golden through the handlers, in each shape of event, and says where the two differ."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.operation import Given
from tools.artefacts import ROOT
from tools.events import SHAPES, HttpCall, Received
from tools.goldens import gate
from tools.goldens.files import response_of
from tools.goldens.play import Theatre

PARTS = ("why", "given", "request", "response")
Check = Callable[[str, HttpCall, Received], str | None]
"""Given the operation's id, the call and its response: says what is wrong, or nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A golden that is not what the handlers answer."""

    path: str
    shape: str
    text: str


@dataclass(slots=True)
class Replay:
    """The outcome: goldens and calls played, and what differs."""

    goldens: int
    calls: int
    differences: list[Difference]


def files(root: Path = ROOT) -> Iterator[Path]:
    """Every committed golden, by path."""
    yield from sorted((root / "golden").rglob("*.json"))


def replay(root: Path = ROOT, progress: Callable[[str], None] | None = None, check: Check | None = None) -> Replay:
    """Plays every golden as a v1, a v2 and a Function URL event."""
    theatre = Theatre()
    outcome = Replay(0, 0, [])
    for file in files(root):
        path = str(file.relative_to(root))
        content = _content(file)
        outcome.goldens += 1
        if content is None:
            outcome.differences.append(Difference(path, "file", f"is no golden, which says {', '.join(PARTS)}"))
            continue
        for shape in SHAPES:
            outcome.calls += 1
            text = _difference(path, content, shape, theatre, check)
            if text:
                outcome.differences.append(Difference(path, shape, text))
        if progress:
            progress(path)
    return outcome


def _content(file: Path) -> dict[str, Any] | None:
    """What a file says; None if that is no golden."""
    try:
        content = json.loads(file.read_bytes())
    except ValueError:
        return None
    return content if isinstance(content, dict) and tuple(content) == PARTS else None


def _difference(path: str, content: dict[str, Any], shape: str, theatre: Theatre, check: Check | None) -> str | None:
    function = path.split("/")[1]
    if function == "gate":
        return _gate_difference(path, content, shape)
    call = call_in(content)
    given = given_in(content)
    got = theatre.play(given, call, function, shape, content["response"]["status"])
    return differs(content["response"], got) or (check(path.split("/")[3], call, got) if check else None)


def _gate_difference(path: str, content: dict[str, Any], shape: str) -> str | None:
    case = next((case for case in gate.CASES if case.path == path), None)
    if case is None:
        return "no case of the gate has this golden"
    return differs(content["response"], gate.play(case, shape))


def differs(expected: dict[str, Any], got: Received) -> str | None:
    """How a response differs from a golden's, in a line; None if it does not."""
    found = response_of(got)
    if found == expected and json.dumps(found) == json.dumps(expected):
        return None
    for name in sorted(found.keys() | expected.keys()):
        if json.dumps(found.get(name)) != json.dumps(expected.get(name)):
            return f"{name}: golden {_short(expected.get(name))}, handler {_short(found.get(name))}"
    return None


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else f"{text[:400]}…"


def given_in(content: dict[str, Any]) -> Given:
    given = dict(content["given"])
    return Given(**{**given, "after": tuple(given.get("after", ()))})


def call_in(content: dict[str, Any]) -> HttpCall:
    """The call that a golden records."""
    request = content["request"]
    headers = tuple((name, value) for name, value in request.get("headers", ()))
    return HttpCall(
        request["method"], request["path"], request.get("query", ""), headers, _body(request), request["id"]
    )


def _body(request: dict[str, Any]) -> bytes | None:
    if "body" in request:
        return json.dumps(request["body"], ensure_ascii=False).encode()
    if "body_text" in request:
        return str(request["body_text"]).encode()
    if "body_lines" in request:
        return "\n".join(request["body_lines"]).encode()
    if "body_repeated" in request:
        return str(request["body_repeated"]["text"]).encode() * int(request["body_repeated"]["times"])
    if "body_base64" in request:
        return base64.b64decode(request["body_base64"])
    return None
