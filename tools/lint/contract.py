"""The contract as the rules read it: its operations, and every value that a request or a response can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.operation import Operation
from models.registry import Entry
from tools.findings import Subject
from tools.openapi.schemas import Schema
from tools.sources import Sources

DEEPEST = 12
"""Deeper than any type that is not inside itself."""


@dataclass(frozen=True, slots=True)
class Position:
    """A value: a parameter, a body, a response, a header, the data of an event, or something inside one of them."""

    subject: Subject
    kinds: tuple[Schema, ...]
    """What it may be apart from null: no `$ref`, no `anyOf`."""
    nullable: bool
    name: str
    """Its name on the wire; empty for a whole body and for items."""
    described: str
    holder: str = ""
    """What the class says whose field it is."""

    @property
    def location(self) -> str:
        return self.subject.location

    @property
    def sent(self) -> bool:
        """Whether we send it. Else a client does."""
        return self.location.startswith(("response", "event"))

    def of_type(self, *types: str) -> Iterator[Schema]:
        """Its kinds that are of one of some JSON types."""
        return (kind for kind in self.kinds if kind.get("type") in types)

    def __str__(self) -> str:
        return self.subject.pointer.removeprefix("/") or self.subject.location


@dataclass
class Contract:
    """Everything that a rule may look at."""

    entries: list[Entry]
    document: Schema
    sources: Sources
    _components: dict[str, Schema] = field(init=False)

    def __post_init__(self) -> None:
        self._components = self.document.get("components", {}).get("schemas", {})

    @property
    def operations(self) -> list[Operation[Any, Any]]:
        return [entry.operation for entry in self.entries]

    @cached_property
    def components(self) -> dict[str, Schema]:
        """The classes of the models that are published; errors are made by the tools."""
        refused = {refusal for path in self._items() for refusal in _refusals(path)}
        return {name: schema for name, schema in self._components.items() if name not in refused}

    def _items(self) -> Iterator[tuple[str, Schema]]:
        for item in self.document["paths"].values():
            for operation in item.values():
                yield operation["operationId"], operation

    @cached_property
    def positions(self) -> list[Position]:
        """Every value of every operation, in the order of the document. A refusal's are not among them."""
        return [found for name, operation in self._items() for found in self._of_operation(name, operation)]

    @property
    def asked(self) -> Iterator[Position]:
        return (position for position in self.positions if not position.sent)

    @property
    def sent(self) -> Iterator[Position]:
        return (position for position in self.positions if position.sent)

    def _of_operation(self, name: str, operation: Schema) -> Iterator[Position]:
        for parameter in operation.get("parameters", ()):
            wire = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            subject = Subject(name, parameter["in"]).inside(wire)
            yield from self._value(subject, parameter["schema"], parameter["name"], parameter["description"])
        body = operation.get("requestBody", {})
        for media in body.get("content", {}).values():
            yield from self._value(Subject(name, "body"), media["schema"], "", body["description"])
        for status, response in operation["responses"].items():
            if int(status) < 300:
                yield from self._of_response(Subject(name, f"response {status}"), response)

    def _of_response(self, subject: Subject, response: Schema) -> Iterator[Position]:
        for name, header in response.get("headers", {}).items():
            if "schema" in header:
                place = Subject(subject.operation_id, f"{subject.location} header").inside(name.lower())
                yield from self._value(place, header["schema"], name, header["description"])
        for media in response.get("content", {}).values():
            if "x-events" not in media:
                yield from self._value(subject, media["schema"], "", response["description"])
            for name, schema in media.get("x-events", {}).items():
                place = Subject(subject.operation_id, f"event {name}")
                yield from self._value(place, schema, "", self.resolved(schema).get("description", ""))

    def _value(
        self, subject: Subject, schema: Schema, name: str, described: str, holder: str = "", depth: int = 0
    ) -> Iterator[Position]:
        """A value and what is inside it."""
        kinds = tuple(self.alternatives(schema))
        null = any(kind.get("type") == "null" for kind in kinds)
        kinds = tuple(kind for kind in kinds if kind.get("type") != "null")
        yield Position(subject, kinds, null, name, described, holder)
        for kind in kinds if depth < DEEPEST else ():
            whole = kind.get("description", "")
            for inner, member in kind.get("properties", {}).items():
                yield from self._value(
                    subject.inside(inner), member, inner, member.get("description", ""), whole, depth + 1
                )
            for member in items(kind):
                yield from self._value(subject.inside("*"), member, "", "", "", depth + 1)

    def resolved(self, schema: Schema) -> Schema:
        """The schema, or the component that it names."""
        while "$ref" in schema:
            schema = self._components[schema["$ref"].rpartition("/")[2]]
        return schema

    def alternatives(self, schema: Schema) -> Iterator[Schema]:
        """What a value may be: no `$ref`, no `anyOf`, one type each."""
        schema = self.resolved(schema)
        branches = schema.get("anyOf", schema.get("oneOf"))
        if branches is None:
            yield schema
            return
        for branch in branches:
            yield from self.alternatives(branch)


def items(kind: Schema) -> Iterator[Schema]:
    """The types of what a list or a map holds."""
    for member in (kind.get("items"), kind.get("additionalProperties"), *kind.get("patternProperties", {}).values()):
        if isinstance(member, dict):
            yield member


def _refusals(item: tuple[str, Schema]) -> Iterator[str]:
    for status, response in item[1]["responses"].items():
        if int(status) >= 400:
            for media in response.get("content", {}).values():
                branches = media["schema"].get("anyOf", [media["schema"]])
                yield from (branch["$ref"].rpartition("/")[2] for branch in branches)
    yield "BrokenValue"
