"""Every constraint of the contract, enumerated from the types: (operation, location, loc, error type).

A `loc` has `*` for an index and for a name that the contract does not know. What a location cannot express is excluded,
with the reason. Values that break a constraint come with it; whether they break only that one is decided by the types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from models.operation import Body, Cookie, Header, Operation, Path, Query
from tools.findings import Subject
from tools.openapi.schemas import BadContract

Node = dict[str, Any]
Candidates = Callable[[Any], list[Any]]
"""A valid value (or None if there is none) → values that may break the constraint, best first."""


@dataclass(frozen=True, slots=True, order=True)
class Constraint:
    operation_id: str
    loc: tuple[str, ...]
    type: str

    @property
    def location(self) -> str:
        return self.loc[0]

    @property
    def subject(self) -> Subject:
        return subject_at(self.operation_id, self.loc)


@dataclass(frozen=True, slots=True)
class Breakable:
    """A constraint, where its value sits in a request (field, then keys, `*` for the first index), and what breaks it."""

    constraint: Constraint
    field: str
    keys: tuple[str, ...]
    candidates: Candidates
    excluded: str | None = None
    """Why no request can break it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a request while its type is walked: `text` where values are text, not JSON."""

    operation_id: str
    field: str
    loc: tuple[str, ...]
    keys: tuple[str, ...]
    text: bool
    kind: str

    def inside(self, key: str) -> Spot:
        return Spot(self.operation_id, self.field, (*self.loc, key), (*self.keys, key), self.text, self.kind)

    def breaks(self, type_: str, candidates: Candidates, excluded: str | None = None) -> Breakable:
        return Breakable(Constraint(self.operation_id, self.loc, type_), self.field, self.keys, candidates, excluded)

    def unread(self, why: str) -> UnknownType:
        return UnknownType(f"{self.operation_id}: {'.'.join(self.loc)} {why}", subject_at(self.operation_id, self.loc))


ALWAYS_TEXT = "a value in this location is always text"
NO_ROUTE = "a path without this segment is another path"
NEVER_EMPTY = "splitting text at commas gives at least one member"


def subject_at(operation_id: str, loc: Iterable[str]) -> Subject:
    """The place in the contract that a `loc` of a 422 means."""
    location, *names = [*loc] or [""]
    return reduce(Subject.inside, names, Subject(operation_id, location))


class UnknownType(BadContract):
    """A request has a type whose errors the enumeration does not know, so that constraints could be forgotten."""


KNOWN: dict[str, set[str]] = {
    "model": {"cls", "config", "custom_init", "root_model", "schema"},
    "model-fields": {"computed_fields", "fields", "model_name"},
    "model-field": {"schema"},
    "definitions": {"definitions", "schema"},
    "definition-ref": {"schema_ref"},
    "default": {"default", "schema"},
    "nullable": {"schema"},
    "str": {"min_length", "max_length", "pattern", "to_lower", "to_upper"},
    "int": {"ge", "gt", "le", "lt"},
    "float": {"ge", "gt", "le", "lt"},
    "bool": set(),
    "literal": {"expected"},
    "list": {"items_schema", "min_length", "max_length"},
    "function-plain": {"function", "json_schema_input_schema"},
}
"""Kind of type → what it may say. Anything else could be a constraint that nobody has enumerated, and stops the build."""
UNCONSTRAINING = {"type", "metadata", "ref", "serialization"}
KNOWN_CONFIG = {"title", "strict", "extra_fields_behavior", "allow_inf_nan", "from_attributes"}


def _check_known(node: Node, operation_id: str, loc: tuple[str, ...]) -> None:
    if node["type"] not in KNOWN:
        raise _unknown(operation_id, loc, f"has a type of kind {node['type']!r}")
    said = set(node) - KNOWN[node["type"]] - UNCONSTRAINING | set(node.get("config", ())) - KNOWN_CONFIG
    if said:
        raise _unknown(operation_id, loc, f"says {', '.join(map(repr, sorted(said)))}, which is not enumerated")


def _unknown(operation_id: str, loc: tuple[str, ...], what: str) -> UnknownType:
    advice = "use a named type of models/fields.py, or teach tools/constraints.py what breaks it"
    where = f"{operation_id}: {'.'.join(loc) or 'the request'}"
    return UnknownType(f"{where} {what}; {advice}", subject_at(operation_id, loc))


def breakables(operation: Operation[Any, Any]) -> Iterator[Breakable]:
    """Every constraint of an operation's request, in the order of locations and fields. Rules are not types: see `Rule`."""
    model = operation.request
    model.model_rebuild()
    schema = _model_fields(model.__pydantic_core_schema__, operation.id, ())
    definitions = _definitions(model.__pydantic_core_schema__)
    for name, place in operation.places().items():
        spot = _spot(operation, name, place)
        node = schema["fields"][name]["schema"]
        if node["type"] != "default":
            yield spot.breaks("missing", lambda _: [MISSING], NO_ROUTE if spot.kind == "path" else None)
        if spot.kind == "body":
            yield spot.inside("*").breaks("json_invalid", lambda _: [BROKEN_JSON])
        yield from walk(node, spot, definitions)
    if not operation.open_query:
        loc = ("query", "*")
        yield Breakable(Constraint(operation.id, loc, "extra_forbidden"), "", ("*",), lambda _: [UNKNOWN])


