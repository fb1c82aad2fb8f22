"""Demands on a request that its schema cannot say, published as `x-constraint`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.compat.change import Change, Direction, breaking, careful, safe
from tools.compat.json_text import canonical
from tools.compat.pairs import Pair
from tools.compat.parameters import parameters
from tools.compat.rules.parameter_presence import refuses_unknown
from tools.findings import Subject

IN = Direction.REQUEST
ADDED = breaking(
    "constraint-added",
    IN,
    "No new demand is made on a request",
    "Requests that worked may get a 422 of this type. Make the demand in a new operation, or only on a new parameter.",
)
CONFINED = safe(
    "constraint-confined",
    IN,
    "A demand may be made on a parameter that is new",
    "No request of today has the parameter.",
)
REMOVED = safe("constraint-removed", IN, "A demand may be dropped", "Requests that met it still work.")
REWORDED = careful(
    "constraint-reworded",
    IN,
    "A reworded demand is read by a person",
    "What it demands stands in its text only. If it demands more, say so; if not, nothing is to be done.",
)
RULES = (ADDED, CONFINED, REMOVED, REWORDED)


def check(pair: Pair) -> Iterator[Change]:
    old, new = _constraints(pair.old.said), _constraints(pair.new.said)
    for key in sorted(new.keys() - old.keys()):
        constraint = new[key]
        rule = CONFINED if _confined(pair, constraint["loc"]) else ADDED
        said = f"{constraint['type']} may refuse a request now"
        yield rule.at(_subject(pair, constraint), said, None, constraint, keyword="x-constraint")
    for key in sorted(old.keys() - new.keys()):
        said = f"{old[key]['type']} no longer refuses a request"
        yield REMOVED.at(_subject(pair, old[key]), said, old[key], None, keyword="x-constraint")
    if old.keys() == new.keys():
        yield from _reworded(pair)


def _reworded(pair: Pair) -> Iterator[Change]:
    texts = [
        {canonical([one.get("type"), one.get("loc")]): one for one in side or ()}
        for side in (pair.old.said.get("x-constraint"), pair.new.said.get("x-constraint"))
    ]
    for key, constraint in sorted(texts[1].items()):
        before = texts[0].get(key)
        if before is not None and canonical(before) != canonical(constraint):
            said = f"{constraint.get('type')} says something else of itself"
            yield REWORDED.at(_subject(pair, constraint), said, before, constraint, keyword="x-constraint")


def _constraints(said: dict[str, Any]) -> dict[str, Any]:
    """Each constraint by what it demands; its text does not matter."""
    found = [{"type": one.get("type"), "loc": one.get("loc", [])} for one in said.get("x-constraint", ())]
    return {canonical(constraint): constraint for constraint in found}


def _subject(pair: Pair, constraint: dict[str, Any]) -> Subject:
    location, *steps = constraint.get("loc") or [""]
    subject = pair.subject(str(location))
    for step in steps:
        subject = subject.inside(str(step))
    return subject


def _confined(pair: Pair, loc: list[str]) -> bool:
    """Whether a demand concerns only a parameter of the query that no request could have before."""
    if len(loc) < 2 or loc[0] != "query" or not refuses_unknown(pair.old.said):
        return False
    return any(p.location == "query" and p.name == loc[1] and p.old is None for p in parameters(pair))
