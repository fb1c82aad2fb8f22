"""Which alternative of an old union became which of the new one: so that a change inside one is found inside it.

Pairs decide where a change is reported, never how bad it is: that is decided by containment of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from tools.compat.json_text import canonical
from tools.openapi.schemas import Schema

SIMILAR = 0.5
"""Share of property names that two objects have in common to be taken for versions of each other."""


@dataclass(slots=True)
class Pairing:
    """The alternatives of two unions: those that belong together, those that are gone, those that are new."""

    gone: list[Schema]
    come: list[Schema]
    pairs: list[tuple[Schema, Schema]] = field(default_factory=list)

    def by(self, key: Callable[[Schema], Hashable]) -> None:
        """Pairs what is the only one with its key on either side; None is no key."""
        for one in list(self.gone):
            name = key(one)
            here = [other for other in self.gone if key(other) == name]
            there = [other for other in self.come if key(other) == name]
            if name is not None and len(here) == len(there) == 1:
                self._pair(one, there[0])

    def by_likeness(self) -> None:
        """Pairs objects that share most of their properties, the likest first."""
        likeness = [
            (_likeness(one, other), i, j) for i, one in enumerate(self.gone) for j, other in enumerate(self.come)
        ]
        old, new = list(self.gone), list(self.come)
        for share, i, j in sorted(likeness, key=lambda found: (-found[0], found[1], found[2])):
            if share >= SIMILAR and _has(self.gone, old[i]) and _has(self.come, new[j]):
                self._pair(old[i], new[j])

    def last(self) -> None:
        """The only one left on each side, null apart, has changed its type."""
        if len(self.gone) == len(self.come) == 1 and "null" not in (self.gone[0].get("type"), self.come[0].get("type")):
            self._pair(self.gone[0], self.come[0])

    def _pair(self, one: Schema, other: Schema) -> None:
        self.gone = [schema for schema in self.gone if schema is not one]
        self.come = [schema for schema in self.come if schema is not other]
        self.pairs.append((one, other))


def paired(old: Sequence[Schema], new: Sequence[Schema]) -> Pairing:
    """Equal ones first, then by tag, by type, by likeness, and last the only ones that are left."""
    found = Pairing(list(old), list(new))
    found.by(canonical)
    found.by(_tag)
    found.by(_kind)
    found.by(_number)
    found.by_likeness()
    found.last()
    return found


def _tag(schema: Schema) -> Hashable:
    """The properties that can have one value only: what discriminates a union."""
    members = schema.get("properties", {}).items()
    fixed = [
        (name, canonical(member.get("enum", [member.get("const")]))) for name, member in members if _constant(member)
    ]
    return tuple(sorted(fixed)) or None


def _constant(member: object) -> bool:
    return isinstance(member, dict) and ("const" in member or len(member.get("enum", ())) == 1)


def _kind(schema: Schema) -> Hashable:
    return canonical(schema.get("type"))


def _number(schema: Schema) -> Hashable:
    return "number" if schema.get("type") in ("integer", "number") else None


def _likeness(one: Schema, other: Schema) -> float:
    mine, its = set(one.get("properties", ())), set(other.get("properties", ()))
    return len(mine & its) / len(mine | its) if mine | its else 0.0


def _has(schemas: Sequence[Schema], schema: Schema) -> bool:
    return any(member is schema for member in schemas)