class _Mark:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


MISSING = _Mark("missing")
UNKNOWN = _Mark("unknown")
BROKEN_JSON = _Mark("broken JSON")


def _spot(operation: Operation[Any, Any], name: str, place: Any) -> Spot:
    match place:
        case Path():
            return Spot(operation.id, name, ("path", name), (), True, "path")
        case Query():
            return Spot(operation.id, name, ("query", name), (), True, "query")
        case Header(wire):
            return Spot(operation.id, name, ("header", wire.lower()), (), True, "header")
        case Cookie(wire):
            return Spot(operation.id, name, ("cookie", wire), (), True, "cookie")
        case Body():
            return Spot(operation.id, name, ("body",), (), False, "body")
    raise UnknownType(f"{operation.id}: the location {place!r}", Subject(operation.id))


def field_subject(operation: Operation[Any, Any], name: str) -> Subject:
    """The place in the contract of a field of an operation's request."""
    return subject_at(operation.id, _spot(operation, name, operation.places()[name]).loc)


def _model_fields(node: Any, operation_id: str, loc: tuple[str, ...]) -> Node:
    _check_known(node, operation_id, loc)
    if node["type"] == "model-fields":
        for name, field in node["fields"].items():
            _check_known(field, operation_id, (*loc, name))
        return node  # type: ignore[no-any-return]
    return _model_fields(node["schema"], operation_id, loc)


def _definitions(schema: Any) -> dict[str, Node]:
    return {d["ref"]: d for d in schema.get("definitions", ())}


def walk(node: Node, spot: Spot, definitions: dict[str, Node]) -> Iterator[Breakable]:
    """The constraints of one type and of what is inside it."""
    _check_known(node, spot.operation_id, spot.loc)
    kind = node["type"]
    if kind in ("default", "nullable"):
        yield from walk(node["schema"], spot, definitions)
    elif kind == "definition-ref":
        yield from _walk_definition(node["schema_ref"], spot, definitions)
    else:
        yield from WALKS[kind](node, spot, definitions)


def _walk_definition(name: str, spot: Spot, definitions: dict[str, Node]) -> Iterator[Breakable]:
    if name not in definitions:
        raise spot.unread(f"is {name.split(':')[0]} inside itself; the places of a value have to be countable")
    rest = {other: node for other, node in definitions.items() if other != name}
    yield from walk(definitions[name], spot, rest)


def _wrong(spot: Spot, type_: str, value: Any) -> Breakable:
    return spot.breaks(type_, lambda _: [value], ALWAYS_TEXT if spot.text else None)


