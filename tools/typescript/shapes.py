"""JSON Schema → TypeScript type. A keyword or a shape that is not known stops the build: nothing silently becomes `any`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tools.openapi.schemas import BadContract, Schema
from tools.typescript.text import comment, escaped, indented, key, literal, union

ANNOTATIONS = {"description", "examples", "default", "deprecated", "title"}
"""Said in the comment, or not at all: they change no type."""
LIMITS: dict[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties"),
    "boolean": (),
    "null": (),
}
"""What a value of a kind may be limited by: no type can say it, the comment does."""
SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
OBJECT = {"properties", "required", "additionalProperties", "patternProperties", "propertyNames"}
ADVICE = "teach tools/typescript/shapes.py what it is in TypeScript, or say it another way in models/"


class UnknownShape(BadContract):
    """A schema that the types do not know."""


def type_of(schema: Any, at: str) -> str:
    """The type of a schema; `at` is its JSON pointer in the document. Raises `UnknownShape`."""
    if not isinstance(schema, dict):
        raise _unknown(at, f"the schema {schema!r} says nothing about its value")
    for keyword, shape in SHAPES.items():
        if keyword in schema:
            return shape(schema, at)
    raise _unknown(at, "the schema names no type")


def _unknown(at: str, why: str) -> UnknownShape:
    return UnknownShape(f"{at}: {why}; {ADVICE}", pointer=at)


def _only(schema: Schema, at: str, *known: str) -> None:
    more = sorted(schema.keys() - ANNOTATIONS - set(known))
    if more:
        raise _unknown(at, f"the keyword {more[0]!r} is not known here")


def _reference(schema: Schema, at: str) -> str:
    _only(schema, at, "$ref")
    prefix, _, name = schema["$ref"].rpartition("/")
    if prefix != "#/components/schemas":
        raise _unknown(at, f"{schema['$ref']} is no component")
    return str(name)


def _constant(schema: Schema, at: str) -> str:
    _only(schema, at, "const", "type")
    return _literals([schema["const"]], at)


def _enumeration(schema: Schema, at: str) -> str:
    _only(schema, at, "enum", "type")
    return _literals(schema["enum"], at)


def _literals(values: list[Any], at: str) -> str:
    if not values or not all(value is None or isinstance(value, str | int | float) for value in values):
        raise _unknown(at, f"{values!r} has no literal type")
    return union(literal(value) for value in values)


def _choice(keyword: str) -> Callable[[Schema, str], str]:
    def shape(schema: Schema, at: str) -> str:
        _only(schema, at, keyword, "discriminator")
        return union(type_of(branch, f"{at}/{keyword}/{index}") for index, branch in enumerate(schema[keyword]))

    return shape


def _typed(schema: Schema, at: str) -> str:
    kind = schema["type"]
    if not isinstance(kind, str) or kind not in LIMITS:
        raise _unknown(at, f"the type {kind!r} is not known")
    if kind == "array":
        return _array(schema, at)
    if kind == "object":
        return _object(schema, at)
    _only(schema, at, "type", *LIMITS[kind])
    return SCALARS[kind]


SHAPES: dict[str, Callable[[Schema, str], str]] = {
    "$ref": _reference,
    "const": _constant,
    "enum": _enumeration,
    "anyOf": _choice("anyOf"),
    "oneOf": _choice("oneOf"),
    "type": _typed,
}
"""The keyword that decides what a schema is, first match wins."""


def _array(schema: Schema, at: str) -> str:
    _only(schema, at, "type", "items", *LIMITS["array"])
    if "items" not in schema:
        raise _unknown(at, "the list says nothing about its members")
    member = type_of(schema["items"], f"{at}/items")
    return f"({member})[]" if " | " in member and not member.startswith("{") else f"{member}[]"


def _object(schema: Schema, at: str) -> str:
    if "properties" in schema:
        return "\n".join(["{", *indented(properties(schema, at)), "}"])
    return _mapping(schema, at)


def is_interface(schema: Schema) -> bool:
    """Whether a schema is an object with named properties."""
    return schema.get("type") == "object" and "properties" in schema


def properties(schema: Schema, at: str) -> Iterator[str]:
    """The lines between the braces of an object with named properties."""
    _only(schema, at, "type", "properties", "required", "additionalProperties", *LIMITS["object"])
    if schema.get("additionalProperties", False) is not False:
        raise _unknown(at, "an object has named properties and others beside them")
    for name, member in sorted(schema["properties"].items()):
        yield from member_lines(name, member, name in schema.get("required", ()), f"{at}/properties/{name}")


def member_lines(name: str, schema: Schema, required: bool, at: str, more: str = "") -> Iterator[str]:
    """A property with its comment."""
    yield from comment(about(schema, more))
    mark = "" if required else "?"
    first, *rest = type_of(schema, at).split("\n")
    yield from [f"{key(name)}{mark}: {first}", *rest][:-1]
    yield (rest[-1] if rest else f"{key(name)}{mark}: {first}") + ";"


def _mapping(schema: Schema, at: str) -> str:
    _only(schema, at, "type", *(OBJECT - {"properties", "required"}), *LIMITS["object"])
    patterns = list(schema.get("patternProperties", {}).items())
    values = schema.get("additionalProperties", False)
    if values is False and len(patterns) == 1:
        pattern, member = patterns[0]
        place = pattern.replace("~", "~0").replace("/", "~1")
        return f"Record<string, {type_of(member, f'{at}/patternProperties/{place}')}>"
    if patterns or not isinstance(values, dict):
        raise _unknown(at, "an object says too little or too much about its members")
    member = type_of(values, f"{at}/additionalProperties")
    if "propertyNames" not in schema:
        return f"Record<string, {member}>"
    names = type_of(schema["propertyNames"], f"{at}/propertyNames")
    return f"Record<string, {member}>" if names == "string" else f"Partial<Record<{names}, {member}>>"


def about(schema: Schema, more: str = "") -> list[str]:
    """The paragraphs of a schema's comment: its description, its limits, its default."""
    said = [escaped(schema.get("description", "")), more, _limits(schema)]
    if schema.get("default") is not None:
        said.append(f"@defaultValue `{literal(schema['default'])}`")
    if schema.get("deprecated"):
        said.append("@deprecated")
    return said


def _limits(schema: Schema) -> str:
    """The limits of the value itself, or of the one branch that is not null."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    limited = branches[0] if len(branches) == 1 else schema
    names = LIMITS.get(str(limited.get("type")), ())
    return ", ".join(f"{name} `{_shown(limited[name])}`" for name in names if name in limited)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else literal(value)
