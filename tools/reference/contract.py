"""The document cut as a reader meets it: tags, their operations, what is common to all, components and who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from tools.openapi.schemas import Schema
from tools.reference.examples import Asked, reason
from tools.reference.painting import compact
from tools.reference.shapes import REFERENCE, Field, Reader, Shape

LEVELS = {
    "public": "Anybody. Credentials are not looked at.",
    "session": "Whoever has a live session, anonymous or signed in.",
    "member": "Who has signed in.",
    "operator": "Who runs the service.",
}
UNITS = {1: "second", 60: "minute", 3600: "hour", 86400: "day"}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    location: str
    required: bool
    description: str
    shape: Shape
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A header of a response. `shared` if it is a component of the document."""

    name: str
    required: bool
    description: str
    shape: Shape
    shared: bool


@dataclass(frozen=True, slots=True)
class Leads:
    """A link: an operation that can come next, and what it takes from here."""

    name: str
    operation_id: str
    description: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body. Of a stream, `events` are what is sent and the shape is not told."""

    media_type: str
    shape: Shape
    events: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of one status. `headers` are those that not every response has."""

    status: str
    description: str
    headers: tuple[Sent, ...]
    body: Body | None
    links: tuple[Leads, ...]
    codes: tuple[tuple[str, str], ...]
    """(code, component) of each refusal that it can be."""

    @property
    def title(self) -> str:
        return f"{self.status} {reason(int(self.status))}" if self.status.isdigit() else self.status

    @property
    def succeeds(self) -> bool:
        return self.status < "400"


@dataclass(frozen=True, slots=True)
class Demand:
    """What a schema cannot say of a request: an entry of `x-constraint`."""

    type: str
    loc: str
    description: str


@dataclass(frozen=True, slots=True)
class Documented:
    """An operation."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    level: str
    csrf: bool
    credentials: tuple[str, ...]
    """The security schemes that are looked at."""
    limit: str
    deprecated: str
    """Since when; empty if it is not."""
    sunset: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    body_text: str
    body_required: bool
    answers: tuple[Answer, ...]
    demands: tuple[Demand, ...]
    examples: tuple[str, ...]
    """Names of its examples, as the document orders them."""

    @property
    def streams(self) -> bool:
        return any(answer.body and answer.body.events for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Component:
    """A schema with a name, and where it is used: by operations, by other components."""

    name: str
    shape: Shape
    operations: tuple[str, ...]
    components: tuple[str, ...]
    code: str
    """The machine code, if it is a refusal."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of the table of codes."""

    status: str
    code: str
    component: str
    description: str
    operations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything that the document says."""

    title: str
    version: str
    summary: str
    description: str
    license: str
    tags: dict[str, str]
    operations: tuple[Documented, ...]
    everywhere: tuple[Sent, ...]
    """Headers of every response."""
    headers: tuple[Sent, ...]
    """The other headers that responses share."""
    schemes: dict[str, Schema]
    components: tuple[Component, ...] = field(default=())
    refusals: tuple[Refusal, ...] = field(default=())

    def of(self, tag: str) -> list[Documented]:
        return [operation for operation in self.operations if operation.tag == tag]

    def with_level(self, level: str) -> list[Documented]:
        return [operation for operation in self.operations if operation.level == level]

    @property
    def asked(self) -> dict[str, Asked]:
        """What each operation asks of its callers."""
        return {o.id: Asked(bool(o.credentials), o.csrf, o.examples) for o in self.operations}


def read(document: Schema) -> Contract:
    """The document as a reader meets it, in the document's order."""
    info, components = document["info"], document["components"]
    reading = Reading(document)
    operations = tuple(reading.operations())
    return Contract(
        title=info["title"],
        version=info["version"],
        summary=info.get("summary", ""),
        description=info.get("description", ""),
        license=info.get("license", {}).get("name", ""),
        tags=_tags(document, operations),
        operations=operations,
        everywhere=tuple(s for s in reading.shared_headers() if s.name in reading.everywhere),
        headers=tuple(s for s in reading.shared_headers() if s.name not in reading.everywhere),
        schemes=components.get("securitySchemes", {}),
        components=tuple(reading.components()),
        refusals=tuple(_refusals(operations, components.get("schemas", {}))),
    )


