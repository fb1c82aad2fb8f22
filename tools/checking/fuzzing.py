"""What fuzzing found, as findings of the check."""

from __future__ import annotations

from collections.abc import Iterator

from tools.checking.run import Run
from tools.findings import NOWHERE, Finding, RuleText, Subject
from tools.fuzz.run import FuzzOutcome


def fuzzed(run: Run, outcome: FuzzOutcome) -> None:
    """Adds what a run of the fuzzer did and found."""
    rates = ", ".join(f"{rate:.0f}" for rate in outcome.rates)
    run.counts[f"cases fuzzed, {rates} a second and process, digest {outcome.digest[:12]}"] = outcome.cases
    run.add(_findings(run, outcome), (_rule(finding.check) for finding in outcome.findings))


def _rule(check: str) -> RuleText:
    text = "Play the failure again with the command that is shown, mend the handler or the contract."
    return RuleText(f"fuzz-{check}", f"Fuzzing finds no failure of {check}.", text)


def _findings(run: Run, outcome: FuzzOutcome) -> Iterator[Finding]:
    for found in outcome.findings:
        subject = Subject(found.operation_id) if found.operation_id in outcome.statuses else NOWHERE
        detail = "\n".join(part for part in (found.request, found.response, found.replay) if part)
        message = f"{found.operation_id}: {found.check}: {found.message}"
        yield run.error("fuzz", f"fuzz-{found.check}", message, subject, detail, key=found.message)
