"""Long fuzzing from end to end, in small: the same seed gives the same corpus, and what is there is built upon."""

from __future__ import annotations

import pytest

from tools.corpus.entries import Entry
from tools.corpus.files import entries_in, files_of
from tools.corpus.growing import Grown, grown
from tools.fuzz.driver import COVERAGE, FUZZING
from tools.fuzz.run import FuzzOptions

pytestmark = pytest.mark.exhaustive


def grew(shards: int, there: dict[str, bytes] | None = None, rounds: int = 1) -> Grown:
    options = FuzzOptions(7, 3, (COVERAGE, FUZZING), "validate*", shards)
    return grown(options, rounds, None, there or {}, lambda name, cases: None)


def test_the_same_seed_gives_the_same_corpus_however_it_is_dealt_out() -> None:
    alone, together = grew(1), grew(2)

    assert alone.files == together.files
    assert alone.findings == []
    assert alone.distilled is not None
    assert alone.distilled.lost == []


def test_what_was_there_is_kept_and_added_to() -> None:
    there = grew(1).files
    rare = Entry("", next(iter(entries_in(there).values())).steps, "", "a failure of long ago")

    more = grew(1, files_of([("validateTicker", rare)]))

    assert more.before == 1
    assert rare.found in {entry.found for entry in entries_in(more.files).values()}
