"""A witness as text for people: the request line, what else of it matters, the response."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.compat.drawing import ABSENT
from tools.compat.placing import steps_of
from tools.compat.witness import Witness
from tools.events import HttpCall, Received
from tools.findings import Subject

WHOLE, WIDE = 1_600, 100
"""Characters up to which a body is shown whole, and up to which a value of a longer one stays on its line."""
TELLING = ("allow", "location", "retry-after", "www-authenticate", "content-type")
"""Response headers worth showing; the media type only where it is not JSON."""


def witness_text(witness: Witness, subject: Subject) -> str:
    """Lines; those of a request and of a response are indented."""
    return "\n".join(_lines(witness, subject))


def _lines(witness: Witness, subject: Subject) -> Iterator[str]:
    steps = steps_of(subject.pointer)
    if not witness.found:
        yield witness.says
        return
    if witness.got is None and witness.recorded is None:
        yield f"{witness.says}:"
        yield from _indented(_body(witness.shown, steps))
        if witness.expected:
            yield f"the base says: {witness.expected}"
        return
    yield from _request(witness)
    if witness.got is not None:
        yield "and gets now:" if not witness.expected else "gets a response that a client could not have met before:"
        yield from _indented(_response(witness.got, steps, subject, bool(witness.expected)))
    else:
        what = witness.altered.removeprefix("with ") or "a response that a client could not have met before"
        yield f"could get {what}: no golden shows it yet, the contract allows it:"
        yield from _indented(_body(witness.shown, steps))
    if witness.expected:
        yield f"the base says: {witness.expected}"


def _request(witness: Witness) -> Iterator[str]:
    assert witness.recorded is not None
    assert witness.call is not None
    verb = "" if witness.expected else f" {witness.says.removeprefix('this request ')}"
    altered = f", {witness.altered}" if witness.altered and witness.got is not None else ""
    yield f"this request{verb} ({witness.recorded.path}{altered}):"
    yield from _indented(_call(witness.call, witness.recorded.given.caller, len(witness.recorded.given.after)))


def _call(call: HttpCall, caller: str, before: int) -> Iterator[str]:
    query = f"?{call.query}" if call.query else ""
    after = f", after {before} other{'s' if before > 1 else ''}" if before else ""
    yield f"{call.method} {call.path}{query}   as {caller}{after}"
    yield from (f"{name}: {text}" for name, text in call.headers)
    if call.body is not None:
        yield ""
        yield from (
            _body(_json(call.body), []) if _json(call.body) is not ABSENT else [_cut(call.body.decode("latin-1"))]
        )


def _response(got: Received, steps: list[str], subject: Subject, surprise: bool) -> Iterator[str]:
    yield str(got.status)
    about = subject.pointer.removeprefix("/") if subject.location.endswith(" header") else ""
    for name in sorted({*TELLING, about} & got.headers.keys()):
        text = ", ".join(got.headers[name])
        if name != "content-type" or text != "application/json":
            yield f"{name}: {text}"
    if got.body:
        value = _json(got.body)
        yield ""
        yield from _text_body(got.body) if value is ABSENT else _body(value, steps if surprise else [])


def _text_body(data: bytes) -> Iterator[str]:
    lines = data.decode("utf-8", "replace").rstrip("\n").split("\n")
    yield from map(_cut, lines[:12])
    if len(lines) > 12:
        yield f"… {len(lines) - 12} more lines"


def _body(value: Any, steps: list[str]) -> Iterator[str]:
    """JSON on one line if it is short; else indented, cut down to what leads to the place."""
    whole = len(json.dumps(value, ensure_ascii=False)) <= WHOLE and not steps
    yield from _json_lines(value if whole else shortened(value, steps), "", "", "")


def _json_lines(value: Any, indent: str, name: str, comma: str) -> Iterator[str]:
    """JSON in which what fits on a line is on one."""
    line = f"{indent}{name}{json.dumps(value, ensure_ascii=False)}{comma}"
    if len(line) <= WIDE or not isinstance(value, dict | list) or not value:
        yield line
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    members = list(value.items()) if isinstance(value, dict) else [("", member) for member in value]
    yield f"{indent}{name}{opening}"
    for number, (key, member) in enumerate(members, 1):
        named = f"{json.dumps(key, ensure_ascii=False)}: " if isinstance(value, dict) else ""
        yield from _json_lines(member, f"{indent}  ", named, "," if number < len(members) else "")
    yield f"{indent}{closing}{comma}"


def shortened(value: Any, steps: list[str]) -> Any:
    """The value with what does not lead to a place cut to its beginning: `…` stands for what is left out."""
    step, *rest = steps or [""]
    if isinstance(value, dict):
        return {k: shortened(v, rest) if k == step or step == "*" else _brief(v) for k, v in value.items()}
    if isinstance(value, list) and value:
        index = int(step) if step.isdigit() and int(step) < len(value) else 0
        more = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return [shortened(value[index], rest) if steps else _brief(value[index]), *more]
    return _brief(value) if not isinstance(value, dict | list) else value


def _brief(value: Any) -> Any:
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= WIDE:
        return value
    return (
        f"{value[: WIDE - 10]}…"
        if isinstance(value, str)
        else "{…}"
        if isinstance(value, dict)
        else f"[… {len(value)}]"
    )


def _cut(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:400]}…"


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return ABSENT


def _indented(lines: Iterator[str]) -> Iterator[str]:
    yield from (f"  {line}" if line else "" for line in lines)
