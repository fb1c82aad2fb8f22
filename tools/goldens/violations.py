"""For each constraint, one request that breaks it and nothing else, built from a valid one."""

from __future__ import annotations

import itertools
import json
from typing import Any

from models.operation import Example, Operation
from tools.constraints import MISSING, UNKNOWN, Breakable, Constraint
from tools.events import HttpCall
from tools.findings import Subject
from tools.goldens.calls import Values, call_of, errors_of
from tools.openapi.schemas import BadContract

NAMELESS = "unexpected"


class Unbreakable(BadContract):
    """No request breaks a constraint alone. Give an example that fills the place, or exclude it by a rule with a reason."""


def bases(operation: Operation[Any, Any]) -> list[Example]:
    """The examples that succeed, those that fill the most first."""
    good = [example for example in operation.examples if example.status < 300]
    if not good:
        raise Unbreakable(f"{operation.id}: no example succeeds; give one", Subject(operation.id))
    return sorted(good, key=lambda example: -len(repr(example.request)))


def violation(operation: Operation[Any, Any], breakable: Breakable) -> tuple[HttpCall, Example]:
    """The call, and the example it was made from. Raises `Unbreakable`."""
    for base in bases(operation):
        call = _from(operation, breakable, base)
        if call is not None:
            return call, base
    raise Unbreakable(
        f"{breakable.constraint}: no valid example could be changed to break only this", breakable.constraint.subject
    )


def _from(operation: Operation[Any, Any], breakable: Breakable, base: Example) -> HttpCall | None:
    if breakable.constraint.loc == ("query", "*"):
        return call_of(operation, base.request, more_query=((NAMELESS, "1"),))
    if breakable.constraint.type == "json_invalid":
        return call_of(operation, base.request, raw=b'{"name": ') if breakable.field in base.request else None
    present = _at(base.request.get(breakable.field), breakable.keys)
    for value in breakable.candidates(present):
        values = _changed(base.request, breakable, value)
        if values is not None and fits(breakable.constraint, errors_of(operation, values)):
            return call_of(operation, values)
    return None


def fits(constraint: Constraint, errors: list[tuple[tuple[str | int, ...], str]]) -> bool:
    """Whether errors are exactly the one that a constraint names."""
    if len(errors) != 1:
        return False
    loc, type_ = errors[0]
    same_length = len(loc) == len(constraint.loc)
    return type_ == constraint.type and same_length and all(map(_matches, constraint.loc, loc))


def _matches(pattern: str, part: str | int) -> bool:
    return pattern in ("*", part)


def _at(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if key == "*":
            value = value[0] if isinstance(value, list) and value else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _changed(request: Values, breakable: Breakable, value: Any) -> dict[str, Any] | None:
    """The request with one place changed; None if the place cannot be reached from it."""
    # Not deepcopy, which keeps what an example has in two places one object.
    values: dict[str, Any] = json.loads(json.dumps(dict(request)))
    path: list[str] = [breakable.field, *breakable.keys]
    parent: Any = values
    for key, following in itertools.pairwise(path):
        parent = _step(parent, key, following)
        if parent is None:
            return None
    _put(parent, path[-1], value)
    return values


def _step(parent: Any, key: str, following: str) -> Any:
    if isinstance(parent, list):
        return parent[0] if parent else None
    if key not in parent and following == "*":
        parent[key] = []
    return parent.get(key)


def _put(parent: Any, key: str, value: Any) -> None:
    if value is MISSING:
        parent.pop(key, None)
    elif value is UNKNOWN:
        parent[NAMELESS] = 1
    elif isinstance(parent, list):
        parent[:1] = [value]
    else:
        parent[key] = value
