"""Every position of an operation's request: where values stand, and which keywords constrain them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.coverage.keywords import CONTENT, REQUIRED, Keyword, said
from tools.findings import Subject
from tools.openapi.schemas import Schema


@dataclass(frozen=True, slots=True)
class Constrained:
    """A keyword at a position, and what it says there."""

    subject: Subject
    keyword: Keyword
    value: Any

    @property
    def breakable(self) -> bool:
        """Whether a request can break it."""
        return not self.keyword.unbreakable(self.subject.location, self.value)


class Components:
    """What the references of a document point to."""

    def __init__(self, document: Schema) -> None:
        self._schemas: dict[str, Schema] = document.get("components", {}).get("schemas", {})

    def resolved(self, schema: Schema) -> Schema:
        """The schema with what it refers to beside what it says itself."""
        target = schema.get("$ref")
        if target is None:
            return schema
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        return {**self.resolved(self._schemas[target.rpartition("/")[2]]), **rest}

    def branches(self, schema: Schema, above: tuple[str, ...] = ()) -> Iterator[Schema]:
        """The schema and the alternatives and parts that it names for the same value; null is none."""
        if schema.get("$ref") in above:
            return
        above = (*above, schema["$ref"]) if "$ref" in schema else above
        known = self.resolved(schema)
        if known.get("type") != "null":
            yield known
        for name in ("anyOf", "oneOf", "allOf"):
            for branch in known.get(name, ()):
                yield from self.branches(branch, above)


def positions(operation: Schema, document: Schema) -> Iterator[Constrained]:
    """Every keyword of an operation's request once: parameters in their order, then the body, the outer before the inner."""
    seen: set[tuple[Subject, str]] = set()
    for found in _all(operation, Components(document)):
        key = found.subject, found.keyword.name
        if key not in seen:
            seen.add(key)
            yield found


def _all(operation: Schema, components: Components) -> Iterator[Constrained]:
    name = operation["operationId"]
    for parameter in operation.get("parameters", ()):
        wire = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
        subject = Subject(name, parameter["in"]).inside(wire)
        if parameter.get("required"):
            yield Constrained(subject, REQUIRED, True)
        yield from _inside(parameter["schema"], subject, components)
    body: Schema = operation.get("requestBody", {})
    for media in body.get("content", {}).values():
        subject = Subject(name, "body")
        if body.get("required"):
            yield Constrained(subject, REQUIRED, True)
        yield Constrained(subject, CONTENT, True)
        yield from _inside(media["schema"], subject, components)


def _inside(
    schema: Schema, subject: Subject, components: Components, above: tuple[int, ...] = ()
) -> Iterator[Constrained]:
    for branch in components.branches(schema):
        if id(branch.get("properties")) in above:
            continue
        inner = (*above, id(branch["properties"])) if "properties" in branch else above
        for keyword, value in said(branch):
            yield Constrained(subject, keyword, value)
        for name in branch.get("required", ()):
            yield Constrained(subject.inside(name), REQUIRED, True)
        for name, member in branch.get("properties", {}).items():
            yield from _inside(member, subject.inside(name), components, inner)
        if "items" in branch:
            yield from _inside(branch["items"], subject.inside("*"), components, inner)
