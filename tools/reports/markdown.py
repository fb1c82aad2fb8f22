"""The outcome for a pull request, in GitHub's Markdown: the verdict, the counts, what breaks clients with its witness, the rest.

Texts of findings are shown as they are, whatever they hold: no markup, no HTML, no mention, no link comes of them. A comment
may have 65,536 characters: what does not fit is left out, details first, from the end, and a sentence says how much it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.findings import Finding, Outcome, Severity, Waived
from tools.reports import reading
from tools.reports.text import cut, one_line, plural, visible

LIMIT = 65_536
"""In bytes of UTF-8, the strictest reading of GitHub's limit on characters."""
RESERVE = 512
"""For what closes a section and says what was left out."""
LINE = 600
"""No text of one line is longer: nobody reads it, and it would push the rest out."""
VERDICTS = {"fine": "✓", "stale": "≠", "failed": "✗"}
TITLES = {
    ("diff", Severity.ERROR): "Breaking changes",
    ("diff", Severity.WARNING): "Changes to be careful with",
    ("diff", Severity.NOTE): "Safe changes",
}
CLOSING = ["</details>", ""]
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~!#$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# No backslash keeps these from what GitHub does after Markdown: mentions, references, formulas. (Renovate breaks the first
# two the same way; the third is in GitHub's own manual.)
_AFTER_MARKDOWN = {"@": "@&#8203;", "#": "#&#8203;", "$": "<span>$</span>"}


def written(outcome: Outcome) -> str:
    headline, last = _headline(outcome), [f"**{_inline(reading.next_step(outcome))}**"]
    sections = [*_sections(outcome)]
    room = _Room(LIMIT - RESERVE - _size(headline) - _size(last))
    for section in sections:
        room.fill(section)
    for entry in (entry for section in sections for entry in section.entries if entry.shown):
        entry.whole = not entry.detail or room.take(entry.detail)
    lines = [line for section in sections for line in section.lines()]
    return "".join(f"{line}\n" for line in [*headline, *lines, *_missing(sections), *last])


@dataclass(slots=True)
class _Entry:
    """A finding, a waiver or a note of the run: what is said of it, and what is folded below."""

    said: list[str]
    detail: list[str] = field(default_factory=list)
    shown: bool = False
    whole: bool = False


@dataclass(slots=True)
class _Section:
    """Entries under a title; folded ones have to be closed again."""

    opening: list[str]
    entries: list[_Entry]
    closing: list[str]

    def lines(self) -> Iterator[str]:
        shown = [entry for entry in self.entries if entry.shown]
        if shown:
            yield from self.opening
            for entry in shown:
                yield from entry.said
                yield from entry.detail if entry.whole else ()
            yield from self.closing


@dataclass(slots=True)
class _Room:
    """What may still be written, in bytes."""

    left: int

    def take(self, lines: list[str]) -> bool:
        fits = _size(lines) <= self.left
        self.left -= _size(lines) if fits else 0
        return fits

    def fill(self, section: _Section) -> None:
        """As many entries as fit, from the first on, still without their details."""
        if self.take([*section.opening, *section.closing]):
            for entry in section.entries:
                entry.shown = self.take(entry.said)


def _headline(outcome: Outcome) -> list[str]:
    """The first line lets a workflow find its own comment again."""
    found = reading.found(outcome)
    rows = [f"| {found[name]:,} | {name} |" for name in ("errors", "warnings", "notes", "waived")]
    rows += [f"| {number:,} | {_inline(text)} |" for text, number in outcome.counts.items()]
    name = _inline(outcome.command)
    return [
        f"<!-- bellwether {re.sub('[^a-z]', '', outcome.command)} -->",
        f"## {VERDICTS[outcome.verdict]} {name}: {outcome.verdict}, {reading.summary(outcome)}",
        "",
        "| | |",
        "|---:|:---|",
        *rows,
        "",
    ]


