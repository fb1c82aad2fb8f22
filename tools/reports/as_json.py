"""The outcome for programs, as JSON.

The keys and their order are kept; new ones may come:

    command     the command that was run: check, diff, …
    verdict     fine, stale or failed
    exit_code   0, 4 or 100
    found       {errors, warnings, notes, waived} → how many
    counts      what was shown to hold: a noun phrase → how many
    findings    [finding], errors before warnings before notes, each by check and place
    waived      [{reason, owner, expires, finding}]
    rules       every rule that was asked: id → {title, help, severity}
    notes       sentences about the run itself
    seconds     how long it took

A finding is {check, rule, severity: error|warning|note, message, subject: {operation_id, location, pointer}, place: {path, line} or
null, related: [{path, line, text}], detail, repair: command or "", key: any JSON, fingerprint: 12 hexadecimal digits}.
"""

from __future__ import annotations

from typing import Any

from tools.findings import Finding, Outcome, RuleText, Waived
from tools.reports import reading
from tools.reports.text import written_json


def written(outcome: Outcome) -> str:
    content = {
        "command": outcome.command,
        "verdict": outcome.verdict,
        "exit_code": reading.code(outcome),
        "found": reading.found(outcome),
        "counts": dict(outcome.counts),
        "findings": [_finding(finding) for finding in reading.ordered(outcome.findings)],
        "waived": [_waived(item) for item in reading.waived(outcome)],
        "rules": {name: _rule(rule) for name, rule in reading.rules(outcome).items()},
        "notes": list(outcome.notes),
        "seconds": round(outcome.seconds, 3),
    }
    return written_json(content)


def _finding(finding: Finding) -> dict[str, Any]:
    subject, place = finding.subject, finding.place
    return {
        "check": finding.check,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "subject": {"operation_id": subject.operation_id, "location": subject.location, "pointer": subject.pointer},
        "place": {"path": place.path, "line": place.line} if place else None,
        "related": [{"path": r.place.path, "line": r.place.line, "text": r.text} for r in reading.related(finding)],
        "detail": finding.detail,
        "repair": finding.repair,
        "key": finding.key,
        "fingerprint": finding.fingerprint,
    }


def _waived(item: Waived) -> dict[str, Any]:
    return {
        "reason": item.reason,
        "owner": item.owner,
        "expires": item.expires,
        "finding": _finding(item.finding),
    }


def _rule(rule: RuleText) -> dict[str, str]:
    return {"title": rule.title, "help": rule.help, "severity": rule.severity.value}
