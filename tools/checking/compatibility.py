"""What the change does to those who rely on the contract: lint, coverage and the difference from a base; waivers at the end."""

from __future__ import annotations

from datetime import date

from models.registry import entries
from tools.base import BadBase, Base, read_base
from tools.checking.run import Run
from tools.compat.document import NotAContract
from tools.compat.table import RULES as DIFF_RULES
from tools.coverage import findings as covering
from tools.coverage.items import Coverage
from tools.coverage.measuring import PATH, threshold_in
from tools.diff import compared, fingerprints
from tools.findings import Finding, Place, RuleText, Severity
from tools.lint import redocly
from tools.lint.linting import linted
from tools.lint.table import RULES as LINT_RULES
from tools.waivers import PATH as WAIVERS
from tools.waivers import RULES as WAIVER_RULES
from tools.waivers import BadWaivers, apply, read_waivers

NO_BASE = "none"
READABLE = RuleText(
    "base-readable",
    "There is a contract to compare with.",
    "Fetch the revision, name another base with --base, or say --base none where compatibility is not asked.",
)
WAIVERS_READABLE = RuleText(
    "waivers-readable",
    "The file of waivers can be read.",
    "A waiver that cannot be read covers nothing. Mend the file as the message says.",
)


def check_lint(run: Run) -> None:
    """The rules on the models and, where it is installed, redocly's on the document."""
    run.add(linted(entries(), run.document, run.sources), LINT_RULES.values())
    beside = redocly.asked(run.document, run.sources)
    run.add(beside.findings, beside.rules.values())
    run.outcome.notes.extend(filter(None, [beside.note]))


def base_of(run: Run, asked: str | None) -> Base | None:
    """The contract to compare with; a finding if there should be one and is none."""
    if asked == NO_BASE:
        run.outcome.notes.append("compared with nothing, as asked")
        return None
    try:
        base = read_base(asked)
    except BadBase as error:
        finding = Finding("diff", READABLE.id, Severity.ERROR, str(error), key=asked)
        run.add([finding], [READABLE])
        return None
    run.outcome.notes.append(f"compared with {base.label}")
    return base


def check_coverage(run: Run, coverage: Coverage, base: Base | None) -> None:
    """Whether everything is exercised, and no less than in the base."""
    run.counts[f"items of coverage, {float(coverage.share):.2%} exercised"] = len(coverage.exercised)
    least = threshold_in(base.file(PATH)) if base else None
    run.add(covering.findings(coverage, run.sources, least), covering.RULES.values())


def check_changes(run: Run, base: Base | None, today: date) -> None:
    """Whether everybody who kept to the base is still served."""
    if base is None:
        return
    try:
        found = compared(base, run.document, today=today, sources=run.sources)
    except NotAContract as error:
        run.add([Finding("diff", READABLE.id, Severity.ERROR, str(error), key=base.label)], [READABLE])
        return
    run.counts[f"differences from {base.label}"] = len(found)
    run.add(found, DIFF_RULES.values())


def waive(run: Run, today: date) -> None:
    """Takes out what somebody answers for; what is wrong with the waivers comes in."""
    run.outcome.rules = {**run.outcome.rules, **WAIVER_RULES, WAIVERS_READABLE.id: WAIVERS_READABLE}
    try:
        waivers = read_waivers()
    except BadWaivers as error:
        run.add([Finding("waivers", WAIVERS_READABLE.id, Severity.ERROR, str(error), place=Place(WAIVERS, 1))])
        return
    since = _since_release(run, today) if waivers and run.document else set()
    run.outcome.findings, run.outcome.waived = apply(run.outcome.findings, waivers, today, since)


def _since_release(run: Run, today: date) -> set[str]:
    """What has changed since the last release, if there was one: waivers of it live until the next."""
    try:
        return fingerprints(read_base("release"), run.document, today)
    except (BadBase, NotAContract):
        return set()
