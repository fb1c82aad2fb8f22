"""`spec/CHANGELOG.md` (Keep a Changelog): one generated section for each release, among text that people write.

What stands between the two marks of a release is generated and replaced; everything else stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tools.release.version import FORM, BadVersion, Version, version_of

PATH = "spec/CHANGELOG.md"
COMMAND = "python -m tools release --write"
BEGINNING = """# Changelog

What changed for clients of the contract, newest first. The form is that of Keep a Changelog, the versions are those of
Semantic Versioning.
"""
BEGIN = "<!-- release {}: generated until its end mark; write before or after it -->"
END = "<!-- end of release {} -->"
_mark = re.compile(r"<!-- (release|end of release) ([^\s:]+)(?:: [^\n]*)? -->")
_heading = re.compile(r"## \[?([^\]\s]+)\]?(?: - (\S+))?")


class BadChangelog(Exception):
    """The changelog cannot be read. The message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """A generated section: its lines from the mark that begins it to the one that ends it, both inclusive, from 0."""

    version: str
    first: int
    last: int


def section(version: Version, day: date, body: str) -> str:
    """The generated section of a release, marks included."""
    heading = f"## [{version}] - {day.isoformat()}"
    return "\n".join((BEGIN.format(version), heading, "", body.rstrip("\n"), "", END.format(version)))


def with_section(text: str, version: Version, day: date, body: str) -> str:
    """The changelog with the section of a release: in place of the one there is, else before those of lower versions.

    Raises `BadChangelog`.
    """
    lines = (text or BEGINNING).rstrip("\n").split("\n")
    made = section(version, day, body).split("\n")
    found = _of(lines, version)
    if found is not None:
        lines[found.first : found.last + 1] = made
    else:
        at = _place(lines, version)
        before = lines[:at] if at and not lines[at - 1].strip() else [*lines[:at], ""]
        lines = [*before, *made, *([""] if lines[at:] else []), *lines[at:]]
    return "\n".join(lines) + "\n"


def day_of(text: str, version: Version) -> date | None:
    """The day in the generated section of a release; None if there is no such section. Raises `BadChangelog`."""
    lines = text.split("\n")
    found = _of(lines, version)
    if found is None:
        return None
    heading = next((_heading.fullmatch(line) for line in lines[found.first + 1 : found.last]), None)
    try:
        return date.fromisoformat(heading[2] or "") if heading else None
    except ValueError:
        raise BadChangelog(f"{PATH}: the section {version} has no day; write it again with {COMMAND}") from None


def _of(lines: list[str], version: Version) -> Block | None:
    """The generated section of a release."""
    found = [block for block in blocks(lines) if block.version == str(version)]
    if len(found) > 1:
        raise BadChangelog(
            f"{PATH}:{found[1].first + 1}: release {version} has a second section; delete one of the two"
        )
    if not found:
        _check_unwritten(lines, version)
    return found[0] if found else None


def _check_unwritten(lines: list[str], version: Version) -> None:
    for number, line in enumerate(lines, 1):
        heading = _heading.fullmatch(line)
        if heading and heading[1] == str(version):
            raise BadChangelog(
                f"{PATH}:{number}: {version} has a section that was written by hand; remove its heading, so that {COMMAND} "
                "can write one, and keep what it says as text around it"
            )


def blocks(lines: list[str]) -> list[Block]:
    """The generated sections in order. Raises `BadChangelog` where the marks are not in pairs."""
    found: list[Block] = []
    opened: tuple[str, int] | None = None
    for number, line in enumerate(lines):
        mark = _mark.fullmatch(line)
        if mark is None:
            continue
        ends, version = mark[1] != "release", mark[2]
        if ends != (opened is not None) or (opened and opened[0] != version):
            raise _unpaired(number, version)
        if opened:
            found.append(Block(version, opened[1], number))
        opened = None if ends else (version, number)
    if opened:
        raise _unpaired(opened[1], opened[0])
    return found


def _unpaired(number: int, version: str) -> BadChangelog:
    marks = f"{BEGIN.format(version)} … {END.format(version)}"
    return BadChangelog(
        f"{PATH}:{number + 1}: a mark of release {version} stands without the other; a section is {marks}"
    )


def _place(lines: list[str], version: Version) -> int:
    """Before which line a new section belongs: the first that begins one of a lower version, else after the last line."""
    begun = {block.first: block for block in blocks(lines)}
    inside = {number for block in begun.values() for number in range(block.first + 1, block.last + 1)}
    for number, line in enumerate(lines):
        heading = None if number in inside else _heading.fullmatch(line)
        text = begun[number].version if number in begun else heading[1] if heading else ""
        if _is_lower(text, version):
            return number
    return len(lines)


def _is_lower(text: str, version: Version) -> bool:
    """Unreleased, say, is no version."""
    try:
        return bool(FORM.fullmatch(text)) and version_of(text, PATH) < version
    except BadVersion:
        return False
