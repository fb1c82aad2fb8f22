"""`lint`: what clients will stumble over, by rules on the models, each finding with the line to mend."""

from __future__ import annotations

import argparse
import sys
import textwrap
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from models.registry import entries
from tools.findings import NOWHERE, Finding, Outcome, Place, RuleText, Severity
from tools.lint import redocly
from tools.lint.linting import linted
from tools.lint.table import RULES
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.report import FINE, NEEDS_A_PERSON
from tools.reports.options import add_arguments, publish, reporting
from tools.sources import Sources
from tools.waivers import RULES as WAIVER_RULES
from tools.waivers import BadWaivers, apply, read_waivers


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    unknown = [name for name in [*options.rules, *filter(None, [options.explain])] if name not in RULES]
    if unknown:
        print(f"unknown rule {unknown[0]!r}; valid: {', '.join(RULES)}", file=sys.stderr)
        return NEEDS_A_PERSON
    if options.explain:
        print(explained(RULES[options.explain]))
        return FINE
    started = time.perf_counter()
    try:
        outcome = _outcome(options.rules)
    except BadWaivers as error:
        return reporting(options).failed(str(error))
    except BadContract as error:
        outcome = Outcome("lint", _unbuilt(error))
    outcome.seconds = time.perf_counter() - started
    return publish(outcome, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools lint", description=__doc__)
    parser.add_argument("rules", nargs="*", metavar="RULE", help="ask these rules only (default: all, and redocly's)")
    parser.add_argument("--explain", metavar="RULE", help="say what a rule demands, why, and what to do")
    add_arguments(parser)
    return parser


def _outcome(rules: Sequence[str]) -> Outcome:
    everything, made = list(entries()), document()
    sources = Sources(everything)
    told = redocly.Redocly() if rules else redocly.asked(made, sources)
    asked = {name: text for name, text in RULES.items() if not rules or name in rules}
    findings = [*linted(everything, made, sources, asked), *told.findings]
    waivers = read_waivers()
    # Waivers of the difference and of coverage are not asked here, so none can be told to be unused.
    kept, waived = apply(findings, waivers, datetime.now(UTC).date(), {waiver.fingerprint for waiver in waivers})
    return Outcome(
        "lint",
        kept,
        waived,
        {**asked, **told.rules, **WAIVER_RULES},
        {"operations": len(everything), "rules asked of each": len(asked)},
        notes=[told.note] if told.note else [],
    )


def _unbuilt(error: BadContract) -> list[Finding]:
    """What keeps the document from being made: rules are asked of a contract that can be published."""
    sources = Sources(entries())

    def place(part: BadContract) -> Place | None:
        if part.pointer:
            return sources.of_document_pointer(part.pointer, {})
        return sources.of(part.subject) if part.subject != NOWHERE else None

    return [
        Finding("contract", "contract-builds", Severity.ERROR, str(part), part.subject, place(part))
        for part in error.parts
    ]


def explained(rule: RuleText) -> str:
    """What a rule demands, how grave it is to break it, why, and what to do."""
    lines = [f"{rule.id} ({rule.severity.value})", rule.title, "", *textwrap.wrap(rule.help, 100)]
    return "\n".join(lines)
