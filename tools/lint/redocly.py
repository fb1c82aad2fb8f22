"""Redocly's recommended rules on the document, where redocly is at hand: each problem at the line of the models behind it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.artefacts import sorted_json
from tools.findings import Finding, Place, RuleText, Severity
from tools.openapi.schemas import Schema
from tools.sources import Sources
from tools.syntax.pointers import target

COMMAND = "BELLWETHER_REDOCLY"
"""The setting that names redocly's command."""
CHECK = "lint"
RULE = "redocly-{}"
SEVERITIES = {"error": Severity.ERROR, "warn": Severity.WARNING}
HELP = (
    "One of redocly's recommended rules: https://redocly.com/docs/cli/rules/built-in-rules. Mend the model behind it."
)
SECONDS = 120


@dataclass(slots=True)
class Redocly:
    """What redocly said; a note where it was not asked or could not answer."""

    findings: list[Finding] = field(default_factory=list)
    rules: dict[str, RuleText] = field(default_factory=dict)
    note: str = ""


def asked(document: Schema, sources: Sources) -> Redocly:
    """What redocly finds in a document."""
    command = os.environ.get(COMMAND)
    if not command:
        return Redocly(note=f"redocly's rules were not asked; {COMMAND} names its command")
    try:
        problems = _problems(command, document)
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        return Redocly(note=f"redocly's rules were not asked: {COMMAND}={command} did not answer ({error})")
    findings = [_finding(problem, document, sources) for problem in problems]
    rules = {finding.rule: RuleText(finding.rule, _title(finding.rule), HELP, finding.severity) for finding in findings}
    return Redocly(findings, rules)


def _problems(command: str, document: Schema) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        # In a folder of its own: redocly reads settings that lie beside a document.
        (Path(folder) / "openapi.json").write_bytes(sorted_json(document))
        run = subprocess.run(
            [command, "lint", "--extends", "recommended", "--format", "json", "--max-problems", "1000", "openapi.json"],
            cwd=folder,
            env={**os.environ, "REDOCLY_TELEMETRY": "off"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    start = run.stdout.find("{")
    if start < 0:
        raise ValueError((run.stderr.strip() or "nothing was printed").splitlines()[-1])
    found, _ = json.JSONDecoder().raw_decode(run.stdout[start:])
    return list(found["problems"])


def _finding(problem: dict[str, Any], document: Schema, sources: Sources) -> Finding:
    pointer = next(_pointers(problem), "")
    about = target(pointer, document)
    place: Place = sources.of_target(about)
    return Finding(
        CHECK,
        RULE.format(problem["ruleId"]),
        SEVERITIES.get(problem["severity"], Severity.WARNING),
        problem["message"].partition("\n")[0],
        about.subject,
        place,
        detail=pointer,
        key=pointer,
    )


def _pointers(problem: dict[str, Any]) -> Iterator[str]:
    for location in problem.get("location", ()):
        yield location.get("pointer", "").removeprefix("#")


def _title(rule: str) -> str:
    name = rule.removeprefix(RULE.format("")).replace("-", " ")
    return f"Redocly recommends: {name}."
