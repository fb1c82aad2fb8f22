"""One value of a request, where it is on the wire: read it, replace it, leave it out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from tools.compat.drawing import ABSENT
from tools.events import HttpCall, Pairs, encoded_query
from tools.findings import Subject
from tools.goldens.calls import JSON_HEADER, json_of, text_of

UNNAMED = "unexpected"
"""The name used where any name is meant."""


def steps_of(pointer: str) -> list[str]:
    """The names of a JSON pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def taken(call: HttpCall, template: str, subject: Subject) -> Any:
    """The value at a place of a request as the client sent it, text in parameters; `ABSENT` if it sent none."""
    steps = steps_of(subject.pointer)
    if subject.location == "body":
        return inside(body_of(call), steps)
    text = parameters(call, template, subject.location).get(steps[0]) if steps else None
    if text is None:
        return ABSENT
    return text if len(steps) == 1 else text.split(",")[0]


def placed(call: HttpCall, template: str, subject: Subject, value: Any) -> HttpCall | None:
    """The request with another value at a place, or without it if `ABSENT`; None if the place cannot be reached."""
    steps = steps_of(subject.pointer)
    if subject.location == "body":
        return _with_body(call, steps, value)
    if not steps or len(steps) > 2 or subject.location not in ("path", "query", "header", "cookie"):
        return None
    text = _as_text(value)
    if len(steps) == 2:
        text = _in_list(parameters(call, template, subject.location).get(steps[0]), text)
    if text is None and value is not ABSENT:
        return None
    return _with_parameter(call, template, subject.location, steps[0], text)


def parameters(call: HttpCall, template: str, location: str) -> dict[str, str]:
    """Name → text of the parameters in one location; names of headers in lower case."""
    if location == "query":
        return dict(parse_qsl(call.query, keep_blank_values=True))
    if location == "header":
        return {name.lower(): text for name, text in call.headers}
    if location == "cookie":
        return dict(_cookies(call.headers))
    pairs = zip(template.split("/"), call.path.split("/"), strict=False)
    return {name[1:-1]: unquote(text) for name, text in pairs if name.startswith("{")}


def _cookies(headers: Pairs) -> Iterable[tuple[str, str]]:
    for name, text in headers:
        if name.lower() == "cookie":
            yield from ((n.strip(), v.strip()) for n, _, v in (pair.partition("=") for pair in text.split(";")))


def body_of(call: HttpCall) -> Any:
    """The JSON of a request's body; `ABSENT` if it has none or says no JSON."""
    if call.body is None:
        return ABSENT
    try:
        return json.loads(call.body)
    except ValueError:
        return ABSENT


def inside(value: Any, steps: list[str]) -> Any:
    """The value below; `*` is the first there is."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step, next(iter(value.values()), ABSENT) if step == "*" else ABSENT)
        elif isinstance(value, list) and value and (step == "*" or step.isdigit()):
            value = value[0 if step == "*" else min(int(step), len(value) - 1)]
        else:
            return ABSENT
    return value


def changed(value: Any, steps: list[str], new: Any) -> Any:
    """A copy with another value below, or without it if `ABSENT`; `ABSENT` itself if the place cannot be reached."""
    if not steps:
        return new
    step, *rest = steps
    if isinstance(value, list):
        return _changed_item(value, rest, new)
    if not isinstance(value, dict):
        return ABSENT
    name = next(iter(value), UNNAMED) if step == "*" else step
    made = changed(value.get(name, ABSENT), rest, new)
    if made is ABSENT:
        return {k: v for k, v in value.items() if k != name} if not rest and name in value else ABSENT
    return {**value, name: made}


def _changed_item(items: list[Any], rest: list[str], new: Any) -> Any:
    made = changed(items[0] if items else ABSENT, rest, new)
    if made is ABSENT:
        return items[1:] if items and not rest else ABSENT
    return [made, *items[1:]]


def _as_text(value: Any) -> str | None:
    """A JSON value as a parameter's text; None if it has no text that reads as it."""
    if value is ABSENT or value is None or isinstance(value, dict):
        return None
    if isinstance(value, list):
        texts = [_as_text(member) for member in value]
        whole = [text for text in texts if text and "," not in text]
        return ",".join(whole) if whole and len(whole) == len(value) else None
    return text_of(value)


def _in_list(text: str | None, first: str | None) -> str | None:
    members = text.split(",") if text else []
    if first is not None and ("," in first or not first):
        return None
    made = [*([] if first is None else [first]), *members[1:]]
    return ",".join(made) or None


def _with_parameter(call: HttpCall, template: str, location: str, name: str, text: str | None) -> HttpCall | None:
    if location == "query":
        rest = [(n, v) for n, v in parse_qsl(call.query, keep_blank_values=True) if n != name]
        return replace(call, query=encoded_query((*rest, *([] if text is None else [(name, text)]))))
    if location == "path":
        return _with_segment(call, template, name, text)
    if text is not None and (not text.isascii() or not text.isprintable() or text != text.strip() or not text):
        return None
    if location == "header":
        kept = tuple((n, v) for n, v in call.headers if n.lower() != name)
        return replace(call, headers=kept if text is None else (*kept, (name, text)))
    return _with_cookie(call, name, text)


def _with_segment(call: HttpCall, template: str, name: str, text: str | None) -> HttpCall | None:
    """A client removes the segments `.` and `..` before it sends a path."""
    segments, names = call.path.split("/"), template.split("/")
    if not text or text in (".", "..") or len(segments) != len(names) or f"{{{name}}}" not in names:
        return None
    segments[names.index(f"{{{name}}}")] = quote(text, safe="")
    return replace(call, path="/".join(segments))


def _with_cookie(call: HttpCall, name: str, text: str | None) -> HttpCall | None:
    if text is not None and any(sign in text for sign in ';, "\\'):
        return None
    pairs = [(n, v) for n, v in _cookies(call.headers) if n != name] + ([] if text is None else [(name, text)])
    kept = tuple((n, v) for n, v in call.headers if n.lower() != "cookie")
    said = "; ".join(f"{n}={v}" for n, v in pairs)
    return replace(call, headers=(*kept, ("cookie", said)) if said else kept)


def _with_body(call: HttpCall, steps: list[str], value: Any) -> HttpCall | None:
    body = body_of(call)
    if value is ABSENT and not steps:
        return replace(call, body=None, headers=tuple(h for h in call.headers if h[0].lower() != "content-type"))
    made = value if not steps else changed(body, steps, value)
    if made is ABSENT:
        return None
    headers = call.headers if call.body is not None else (*call.headers, JSON_HEADER)
    return replace(call, body=json_of(made).encode(), headers=headers)
