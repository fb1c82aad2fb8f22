"""What changed inside one schema, before it is known where in the contract that schema stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from tools.compat.change import Direction
from tools.openapi.schemas import Schema


class Effect(Enum):
    """What a change does to the set of valid values."""

    NARROWS = "narrows"
    WIDENS = "widens"
    CHANGES = "changes"
    """Some are gone and some are new, or nothing could be proved."""

    def harms(self, direction: Direction) -> bool:
        """Whether something that was sent is refused now, or something is received that could not be before."""
        return self is not (Effect.WIDENS if direction is Direction.REQUEST else Effect.NARROWS)


@dataclass(frozen=True, slots=True)
class Delta:
    """One change at one place inside a schema."""

    kind: str
    """What happened, in the words of the rules without their direction: property-removed, constraint-tightened …"""
    effect: Effect
    said: str
    steps: tuple[str, ...] = ()
    """Where: names of properties, `*` for any item or other name."""
    old: Any = None
    new: Any = None
    keyword: str = ""
    proof: str = ""
    difference: Schema | None = None

    def below(self, steps: tuple[str, ...]) -> Delta:
        return replace(self, steps=(*steps, *self.steps))
