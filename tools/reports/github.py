"""The outcome as annotations of a GitHub Actions run: one workflow command a line, at the line of the file that caused it.

GitHub shows the first ten errors, warnings and notices of a step; as errors come first, what is not shown matters least.
All of them stay in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from tools.findings import Finding, Outcome, Severity, Waived
from tools.reports import reading
from tools.reports.text import one_line, visible

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
SHOWN = 10
# What the checks API takes of an annotation.
TITLE_CHARACTERS, MESSAGE_BYTES = 255, 64_000


def written(outcome: Outcome) -> str:
    return "".join(f"{line}\n" for line in _lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    for finding in reading.ordered(outcome.findings):
        yield _annotation(COMMANDS[finding.severity], finding, _title(finding), _text(finding, "waive as"))
    for item in reading.waived(outcome):
        yield _annotation("notice", item.finding, f"waived: {_title(item.finding)}", _waived(item))
    for note in outcome.notes:
        yield f"::notice title={_property(outcome.command)}::{_data(one_line(note))}"
    found = reading.found(outcome)
    most = max(found["errors"], found["warnings"], found["notes"] + found["waived"] + len(outcome.notes))
    more = f" (GitHub shows {SHOWN} of each kind; the log has all)" if most > SHOWN else ""
    # No command: a line that starts with a word is only printed.
    yield f"verdict: {outcome.verdict}, {reading.summary(outcome)}{more}"


def _annotation(command: str, finding: Finding, title: str, text: str) -> str:
    properties = {"title": title}
    if finding.place:
        properties = {"file": finding.place.path, "line": str(finding.place.line), **properties}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {listed}::{_data(text)}"


def _title(finding: Finding) -> str:
    return f"{finding.check}: {finding.rule}"


def _text(finding: Finding, handle: str) -> str:
    parts = [f"{finding.subject}: {one_line(finding.message)}", finding.detail]
    parts += [f"see {item.place}: {one_line(item.text)}" for item in reading.related(finding)]
    parts += [f"{handle} {finding.fingerprint}"] if reading.may_be_waived(finding) else []
    parts += [f"repair with: {finding.repair}"] if finding.repair else []
    return "\n".join(part for part in parts if part)


def _waived(item: Waived) -> str:
    return f"{_text(item.finding, 'waived as')}\n{one_line(item.reason)} ({one_line(item.owner)}, until {one_line(item.expires)})"


def _data(text: str) -> str:
    """A message as @actions/core escapes it."""
    short = visible(text).encode()[:MESSAGE_BYTES].decode(errors="ignore")
    return short.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property as @actions/core escapes it."""
    return _data(one_line(text)[:TITLE_CHARACTERS]).replace(":", "%3A").replace(",", "%2C")
