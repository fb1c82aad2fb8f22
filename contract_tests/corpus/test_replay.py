"""The corpus as it is holds; a response that changes is found, and so is one that breaks the contract."""

from __future__ import annotations

import copy
import functools
from dataclasses import replace
from typing import Any

from models.registry import entries
from tools.corpus import files
from tools.corpus.entries import Entry, written
from tools.corpus.files import entries_in, files_of, name_in
from tools.corpus.findings import COMMAND, RULES, checked
from tools.corpus.playing import Player
from tools.corpus.replay import Kind, Replayed, replay
from tools.events import HttpCall, Received
from tools.findings import Finding, Place, Severity
from tools.openapi.document import document
from tools.sources import Sources

MADE = document()
SOURCES = Sources(entries())
SEARCH = "golden/corpus/searchTickers.jsonl"


@functools.cache
def player() -> Player:
    return Player()


def played(corpus: dict[str, bytes], made: dict[str, Any] = MADE, by: Player | None = None) -> Replayed:
    return replay(corpus, made, player=by or player())


def only(path: str) -> dict[str, bytes]:
    return {path: files.committed()[path]}


def found_in(corpus: dict[str, bytes], made: dict[str, Any] = MADE) -> list[Finding]:
    return checked(corpus, made, SOURCES)[1]


def first_success(corpus: dict[str, bytes]) -> tuple[Place, Entry]:
    return next((place, entry) for place, entry in entries_in(corpus).items() if entry.last.status == 200)


def test_every_entry_is_answered_as_its_line_says_and_as_the_document_promises() -> None:
    outcome = played(files.committed())

    assert [f"{d.place}: {d.text}" for d in outcome.differences] == []
    assert outcome.calls >= outcome.entries > 200


def test_the_committed_files_are_written_as_they_would_be_again() -> None:
    corpus = files.committed()

    assert played(corpus).files == corpus


def test_every_file_is_named_by_an_operation() -> None:
    known = {entry.operation.id for entry in entries()} | {files.GATE}

    assert {name_in(path) for path in files.committed()} == known


def test_another_content_than_the_line_says_is_stale_at_its_line() -> None:
    place, entry = first_success(only(SEARCH))
    corpus = {SEARCH: only(SEARCH)[SEARCH].replace(entry.digest.encode(), b"0" * 12)}

    (finding,) = found_in(corpus)

    assert finding.rule == "corpus-stale"
    assert finding.severity is Severity.ERROR
    assert finding.repair == COMMAND
    assert finding.place is not None
    assert finding.place.path == "models/dashboard/tickers.py"
    assert [related.place for related in finding.related] == [place]


def test_another_status_than_the_line_says_is_said_with_both() -> None:
    _, entry = first_success(only(SEARCH))
    wrong = replace(entry, steps=(replace(entry.last, status=404),))

    outcome = played(files_of([("searchTickers", wrong)]))

    assert [d.kind for d in outcome.differences] == [Kind.STALE]
    assert "was answered by 404, now by 200" in outcome.differences[0].text


class Louder(Player):
    """Functions that have changed: each body has a space at its end, which JSON allows."""

    def call(self, call: HttpCall, shape: str) -> Received:
        got = super().call(call, shape)
        return replace(got, body=got.body + b" " if got.body else b"")


class Broken(Player):
    """Functions of which one fails."""

    def call(self, call: HttpCall, shape: str) -> Received:
        return replace(super().call(call, shape), status=502)


def test_a_handler_that_answers_something_else_is_found_by_every_entry_with_a_body() -> None:
    outcome = played(only(SEARCH), by=Louder())

    assert {d.kind for d in outcome.differences} == {Kind.STALE}
    assert len(outcome.differences) == outcome.entries


def test_an_answer_of_5xx_is_a_defect_which_no_command_mends() -> None:
    outcome = played(only(SEARCH), by=Broken())

    assert {d.kind for d in outcome.differences} == {Kind.DEFECT}
    assert len(outcome.differences) == outcome.entries


def test_an_answer_that_the_document_does_not_promise_is_a_defect() -> None:
    changed = copy.deepcopy(MADE)
    del changed["paths"]["/api/v2/tickers/search"]["get"]["responses"]["200"]

    found = found_in(only(SEARCH), changed)

    assert {(f.rule, f.repair) for f in found} == {("corpus-defect", "")}
    assert all("status 200 is not declared" in f.message for f in found)


def test_writing_again_keeps_calls_and_what_once_failed() -> None:
    _, entry = first_success(only(SEARCH))
    failed = replace(entry, digest="0" * 12, found="a crash")

    again = list(entries_in(played(files_of([("searchTickers", failed)])).files).values())

    assert again == [replace(failed, digest=entry.digest)]


def test_a_line_that_is_no_entry_is_a_finding_at_the_line() -> None:
    (finding,) = found_in({SEARCH: b"{}\n"})

    assert finding.rule == "corpus-unreadable"
    assert finding.place == Place(SEARCH, 1)


def test_findings_of_different_entries_are_different_findings() -> None:
    corpus = {SEARCH: b"".join(_with_other_digest(e) for e in entries_in(only(SEARCH)).values())}

    found = found_in(corpus)

    assert len({finding.fingerprint for finding in found}) == len(found) > 3
    assert {finding.rule for finding in found} <= set(RULES)


def _with_other_digest(entry: Entry) -> bytes:
    return f"{written(replace(entry, digest='0' * 12))}\n".encode()