def _tags(document: Schema, operations: Iterable[Documented]) -> dict[str, str]:
    """Tag → description: those declared, then those only used."""
    declared = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    return declared | {o.tag: "" for o in operations if o.tag not in declared}


def operations_of(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """(path, method, operation) of each operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method.upper(), operation


class Reading:
    """Reads one document."""

    def __init__(self, document: Schema) -> None:
        self.document = document
        components = document.get("components", {})
        self.schemas: dict[str, Schema] = components.get("schemas", {})
        self.named_headers: dict[str, Schema] = components.get("headers", {})
        self.reader = Reader(self.schemas)
        self.everywhere = self._everywhere()

    def _everywhere(self) -> set[str]:
        """The shared headers that every response has."""
        every = [
            {name for name, header in response.get("headers", {}).items() if "$ref" in header}
            for _, _, operation in operations_of(self.document)
            for response in operation["responses"].values()
        ]
        return reduce(set.intersection, every) if every else set()

    def shared_headers(self) -> Iterator[Sent]:
        for name in self.named_headers:
            yield self._header(name, {"$ref": f"#/components/headers/{name}"})

    def operations(self) -> Iterator[Documented]:
        for path, method, operation in operations_of(self.document):
            yield self._operation(path, method, operation)

    def _operation(self, path: str, method: str, operation: Schema) -> Documented:
        schemes = list(dict.fromkeys(name for choice in operation.get("security", ()) for name in choice))
        body = operation.get("requestBody", {})
        return Documented(
            id=operation["operationId"],
            method=method,
            path=path,
            tag=next(iter(operation.get("tags", ())), "other"),
            summary=operation.get("summary") or str(operation["operationId"]),
            description=operation.get("description", ""),
            level=operation.get("x-level", "public" if not schemes else "session"),
            csrf="csrfHeader" in schemes,
            credentials=tuple(name for name in schemes if not name.startswith("csrf")),
            limit=_limit(operation.get("x-rate-limit")),
            deprecated=operation.get("x-deprecated-since", "unsaid") if operation.get("deprecated") else "",
            sunset=operation.get("x-sunset", ""),
            parameters=tuple(self._parameter(p) for p in operation.get("parameters", ())),
            body=self._body(body),
            body_text=body.get("description", ""),
            body_required=body.get("required", False),
            answers=tuple(self._answer(status, r) for status, r in sorted(operation["responses"].items())),
            demands=tuple(_demand(rule) for rule in operation.get("x-constraint", ())),
            examples=tuple(_example_names(operation)),
        )

    def _parameter(self, parameter: Schema) -> Parameter:
        values = [example["value"] for example in parameter.get("examples", {}).values()]
        return Parameter(
            name=parameter["name"],
            location=parameter["in"],
            required=parameter.get("required", False),
            description=parameter.get("description", ""),
            shape=self.reader.shape(parameter.get("schema", {})),
            examples=tuple(dict.fromkeys(_as_sent(value) for value in values)),
        )

    def _body(self, holder: Schema) -> Body | None:
        for media_type, content in holder.get("content", {}).items():
            events = [Field(name, self.reader.shape(s)) for name, s in content.get("x-events", {}).items()]
            return Body(media_type, self.reader.shape(content.get("schema", {})), tuple(events))
        return None

    def _answer(self, status: str, response: Schema) -> Answer:
        headers = response.get("headers", {})
        return Answer(
            status=status,
            description=response.get("description", ""),
            headers=tuple(self._header(name, h) for name, h in headers.items() if name not in self.everywhere),
            body=self._body(response),
            links=tuple(_leads(name, link) for name, link in response.get("links", {}).items()),
            codes=tuple(self._codes(response)) if status >= "400" else (),
        )

    def _header(self, name: str, header: Schema) -> Sent:
        said = self.named_headers[header["$ref"].rsplit("/", 1)[1]] if "$ref" in header else header
        shape = self.reader.shape(said.get("schema", {}))
        if "example" in said:
            shape.examples.append(_as_sent(said["example"]))
        return Sent(name, said.get("required", False), said.get("description", ""), shape, "$ref" in header)

    def _codes(self, response: Schema) -> Iterator[tuple[str, str]]:
        for content in response.get("content", {}).values():
            schema = content["schema"]
            for target in schema.get("anyOf", [schema]):
                name = target.get("$ref", "").removeprefix(REFERENCE)
                if name:
                    yield code_of(self.schemas[name]), name

    def components(self) -> Iterator[Component]:
        named = Reader(self.schemas, deep=False)
        using = {o["operationId"]: set(references(o)) for _, _, o in operations_of(self.document)}
        inside = {name: set(references(schema)) for name, schema in self.schemas.items()}
        for name, schema in sorted(self.schemas.items()):
            yield Component(
                name,
                named.shape(schema),
                tuple(operation for operation, used in using.items() if name in used),
                tuple(other for other, used in sorted(inside.items()) if name in used),
                code_of(schema),
            )


def _as_sent(value: Any) -> str:
    """A value as it stands in a URL or a header."""
    if isinstance(value, list):
        return ",".join(map(_as_sent, value))
    return value if isinstance(value, str) else compact(value)


def _limit(limit: Schema | None) -> str:
    if not limit:
        return ""
    seconds = limit["seconds"]
    fewer = f", anonymous {limit['anonymous']}" if "anonymous" in limit else ""
    return f"{limit['requests']} per {UNITS.get(seconds, f'{seconds} seconds')}{fewer}"


def _demand(rule: Schema) -> Demand:
    steps = ["[*]" if step == "*" and position else f".{step}" for position, step in enumerate(rule["loc"])]
    loc = "".join(steps).removeprefix(".")
    return Demand(rule["type"], re.sub(r"^(query|header|cookie)\[\*\]$", r"\1.*", loc), rule.get("description", ""))


def _example_names(operation: Schema) -> Iterator[str]:
    """The names under which values of parameters and of the body are shown, each once."""
    holders = [*operation.get("parameters", ()), *operation.get("requestBody", {}).get("content", {}).values()]
    yield from dict.fromkeys(name for holder in holders for name in holder.get("examples", {}))


def _leads(name: str, link: Schema) -> Leads:
    parameters = {key: str(value) for key, value in link.get("parameters", {}).items()}
    return Leads(name, link["operationId"], link.get("description", ""), tuple(parameters.items()))


def code_of(schema: Schema) -> str:
    """The machine code of a refusal; empty for anything else."""
    code = schema.get("properties", {}).get("code", {}).get("const", "")
    return code if isinstance(code, str) else ""


def references(node: Any) -> Iterator[str]:
    """The schemas that a part of the document refers to."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.startswith(REFERENCE):
            yield target.removeprefix(REFERENCE)
        for member in node.values():
            yield from references(member)
    elif isinstance(node, list):
        for member in node:
            yield from references(member)


def _refusals(operations: Iterable[Documented], schemas: dict[str, Schema]) -> Iterator[Refusal]:
    """Each refusal once, by status and code, with the operations that declare it."""
    declared: dict[tuple[str, str, str], list[str]] = {}
    for operation in operations:
        for answer in operation.answers:
            for code, component in answer.codes:
                declared.setdefault((answer.status, code, component), []).append(operation.id)
    for (status, code, component), users in sorted(declared.items()):
        yield Refusal(status, code, component, schemas[component].get("description", ""), tuple(users))
