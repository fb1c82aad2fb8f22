"""The outcome for a person at a terminal: the counts, each finding once, and on the last line the next thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tools.findings import Finding, Outcome, Severity, Waived
from tools.report import diff_style
from tools.reports import reading
from tools.reports.text import cut, one_line, plural, visible

MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: None}
VERDICT_STYLES = {"fine": "bold green", "stale": "bold yellow", "failed": "bold red"}
INDENT = "    "
# A gutter tells what is quoted from what is said. No line starts with a text of a finding: a build server would obey a command.
GUTTER = f"{INDENT}│ "
SHOWN_LINES = 16
SHOWN_CHARACTERS = 400


class Line(NamedTuple):
    """A line to print, and its style in rich's words."""

    text: str
    style: str | None = None


def written(outcome: Outcome) -> str:
    """The whole of it, nothing cut."""
    return "".join(f"{line.text}\n" for line in lines(outcome))


def lines(outcome: Outcome, shown: int | None = None) -> Iterator[Line]:
    """Every line; of a detail at most `shown` lines, and these not longer than a screen can take.

    What a check notes beside its verdict then has one line; the command of the part (`diff`, `lint`) says more.
    """
    yield Line("")
    yield from _counts(outcome)
    for severity, check, findings in reading.grouped(outcome.findings):
        yield Line("")
        yield Line(f"── {one_line(check)}: {plural(len(findings), severity.value)}", "bold")
        for finding in findings:
            brief = severity is Severity.NOTE and outcome.command == "check" and shown is not None
            whole = _finding(finding, MARKS[severity], STYLES[severity], shown, "waive as")
            yield from islice(whole, 1) if brief else whole
    if outcome.waived:
        yield Line("")
        yield Line("── waived", "bold")
    for item in reading.waived(outcome):
        yield from _waived(item, shown)
    yield Line("")
    for note in outcome.notes:
        yield Line(f"· {one_line(note)}", "dim")
    yield Line(reading.next_step(outcome), VERDICT_STYLES[outcome.verdict])


def _counts(outcome: Outcome) -> Iterator[Line]:
    for text, number in outcome.counts.items():
        yield Line(f"{number:>9,}  {one_line(text)}")
    found = reading.found(outcome)
    for text, style in (("errors", "red"), ("warnings", "yellow"), ("notes", None), ("waived", None)):
        if found[text]:
            yield Line(f"{found[text]:>9,}  {text}", style)
    if not any(found.values()):
        yield Line(f"{0:>9,}  findings", "green")
    yield Line(f"{outcome.seconds:>9,.1f}  seconds")


def _finding(finding: Finding, mark: str, style: str | None, shown: int | None, handle: str) -> Iterator[Line]:
    place = f"{one_line(str(finding.place))}  " if finding.place else ""
    yield Line(f"{mark} {place}{one_line(finding.message)}", style)
    yield Line(INDENT + " · ".join(_facts(finding, handle)), "dim")
    yield from _detail(finding, shown)
    for item in reading.related(finding):
        yield Line(f"{INDENT}see {one_line(str(item.place))}: {one_line(item.text)}", "dim")


def _facts(finding: Finding, handle: str) -> Iterator[str]:
    yield f"in {one_line(str(finding.subject))}"
    yield one_line(finding.rule)
    if reading.may_be_waived(finding):
        yield f"{handle} {finding.fingerprint}"


def _detail(finding: Finding, shown: int | None) -> Iterator[Line]:
    if not finding.detail:
        return
    quoted = visible(finding.detail).rstrip("\n").split("\n")
    for line in quoted[:shown]:
        text = line if shown is None else cut(line, SHOWN_CHARACTERS)
        yield Line((GUTTER + text).rstrip(), diff_style(line) if finding.repair else None)
    if shown is not None and len(quoted) > shown:
        more = plural(len(quoted) - shown, "more line")
        yield Line(f"{INDENT}… {more}; --format terminal=FILE writes them all", "dim")


def _waived(item: Waived, shown: int | None) -> Iterator[Line]:
    yield from _finding(item.finding, "~", None, shown, "waived as")
    yield Line(
        f"{INDENT}waived: {one_line(item.reason)} ({one_line(item.owner)}, until {one_line(item.expires)})", "dim"
    )
