"""The JSON Schemas of every type in the contract, from one generation, so that names are the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from models.operation import NoContent
from models.registry import Entry
from tools.findings import NOWHERE, Subject
from tools.openapi.docstrings import class_docstring, field_docstrings

Schema = dict[str, Any]
REF = "#/components/schemas/{model}"


class BadContract(Exception):
    """The contract cannot be published as it is. The message says where and what to change.

    `subject` is the place in the contract, or `pointer` one in the document; `several` brings many of them together.
    """

    def __init__(self, message: str, subject: Subject = NOWHERE, pointer: str = "") -> None:
        super().__init__(message)
        self.subject = subject
        self.pointer = pointer
        self.parts: tuple[BadContract, ...] = (self,)

    @classmethod
    def several(cls, parts: Iterable[BadContract]) -> Self:
        """One exception for many; its text has a line for each."""
        found = tuple(part for whole in parts for part in whole.parts)
        made = cls("\n".join(map(str, found)))
        made.parts = found
        return made


def component_pointer(name: str, field: str = "") -> str:
    """Where the document has a component, or a property of it."""
    return f"/components/schemas/{name}" + (f"/properties/{field}" if field else "")


class _Generator(GenerateJsonSchema):
    """Pydantic's schemas without the titles it makes up, and with the docstrings it would need an option for."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: Any) -> Schema:
        made = super().model_schema(schema)
        return _described(made, schema["cls"])

    def typed_dict_schema(self, schema: Any) -> Schema:
        made = super().typed_dict_schema(schema)
        return _described(made, schema["cls"])


def _described(schema: Schema, cls: type[Any]) -> Schema:
    schema.pop("title", None)
    schema.pop("description", None)
    if text := class_docstring(cls):
        schema["description"] = text
    texts = field_docstrings(cls)
    for name, member in schema.get("properties", {}).items():
        if name in texts:
            member["description"] = texts[name]
    return schema


@dataclass(slots=True)
class Schemas:
    """`components` by name, the schema of each request field, the schema of each response type."""

    components: dict[str, Schema]
    fields: dict[tuple[str, str], Schema] = field(default_factory=dict)
    """(operation id, field of its request) → schema."""
    bodies: dict[tuple[str, str], Schema] = field(default_factory=dict)
    """(operation id, status or `header:NAME` or `event:NAME`) → schema."""


def generated(entries: list[Entry]) -> Schemas:
    """Every schema of the contract. Raises `BadContract`."""
    inputs: list[tuple[Any, Any, TypeAdapter[Any]]] = []
    for entry in entries:
        inputs.append(((entry.operation.id, "request"), "validation", TypeAdapter(entry.operation.request)))
        inputs.extend(((entry.operation.id, key), "serialization", TypeAdapter(kind)) for key, kind in _outputs(entry))
    made, rest = TypeAdapter.json_schemas(inputs, ref_template=REF, schema_generator=_Generator)
    components: dict[str, Schema] = rest.get("$defs", {})
    _check_names(components)
    schemas = Schemas(components)
    for (key, _mode), schema in made.items():
        operation_id, part = key
        if part == "request":
            schemas.fields |= _request_fields(operation_id, schema, components)
        else:
            schemas.bodies[key] = schema
    for name in {entry.operation.request.__name__ for entry in entries}:
        components.pop(name, None)
    _open_responses(schemas)
    return schemas


def _outputs(entry: Entry) -> Iterator[tuple[str, Any]]:
    for returns in entry.operation.responses:
        events = getattr(returns, "events", ())
        for event in events:
            yield f"event:{event.event}", event
        if not events and returns.body is not NoContent:
            yield str(returns.status), returns.body
        for header in returns.headers:
            yield f"header:{header.name}", header.type


def _check_names(components: dict[str, Schema]) -> None:
    for name in components:
        if "__" in name or re.search(r"-(Input|Output)(__|$)", name) or not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name):
            raise BadContract(
                f"the component {name!r} has a made-up name: two types share a name, or one type differs between "
                "requests and responses; give each its own class name in models/",
                pointer=component_pointer(re.sub(r"-(Input|Output)$", "", name.rpartition("__")[2])),
            )


def _request_fields(operation_id: str, schema: Schema, components: dict[str, Schema]) -> dict[tuple[str, str], Schema]:
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return {(operation_id, name): member for name, member in schema.get("properties", {}).items()}


def references(schema: Any) -> Iterator[str]:
    """The names of the components that a schema points to, not following them."""
    if isinstance(schema, dict):
        target = schema.get("$ref")
        if isinstance(target, str):
            yield target.rpartition("/")[2]
        for member in schema.values():
            yield from references(member)
    elif isinstance(schema, list):
        for member in schema:
            yield from references(member)


def reachable(schemas: list[Schema], components: dict[str, Schema]) -> set[str]:
    """The names of all components that schemas point to, directly or not."""
    found: set[str] = set()
    waiting = [name for schema in schemas for name in references(schema)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(references(components[name]))
    return found


def _open_responses(schemas: Schemas) -> None:
    """Published response schemas are open: a new field breaks no client."""
    sent = reachable(list(schemas.bodies.values()), schemas.components)
    taken = reachable(list(schemas.fields.values()), schemas.components)
    if both := sorted(sent & taken):
        raise BadContract(
            f"{', '.join(both)}: used in a request and in a response; declare one class for each",
            pointer=component_pointer(both[0]),
        )
    for schema in [*schemas.bodies.values(), *(schemas.components[name] for name in sorted(sent))]:
        open_(schema)


def open_(schema: Any) -> None:
    """Removes `additionalProperties: false` from a schema and everything inside it."""
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            del schema["additionalProperties"]
        for member in schema.values():
            open_(member)
    elif isinstance(schema, list):
        for member in schema:
            open_(member)


def closed(schema: Any) -> Any:
    """The same schema with every object closed to properties that it does not name: what checks our own responses."""
    if isinstance(schema, list):
        return [closed(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(member) for name, member in schema.items()}
    if {"properties", "patternProperties"} & made.keys() and "additionalProperties" not in made and "type" in made:
        made["additionalProperties"] = False
    return made


def without_null(schema: Schema) -> Schema:
    """A parameter's schema: in text there is no null, an absent value is simply absent."""
    branches = schema.get("anyOf")
    kept = {name: value for name, value in schema.items() if not (name == "default" and value is None)}
    if not branches or {"type": "null"} not in branches:
        return kept
    others = [branch for branch in branches if branch != {"type": "null"}]
    del kept["anyOf"]
    return {**others[0], **kept} if len(others) == 1 else {**kept, "anyOf": others}
