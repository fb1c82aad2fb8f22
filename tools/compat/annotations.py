"""What a schema says beside its constraints: texts, defaults, what is deprecated; and how that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tools.compat.delta import Delta, Effect
from tools.compat.json_text import canonical, shown
from tools.compat.shape import CONSTRAINTS, Definitions, pure, types
from tools.openapi.schemas import Schema

Spot = tuple[tuple[str, ...], tuple[str, ...]]
"""A place inside a schema: steps as in a pointer, and the branches of unions taken on the way."""
KINDS = {
    "default": "default-changed",
    "deprecated": "deprecation-changed",
    "readOnly": "access-changed",
    "writeOnly": "access-changed",
    "discriminator": "discriminator-changed",
    "format": "format-changed",
    "contentSchema": "content-changed",
    "contentMediaType": "content-changed",
    "contentEncoding": "content-changed",
}
"""Annotation → the kind of its change; all others are documentation."""
NUMBERS = {"integer", "number"}
"""Types whose `format` binds no value: validators know formats of text only, generated clients those of numbers."""
FALSE_IF_ABSENT = ("deprecated", "readOnly", "writeOnly")


def annotated(old: Any, old_definitions: Definitions, new: Any, new_definitions: Definitions) -> Iterator[Delta]:
    """Each annotation that changed at a place that both schemas have, each place's documentation as one."""
    was, is_ = Notes(old_definitions), Notes(new_definitions)
    was.read(old)
    is_.read(new)
    for spot in sorted(was.found.keys() & is_.found.keys()):
        yield from _changed(spot[0], was.found[spot], is_.found[spot])


def _changed(steps: tuple[str, ...], was: Schema, is_: Schema) -> Iterator[Delta]:
    names = [name for name in sorted({*was, *is_}) if canonical(was.get(name)) != canonical(is_.get(name))]
    for name in names:
        if name in KINDS:
            yield Delta(KINDS[name], Effect.CHANGES, _said(name, was, is_), steps, was.get(name), is_.get(name), name)
    texts = [name for name in names if name not in KINDS]
    if texts:
        before, after = ({name: side.get(name) for name in texts} for side in (was, is_))
        yield Delta("documented", Effect.CHANGES, f"{', '.join(texts)} changed", steps, before, after, texts[0])


def _said(name: str, was: Schema, is_: Schema) -> str:
    if name not in was:
        return f"{name} {shown(is_[name])} is new"
    if name not in is_:
        return f"{name} {shown(was[name])} is gone"
    return f"{name} {shown(was[name])} is now {shown(is_[name])}"


@dataclass(frozen=True, slots=True)
class Notes:
    """The annotations of a schema and of everything inside it."""

    definitions: Definitions
    found: dict[Spot, Schema] = field(default_factory=dict)

    def read(self, schema: Any, spot: Spot = ((), ()), met: frozenset[str] = frozenset()) -> None:
        """Takes in a schema at a spot; where several schemas describe one, the outermost speaks."""
        if not isinstance(schema, dict):
            return
        self._own(schema, spot)
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference in self.definitions:
            if reference in met:
                self._own(self.definitions[reference], spot)
            else:
                self.read(self.definitions[reference], spot, met | {reference})
        for (steps, branches), member in _members(schema):
            self.read(member, (spot[0] + steps, spot[1] + branches), met)

    def _own(self, schema: Schema, spot: Spot) -> None:
        said = self.found.setdefault(spot, {})
        for name, value in schema.items():
            noted = name not in CONSTRAINTS or (name == "format" and types(schema) <= NUMBERS and types(schema))
            if noted and name != "$defs" and not (name in FALSE_IF_ABSENT and value is False):
                said.setdefault(name, value)


def _members(schema: Schema) -> Iterator[tuple[Spot, Any]]:
    """The schemas inside a schema, with the steps that lead to each."""
    for name, member in schema.get("properties", {}).items():
        yield ((name,), ()), member
    for keyword in ("items", "additionalProperties"):
        if keyword in schema:
            yield (("*",), ()), schema[keyword]
    for member in [*schema.get("prefixItems", ()), *schema.get("patternProperties", {}).values()]:
        yield (("*",), ()), member
    for member in schema.get("allOf", ()):
        yield ((), ()), member
    for keyword in ("anyOf", "oneOf"):
        yield from _branches(schema.get(keyword, ()))


def _branches(union: list[Any]) -> Iterator[tuple[Spot, Any]]:
    """Branches are told apart by what they accept; the only one beside null is as good as the union itself."""
    values = [branch for branch in union if pure(branch) != {"type": "null"}]
    for branch in values:
        yield ((), () if len(values) == 1 else (canonical(pure(branch)),)), branch
