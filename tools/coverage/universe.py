"""Everything of a contract that can be exercised, from its document alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tools.coverage.items import Item
from tools.coverage.positions import positions
from tools.findings import Subject
from tools.openapi.schemas import Schema


def operations(document: Schema) -> Iterator[Schema]:
    """Every operation in the order of the document."""
    for place in document["paths"].values():
        yield from (operation for operation in place.values() if "operationId" in operation)


def universe(document: Schema) -> list[Item]:
    """Every item once, in the order of the document: requests, published rules, then statuses with what belongs to them."""
    everywhere = _headers_everywhere(document)
    found = (item for operation in operations(document) for item in _of(operation, document, everywhere))
    return list(dict.fromkeys(found))


def _headers_everywhere(document: Schema) -> set[str]:
    """The headers that every response of the document has; the gate sends them, so one response of each operation shows them."""
    sent = [set(r.get("headers", {})) for operation in operations(document) for r in operation["responses"].values()]
    return set.intersection(*sent) if sent else set()


def _of(operation: Schema, document: Schema, everywhere: set[str]) -> Iterator[Item]:
    yield from _of_the_request(operation, document)
    yield from _of_the_rules(operation)
    for number, (status, response) in enumerate(operation["responses"].items()):
        subject = Subject(operation["operationId"], f"response {status}")
        yield Item(subject, "status", status, "shown")
        names = [name for name in response.get("headers", {}) if number == 0 or name not in everywhere]
        yield from _of_the_headers(subject, names)
        yield from _of_the_content(subject, response)


def _of_the_request(operation: Schema, document: Schema) -> Iterator[Item]:
    for found in positions(operation, document):
        item = Item(found.subject, "keyword", found.keyword.name, "accepted")
        yield item
        if found.breakable:
            yield replace(item, outcome="refused")


def _of_the_rules(operation: Schema) -> Iterator[Item]:
    for rule in operation.get("x-constraint", ()):
        item = Item(subject_of_loc(operation["operationId"], rule["loc"]), "keyword", rule["type"], "accepted")
        yield from (item, replace(item, outcome="refused"))


def subject_of_loc(operation_id: str, loc: list[str | int] | tuple[str | int, ...]) -> Subject:
    """The position that a `loc` names: any index is a star."""
    subject = Subject(operation_id, str(loc[0]))
    for part in loc[1:]:
        subject = subject.inside("*" if isinstance(part, int) else part)
    return subject


def _of_the_headers(subject: Subject, names: list[str]) -> Iterator[Item]:
    place = replace(subject, location=f"{subject.location} header")
    for name in map(str.lower, names):
        yield Item(place.inside(name), "header", name, "shown")


def _of_the_content(subject: Subject, response: Schema) -> Iterator[Item]:
    for media in response.get("content", {}).values():
        for name in media.get("x-events", {}):
            yield Item(Subject(subject.operation_id, f"event {name}"), "event", name, "shown")
    for name in response.get("links", {}):
        yield Item(subject, "link", name, "shown")
