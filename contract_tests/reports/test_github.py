"""Annotations: one a line, at the right file and line, and nothing that a finding says becomes a command."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings

from contract_tests.reports.outcomes import LOWERED, STALE, outcome, outcomes, said
from tools.findings import Outcome, Place
from tools.reports.github import MESSAGE_BYTES, TITLE_CHARACTERS, written
from tools.reports.text import one_line

# The runner splits a command at the first `::` after the properties.
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,]*)(?:,[a-z]+=[^:,]*)*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message, as the runner reads them."""
    found = COMMAND.fullmatch(line)
    assert found, line
    listed = (pair.partition("=") for pair in found[2].split(","))
    return found[1], {name: unescaped(value) for name, _, value in listed}, unescaped(found[3])


def unescaped(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@settings(max_examples=60)
@given(outcome=outcomes())
def test_there_is_one_annotation_a_line(outcome: Outcome) -> None:
    *annotations, last = written(outcome).splitlines()

    assert len(annotations) == len(said(outcome)) + len(outcome.notes)
    assert all(read(line) for line in annotations)
    assert last.startswith("verdict: ")


@settings(max_examples=60)
@given(outcome=outcomes())
def test_messages_are_read_as_they_were_written(outcome: Outcome) -> None:
    messages = "\n".join(read(line)[2] for line in written(outcome).splitlines()[:-1])

    assert [finding for finding in said(outcome) if one_line(finding.message) not in messages] == []


def test_an_error_points_at_its_line() -> None:
    command, properties, message = read(written(outcome()).splitlines()[0])

    assert command == "error"
    assert properties == {"file": "models/fields.py", "line": "12", "title": "diff: request-maximum-lowered"}
    assert message == (
        "searchTickers query /limit: limit takes at most 50 now, 100 before\n"
        "GET /api/v2/tickers/search?limit=51\nbefore: 200\nnow:    422\n"
        "see models/dashboard/tickers.py:17: the field that has this type\n"
        f"waive as {LOWERED.fingerprint}"
    )


def test_warnings_notes_and_what_is_waived_follow() -> None:
    commands = [read(line)[0] for line in written(outcome()).splitlines()[:-1]]

    assert commands == ["error", "error", "warning", "notice", "notice", "notice"]


def test_colons_commas_and_percents_of_properties_are_escaped() -> None:
    line = written(Outcome("diff", [replace(LOWERED, place=Place("a:b,c%d", 1))])).splitlines()[0]

    assert line.startswith("::error file=a%3Ab%2Cc%25d,line=1,title=diff%3A request-maximum-lowered::")


def test_what_is_stale_names_its_command() -> None:
    assert read(written(Outcome("check", [STALE])).splitlines()[0])[2].endswith("repair with: python -m tools generate")


def test_titles_and_messages_are_no_longer_than_github_takes() -> None:
    long = replace(LOWERED, rule="r" * 1000, detail="€" * 10**5)
    _, properties, message = read(written(Outcome("diff", [long])).splitlines()[0])

    assert len(properties["title"]) == TITLE_CHARACTERS
    assert MESSAGE_BYTES - 3 < len(message.encode()) <= MESSAGE_BYTES


def test_more_than_github_shows_is_said() -> None:
    many = [replace(LOWERED, key=number) for number in range(11)]

    assert written(Outcome("diff", many)).splitlines()[-1] == (
        "verdict: failed, 11 errors (GitHub shows 10 of each kind; the log has all)"
    )
