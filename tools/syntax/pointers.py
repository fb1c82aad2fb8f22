"""From a JSON pointer into the document to the place of the contract that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.findings import NOWHERE, Subject

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@dataclass(frozen=True, slots=True)
class Target:
    """What a pointer is about: a place of an operation, or `steps` from a component."""

    subject: Subject = NOWHERE
    keyword: str = ""
    path: str = ""
    component: str = ""
    steps: list[str] = field(default_factory=list)


def target(pointer: str, document: dict[str, Any]) -> Target:
    """What a pointer such as `/paths/~1api/get/parameters/0/schema/maximum` is about."""
    match tokens(pointer):
        case ["paths", path, *rest]:
            return _in_path(path, rest, document)
        case ["components", "schemas", name, *rest]:
            steps, keyword = schema_steps(rest)
            return Target(component=name, steps=steps, keyword=keyword)
        case ["components", "headers", name, *_]:
            return _shared_header(name, document)
        case ["tags", index, *_] if index.isdigit() and int(index) < len(document.get("tags", ())):
            return Target(keyword=f"tag {document['tags'][int(index)].get('name', '')}")
    return Target()


def tokens(pointer: str) -> list[str]:
    """The names of a pointer, `#` before it or not."""
    parts = pointer.removeprefix("#").split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def schema_steps(rest: Sequence[str]) -> tuple[list[str], str]:
    """From a pointer into a schema: the steps into the value (`*` for items), and the keyword at its end."""
    steps: list[str] = []
    waiting = list(rest)
    while waiting:
        word = waiting.pop(0)
        if word in ("properties", "patternProperties", "$defs") and waiting:
            steps.append(waiting.pop(0))
        elif word in ("items", "additionalProperties", "unevaluatedProperties") and (waiting or word == "items"):
            steps.append("*")
        elif word in ("anyOf", "oneOf", "allOf", "prefixItems") and waiting and waiting[0].isdigit():
            waiting.pop(0)
        elif word != "contentSchema":
            return steps, word
    return steps, ""


def _in_path(path: str, rest: list[str], document: dict[str, Any]) -> Target:
    item = document.get("paths", {}).get(path, {})
    methods = [method for method in item if method in METHODS]
    method = rest[0] if rest and rest[0] in methods else next(iter(methods), "")
    operation = item.get(method, {})
    operation_id = operation.get("operationId", "") if isinstance(operation, dict) else ""
    inside = rest[1:] if rest and rest[0] in METHODS else []
    found = _in_operation(operation_id, operation, inside) if inside else Target(Subject(operation_id), _of_item(rest))
    return Target(found.subject, found.keyword, path)


def _of_item(rest: list[str]) -> str:
    return "" if rest and rest[0] in METHODS else "path"


def _in_operation(operation_id: str, operation: dict[str, Any], rest: list[str]) -> Target:
    match rest:
        case ["parameters", index, *inner] if index.isdigit() and int(index) < len(operation.get("parameters", ())):
            return _parameter(operation_id, operation["parameters"][int(index)], inner)
        case ["requestBody", "content", _, "schema", *inner]:
            return _valued(Subject(operation_id, "body"), inner)
        case ["requestBody", *inner]:
            return Target(Subject(operation_id, "body"), inner[0] if inner else "")
        case ["responses", status, *inner]:
            return _response(operation_id, status, inner)
        case ["x-constraint", index, *_] if index.isdigit() and int(index) < len(operation.get("x-constraint", ())):
            return Target(Subject(operation_id), f"rule {operation['x-constraint'][int(index)].get('type', '')}")
        case [keyword, *_]:
            return Target(Subject(operation_id), keyword)
    return Target(Subject(operation_id))


def _parameter(operation_id: str, parameter: dict[str, Any], inner: list[str]) -> Target:
    location, name = str(parameter.get("in", "")), str(parameter.get("name", ""))
    subject = Subject(operation_id, location).inside(name.lower() if location == "header" else name)
    if inner and inner[0] == "schema":
        return _valued(subject, inner[1:])
    return Target(subject, inner[0] if inner else "")


def _valued(subject: Subject, inner: Sequence[str]) -> Target:
    steps, keyword = schema_steps(inner)
    for step in steps:
        subject = subject.inside(step)
    return Target(subject, keyword)


def _response(operation_id: str, status: str, inner: list[str]) -> Target:
    location = f"response {status}"
    match inner:
        case ["content", _, "x-events", name, *rest]:
            return _valued(Subject(operation_id, f"event {name}"), rest)
        case ["content", _, "schema", *rest]:
            return _valued(Subject(operation_id, location), rest)
        case ["content", _, keyword, *_] | ["content", keyword]:
            return Target(Subject(operation_id, location), keyword)
        case ["headers", name, *rest]:
            subject = Subject(operation_id, f"{location} header").inside(name.lower())
            within = rest[1:] if rest[:1] == ["schema"] else rest
            return _valued(subject, within)
        case ["links", name, *_]:
            return Target(Subject(operation_id, location), f"link {name}")
        case [keyword, *_]:
            return Target(Subject(operation_id, location), keyword)
    return Target(Subject(operation_id, location))


def _shared_header(name: str, document: dict[str, Any]) -> Target:
    """The first response that has the header."""
    for item in document.get("paths", {}).values():
        for operation in item.values():
            for status, response in operation.get("responses", {}).items():
                if name in response.get("headers", {}):
                    place = f"response {status} header"
                    return Target(Subject(operation.get("operationId", ""), place).inside(name.lower()))
    return Target()
