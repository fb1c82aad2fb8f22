"""A JSON Schema as a reader sees it: a name for the type, what is demanded in words, and the fields inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.openapi.schemas import Schema
from tools.reference.painting import compact

REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a value: a field by its name, or one of several alternatives by a word."""

    name: str
    shape: Shape
    required: bool = False
    said: bool = True
    """Whether `name` is a name as it is written, not a word about it."""


@dataclass(slots=True)
class Shape:
    """What a schema demands. `component` is the component that says it, if one does."""

    prefix: str = ""
    """"array of " where the rest is said of the members."""
    name: str = "any value"
    component: str = ""
    nullable: bool = False
    facts: list[str] = field(default_factory=list)
    """Demands in words, in the order of the schema's keywords below."""
    choices: list[str] = field(default_factory=list)
    """The values that are allowed, as JSON, if they are listed."""
    patterns: list[str] = field(default_factory=list)
    description: str = ""
    default: str | None = None
    examples: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)


def described(count: tuple[Any, Any], unit: str) -> Iterator[str]:
    """The least and the most of something, in words."""
    least, most = count
    if least is not None and least == most:
        yield f"exactly {least} {unit}".rstrip()
    elif least is not None and most is not None:
        yield f"{least} to {most} {unit}".rstrip()
    elif most is not None:
        yield f"at most {most} {unit}".rstrip()
    elif least is not None:
        yield f"at least {least} {unit}".rstrip()


RANGES = {
    ("minimum", "maximum"): "",
    ("minLength", "maxLength"): "characters",
    ("minItems", "maxItems"): "items",
    ("minProperties", "maxProperties"): "fields",
}
WORDS = {
    "format": "{}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "contentMediaType": "{}",
    "contentEncoding": "encoded as {}",
}
TOLD_ELSEWHERE = {
    "$ref", "type", "anyOf", "oneOf", "allOf", "properties", "required", "items", "patternProperties", "propertyNames",
    "enum", "const", "pattern", "description", "title", "default", "examples", "example", "contentSchema", "discriminator",
    *(name for pair in RANGES for name in pair), *WORDS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads schemas of one document."""

    schemas: Mapping[str, Schema]
    deep: bool = True
    """Whether a reference is followed to its fields, or only named."""

    def shape(self, schema: Schema, within: tuple[str, ...] = ()) -> Shape:
        """`within` names the components around this schema: one inside itself is named, not opened again."""
        if "$ref" in schema:
            return self._referred(schema, within)
        variants = [v for key in ("anyOf", "oneOf") for v in schema.get(key, ())]
        real = [variant for variant in variants if variant.get("type") != "null"]
        if len(real) == 1 and "allOf" not in schema:
            made = self.shape({**real[0], **_own(schema)}, within)
            made.nullable = made.nullable or len(variants) > 1
            return made
        made = self._plain(schema, within)
        if real:
            made.name = "one of several" if made.name in ("any value", "object") else made.name
            words = ["either", *("or" for _ in real[1:])]
            made.fields += [Field(word, self.shape(v, within), said=False) for word, v in zip(words, real, strict=True)]
            made.nullable = made.nullable or len(real) < len(variants)
        return made

    def _referred(self, schema: Schema, within: tuple[str, ...]) -> Shape:
        component = schema["$ref"].removeprefix(REFERENCE)
        target = self.schemas[component]
        if component in within or not self.deep:
            made = Shape(name=component, component=component, description=target.get("description", ""))
        else:
            made = self.shape(target, (*within, component))
            made.name, made.component = component, component
        made.description = schema.get("description", made.description)
        made.default = compact(schema["default"]) if "default" in schema else made.default
        return made

    def _plain(self, schema: Schema, within: tuple[str, ...]) -> Shape:
        types = schema.get("type", [])
        named = [types] if isinstance(types, str) else list(types)
        made = Shape(
            name=" or ".join(t for t in named if t != "null") or _guessed(schema),
            nullable="null" in named,
            facts=list(_facts(schema)),
            choices=_choices(schema),
            patterns=[schema["pattern"]] if "pattern" in schema else [],
            description=schema.get("description", ""),
            default=compact(schema["default"]) if "default" in schema else None,
            examples=[compact(value) for value in schema.get("examples", ()) if not isinstance(value, dict)],
            fields=list(self._fields(schema, within)),
        )
        if isinstance(schema.get("items"), dict):
            self._add_items(made, self.shape(schema["items"], within))
        return made

    def _add_items(self, made: Shape, items: Shape) -> None:
        """An array says what its members are in its own line; `facts` of the array come first."""
        made.prefix = f"array of {items.prefix}"
        made.name, made.component = f"{items.name} or null" if items.nullable else items.name, items.component
        made.facts += [f"each {fact}" for fact in items.facts]
        made.choices, made.patterns = made.choices + items.choices, made.patterns + items.patterns
        made.fields += items.fields

    def _fields(self, schema: Schema, within: tuple[str, ...]) -> Iterator[Field]:
        required = schema.get("required", ())
        for name, member in schema.get("properties", {}).items():
            yield Field(name, self.shape(member, within), name in required)
        for pattern, member in schema.get("patternProperties", {}).items():
            yield Field(f"any name like {pattern}", self.shape(member, within), said=False)
        if isinstance(rest := schema.get("additionalProperties"), dict):
            yield Field(_any_name(schema), self.shape(rest, within), said=False)
        for part in schema.get("allOf", ()):
            yield Field("and all of", self.shape(part, within), said=False)
        if "contentSchema" in schema:
            yield Field("each event's data", self.shape(schema["contentSchema"], within), said=False)


def _own(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf")}


def _guessed(schema: Schema) -> str:
    if "properties" in schema or "patternProperties" in schema:
        return "object"
    return "value" if "enum" in schema or "const" in schema else "any value"


def _any_name(schema: Schema) -> str:
    names = schema.get("propertyNames", {})
    if "enum" in names:
        return "any of " + ", ".join(map(compact, names["enum"]))
    return f"any name like {names['pattern']}" if "pattern" in names else "any name"


def _choices(schema: Schema) -> list[str]:
    if "const" in schema:
        return [compact(schema["const"])]
    return [compact(value) for value in schema.get("enum", ())]


def _facts(schema: Schema) -> Iterator[str]:
    """Everything demanded that is not said otherwise; a keyword that nobody has put in words is said as it is."""
    for key, words in WORDS.items():
        if key in schema:
            yield words.format(schema[key])
    for (least, most), unit in RANGES.items():
        yield from described((schema.get(least), schema.get(most)), unit)
    for key, value in schema.items():
        if key == "additionalProperties":
            yield from ["no other fields"] if value is False else []
        elif key == "uniqueItems":
            yield "each once"
        elif key not in TOLD_ELSEWHERE:
            yield f"{key}: {compact(value)}"
