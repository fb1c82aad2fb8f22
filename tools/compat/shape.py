"""What a JSON Schema says of values, without what it says to people; and what it needs to stand on its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tools.compat.grammar import SCHEMA, Form
from tools.openapi.schemas import Schema

Definitions = Mapping[str, Any]
"""`$ref` → the schema it stands for: those that contain themselves. All others are inlined."""

OF_TYPE: Mapping[str, frozenset[str]] = {
    keyword: frozenset(types)
    for types, keywords in {
        ("string",): ("minLength", "maxLength", "pattern", "format"),
        ("integer", "number"): ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"),
        ("array",): (
            *("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
            *("contains", "minContains", "maxContains", "unevaluatedItems"),
        ),
        ("object",): (
            *("properties", "patternProperties", "additionalProperties", "propertyNames", "required"),
            *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
        ),
    }.items()
    for keyword in keywords
}
"""Keyword → the types that it says something about."""
CONSTRAINTS = frozenset({"$ref", "type", "enum", "const", *OF_TYPE, *SCHEMA}) - {"$defs", "contentSchema"}
"""The keywords that decide whether a value is valid. Everything else is for people and generators."""
EXCLUDING = ("not", "if", "then", "else", "oneOf", "contains")
"""Keywords below which more valid values can mean fewer above: there, objects are read as they are written."""


def pure(schema: Any) -> Any:
    """The schema without what does not constrain: texts, defaults, examples, extensions."""
    return _kept(schema, False)


def opened(schema: Any) -> Any:
    """The pure schema with objects open to properties it does not name, as responses are read by clients."""
    return _kept(schema, True)


def _kept(schema: Any, open_: bool) -> Any:
    if not isinstance(schema, dict):
        return schema
    made: Schema = {}
    for name, value in schema.items():
        inner = open_ and name not in EXCLUDING
        closing = name in ("additionalProperties", "unevaluatedProperties") and value is False
        if name in CONSTRAINTS and not (open_ and closing):
            made[name] = _kept_member(name, value, inner)
    return made


def _kept_member(name: str, value: Any, open_: bool) -> Any:
    if name not in SCHEMA:
        return value
    form, _ = SCHEMA[name]
    if form is Form.ONE:
        return _kept(value, open_)
    if form is Form.LIST:
        return [_kept(member, open_) for member in value]
    return {key: _kept(member, open_) for key, member in value.items()}


def references(schema: Any) -> set[str]:
    """The `$ref`s of a pure schema, not followed."""
    if isinstance(schema, list):
        return {found for member in schema for found in references(member)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*(references(value) for name, value in schema.items() if name not in ("enum", "const")))


def whole(schema: Any, definitions: Definitions) -> Any:
    """The schema with the definitions that it needs, so that it can be read on its own."""
    needed: dict[str, Any] = {}
    waiting = sorted(references(schema))
    while waiting:
        reference = waiting.pop()
        if reference not in needed and reference in definitions:
            needed[reference] = definitions[reference]
            waiting.extend(sorted(references(definitions[reference])))
    if not needed:
        return schema
    return {**schema, "$defs": {_name(reference): needed[reference] for reference in sorted(needed)}}


def _name(reference: str) -> str:
    return reference.removeprefix("#/$defs/").replace("~1", "/").replace("~0", "~")


def definitions_of(schema: Any) -> dict[str, Any]:
    """The definitions that travel with a schema."""
    carried = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    return {"#/$defs/" + name.replace("~", "~0").replace("/", "~1"): member for name, member in carried.items()}


def type_of(value: Any) -> str:
    """The JSON type of a value; a number without fraction is an integer."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    return {float: "number", str: "string", list: "array", dict: "object"}[type(value)]


def types(schema: Schema) -> set[str]:
    """The types that `type` admits; empty if it does not say."""
    said = schema.get("type", [])
    found = {said} if isinstance(said, str) else set(said)
    return found - {"integer"} if "number" in found else found
