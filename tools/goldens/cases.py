"""Every case that has a golden: each example, each status of each operation, each constraint, each rule."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from models.operation import Example, Given, Level, Operation
from models.registry import Entry, entries
from tools.constraints import Constraint, constraints
from tools.events import REQUEST_ID, HttpCall
from tools.findings import Subject
from tools.goldens.calls import call_of
from tools.goldens.violations import bases, violation
from tools.identities import ANONYMOUS_IDS
from tools.openapi.responses import refusals_of
from tools.openapi.schemas import BadContract

PROVED_BY_THE_GATE = {400, 413, 415, 500}
"""Statuses that the gate gives for every operation alike; `golden/gate/` proves them once."""


@dataclass(frozen=True, slots=True)
class Case:
    """One golden to be: where it lies, why it is there, and the call that shows it."""

    path: str
    why: str
    given: Given
    call: HttpCall
    status: int
    function: str
    constraint: Constraint | None = None
    conditional: bool = False
    """Whether the call repeats itself with the ETag that it got."""

    @property
    def operation_id(self) -> str:
        return self.path.split("/")[3]

    @property
    def subject(self) -> Subject:
        """What it shows: the constraint that it breaks, or the status that it gets."""
        return self.constraint.subject if self.constraint else Subject(self.operation_id, f"response {self.status}")


def cases() -> Iterator[Case]:
    """Every case in the order of the document."""
    for entry in entries():
        yield from cases_of(entry)


def cases_of(entry: Entry) -> Iterator[Case]:
    """The cases of one operation; each has a file of its own."""
    seen: dict[str, Case] = {}
    for case in [*_examples(entry), *_statuses(entry), *_constraints(entry), *_rules(entry)]:
        if case.path in seen:
            raise BadContract(
                f"two cases are called {case.path}; rename an example of {entry.operation.id}", case.subject
            )
        seen[case.path] = case
        yield case


def folder_of(entry: Entry) -> str:
    return f"golden/{entry.tag.function}/{entry.tag.name}/{entry.operation.id}"


def _case(entry: Entry, name: str, why: str, given: Given, call: HttpCall, status: int) -> Case:
    path = f"{folder_of(entry)}/{status}-{name}.json"
    identified = replace(call, request_id=_request_id(path))
    return Case(path, why, given, identified, status, entry.tag.function)


def _request_id(path: str) -> str:
    """Each golden has a request id of its own, so that no two logs are confused; a function of its path."""
    digest = hashlib.sha256(path.encode()).hexdigest()
    return f"{REQUEST_ID[:24]}{digest[:12]}"


def _examples(entry: Entry) -> Iterator[Case]:
    for example in _counted(entry.operation):
        call = call_of(entry.operation, example.request)
        yield _case(entry, example.name, example.why, example.given, call, example.status)


def _counted(operation: Operation[Any, Any]) -> Iterator[Example]:
    """The examples; limits are on in the first of each success of a limited operation, unless they are in another one."""
    limited = {example.status for example in operation.examples if example.given.limits}
    for example in operation.examples:
        if operation.limit and example.status < 300 and example.status not in limited:
            limited.add(example.status)
            example = replace(example, given=replace(example.given, limits=True))
        yield example


def _statuses(entry: Entry) -> Iterator[Case]:
    """A case for each declared status that no example shows and every operation answers alike."""
    operation = entry.operation
    shown = {example.status for example in operation.examples}
    base = bases(operation)[0]
    call = call_of(operation, base.request)
    named = {example.name for example in operation.examples}
    for name, why, status, given in _common(operation, base, call):
        # An example of a 429 may be about something else than the limit.
        if name not in named and (status not in shown or name == "limit"):
            yield _case(entry, name, why, given, call, status)
    if operation.etag:
        given = replace(base.given, limits=base.given.limits or operation.limit is not None)
        case = _case(entry, "not_modified", "the client has the current bytes already", given, call, 304)
        yield replace(case, conditional=True)


def _common(operation: Operation, base: Example, call: HttpCall) -> Iterator[tuple[str, str, int, Given]]:  # type: ignore[type-arg]
    statuses = {refusal.status for refusal in refusals_of(operation)}
    if 401 in statuses:
        yield "no_credential", "nobody is calling", 401, replace(base.given, caller="nobody", after=())
    if 403 in statuses and operation.csrf:
        yield "csrf", "the double-submitted token is missing", 403, replace(base.given, caller="anonymous_without_csrf")
    if 403 in statuses and operation.level in (Level.MEMBER, Level.OPERATOR):
        yield "level", "an anonymous session is not enough", 403, replace(base.given, caller="anonymous")
    if 429 in statuses and operation.limit:
        times = operation.limit.requests_of(Level.SESSION if base.given.caller in ANONYMOUS_IDS else Level.MEMBER)
        before = {"method": call.method, "path": call.path, "query": call.query, "times": times}
        given = replace(base.given, after=(before,), limits=True)
        yield "limit", f"{times} requests came before it in the window", 429, given
    if 503 in statuses:
        yield "store", "the store does not answer", 503, replace(base.given, store="unavailable", after=(), limits=True)


def _constraints(entry: Entry) -> Iterator[Case]:
    for breakable in constraints(entry.operation):
        if breakable.excluded:
            continue
        call, base = violation(entry.operation, breakable)
        constraint = breakable.constraint
        given = replace(base.given, after=())
        case = _case(
            entry,
            name_of(constraint),
            _why(constraint),
            given,
            call,
            422,
        )
        yield replace(case, constraint=constraint)


def _rules(entry: Entry) -> Iterator[Case]:
    for rule in entry.operation.rules:
        call = call_of(entry.operation, rule.refuses)
        constraint = Constraint(entry.operation.id, rule.loc, rule.type)
        why = f"{_why(constraint)}: {rule.description}"
        case = _case(entry, name_of(constraint), why, rule.given, call, 422)
        yield replace(case, constraint=constraint)


def _why(constraint: Constraint) -> str:
    return f"{'.'.join(constraint.loc)} breaks {constraint.type} and nothing else"


def name_of(constraint: Constraint) -> str:
    """The file's name for a constraint: its loc, `each` for a star, and its type."""
    parts = [re.sub(r"[^A-Za-z0-9_]+", "_", "each" if part == "*" else part) for part in constraint.loc]
    return "-".join([*parts, constraint.type])
