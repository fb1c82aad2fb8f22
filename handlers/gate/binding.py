"""One request, validated exactly once: text and JSON from the event into the frozen request object of an operation."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

from pydantic_core import ValidationError

from handlers.gate.decoding import check_media_type, decode
from handlers.gate.event import HttpRequest
from models.operation import Body, Cookie, Header, Location, Operation, Path, Query
from models.refusals import BrokenValue, Invalid
from models.wire import Request

RANK = {"path": 0, "query": 1, "header": 2, "cookie": 3, "body": 4}


class Binder:
    """How the requests of one operation are read. Built at its first request."""

    def __init__(self, operation: Operation[Any, Any]) -> None:
        model: type[Request] = operation.request
        model.model_rebuild()
        self._validate = model.__pydantic_validator__.validate_python
        self._checks = model.check is not Request.check
        self._open = operation.open_query
        self._path: list[str] = []
        self._query: dict[str, bool] = {}
        self._headers: dict[str, str] = {}
        self._cookies: dict[str, str] = {}
        self._body = ""
        self._places: dict[str, tuple[str, ...]] = {}
        for name, place in operation.places().items():
            self._add(name, place, is_list(model.model_fields[name].annotation))
        self.reads_body = bool(self._body)
        self._carried = bool(self._headers or self._cookies)
        ranks = [RANK[place[0]] for place in self._places.values()]
        self._in_order = ranks == sorted(ranks)
        names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
        if names != self._path:
            raise TypeError(f"{operation.id}: the path has {names}, the request has {self._path}")

    def _add(self, name: str, place: Location, several: bool) -> None:
        match place:
            case Path():
                self._path.append(name)
                self._places[name] = ("path", name)
            case Query():
                self._query[name] = several
                self._places[name] = ("query", name)
            case Header(wire):
                self._headers[name] = wire.lower()
                self._places[name] = ("header", wire.lower())
            case Cookie(wire):
                self._cookies[name] = wire
                self._places[name] = ("cookie", wire)
            case Body():
                self._body = name
                self._places[name] = ("body",)

    def bind(self, http: HttpRequest, segments: list[str], data: bytes) -> Request:
        """The request object. Raises `Invalid` with every error of every location, or what decoding raises."""
        values: dict[str, Any] = {}
        if segments:
            values.update(zip(self._path, http.segments(segments), strict=True))
        if data:
            media_type = http.header("content-type")
            if media_type != "application/json":
                check_media_type(media_type)
            values[self._body] = decode(data)
        pairs = http.query()
        unknown = self._read_query(pairs, values) if pairs else []
        if self._carried:
            self._read_headers(http, values)
        while True:
            try:
                request: Request = self._validate(values)
                break
            except ValidationError as error:
                items = self._items(error)
            if not (data and respelled(values[self._body], items)):
                raise Invalid(items if self._in_order and not unknown else sorted([*items, *unknown], key=_rank))
        if unknown:
            raise Invalid(unknown)
        if self._checks:
            request.check()
        return request

    def _read_query(self, pairs: list[tuple[str, str]], values: dict[str, Any]) -> list[BrokenValue]:
        unknown: list[BrokenValue] = []
        several: dict[str, list[str]] = {}
        for name, text in pairs:
            is_several = self._query.get(name)
            if is_several is None:
                if not self._open:
                    sayable = name.encode(errors="replace").decode()
                    unknown.append(
                        {"loc": ("query", sayable), "msg": "Extra inputs are not permitted", "type": "extra_forbidden"}
                    )
            elif is_several:
                several.setdefault(name, []).append(text)
            else:
                values[name] = text
        for name, texts in several.items():
            values[name] = ",".join(texts).split(",")
        return list({item["loc"]: item for item in unknown}.values()) if unknown else unknown

    def _read_headers(self, http: HttpRequest, values: dict[str, Any]) -> None:
        for name, wire in self._headers.items():
            text = http.header(wire)
            if text is not None:
                values[name] = text
        if self._cookies:
            given = http.cookies()
            values.update((name, given[wire]) for name, wire in self._cookies.items() if wire in given)

    def _items(self, error: ValidationError) -> list[BrokenValue]:
        items: list[BrokenValue] = []
        places = self._places
        for found in error.errors(include_url=False, include_context=False, include_input=False):
            loc = found["loc"]
            items.append({"loc": places[loc[0]] + loc[1:], "msg": found["msg"], "type": found["type"]})  # type: ignore[index]
        return items


def _rank(item: BrokenValue) -> int:
    return RANK[item["loc"][0]]  # type: ignore[index]


def respelled(body: Any, items: list[BrokenValue]) -> bool:
    """Reads numbers that were refused for their spelling as JSON Schema does, which knows no spelling, in place.

    To it `3.0` is the integer 3, and an integer beyond every float is the number that `1e400` is: too large, but a number.
    Says whether there were any. Only a refused body pays for this.
    """
    changed = False
    for item in items:
        loc = item["loc"]
        if item["type"] in _SPELLINGS and len(loc) > 1 and loc[0] == "body":
            parent, key, value = _at(body, loc[1:])
            number = _SPELLINGS[item["type"]](value)
            if number is not None:
                parent[key] = number
                changed = True
    return changed


def _as_integer(value: Any) -> int | None:
    return int(value) if type(value) is float and value.is_integer() else None


def _as_float(value: Any) -> float | None:
    """What refuses an integer as a float is its size alone."""
    return (math.inf if value > 0 else -math.inf) if type(value) is int else None


_SPELLINGS: dict[str, Callable[[Any], int | float | None]] = {"int_type": _as_integer, "float_type": _as_float}


def _at(body: Any, loc: tuple[str | int, ...]) -> tuple[Any, str | int, Any]:
    """What stands at a `loc` below the body: its parent, its key there and itself."""
    parent: Any = None
    key: str | int = ""
    value = body
    for part in loc:
        # A part that is no place in the body names a branch of a union.
        if part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int):
            parent, key, value = value, part, value[part]
    return parent, key, value


def is_list(annotation: Any) -> bool:
    """Whether a field's type is a list, through `Annotated` and `| None`."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return any(is_list(member) for member in get_args(annotation))
    if hasattr(annotation, "__metadata__"):
        return is_list(get_args(annotation)[0])
    return origin is list
