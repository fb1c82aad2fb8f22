"""What a rule is: its text, and a function that looks for where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tools.findings import NOWHERE, Place, RuleText, Severity, Subject
from tools.lint.contract import Contract


@dataclass(frozen=True, slots=True)
class Found:
    """One place at which a rule is broken. `place` where the subject and the keyword do not lead to the line."""

    message: str
    subject: Subject = NOWHERE
    keyword: str = ""
    place: Place | None = None
    key: Any = None
    other: Place | None = None
    """Another line that it contradicts."""


Check = Callable[[Contract], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    text: RuleText
    check: Check


def rule(id: str, title: str, help: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Rule]:
    """Makes a rule of a function that yields what breaks it."""

    def made(check: Check) -> Rule:
        return Rule(RuleText(id, title, help, severity), check)

    return made
