"""`check`: everything that has to hold, in one go and without writing: fresh, valid, proved, and fuzzed if asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from models.registry import entries
from tools import generate
from tools.artefacts import Stale, stale
from tools.conformance import Conformance
from tools.constraints import constraints
from tools.events import HttpCall, Received
from tools.fuzz.run import FuzzOutcome
from tools.goldens import golden
from tools.goldens.replay import Replay, replay
from tools.openapi.document import document

Progress = Callable[[str], None]


@dataclass(slots=True)
class Counts:
    """What the contract is made of, and how much of it was shown to hold."""

    operations: int = 0
    statuses: int = 0
    constraints: int = 0
    excluded: int = 0
    rules: int = 0
    goldens: int = 0
    replayed: int = 0


@dataclass(slots=True)
class Checked:
    """The outcome. `stale` can be repaired by a command, `findings` need a person."""

    counts: Counts = field(default_factory=Counts)
    stale_spec: list[Stale] = field(default_factory=list)
    stale_goldens: list[Stale] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """failed, stale or fine."""
        if self.findings:
            return "failed"
        return "stale" if self.stale_spec or self.stale_goldens else "fine"


def counted() -> Counts:
    """The size of the contract, from the types."""
    counts = Counts()
    for entry in entries():
        found = constraints(entry.operation)
        counts.operations += 1
        counts.constraints += sum(not b.excluded for b in found)
        counts.excluded += sum(bool(b.excluded) for b in found)
        counts.rules += len(entry.operation.rules)
    return counts


def check_document(checked: Checked) -> dict[str, Any]:
    """The document in memory: whether it is the committed one, and valid OpenAPI 3.1."""
    checked.stale_spec = generate.stale_files()
    made = document()
    errors = OpenAPIV31SpecValidator(made).iter_errors()
    checked.findings.extend(f"spec/openapi.json is not valid: {error.message[:300]}" for error in errors)
    checked.counts.statuses = sum(len(o["responses"]) for path in made["paths"].values() for o in path.values())
    return made


def check_goldens(checked: Checked, progress: Progress | None = None) -> None:
    """The goldens in memory: whether each case gives what the contract says, and whether the committed ones are the same."""
    try:
        made = golden.goldens(progress)
    except golden.Unproved as error:
        checked.findings.extend(str(error).splitlines())
        return
    checked.counts.goldens = len(made)
    checked.stale_goldens = stale(made, "golden")


def check_replay(checked: Checked, made: dict[str, Any], progress: Progress | None = None) -> Replay:
    """The committed goldens through the handlers, in each shape of event, each response judged by the document."""
    judge = Conformance(made)
    by_path = {entry.operation.id: entry for entry in entries()}

    def conforms(operation_id: str, call: HttpCall, got: Received) -> str | None:
        return next(judge.problems(operation_id, got), None) if operation_id in by_path else None

    outcome = replay(progress=progress, check=conforms)
    checked.counts.replayed = outcome.calls
    stale_paths = {item.path for item in checked.stale_goldens}
    for difference in outcome.differences:
        if difference.path not in stale_paths:
            checked.findings.append(f"{difference.path} ({difference.shape}): {difference.text}")
    return outcome


def as_json(checked: Checked, fuzzed: FuzzOutcome | None, seconds: float) -> str:
    """The outcome for machines."""
    content = {
        "verdict": checked.verdict,
        "counts": {name: getattr(checked.counts, name) for name in Counts.__dataclass_fields__},
        "stale": [{"path": item.path, "state": item.state} for item in checked.stale_spec + checked.stale_goldens],
        "findings": checked.findings,
        "fuzz": {"cases": fuzzed.cases, "rates": fuzzed.rates, "digest": fuzzed.digest} if fuzzed else None,
        "seconds": round(seconds, 1),
    }
    return json.dumps(content, indent=2)
