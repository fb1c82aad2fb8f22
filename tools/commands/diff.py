"""`diff`: what has changed in the contract since a base, how bad it is, which line did it, and what shows it."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, date, datetime, timedelta

from tools.base import BadBase, Schema, read_base, read_document
from tools.compat.change import Level
from tools.compat.document import NotAContract
from tools.compat.table import RULES
from tools.diff import compared
from tools.findings import Finding, Outcome, Severity
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.report import NEEDS_A_PERSON
from tools.reports.options import add_arguments, publish, reporting
from tools.waivers import RULES as WAIVER_RULES
from tools.waivers import BadWaivers, apply, read_waivers, to_paste

LEVELS = [level.value for level in Level]
PASTED = 3
"""Waivers that are written out; those after it look the same."""
GRACE = timedelta(days=90)


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    report = reporting(options)
    started = time.perf_counter()
    today = datetime.now(UTC).date()
    try:
        outcome = _outcome(options, today)
    except (BadBase, BadWaivers, BadContract, NotAContract) as error:
        return report.failed(str(error))
    outcome.seconds = time.perf_counter() - started
    code = publish(outcome, options)
    if code == NEEDS_A_PERSON:
        for line in _waivers(outcome.findings, today):
            report.line(line, "dim")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools diff", description=__doc__)
    parser.add_argument(
        "base",
        nargs="?",
        metavar="BASE",
        help="a revision of git (never checked out), `release` for the newest tag, or a file "
        "(default: origin/main, else the newest release, else HEAD)",
    )
    parser.add_argument("--no-witnesses", action="store_true", help="classify only; play nothing through the handlers")
    parser.add_argument(
        "--against", metavar="FILE", help="compare with this document, not with the models; no witnesses"
    )
    parser.add_argument(
        "--level", choices=LEVELS, default="safe", help="leave out what is less grave (default: %(default)s)"
    )
    add_arguments(parser)
    return parser


def _outcome(options: argparse.Namespace, today: date) -> Outcome:
    waivers = read_waivers()
    base = read_base(options.base)
    new = read_document(options.against) if options.against else document()
    levels = [Level(name) for name in LEVELS[: LEVELS.index(options.level) + 1]]
    plays = not (options.no_witnesses or options.against)
    findings = compared(base, new, plays, today=today, levels=levels)
    # Waivers of lint and coverage are not asked here, so none can be told to be unused.
    kept, waived = apply(findings, waivers, today, also_used={waiver.fingerprint for waiver in waivers})
    outcome = Outcome("diff", kept, waived, {**RULES, **WAIVER_RULES})
    outcome.counts = {f"operations compared with {base.label}": _operations(new)}
    if options.against:
        outcome.notes.append(f"{options.against} is no working tree, so nothing was played and no witness sought")
    return outcome


def _operations(document: Schema) -> int:
    members = (member for item in document["paths"].values() for member in item.values())
    return sum(isinstance(member, dict) and "responses" in member for member in members)


def _waivers(findings: list[Finding], today: date) -> list[str]:
    """What to paste if a break is meant."""
    errors = [finding for finding in findings if finding.check == "diff" and finding.severity is Severity.ERROR]
    if not errors:
        return []
    lines = [
        "",
        f"or, if a break is meant, answer for it in tools/waivers.toml, before the release on {today + GRACE}:",
    ]
    for finding in errors[:PASTED]:
        lines += [
            "",
            f"# {finding.subject.operation_id}: {finding.message}",
            *to_paste(finding, today + GRACE).splitlines(),
        ]
    if len(errors) > PASTED:
        lines += ["", f"# and {len(errors) - PASTED} more, each with the fingerprint shown above"]
    return lines
