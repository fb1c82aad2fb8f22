"""Operations that are new, and operations that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.compat.change import Change, Direction, breaking, careful, safe
from tools.compat.dates import day
from tools.compat.document import Document, Served
from tools.compat.forms import fits
from tools.compat.json_text import canonical
from tools.compat.pairs import Contracts
from tools.compat.parameters import schema_of
from tools.compat.shape import Definitions, pure, whole
from tools.findings import Subject

ADDED = safe("operation-added", Direction.BOTH, "An operation may be added", "Nobody calls it yet.")
REMOVED = breaking(
    "operation-removed",
    Direction.BOTH,
    "An operation is not removed before its sunset",
    "Every call of it is a 404 or 405. Deprecate it, publish a sunset date, and remove it after that date.",
)
RETIRED = careful(
    "operation-retired",
    Direction.BOTH,
    "An operation may be removed after its sunset",
    "The date was published and has passed. See in the access log that nobody calls it.",
)
SHADOWING = breaking(
    "operation-shadowing",
    Direction.BOTH,
    "A new path takes no request from an operation that there was",
    "Requests whose parameter has this value were answered by the other operation. Choose a path that no parameter fits.",
)
RULES = (ADDED, REMOVED, RETIRED, SHADOWING)


def check(contracts: Contracts) -> Iterator[Change]:
    old = {served.route: served for served in contracts.old.operations}
    new = {served.route: served for served in contracts.new.operations}
    for route, served in old.items():
        if route not in new:
            yield _removed(served, contracts.today)
    for route, served in new.items():
        if route not in old:
            yield _added(served, contracts.old)


def _added(served: Served, before: Document) -> Change:
    shadowed = next((other for other in before.operations if _shadows(served, other, before.definitions)), None)
    if shadowed is None:
        return ADDED.at(_subject(served), f"{_call(served)} is new", new=_named(served))
    said = f"{_call(served)} is new and takes requests from {shadowed.path}"
    return SHADOWING.at(_subject(served), said, _named(shadowed), _named(served))


def _shadows(served: Served, other: Served, definitions: Definitions) -> bool:
    """Whether a path fits the template of another: where that has a parameter, this has one of its values, at least once."""
    mine, its = served.path.split("/"), other.path.split("/")
    if served.method != other.method or len(mine) != len(its):
        return False
    values = {theirs: own for own, theirs in zip(mine, its, strict=True) if own != theirs and "{" not in own}
    same = all(own == theirs or "{" in theirs for own, theirs in zip(mine, its, strict=True))
    return same and bool(values) and all(_takes(other, name, value, definitions) for name, value in values.items())


def _takes(served: Served, segment: str, value: str, definitions: Definitions) -> bool:
    """Whether a parameter of the path may have a value; one inside a longer segment is taken to."""
    for parameter in served.said["parameters"]:
        if parameter["in"] == "path" and segment == f"{{{parameter['name']}}}":
            return fits(canonical(whole(pure(schema_of(parameter)), definitions)), value) is not False
    return True


def _removed(served: Served, today: date | None) -> Change:
    sunset = day(served.said.get("x-sunset"))
    if sunset and today and sunset <= today:
        return RETIRED.at(_subject(served), f"{_call(served)} is gone, after its sunset on {sunset}", _named(served))
    until = f", before its sunset on {sunset}" if sunset else ""
    return REMOVED.at(_subject(served), f"{_call(served)} is gone{until}", _named(served))


def _subject(served: Served) -> Subject:
    return Subject(served.id)


def _call(served: Served) -> str:
    return f"{served.method.upper()} {served.path}"


def _named(served: Served) -> dict[str, str]:
    return {"method": served.method, "path": served.path}