def _walk_str(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    yield _wrong(spot, "string_type", 0)
    least, most = node.get("min_length"), node.get("max_length")
    if least:
        empty = spot.kind == "path" and least == 1
        yield spot.breaks("string_too_short", lambda base: _shorter(base, least), NO_ROUTE if empty else None)
    if most is not None:
        yield spot.breaks("string_too_long", lambda base: [((base or "a") * (most + 1))[: most + 1], "a" * (most + 1)])
    if "pattern" in node:
        yield spot.breaks("string_pattern_mismatch", lambda base: _misfits(base, least or 0))


def _shorter(base: Any, least: int) -> list[str]:
    return [(base if isinstance(base, str) and len(base) >= least else "a" * least)[: least - 1], "a" * (least - 1)]


def _misfits(base: Any, least: int) -> list[str]:
    text = base if isinstance(base, str) else ""
    return ["!" * max(least, 1), text + "!", "0" * max(least, 1), text + "\n", " " * max(least, 1)]


BOUNDS: dict[str, tuple[str, int]] = {
    "ge": ("greater_than_equal", -1),
    "gt": ("greater_than", 0),
    "le": ("less_than_equal", 1),
    "lt": ("less_than", 0),
}


def _bounds(node: Node, spot: Spot) -> Iterator[Breakable]:
    for name, (type_, step) in BOUNDS.items():
        if name in node:
            value = node[name] + step
            yield spot.breaks(type_, lambda _, value=value: [str(value) if spot.text else value])  # type: ignore[misc]


def _walk_int(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    if spot.text:
        yield spot.breaks("int_parsing", lambda _: ["x"])
        yield spot.breaks("int_parsing_size", lambda _: ["9" * 4301])
    else:
        yield _wrong(spot, "int_type", "1")
    yield from _bounds(node, spot)


def _walk_float(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    yield spot.breaks("float_parsing", lambda _: ["x"]) if spot.text else _wrong(spot, "float_type", "1.5")
    yield spot.breaks("finite_number", lambda _: ["nan"] if spot.text else [float("1e400")])
    yield from _bounds(node, spot)


def _walk_bool(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    yield spot.breaks("bool_parsing", lambda _: ["x"]) if spot.text else _wrong(spot, "bool_type", "true")


def _walk_literal(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    if not all(isinstance(value, str) for value in node["expected"]):
        raise spot.unread("is a literal that is no text; other values break it in more ways than literal_error")
    yield spot.breaks("literal_error", lambda _: ["unknown", "none of these"])


def _walk_list(node: Node, spot: Spot, definitions: dict[str, Node]) -> Iterator[Breakable]:
    if spot.text and (spot.kind != "query" or spot.keys):
        raise spot.unread("is a list; lists are read in a body and, one inside nothing else, in the query")
    least, most = node.get("min_length"), node.get("max_length")
    yield _wrong(spot, "list_type", {})
    if least:
        excluded = NEVER_EMPTY if spot.text and least == 1 else None
        yield spot.breaks("too_short", lambda base: [(base or [])[: least - 1]], excluded)
    if most is not None:
        yield spot.breaks("too_long", lambda base: [((base or []) * (most + 1))[: most + 1]])
    yield from walk(node["items_schema"], spot.inside("*"), definitions)


def _walk_model(node: Node, spot: Spot, definitions: dict[str, Node]) -> Iterator[Breakable]:
    if spot.text:
        raise spot.unread("is a model; models are read in a body only")
    yield _wrong(spot, "model_attributes_type", [])
    for name, field in _model_fields(node, spot.operation_id, spot.loc)["fields"].items():
        inner = spot.inside(name)
        if field["schema"]["type"] != "default":
            yield inner.breaks("missing", lambda _: [MISSING])
        yield from walk(field["schema"], inner, definitions)
    if node.get("config", {}).get("extra_fields_behavior") == "forbid":
        yield spot.inside("*").breaks("extra_forbidden", lambda _: [UNKNOWN])


def _walk_function(node: Node, spot: Spot, _: dict[str, Node]) -> Iterator[Breakable]:
    known = node.get("metadata", {}).get("text_format")
    if known is None:
        raise spot.unread("is read by a function; give it a TextFormat of models/fields.py")
    yield _wrong(spot, f"{known.kind}_type", 0)
    yield spot.breaks(f"{known.kind}_parsing", lambda _: ["2024-02-30", "unknown"])


WALKS: dict[str, Callable[[Node, Spot, dict[str, Node]], Iterator[Breakable]]] = {
    "str": _walk_str,
    "int": _walk_int,
    "float": _walk_float,
    "bool": _walk_bool,
    "literal": _walk_literal,
    "list": _walk_list,
    "model": _walk_model,
    "function-plain": _walk_function,
}


def constraints(operation: Operation[Any, Any]) -> list[Breakable]:
    """Every constraint once: the first place that has it stands for the others (`loc` is equal for all)."""
    found: dict[Constraint, Breakable] = {}
    for breakable in breakables(operation):
        found.setdefault(breakable.constraint, breakable)
    return list(found.values())
