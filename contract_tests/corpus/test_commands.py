"""`python -m tools corpus` and `fuzz --long`: what they say, and their exit codes."""

from __future__ import annotations

import pytest

from tools.commands.corpus import main, reported
from tools.commands.fuzz import grew
from tools.commands.fuzz import main as fuzz
from tools.corpus.distilling import Distilled
from tools.corpus.entries import Entry, Step
from tools.corpus.facts import BRANCH
from tools.corpus.growing import Grown
from tools.corpus.replay import Difference, Kind, Replayed
from tools.events import HttpCall
from tools.findings import Place
from tools.report import FINE, NEEDS_A_PERSON, STALE, Report

ENTRY = Entry("x", (Step("nobody", "v1", HttpCall("GET", "/health"), 200),), "0")
PLACE = Place("golden/corpus/checkHealth.jsonl", 1)


def outcome(kind: Kind) -> Replayed:
    return Replayed(1, 1, 0.001, [Difference(PLACE, ENTRY, kind, "it differs")], {PLACE: ENTRY})


def test_the_corpus_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == FINE

    assert "fresh: corpus" in capsys.readouterr().out


def test_what_the_command_would_write_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(outcome(Kind.STALE), Report(), check=True) == STALE

    said = capsys.readouterr().out
    assert f"{PLACE}: stale: it differs" in said
    assert "repair with: python -m tools corpus" in said


@pytest.mark.parametrize("check", [True, False])
def test_an_answer_against_the_contract_is_never_written(check: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(outcome(Kind.DEFECT), Report(), check) == NEEDS_A_PERSON

    assert f"{PLACE}: defect: it differs" in capsys.readouterr().out


def test_a_long_run_says_what_came_of_it() -> None:
    lost = (BRANCH, "getMe", "200", "handlers/gate/gate.py", "1", "2")
    made = Grown(3, 1200, distilled=Distilled([("checkHealth", ENTRY)], 50, 49, [lost], 70), before=2)

    assert list(grew(made)) == [
        "1,200 cases in 3 rounds reached 50 facts: items, errors, statuses and branches",
        "70 calls were played alone; 1 entries are enough (there were 2)",
        "together they reach 49 of the facts",
        "  not by an entry: getMe 200 handlers/gate/gate.py 1 2",
    ]


def test_a_time_without_a_long_run_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fuzz(["--seconds", "5"])

    assert "--seconds is for --long" in capsys.readouterr().err
