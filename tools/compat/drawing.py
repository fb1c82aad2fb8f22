"""Values that fit a schema, small ones at its boundaries first: what tells two contracts apart is shown by such a value.

The same schema gives the same values: what is enumerated has an order, what is drawn has a fixed seed and a fixed number.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from random import Random
from typing import Any

import hypothesis
import jsonschema
import jsonschema_rs
from hypothesis.errors import HypothesisException
from schemathesis.core.errors import SchemathesisError

from tools.compat.patterns import texts

Schema = dict[str, Any]
ABSENT: Any = object()
"""Stands for a value that is not there."""
TRIED, FITTING, DRAWN = 400, 24, 40
"""Enumerated values that are tried, fitting ones that are given, values that are drawn where none of them fits."""
DRAWABLE = 1_500
"""Characters of a schema that is drawn from; larger ones take minutes and are shown by what is enumerated."""
MEMBERS = 6
"""Values tried for each member of an object or list."""
BUILDER = ("4.32", "schemathesis.generation.jsonschema.builder")
"""`build` is internal to schemathesis: these are the release and the place that were read. A test guards both."""


def fits(schema: Schema | bool) -> Callable[[Any], bool]:
    """Whether a value fits, as two validators independently say. A schema that either cannot read fits nothing."""
    return _fits(json.dumps(schema, sort_keys=True))


@cache
def _fits(text: str) -> Callable[[Any], bool]:
    schema = json.loads(text)
    try:
        first = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        second = jsonschema.Draft202012Validator(schema)
    except ValueError:
        return lambda value: False

    def both(value: Any) -> bool:
        try:
            return bool(first.is_valid(value)) and second.is_valid(value)
        except (ValueError, RecursionError, jsonschema.exceptions.SchemaError):
            return False

    return both


def values(schema: Schema | bool, real: Any = ABSENT) -> list[Any]:
    """Values that fit, best first; `real` is a value of the same place, which is kept as far as it can be."""
    text = json.dumps(schema, sort_keys=True)
    shown = None if real is ABSENT else json.dumps(real)
    found: list[Any] = json.loads(_values(text, shown))
    return found


@cache
def _values(text: str, shown: str | None) -> str:
    schema = json.loads(text)
    real = ABSENT if shown is None else json.loads(shown)
    fit = fits(schema)
    tried = itertools.islice(_once(candidates(schema, real, schema, 4)), TRIED)
    found = list(itertools.islice(filter(fit, tried), FITTING))
    return json.dumps(found or (_drawn(schema, fit) if len(text) <= DRAWABLE else []))


def _once(values: Iterator[Any]) -> Iterator[Any]:
    seen = set()
    for value in values:
        text = json.dumps(value, sort_keys=True)
        if text not in seen:
            seen.add(text)
            yield value


def _drawn(schema: Schema, fit: Callable[[Any], bool]) -> list[Any]:
    """The smallest of a fixed number of drawn values that fits; none if none does or the schema cannot be drawn from."""
    from schemathesis.generation.jsonschema.builder import build

    settings = hypothesis.settings(
        max_examples=DRAWN,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        strategy = build(schema, draft=20, formats={})
        return [hypothesis.find(strategy, fit, settings=settings, random=Random(0))]
    except (HypothesisException, SchemathesisError, ValueError, RecursionError):
        return []


def builder_version() -> str:
    return version("schemathesis")


def candidates(schema: Any, real: Any, root: Any, depth: int) -> Iterator[Any]:
    """Values that may fit: what the schema names, then what lies at its bounds, then what is inside its branches."""
    if not isinstance(schema, dict) or depth < 0:
        return
    if isinstance(schema.get("$ref"), str):
        yield from candidates(_target(schema["$ref"], root), real, root, depth - 1)
    yield from schema.get("enum", ())
    if "const" in schema:
        yield schema["const"]
    for branch in _branches(schema):
        merged = branch if "type" in branch or "type" not in schema else {"type": schema["type"], **branch}
        yield from candidates(merged, real, root, depth - 1)
    for kind in _kinds(schema):
        yield from KINDS[kind](schema, real, root, depth)


def _target(pointer: str, root: Any) -> Any:
    for step in pointer.removeprefix("#").split("/")[1:]:
        root = root.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(root, dict) else None
    return root


def _branches(schema: Schema) -> Iterator[Schema]:
    """The schemas inside that speak of the same value. What must not fit has its bounds at the same places."""
    for name in ("anyOf", "oneOf", "allOf"):
        yield from (branch for branch in schema.get(name, ()) if isinstance(branch, dict))
    for name in ("not", "if", "then", "else"):
        if isinstance(schema.get(name), dict):
            yield schema[name]


def _kinds(schema: Schema) -> list[str]:
    said = schema.get("type")
    if said is None:
        inferred = [kind for kind, words in WORDS.items() if words & schema.keys()]
        return inferred or ([] if schema.keys() & {"enum", "const", "$ref", "anyOf", "oneOf"} else list(KINDS))
    kinds = [said] if isinstance(said, str) else list(said)
    return [kind for kind in kinds if kind in KINDS]


WORDS = {
    "string": {"minLength", "maxLength", "pattern", "format"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"},
    "object": {
        "properties",
        "required",
        "patternProperties",
        "additionalProperties",
        "minProperties",
        "maxProperties",
        "propertyNames",
    },
}


def _strings(schema: Schema, real: Any, root: Any, depth: int) -> Iterator[Any]:
    text = real if isinstance(real, str) else ""
    lengths = [schema[name] + by for name in ("minLength", "maxLength") if name in schema for by in (0, 1, -1)]
    lengths = [length for length in lengths if 0 <= length <= 100_000]
    for length in lengths or [1, 0]:
        yield (text * (length // max(len(text), 1) + 1))[:length] if text else "a" * length
        yield "a" * length
    if text:
        yield from (text.swapcase(), text.lower(), text.upper(), text[:-1], text + text[-1], text + "a", text + "0")
    yield from texts(schema.get("pattern", ""))
    yield from FORMATS.get(str(schema.get("format")), ())
    yield from ("A", "0", "a0", "a.b", "a b", "-", "é", " ", "")


FORMATS = {
    "date": ("2024-01-31", "1999-12-31"),
    "date-time": ("2024-01-31T14:30:00Z", "2024-01-31T14:30:00+01:00", "2024-01-31T14:30:00.5Z"),
    "uuid": ("6f1ed002-ab55-4d3c-9a3a-5c2d1e0f7b11", "6F1ED002-AB55-4D3C-9A3A-5C2D1E0F7B11"),
    "email": ("someone@bellwether.example",),
    "uri": ("https://bellwether.example/",),
}


def _integers(schema: Schema, real: Any, root: Any, depth: int) -> Iterator[Any]:
    yield from (int(value) for value in _numbers(schema, real, root, depth) if float(value).is_integer())


def _numbers(schema: Schema, real: Any, root: Any, depth: int) -> Iterator[Any]:
    step = schema.get("multipleOf", 1)
    bounds = [schema[name] for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") if name in schema]
    for bound in bounds:
        yield from (bound, bound + 1, bound - 1, bound + 0.5, bound - 0.5)
        yield from (math.ceil(bound / step) * step, math.floor(bound / step) * step)
    if isinstance(real, int | float) and not isinstance(real, bool):
        yield from (real + 1, real - 1, -real, real + 0.5)
    yield from (0, step, 1, -1, 0.5, 2, 1000)


def _arrays(schema: Schema, real: Any, root: Any, depth: int) -> Iterator[Any]:
    items = schema.get("items")
    there = list(real) if isinstance(real, list) else []
    first = there[0] if there else ABSENT
    inside = [*there[:1], *itertools.islice(_once(candidates(items, first, root, depth - 1)), MEMBERS * 2)]
    also = itertools.islice(_once(candidates(schema.get("contains"), first, root, depth - 1)), MEMBERS)
    yield []
    for value in [*also, *inside]:
        yield [value, *there[1:]]
        yield [value]
    sizes = [schema[name] + by for name in ("minItems", "maxItems") if name in schema for by in (0, 1, -1)]
    for size in (size for size in sizes if inside and 0 < size <= 1_000):
        pool = there + [value for value in inside if value not in there]
        yield (pool * (size // len(pool) + 1))[:size]
        yield [inside[0]] * size


def _objects(schema: Schema, real: Any, root: Any, depth: int) -> Iterator[Any]:
    properties = {name: s for name, s in schema.get("properties", {}).items() if s is not False}
    there = dict(real) if isinstance(real, dict) else {}
    whole = {**_filled(properties, schema.get("required", ()), root, depth), **there}
    yield whole
    yield from ({k: v for k, v in whole.items() if k != name} for name in whole)
    dropped = {name for name, member in schema.get("properties", {}).items() if member is False}
    yield {k: v for k, v in whole.items() if k not in dropped}
    for name, member in properties.items():
        for value in itertools.islice(_once(candidates(member, there.get(name, ABSENT), root, depth - 1)), MEMBERS):
            yield {**whole, name: value}
    for pattern, member in schema.get("patternProperties", {}).items():
        yield from _named_by(pattern, member, there, root, depth)
    more = schema.get("additionalProperties")
    for value in ["x", *itertools.islice(candidates(more, ABSENT, root, depth - 1), MEMBERS)]:
        yield {**whole, "unexpected": value}


def _named_by(pattern: str, member: Any, there: Schema, root: Any, depth: int) -> Iterator[Any]:
    """Objects with a name that fits a pattern: it holds what another name holds, then what the pattern's schema takes."""
    known = next(iter(there.values()), ABSENT)
    inside = itertools.islice(_once(candidates(member, known, root, depth - 1)), MEMBERS)
    for value in [*([] if known is ABSENT else [known]), *inside]:
        yield from ({**there, name: value} for name in texts(pattern)[: 2 * MEMBERS])


def _filled(properties: Schema, required: Any, root: Any, depth: int) -> Schema:
    """A value for each required member: the first that fits it."""
    made = {}
    for name in required:
        member = properties.get(name, {})
        fit = fits({**member, **{k: v for k, v in root.items() if k in ("components", "$defs")}} if member else {})
        tried = itertools.islice(candidates(member, ABSENT, root, depth - 1), TRIED // 10)
        value = next(filter(fit, tried), ABSENT)
        if value is not ABSENT:
            made[name] = value
    return made


KINDS: dict[str, Callable[[Schema, Any, Any, int], Iterator[Any]]] = {
    "string": _strings,
    "integer": _integers,
    "number": _numbers,
    "boolean": lambda *_: iter((True, False)),
    "null": lambda *_: iter((None,)),
    "array": _arrays,
    "object": _objects,
}
