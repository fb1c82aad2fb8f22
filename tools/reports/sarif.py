"""The outcome as SARIF 2.1.0, for code scanning and editors. Section numbers are those of the OASIS standard.

Nothing in it depends on when or where it was made. Braces in texts stay single, which §3.11.5 would double: the readers that
we know, GitHub's code scanning among them, show texts as they are.
"""

from __future__ import annotations

import tomllib
from typing import Any
from urllib.parse import quote

from tools.artefacts import ROOT
from tools.findings import Finding, Outcome, Place, Related, RuleText, Severity, Subject, Waived
from tools.reports import reading
from tools.reports.text import visible, written_json

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"
FINGERPRINT = "bellwetherFinding/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
# Code scanning refuses a whole file for one result without a place: what no line caused stands on the contract itself.
CONTRACT = Place("spec/openapi.json", 1)
Sarif = dict[str, Any]


def written(outcome: Outcome) -> str:
    return written_json({"$schema": SCHEMA, "version": VERSION, "runs": [_run(outcome)]})


def _run(outcome: Outcome) -> Sarif:
    rules = reading.rules(outcome)
    index = {name: position for position, name in enumerate(rules)}
    results = [_result(finding, index) for finding in reading.ordered(outcome.findings)]
    results += [_suppressed(item, index) for item in reading.waived(outcome)]
    return {
        "tool": {"driver": {**_driver(), "rules": [_rule(name, rule) for name, rule in rules.items()]}},
        "automationDetails": {"id": visible(f"bellwether/{outcome.command}/")},
        "originalUriBaseIds": {BASE: {"description": {"text": "the root of the repository"}}},
        "invocations": [_invocation(outcome)],
        "results": results,
        "properties": {"counts": dict(outcome.counts), "found": reading.found(outcome)},
    }


def _driver() -> Sarif:
    """Name and version of the project; read from its file, so that a report is written even where no model imports."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"name": project["name"], "version": project["version"], "semanticVersion": project["version"]}


def _rule(name: str, rule: RuleText) -> Sarif:
    title = visible(rule.title) or name
    return {
        "id": name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": visible(rule.help) or title},
        "help": {"text": f"{title}\n\n{visible(rule.help)}".strip() or title},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _invocation(outcome: Outcome) -> Sarif:
    """A run that could report has been executed, whatever it found (§3.20.14)."""
    return {
        "commandLine": visible(f"python -m tools {outcome.command}"),
        "executionSuccessful": True,
        "exitCode": reading.code(outcome),
        "exitCodeDescription": outcome.verdict,
        "toolExecutionNotifications": [{"level": "note", "message": {"text": visible(n)}} for n in outcome.notes],
    }


def _result(finding: Finding, index: dict[str, int]) -> Sarif:
    """Every result says whether it is suppressed, or none may (§3.27.23)."""
    place = _physical(finding.place or CONTRACT)
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [{"physicalLocation": place, "logicalLocations": _logical(finding.subject)}],
        "relatedLocations": [_related(at, item) for at, item in enumerate(reading.related(finding), 1)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "suppressions": [],
        "properties": {"check": finding.check, "repair": finding.repair, "key": finding.key},
    }


def _suppressed(item: Waived, index: dict[str, int]) -> Sarif:
    suppression = {
        "kind": "external",
        "status": "accepted",
        "justification": visible(item.reason),
        "properties": {"owner": item.owner, "expires": item.expires},
    }
    return {**_result(item.finding, index), "suppressions": [suppression]}


def _text(finding: Finding) -> str:
    parts = [finding.message, finding.detail, f"Repair with: {finding.repair}" if finding.repair else ""]
    return visible("\n\n".join(part for part in parts if part))


def _physical(place: Place) -> Sarif:
    """The path is a relative reference; what a URI cannot hold is percent-encoded (§3.10.1)."""
    location = {"uri": quote(visible(place.path).lstrip("/")), "uriBaseId": BASE}
    return {"artifactLocation": location, "region": {"startLine": max(1, place.line)}}


def _logical(subject: Subject) -> list[Sarif]:
    """Operation, location and pointer, each with the name that it has from the operation on; what is not said is left out."""
    found: list[Sarif] = []
    path: list[str] = []
    for kind, name in (
        ("operation", subject.operation_id),
        ("location", subject.location),
        ("pointer", subject.pointer),
    ):
        if name:
            path.append(visible(name))
            found.append({"name": visible(name), "fullyQualifiedName": " ".join(path), "kind": kind})
    return found


def _related(number: int, item: Related) -> Sarif:
    return {"id": number, "physicalLocation": _physical(item.place), "message": {"text": visible(item.text)}}
