"""The values of a request's fields as one HTTP call, and back to what the type of the request reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from models.operation import Body, Cookie, Header, Operation, Path, Query
from tools.events import HttpCall, Pairs, encoded_query

Values = Mapping[str, Any]
JSON_HEADER = ("content-type", "application/json")
_infinite = re.compile(r'"(?:[^"\\]|\\.)*"|Infinity')


def text_of(value: Any) -> str:
    """A JSON value as the text of a parameter."""
    if isinstance(value, list):
        return ",".join(text_of(member) for member in value)
    return value if isinstance(value, str) else json.dumps(value)


def json_of(value: Any) -> str:
    """The value as JSON, where only a number too large for a float can say that it is infinite."""
    text = json.dumps(value, ensure_ascii=False)
    return _infinite.sub(lambda match: "1e400" if match[0] == "Infinity" else match[0], text)


def call_of(
    operation: Operation[Any, Any], values: Values, more_query: Pairs = (), raw: bytes | None = None
) -> HttpCall:
    """The call that says `values`; `raw` replaces the body's bytes."""
    path = operation.path
    query: list[tuple[str, str]] = []
    headers: list[tuple[str, str]] = []
    body = raw
    for name, place in operation.places().items():
        if name not in values:
            continue
        match place:
            case Path():
                path = path.replace(f"{{{name}}}", quote(text_of(values[name]), safe=""))
            case Query():
                query.append((name, text_of(values[name])))
            case Header(wire):
                headers.append((wire, text_of(values[name])))
            case Cookie(wire):
                headers.append(("cookie", f"{wire}={text_of(values[name])}"))
            case Body():
                body = raw if raw is not None else json_of(values[name]).encode()
    if body is not None:
        headers.append(JSON_HEADER)
    return HttpCall(operation.method, path, encoded_query((*query, *more_query)), tuple(headers), body)


def errors_of(operation: Operation[Any, Any], values: Values) -> list[tuple[tuple[str | int, ...], str]]:
    """What the request's type says of values: (loc, error type) of each error; empty if it accepts them."""
    places = operation.places()
    wire = {name: value if isinstance(places[name], Body) else _read(value) for name, value in values.items()}
    operation.request.model_rebuild()
    try:
        operation.request.model_validate(wire)
    except ValidationError as error:
        return [(_loc(places, e["loc"]), e["type"]) for e in error.errors()]
    return []


def _read(value: Any) -> Any:
    return [text_of(member) for member in value] if isinstance(value, list) else text_of(value)


def _loc(places: Mapping[str, Any], loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    name, *rest = loc
    match places[str(name)]:
        case Body():
            return ("body", *rest)
        case Header(wire):
            return ("header", wire.lower(), *rest)
        case Cookie(wire):
            return ("cookie", wire, *rest)
        case place:
            return (type(place).__name__.lower(), name, *rest)
