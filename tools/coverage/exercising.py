"""Which items one exchange exercises.

`accepted`: the request got past validation and has a value at the position that the keyword constrains. `refused`: its
422 names the position with an error type of the keyword. All else is shown by a response that has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tools.coverage.items import Item
from tools.coverage.keywords import ADDITIONAL, CONTENT
from tools.coverage.positions import Constrained, positions
from tools.coverage.recorded import Exchange
from tools.coverage.universe import operations, subject_of_loc, universe
from tools.coverage.values import NOTHING, Fits, Values
from tools.findings import Subject
from tools.fuzz.calls import Sent
from tools.fuzz.paths import Meant, Paths
from tools.openapi.schemas import Schema

PAST_VALIDATION = {304, 403, 404, 409, 410}
"""Beside successes. The gate refuses by role and CSRF after it has validated; 404 and 409 are the handler's.
A 401, a 429 and a failing store may come before, so they prove nothing about what was sent."""
Keywords = dict[Subject, list[Constrained]]


class Exercise:
    """Knows the items of one document. Exchanges that mean no operation of it exercise nothing."""

    def __init__(self, document: Schema) -> None:
        self.universe = universe(document)
        self._known = frozenset(self.universe)
        self._paths = Paths(document)
        self._fits = Fits(document)
        self._keywords: dict[str, Keywords] = {o["operationId"]: _keywords(o, document) for o in operations(document)}

    def items(self, exchange: Exchange) -> set[Item]:
        """Each item once, however often the exchange exercises it."""
        sent = Sent(exchange.call, exchange.shape)
        meant = self._paths.meant(sent)
        if meant.operation is None:
            return set()
        values = Values(meant, sent, self._fits)
        found = set(self._of_the_request(meant.operation, exchange, values))
        found.update(of_the_response(meant.operation, exchange))
        found.update(_links(meant, values, exchange))
        return found & self._known

    def _of_the_request(self, operation: Schema, exchange: Exchange, values: Values) -> Iterator[Item]:
        name = operation["operationId"]
        keywords = self._keywords[name]
        if exchange.status < 300 or exchange.status in PAST_VALIDATION:
            yield from _accepted(keywords, values)
            yield from _rules_kept(operation, values)
        for loc, kind in exchange.errors:
            for found in keywords.get(_broken_at(name, loc, kind), ()):
                if kind in found.keyword.errors and self._is_the_broken_one(found, values.at(loc)):
                    yield _item(found, "refused")
            yield from _rules_broken(operation, loc, kind)

    def _is_the_broken_one(self, found: Constrained, value: Any) -> bool:
        """Errors of two keywords in one are told apart by the value, where there is one."""
        if not found.keyword.shares_errors:
            return True
        return isinstance(value, str) and not self._fits({found.keyword.name: found.value}, value)


def _keywords(operation: Schema, document: Schema) -> Keywords:
    found: Keywords = {}
    for constrained in positions(operation, document):
        found.setdefault(constrained.subject, []).append(constrained)
    return found


def _broken_at(operation_id: str, loc: tuple[str | int, ...], kind: str) -> Subject:
    """Where the keyword stands that an error is about: a text that is no JSON is the body's, an unknown key its object's."""
    subject = subject_of_loc(operation_id, loc)
    if kind in CONTENT.errors:
        return replace(subject, pointer="")
    if kind in ADDITIONAL.errors:
        return replace(subject, pointer=subject.pointer.rpartition("/")[0])
    return subject


def _item(found: Constrained, outcome: Any) -> Item:
    return Item(found.subject, "keyword", found.keyword.name, outcome)


def _accepted(keywords: Keywords, values: Values) -> Iterator[Item]:
    for subject, value in values.everywhere():
        for found in keywords.get(subject, ()):
            if found.keyword.applies(value):
                yield _item(found, "accepted")


def _rules_kept(operation: Schema, values: Values) -> Iterator[Item]:
    """A rule about unknown parameters is kept by any request; all others need a value where they point."""
    there = {subject for subject, _ in values.everywhere()}
    for rule in operation.get("x-constraint", ()):
        subject = subject_of_loc(operation["operationId"], rule["loc"])
        if subject in there or rule["type"] in ADDITIONAL.errors:
            yield Item(subject, "keyword", rule["type"], "accepted")


def _rules_broken(operation: Schema, loc: tuple[str | int, ...], kind: str) -> Iterator[Item]:
    for rule in operation.get("x-constraint", ()):
        pattern = rule["loc"]
        if (
            rule["type"] == kind
            and len(pattern) == len(loc)
            and all(p in ("*", q) for p, q in zip(pattern, loc, strict=True))
        ):
            yield Item(subject_of_loc(operation["operationId"], pattern), "keyword", kind, "refused")


def of_the_response(operation: Schema, exchange: Exchange) -> Iterator[Item]:
    """Status, headers and events of a response."""
    name = operation["operationId"]
    yield Item(Subject(name, f"response {exchange.status}"), "status", str(exchange.status), "shown")
    for header in exchange.headers or ():
        yield Item(Subject(name, f"response {exchange.status} header").inside(header), "header", header, "shown")
    if (exchange.headers or {}).get("content-type") == "text/event-stream":
        for event in re.findall(r"^event: (.*)$", (exchange.body or b"").decode(), re.MULTILINE):
            yield Item(Subject(name, f"event {event}"), "event", event, "shown")


def _links(meant: Meant, values: Values, exchange: Exchange) -> Iterator[Item]:
    """The links of a response whose every parameter has a value in it or in its request."""
    operation = meant.operation or {}
    declared = operation["responses"].get(str(exchange.status), {}).get("links", {})
    for name, link in declared.items():
        expressions = link.get("parameters", {}).values()
        if exchange.body is not None and all(_resolves(e, values, exchange) for e in expressions):
            subject = Subject(operation["operationId"], f"response {exchange.status}")
            yield Item(subject, "link", name, "shown")


def _resolves(expression: str, values: Values, exchange: Exchange) -> bool:
    """Whether a runtime expression (OpenAPI 3.1, 4.8.20.4) has a value that is not null."""
    source, _, rest = expression.removeprefix("$").partition(".")
    part, _, pointer = rest.partition("#")
    if part == "body":
        whole = values.body if source == "request" else _json(exchange.body or b"")
        return _pointed(whole, pointer) not in (None, NOTHING)
    where, _, name = rest.partition(".")
    if source == "response":
        return name.lower() in (exchange.headers or {})
    return name in values.text.get(where, {})


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return NOTHING


def _pointed(value: Any, pointer: str) -> Any:
    """What a JSON pointer names (RFC 6901)."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return NOTHING
    return value
