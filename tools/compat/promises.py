"""What one contract promises: which requests it takes, which responses it lets a client expect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from tools.compat.drawing import ABSENT
from tools.compat.placing import body_of, parameters, steps_of
from tools.events import HttpCall, Received
from tools.findings import Subject
from tools.fuzz.text import readings
from tools.openapi.schemas import Schema, closed, reachable

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
BRANCHING = {"anyOf", "oneOf", "oneOfNotValid", "anyOfNotValid", "not", "if", "oneOfMultipleValid"}


class Promises:
    """One document, asked about calls and answers. Validators are built once."""

    def __init__(self, document: Schema, closes: bool = False) -> None:
        """`closes`: properties that a response does not name do not fit, as when we judge our own."""
        self.document = document
        self._closes = closes
        self._validators: dict[str, Any] = {}
        self._operations = {
            operation.get("operationId", f"{method} {path}"): (path, method, operation)
            for path, item in document.get("paths", {}).items()
            if isinstance(item, dict)
            for method, operation in item.items()
            if method in METHODS and isinstance(operation, dict)
        }

    def known_as(self, operation_id: str, other: Promises) -> str:
        """The id that this document gives to an operation of another: the same, or that of the same method and path."""
        if operation_id in self._operations or operation_id not in other._operations:
            return operation_id
        path, method, _ = other._operations[operation_id]
        same = (name for name, (p, m, _) in self._operations.items() if (p, m) == (path, method))
        return next(same, operation_id)

    def template(self, operation_id: str) -> str:
        """The path of an operation with its names in braces; empty if the document has no such operation."""
        return self._operations[operation_id][0] if operation_id in self._operations else ""

    def resolved(self, value: Any) -> Schema:
        """What a `$ref` of the document points at, itself if it is none; empty if there is nothing."""
        for _ in range(20):
            target = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(target, str):
                break
            value = self.document
            for step in steps_of(target.removeprefix("#")):
                value = value.get(step) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def operation(self, operation_id: str) -> Schema:
        return self._operations[operation_id][2] if operation_id in self._operations else {}

    def takes(self, operation_id: str, call: HttpCall) -> bool:
        """Whether the request is one that the contract lets a client send."""
        template = self.template(operation_id)
        if not template:
            return False
        said = self._parameters(operation_id)
        query = {parameter["name"] for parameter in said if parameter["in"] == "query"}
        unknown = {name for name, _ in parse_qsl(call.query, keep_blank_values=True)} - query
        if unknown and ("extra_forbidden", ("query", "*")) in self.rules(operation_id):
            return False
        return all(self._takes_parameter(p, call, template) for p in said) and self._takes_body(operation_id, call)

    def _parameters(self, operation_id: str) -> list[Schema]:
        path, _, operation = self._operations[operation_id]
        shared = self.document["paths"][path].get("parameters", [])
        found = [self.resolved(parameter) for parameter in [*shared, *operation.get("parameters", [])]]
        return [parameter for parameter in found if parameter.get("name") and parameter.get("in")]

    def _takes_parameter(self, parameter: Schema, call: HttpCall, template: str) -> bool:
        name = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
        text = parameters(call, template, parameter["in"]).get(name)
        if text is None:
            return not parameter.get("required")
        schema = parameter.get("schema", {})
        return any(self.validator(schema).is_valid(value) for value in readings(self.resolved(schema), text))

    def _takes_body(self, operation_id: str, call: HttpCall) -> bool:
        said = self.resolved(self.operation(operation_id).get("requestBody", {}))
        if call.body is None or not said:
            return not said.get("required")
        value = body_of(call)
        schema = said.get("content", {}).get("application/json", {}).get("schema", {})
        return value is not ABSENT and bool(self.validator(schema).is_valid(value))

    def schema(self, subject: Subject) -> Schema | None:
        """The schema of a place, whole by itself; None if the document has no such place."""
        steps = steps_of(subject.pointer)
        if subject.location.partition(" ")[0] in ("response", "event"):
            found: Any = self.body_schema(subject.operation_id, subject.location)
        elif subject.location == "body":
            said = self.resolved(self.operation(subject.operation_id).get("requestBody", {}))
            found = said.get("content", {}).get("application/json", {}).get("schema")
        else:
            found = self._parameter_schema(subject, steps[0] if steps else "")
            steps = steps[1:]
        for step in steps:
            found = self._below(found, step)
        return self._whole(found) if isinstance(found, dict) else None

    def _parameter_schema(self, subject: Subject, name: str) -> Any:
        if not self.template(subject.operation_id):
            return None
        for parameter in self._parameters(subject.operation_id):
            known = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            if (parameter["in"], known) == (subject.location, name):
                return parameter.get("schema")
        return None

    def _below(self, schema: Any, step: str) -> Any:
        """The schema of a member, also of one that a branch names."""
        schema = self.resolved(schema)
        if step == "*" and isinstance(schema.get("items"), dict):
            return schema["items"]
        if step in schema.get("properties", {}):
            return schema["properties"][step]
        branches = (branch for name in ("allOf", "anyOf", "oneOf") for branch in schema.get(name, ()))
        return next((found for branch in branches if (found := self._below(branch, step)) is not None), None)

    def _whole(self, schema: Schema) -> Schema:
        """The schema with the components that it needs."""
        known = self.document.get("components", {}).get("schemas", {})
        used = reachable([schema], known) if known else set()
        return {**schema, "components": {"schemas": {name: known[name] for name in sorted(used)}}} if used else schema

    def rules(self, operation_id: str) -> set[tuple[str, tuple[str, ...]]]:
        """(type, loc) of every error that a valid request may get."""
        said = self.operation(operation_id).get("x-constraint", ())
        return {(item["type"], tuple(map(str, item["loc"]))) for item in said}

    def validator(self, schema: Schema) -> Any:
        """The compiled validator of a schema of this document, formats checked."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            shut = closed if self._closes else (lambda same: same)
            whole = {
                **shut(schema),
                "components": {"schemas": shut(self.document.get("components", {}).get("schemas", {}))},
            }
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self._validators[key]

    def response(self, operation_id: str, status: str) -> Schema | None:
        """What is promised of a status; None if the status is not promised."""
        said = self.operation(operation_id).get("responses", {})
        found = said.get(status, said.get(f"{status[0]}XX", said.get("default")))
        return None if found is None else self.resolved(found)

    def body_schema(self, operation_id: str, location: str) -> Schema | None:
        """The schema of a response's JSON (`response 200`) or of an event's data (`event heartbeat`); None if there is none."""
        kind, _, name = location.partition(" ")
        if kind == "event":
            return self._events(operation_id).get(name)
        content = (self.response(operation_id, name) or {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return schema if isinstance(schema, dict) else None

    def examples(self, subject: Subject) -> list[Any]:
        """The bodies that the document itself shows of a response."""
        kind, _, name = subject.location.partition(" ")
        content = (self.response(subject.operation_id, name) or {}).get("content", {}) if kind == "response" else {}
        said = content.get("application/json", {})
        named = [self.resolved(example).get("value", ABSENT) for example in said.get("examples", {}).values()]
        return [body for body in (said.get("example", ABSENT), *named) if body is not ABSENT]

    def _events(self, operation_id: str) -> dict[str, Schema]:
        found: dict[str, Schema] = {}
        for status in self.operation(operation_id).get("responses", {}):
            for media in (self.response(operation_id, status) or {}).get("content", {}).values():
                found |= media.get("x-events", {})
        return found

    def misfit(self, subject: Subject, value: Any) -> str | None:
        """What the contract says against a value of a response or event at the subject's place; None if nothing."""
        schema = self.body_schema(subject.operation_id, subject.location)
        if schema is None:
            return None
        steps = steps_of(subject.pointer)
        for error in self.validator(schema).iter_errors(value):
            if _is_at(error, steps):
                where = "".join(f"/{step}" for step in error.instance_path)
                return f"{_short(error.message)}{f' (at {where})' if where else ''}"
        return None

    def header_misfit(self, subject: Subject, got: Received) -> str | None:
        """What the contract says against a header of a response; None if nothing."""
        said = self.response(subject.operation_id, subject.location.split()[1]) or {}
        wanted = subject.pointer.removeprefix("/").partition("/")[0]
        for name, header in said.get("headers", {}).items():
            if name.lower() == wanted:
                return self._header_misfit(name, self.resolved(header), got)
        return None

    def _header_misfit(self, name: str, header: Schema, got: Received) -> str | None:
        text = ", ".join(got.headers.get(name.lower(), ())) or "; ".join(got.cookies if name == "Set-Cookie" else ())
        if not text:
            return f"the header {name} always comes" if header.get("required") else None
        schema = header.get("schema", {})
        fitting = any(self.validator(schema).is_valid(value) for value in readings(self.resolved(schema), text))
        return None if fitting else f"the header {name} is never {text!r}"


def _is_at(error: Any, steps: list[str]) -> bool:
    """Whether a misfit is at a place, inside it, or is the lack of it; a union's is at the union."""
    path = [str(step) for step in error.instance_path]
    if not all(a in (b, "*") for a, b in zip(steps, path, strict=False)):
        return False
    if len(path) >= len(steps):
        return True
    kind = error.kind.name
    return kind in BRANCHING or (kind == "required" and error.kind.property == steps[len(path)])


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:120]} … {text[-70:]}"


def events_in(text: str) -> Iterator[tuple[str, Any]]:
    """Name and data of each server-sent event."""
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        try:
            data = json.loads(fields.get("data", ""))
        except ValueError:
            continue
        yield fields.get("event", ""), data
