"""A schema taken apart into alternatives of one type each, so that two schemas can be laid beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.compat.json_text import canonical
from tools.compat.shape import OF_TYPE, Definitions, type_of, types
from tools.openapi.schemas import Schema

ANYTHING = frozenset({"{}", "true"})
NOTHING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties"), frozenset({"0"})),
    **dict.fromkeys(("additionalProperties", "items", "propertyNames"), ANYTHING),
    **dict.fromkeys(("properties", "patternProperties", "dependentRequired", "dependentSchemas"), frozenset({"{}"})),
    "required": frozenset({"[]"}),
    "uniqueItems": frozenset({"false"}),
}
"""Keyword → the values, as text, with which it says nothing."""
ENTWINED = (
    {"properties", "patternProperties", "additionalProperties"},
    {"items", "prefixItems"},
    {"contains", "minContains", "maxContains"},
    {"if", "then", "else"},
)
"""Keywords that read each other: they mean something else when they come from two schemas."""
TIGHTER: Mapping[str, Any] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"), max),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"), min),
}


def unfolded(schema: Any, definitions: Definitions) -> Any:
    """The schema with its own `$ref` followed and its `allOf` merged as far as that keeps its meaning."""
    seen: set[str] = set()
    while isinstance(schema, dict) and set(schema) == {"$ref"} and schema["$ref"] in definitions:
        if schema["$ref"] in seen:
            return schema
        seen.add(schema["$ref"])
        schema = definitions[schema["$ref"]]
    if not isinstance(schema, dict):
        return {} if schema is True else schema
    if "$ref" in schema and len(schema) > 1:
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        schema = {**beside, "allOf": [*beside.get("allOf", ()), {"$ref": schema["$ref"]}]}
    return _flattened(_plain(schema), definitions, seen)


def _flattened(schema: Schema, definitions: Definitions, seen: set[str]) -> Any:
    """Without `allOf`, where each of its members can be merged into the rest."""
    left: list[Any] = []
    made = {name: value for name, value in schema.items() if name != "allOf"}
    for member in schema.get("allOf", ()):
        below = {name: value for name, value in definitions.items() if name not in seen}
        part = unfolded(member, below)
        if part is False:
            return False
        merged = _merged(made, part)
        if merged is None:
            left.append(part)
        else:
            made = merged
    return _plain({**made, "allOf": left}) if left else _plain(made)


def _plain(schema: Schema) -> Schema:
    """Without keywords that say nothing, `const` as `enum`, a type list of one as the type."""
    made = {name: value for name, value in schema.items() if canonical(value) not in NOTHING.get(name, ())}
    if "const" in made:
        only = made.pop("const")
        known = made.get("enum")
        made["enum"] = [only] if known is None or canonical(only) in map(canonical, known) else []
    if isinstance(made.get("type"), list) and len(types(made)) == 1:
        made["type"] = next(iter(types(made)))
    return made


def _merged(one: Schema, other: Schema) -> Schema | None:
    """Both at once, as one schema; None where that cannot be said keyword by keyword."""
    if any(group & one.keys() and group & other.keys() and not _apart(group, one, other) for group in ENTWINED):
        return None
    if any(name.startswith("unevaluated") for name in (*one, *other)):
        return None
    made = dict(one)
    for name, value in other.items():
        if name not in made:
            made[name] = value
        elif canonical(made[name]) != canonical(value):
            together = _together(name, made[name], value)
            if together is None:
                return None
            made[name] = together
    return made


def _apart(group: set[str], one: Schema, other: Schema) -> bool:
    """Whether two schemas only list different properties and leave the rest open."""
    return (group & one.keys()) == (group & other.keys()) == {"properties"} and not (
        one["properties"].keys() & other["properties"].keys()
    )


def _together(name: str, one: Any, other: Any) -> Any:
    if name in TIGHTER:
        return TIGHTER[name](one, other)
    if name == "type":
        return sorted(_both(types({"type": one}), types({"type": other}))) or None
    if name == "required":
        return sorted({*one, *other})
    if name == "properties":
        return {**one, **other}
    if name == "enum":
        both = [value for value in one if canonical(value) in set(map(canonical, other))]
        return both or None
    return None


def _both(one: set[str], other: set[str]) -> set[str]:
    whole_numbers = {"integer"} if {"integer", "number"} <= one ^ other else set()
    return (one & other) | whole_numbers


def alternatives(schema: Any, definitions: Definitions) -> list[Schema]:
    """Schemas of one type each whose union is the schema, or more where `oneOf` excludes what two branches share.

    A schema without a type stays as it is, as one alternative without a type.
    """
    return _alternatives(schema, definitions, 0)


DEEPEST = 40
"""Unions inside unions that are opened; deeper ones stay closed, which proves less and never too much."""


def _alternatives(schema: Any, definitions: Definitions, depth: int) -> list[Schema]:
    node = unfolded(schema, definitions)
    if node is False:
        return []
    for keyword in ("anyOf", "oneOf"):
        if keyword in node and depth < DEEPEST:
            rest = {name: value for name, value in node.items() if name != keyword}
            return [
                alternative
                for branch in node[keyword]
                for alternative in _alternatives(
                    {**rest, "allOf": [*rest.get("allOf", ()), branch]}, definitions, depth + 1
                )
            ]
    return _typed(node)


def _typed(node: Schema) -> list[Schema]:
    """One schema for each type that a schema without unions admits."""
    if "enum" in node:
        return _of_values(node)
    said = types(node)
    return [_only(node, kind) for kind in sorted(said)] if said else [node]


def _only(node: Schema, kind: str) -> Schema:
    """The part of a schema that says something about one type."""
    kept = {name: value for name, value in node.items() if name != "type" and kind in OF_TYPE.get(name, {kind})}
    return {**kept, "type": kind}


def _of_values(node: Schema) -> list[Schema]:
    said = types(node)
    by_type: dict[str, list[Any]] = {}
    for value in sorted(node["enum"], key=canonical):
        kind = type_of(value)
        if not said or kind in said or (kind == "integer" and "number" in said):
            by_type.setdefault("number" if kind == "integer" else kind, []).append(value)
    return [_listed(node, kind, values) for kind, values in sorted(by_type.items())]


def _listed(node: Schema, kind: str, values: list[Any]) -> Schema:
    if kind == "number" and all(type_of(value) == "integer" for value in values):
        kind = "integer"
    made = _only(node, kind)
    made["enum"] = list({canonical(value): value for value in values}.values())
    if kind == "null" or (kind == "boolean" and len(made["enum"]) == 2):
        del made["enum"]
    return made
