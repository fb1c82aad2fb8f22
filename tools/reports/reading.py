"""What every form has to know of an outcome: in which order it is read, how many of each, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tools.findings import Finding, Outcome, Place, Related, RuleText, Severity, Waived
from tools.report import FINE, NEEDS_A_PERSON, STALE
from tools.reports.text import one_line, plural
from tools.waivers import WAIVABLE

CODES = {"fine": FINE, "stale": STALE, "failed": NEEDS_A_PERSON}
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
CHECKS = ("contract", "diff", "document", "fresh", "lint", "coverage", "replay", "corpus", "waivers", "fuzz")
"""In the order in which they are read: what stops the contract itself, then what clients will meet. Others follow by name."""
HOLDS = {"check": "the contract holds", "diff": "no change breaks a client"}


def code(outcome: Outcome) -> int:
    """The exit code of the verdict."""
    return CODES[outcome.verdict]


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, notes; in each by check, then by place; those without a place last."""
    return sorted(findings, key=_position)


def grouped(findings: Iterable[Finding]) -> Iterator[tuple[Severity, str, list[Finding]]]:
    """The findings in their order, those of one severity and check together."""
    for (severity, check), group in groupby(ordered(findings), key=lambda finding: (finding.severity, finding.check)):
        yield severity, check, list(group)


def waived(outcome: Outcome) -> list[Waived]:
    """What is answered for, in the order of findings."""
    return sorted(outcome.waived, key=lambda item: _position(item.finding))


def related(finding: Finding) -> list[Related]:
    """Each related place once, but the finding's own, in the order given."""
    return list(dict.fromkeys(item for item in finding.related if item.place != finding.place))


def found(outcome: Outcome) -> dict[str, int]:
    """How many errors, warnings and notes there are, and how many are waived."""
    counts = {f"{severity.value}s": 0 for severity in SEVERITIES}
    for finding in outcome.findings:
        counts[f"{finding.severity.value}s"] += 1
    return {**counts, "waived": len(outcome.waived)}


def summary(outcome: Outcome) -> str:
    """How many of each in a few words; `nothing found` if there is none."""
    counts = found(outcome)
    words = [plural(counts[f"{s.value}s"], s.value) for s in SEVERITIES if counts[f"{s.value}s"]]
    words += [f"{counts['waived']:,} waived"] if counts["waived"] else []
    return ", ".join(words) or "nothing found"


def repairs(outcome: Outcome) -> list[str]:
    """The commands that mend what is stale, each once, in the order in which they were found: one may need the one before."""
    return list(dict.fromkeys(one_line(finding.repair) for finding in outcome.findings if finding.repair))


def may_be_waived(finding: Finding) -> bool:
    """Whether somebody could answer for it instead of mending it; a note asks for neither."""
    return finding.severity is not Severity.NOTE and not finding.repair and finding.check in WAIVABLE


def next_step(outcome: Outcome) -> str:
    """The last line of a report: what to do now, or that nothing is to be done."""
    if outcome.verdict == "fine":
        return HOLDS.get(outcome.command, "fine")
    commands = " && ".join(repairs(outcome))
    if outcome.verdict == "stale":
        return f"next: {commands}, then read the difference and commit it"
    return f"next: mend the errors above{f', then {commands}' if commands else ''}, then run this again"


def rules(outcome: Outcome) -> dict[str, RuleText]:
    """Every rule that was asked or broken, by id, in the order of ids; one that nobody described has its id as title."""
    broken = [*outcome.findings, *(item.finding for item in outcome.waived)]
    unknown = {finding.rule: RuleText(finding.rule, finding.rule, "", finding.severity) for finding in broken}
    return dict(sorted({**unknown, **outcome.rules}.items()))


def _position(finding: Finding) -> tuple[object, ...]:
    check = CHECKS.index(finding.check) if finding.check in CHECKS else len(CHECKS)
    return (
        SEVERITIES.index(finding.severity),
        check,
        finding.check,
        finding.place is None,
        finding.place or Place("", 0),
        finding.rule,
        finding.subject,
        finding.message,
        finding.fingerprint,
    )
