"""The operations of a document as a client sees them: what it gives, what it may receive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.findings import Subject
from tools.openapi.schemas import BadContract, Schema
from tools.typescript.text import capitalised, is_identifier

JSON, EVENTS = "application/json", "text/event-stream"
GROUPS = ("path", "query", "header", "cookie")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `field` is its name in TypeScript, `wire` the one that is sent."""

    field: str
    wire: str
    place: str
    required: bool
    schema: Schema
    description: str
    at: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status. `kind` is data, empty, events or refused; `schemas` are what a body may be, each with its pointer."""

    status: int
    kind: str
    schemas: tuple[tuple[Schema, str], ...]
    description: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operation; `named` is the beginning of the names of its types."""

    id: str
    method: str
    path: str
    said: Schema
    parameters: tuple[Parameter, ...]
    body: tuple[Schema, str, bool] | None
    """Schema, pointer, whether it is required."""
    answers: tuple[Answer, ...]
    events: dict[str, Schema]
    at: str

    @property
    def named(self) -> str:
        return capitalised(self.id)

    @property
    def conditional(self) -> bool:
        """Whether a client may ask for news only."""
        return any(answer.status == 304 for answer in self.answers)

    @property
    def secured(self) -> bool:
        return any({"session", "userId"} & demand.keys() for demand in self.said.get("security", ()))

    @property
    def csrf(self) -> bool:
        return any("csrfHeader" in demand for demand in self.said.get("security", ()))

    def within(self, place: str) -> list[Parameter]:
        return [parameter for parameter in self.parameters if parameter.place == place]

    @property
    def demands(self) -> bool:
        """Whether a client has to say something."""
        return any(p.required for p in self.parameters) or bool(self.body and self.body[2])

    @property
    def takes(self) -> bool:
        """Whether a client can say anything."""
        return bool(self.parameters or self.body)


def calls(document: Schema) -> list[Call]:
    """Every operation, by id. Raises `BadContract` for what a client could not be made for."""
    jar = set(_cookies_set(document))
    found = [
        _call(path, method, operation, jar)
        for path, place in document["paths"].items()
        for method, operation in place.items()
    ]
    return sorted(found, key=lambda call: call.id)


def _cookies_set(document: Schema) -> Iterator[str]:
    """The cookies that browsers get from the service, and so send back of themselves."""
    for place in document["paths"].values():
        for operation in place.values():
            for said in operation["responses"].values():
                text = said.get("headers", {}).get("Set-Cookie", {}).get("description", "")
                yield from re.findall(r"(?:^|\)\. )([\w-]+): ", text)


def _bad(operation: Schema, text: str, location: str = "") -> BadContract:
    operation_id = operation.get("operationId", "")
    return BadContract(f"{operation_id}: {text}; teach tools/typescript/calls.py", Subject(operation_id, location))


def _call(path: str, method: str, operation: Schema, jar: set[str]) -> Call:
    if not is_identifier(operation["operationId"]):
        raise _bad(operation, "the name is no identifier")
    at = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
    parameters = tuple(_parameters(operation, at, jar))
    body = _body(operation, at)
    fields = [p.field for p in parameters] + ["body"] * bool(body)
    if len(set(fields)) < len(fields):
        raise _bad(operation, "two parameters have one name in TypeScript")
    answers = tuple(_answers(operation, at))
    if missing := set(re.findall(r"\{(\w+)\}", path)) ^ {p.wire for p in parameters if p.place == "path"}:
        raise _bad(operation, f"path and parameters differ in {', '.join(sorted(missing))}", "path")
    made = operation["operationId"], method.upper(), path, operation, parameters, body, answers
    return Call(*made, _events(operation), at)


def _parameters(operation: Schema, at: str, jar: set[str]) -> Iterator[Parameter]:
    for index, said in enumerate(operation.get("parameters", ())):
        place, schema = said["in"], said["schema"]
        is_list = schema.get("type") == "array"
        style = (said.get("style"), said.get("explode"))
        if place not in GROUPS or style != (("form", False) if is_list else (None, None)):
            raise _bad(operation, f"the parameter {said['name']} has the unknown style {style}", place)
        if place == "cookie" and said["name"] not in jar:
            raise _bad(operation, f"pages have no cookie {said['name']}: no operation sets it", place)
        field = re.sub(r"[^a-z0-9]+", "_", said["name"].lower()) if place == "header" else said["name"]
        # A browser sends its cookies itself, so that nobody has to be told them.
        required = said["required"] and place != "cookie"
        yield Parameter(field, said["name"], place, required, schema, said["description"], f"{at}/parameters/{index}")


def _body(operation: Schema, at: str) -> tuple[Schema, str, bool] | None:
    said = operation.get("requestBody")
    if said is None:
        return None
    if list(said["content"]) != [JSON]:
        raise _bad(operation, f"the body is {', '.join(said['content'])}, not JSON", "body")
    return said["content"][JSON]["schema"], f"{at}/requestBody/content/application~1json/schema", said["required"]


def _answers(operation: Schema, at: str) -> Iterator[Answer]:
    for status, said in sorted(operation["responses"].items()):
        content = said.get("content", {})
        if len(content) > 1 or content.keys() - {JSON, EVENTS}:
            raise _bad(operation, f"the media types {', '.join(content)} are not known", f"response {status}")
        number, media = int(status), next(iter(content), None)
        place = f"{at}/responses/{status}/content/application~1json/schema"
        schemas = tuple(_choices(content[JSON]["schema"], place)) if media == JSON else ()
        yield Answer(number, _kind(number, media), schemas, said["description"])


def _kind(status: int, media: str | None) -> str:
    if media is None:
        return "empty"
    if status >= 300:
        return "refused"
    return "events" if media == EVENTS else "data"


def _choices(schema: Schema, at: str) -> Iterator[tuple[Schema, str]]:
    """What a refusal may be, one by one."""
    if schema.keys() == {"anyOf"}:
        for index, branch in enumerate(schema["anyOf"]):
            yield branch, f"{at}/anyOf/{index}"
    else:
        yield schema, at


def _events(operation: Schema) -> dict[str, Schema]:
    """Name of an event → schema of its data."""
    content: Any = operation["responses"].get("200", {}).get("content", {})
    if EVENTS not in content:
        return {}
    events = content[EVENTS].get("x-events")
    if not events:
        raise _bad(operation, "a stream without x-events has events that nobody knows", "response 200")
    return dict(events)