def _sections(outcome: Outcome) -> Iterator[_Section]:
    """Errors and warnings stand open; notes and what is waived are folded away."""
    for severity, check, findings in reading.grouped(outcome.findings):
        title = f"{TITLES.get((check, severity), f'{check}: {severity.value}s')} ({len(findings):,})"
        entries = [_Entry([_line(finding, "waive as"), ""], _detail(finding)) for finding in findings]
        if severity is Severity.NOTE:
            yield _Section(_opening(title), entries, CLOSING)
        else:
            yield _Section([f"### {_inline(title)}", ""], entries, [])
    waived = [
        _Entry([_line(w.finding, "waived as"), "", _reason(w), ""], _detail(w.finding)) for w in reading.waived(outcome)
    ]
    yield _Section(_opening(f"Waived ({len(waived):,})"), waived, CLOSING)
    notes = [_Entry([f"Note: {_inline(note)}", ""]) for note in outcome.notes]
    yield _Section([], notes, [])


def _opening(title: str) -> list[str]:
    """HTML up to the blank line: no Markdown in the title."""
    plain = re.sub("[@#$]", _escaped, html.escape(cut(one_line(title), LINE), quote=False))
    return ["<details>", f"<summary>{plain}</summary>", ""]


def _line(finding: Finding, handle: str) -> str:
    """One paragraph that starts with code, the place: no text of a finding starts a line."""
    where = [str(finding.place), str(finding.subject)] if finding.place else [str(finding.subject)]
    facts = [*map(_code, where[1:]), f"rule {_code(finding.rule)}"]
    facts += [f"{handle} {_code(finding.fingerprint)}"] if reading.may_be_waived(finding) else []
    facts += [f"see {_code(str(item.place))}: {_inline(item.text)}" for item in reading.related(finding)]
    return f"**{_code(where[0])}** {_inline(finding.message)}<br>{' · '.join(facts)}"


def _reason(item: Waived) -> str:
    return f"Waived: {_inline(item.reason)} ({_inline(item.owner)}, until {_inline(item.expires)})"


def _detail(finding: Finding) -> list[str]:
    """Folded, in a fence longer than any run of backticks inside."""
    if not finding.detail:
        return []
    quoted = [cut(line, LINE) for line in visible(finding.detail).rstrip("\n").split("\n")]
    fence = "`" * max(3, 1 + max(len(run) for line in quoted for run in ["", *re.findall("`+", line)]))
    return [*_opening(_summary(finding)), f"{fence}{'diff' if finding.repair else ''}", *quoted, fence, "", *CLOSING]


def _summary(finding: Finding) -> str:
    if finding.repair:
        return "Difference"
    return "Witness" if finding.check == "diff" and finding.severity is Severity.ERROR else "Detail"


def _missing(sections: list[_Section]) -> list[str]:
    entries = [entry for section in sections for entry in section.entries]
    left_out = sum(not entry.shown for entry in entries)
    shortened = sum(entry.shown and not entry.whole for entry in entries)
    counted = [plural(left_out, "entry", "entries")] if left_out else []
    counted += [plural(shortened, "detail")] if shortened else []
    what = " and ".join(counted)
    return (
        [f"Left out, to stay within {LIMIT:,} characters: {what}. `--format json` has everything.", ""] if what else []
    )


def _inline(text: str) -> str:
    return _MARKUP.sub(_escaped, cut(one_line(text), LINE))


def _escaped(found: re.Match[str]) -> str:
    return _AFTER_MARKDOWN.get(found[0], f"\\{found[0]}")


def _code(text: str) -> str:
    """A code span with more backticks than any run inside (CommonMark §6.1)."""
    plain = cut(one_line(text), LINE) or " "
    marks = "`" * (1 + max(len(run) for run in ["", *re.findall("`+", plain)]))
    space = " " if "`" in plain else ""
    return f"{marks}{space}{plain}{space}{marks}"


def _size(lines: list[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
