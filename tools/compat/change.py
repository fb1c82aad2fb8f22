"""One change of the contract, and the rule that names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from tools.findings import RuleText, Severity, Subject
from tools.openapi.schemas import Schema


class Level(Enum):
    """What a change does to a client that was written for the old contract."""

    BREAKING = "breaking"
    """Something that worked may fail, or something may arrive that could not arrive before."""
    CAREFUL = "careful"
    """Nothing fails on the wire, but a client should be told before it is deployed."""
    SAFE = "safe"
    """Proved to disturb nobody."""

    @property
    def severity(self) -> Severity:
        return {"breaking": Severity.ERROR, "careful": Severity.WARNING, "safe": Severity.NOTE}[self.value]


class Direction(Enum):
    """Which way the changed value travels."""

    REQUEST = "request"
    RESPONSE = "response"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two contracts, at the smallest place that has it."""

    rule: str
    level: Level
    direction: Direction
    subject: Subject
    message: str
    """One sentence: what was and what is."""
    old: Any
    """JSON of what changed, every `$ref` inlined or within it; None if there was nothing."""
    new: Any
    proof: str = ""
    """How containment was decided; empty where no schema was compared."""
    keyword: str = ""
    """The keyword of JSON Schema or OpenAPI that says it."""
    difference: Schema | None = None
    """A schema of the values at the subject that tell the two apart: accepted before and not now in a request,
    possible now and not before in a response; None if no value does."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change: how bad it is, which way it travels, what to do about it."""

    id: str
    level: Level
    direction: Direction
    title: str
    """The rule as a sentence."""
    help: str
    """Why it matters and what to do."""

    @property
    def text(self) -> RuleText:
        return RuleText(self.id, self.title, self.help, self.level.severity)

    def at(
        self,
        subject: Subject,
        message: str,
        old: Any = None,
        new: Any = None,
        *,
        proof: str = "",
        keyword: str = "",
        difference: Schema | None = None,
    ) -> Change:
        """A change of this kind."""
        return Change(self.id, self.level, self.direction, subject, message, old, new, proof, keyword, difference)


def breaking(id: str, direction: Direction, title: str, help: str) -> Rule:
    return Rule(id, Level.BREAKING, direction, title, help)


def careful(id: str, direction: Direction, title: str, help: str) -> Rule:
    return Rule(id, Level.CAREFUL, direction, title, help)


def safe(id: str, direction: Direction, title: str, help: str) -> Rule:
    return Rule(id, Level.SAFE, direction, title, help)
