"""One run of the check: what its steps hand on to each other, and what they found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from models.registry import entries
from tools.checking.rules import RULES
from tools.findings import NOWHERE, Finding, Outcome, Place, RuleText, Severity, Subject
from tools.openapi.schemas import BadContract, Schema
from tools.sources import Sources

Progress = Callable[[str], None]


@dataclass(slots=True)
class Run:
    """Each step adds its findings; what a step makes, the next ones use."""

    outcome: Outcome = field(default_factory=lambda: Outcome("check", rules=RULES))
    sources: Sources = field(default_factory=lambda: Sources(entries()))
    counts: dict[str, int] = field(default_factory=dict)
    document: Schema = field(default_factory=dict)
    """The document in memory; empty if the contract cannot be built."""
    goldens: dict[str, bytes] = field(default_factory=dict)
    """Those in memory; none if a case is not answered as the contract says."""

    def add(self, findings: Iterable[Finding], rules: Iterable[RuleText] = ()) -> None:
        """What a step found, and the rules that it asked beyond those of the check itself."""
        self.outcome.rules = {**self.outcome.rules, **{rule.id: rule for rule in rules}}
        self.outcome.findings.extend(findings)

    def error(
        self, check: str, rule: str, message: str, subject: Subject = NOWHERE, detail: str = "", key: object = None
    ) -> Finding:
        """An error at the line of its subject."""
        place = self.sources.of(subject) if subject != NOWHERE else None
        return Finding(check, rule, Severity.ERROR, message, subject, place, detail=detail, key=key)

    def refused(self, check: str, rule: str, error: BadContract) -> list[Finding]:
        """What keeps the contract from being built or proved, each part at its own place."""
        return [
            Finding(check, rule, Severity.ERROR, str(part), part.subject, self._place_of(part), key=str(part))
            for part in error.parts
        ]

    def _place_of(self, part: BadContract) -> Place | None:
        if part.pointer:
            return self.sources.of_document_pointer(part.pointer, self.document)
        return self.sources.of(part.subject) if part.subject != NOWHERE else None
