"""What a check found: where in the contract, which line of the models caused it, what to do. Every report is written from these."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Severity(Enum):
    """An error fails the check, a warning is to be read, a note is to be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file: the path from the root of the repository, the line from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A place in the contract; what is empty is not said.

    `location` is `path`, `query`, `header`, `cookie` or `body` in a request; `response 200`, `response 200 header` or
    `event heartbeat` in what is sent. `pointer` is a JSON pointer from there, with `*` for any index or any name that the
    contract does not know: `/limit` in the query, `/tickers/*/symbol` in a body, the empty one for the whole body.
    """

    operation_id: str = ""
    location: str = ""
    pointer: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.operation_id, self.location, self.pointer) if part) or "the contract"

    def inside(self, name: str) -> Subject:
        """The place below this one; a name is escaped as RFC 6901 says."""
        step = name.replace("~", "~0").replace("/", "~1")
        return Subject(self.operation_id, self.location, f"{self.pointer}/{step}")


NOWHERE = Subject()


@dataclass(frozen=True, slots=True)
class Related:
    """Another place worth opening, and why."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule demands, for people who meet it the first time. `id` is kebab-case and unique over all checks."""

    id: str
    title: str
    """The rule as a sentence."""
    help: str
    """Why it matters and what to do when it is broken."""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has to say. `message` is one sentence; `detail` are further lines as they are to be shown."""

    check: str
    """Which check: document, fresh, lint, diff, coverage, replay, corpus, waivers, fuzz."""
    rule: str
    severity: Severity
    message: str
    subject: Subject = NOWHERE
    place: Place | None = None
    """The line that caused it; None where no line did."""
    related: tuple[Related, ...] = ()
    detail: str = ""
    repair: str = ""
    """The command that mends it. Such findings are stale artefacts: exit code 4, not 100."""
    key: Any = None
    """What else tells this finding from another of the same rule at the same subject, as JSON: old and new value, say."""

    @property
    def fingerprint(self) -> str:
        """The same for the same finding, wherever its line moves and however its message is worded: 12 hexadecimal digits."""
        subject = [self.subject.operation_id, self.subject.location, self.subject.pointer]
        seen = json.dumps([self.check, self.rule, subject, self.key], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody answers for."""

    finding: Finding
    reason: str
    owner: str
    expires: str


@dataclass(slots=True)
class Outcome:
    """Everything that one run has to say, once; reports only write it down."""

    command: str
    """The command that was run, `check` or `diff`, say."""
    findings: list[Finding] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    """The text of every rule that was asked, by id, whether broken or not."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was shown to hold: a noun phrase → how many, in the order to show."""
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    """Sentences about the run itself, such as a part that could not be done and why."""

    @property
    def verdict(self) -> str:
        """failed, stale or fine. Only errors count; those that a command mends are stale."""
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        if any(not finding.repair for finding in errors):
            return "failed"
        return "stale" if errors else "fine"
