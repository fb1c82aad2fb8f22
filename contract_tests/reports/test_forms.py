"""What holds for every form, whatever the findings say: each finding once, nothing that acts, the same bytes each time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings

from contract_tests.reports.outcomes import CAREFUL, LOWERED, SAFE, STALE, outcome, outcomes, said, token
from tools.artefacts import ROOT
from tools.findings import Outcome, Place
from tools.reports import reading
from tools.reports.options import FORMS
from tools.reports.text import cut, visible

# What a terminal or a build server obeys, or what a person cannot see.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]")


@settings(max_examples=60)
@given(outcome=outcomes())
def test_each_finding_appears_exactly_once_in_every_form(outcome: Outcome) -> None:
    tokens = [token(number) for number, _ in enumerate(said(outcome))]
    found = {form: [written(outcome).count(word) for word in tokens] for form, written in FORMS.items()}

    assert found == {form: [1] * len(tokens) for form in FORMS}


@settings(max_examples=60)
@given(outcome=outcomes())
def test_no_control_character_reaches_any_form(outcome: Outcome) -> None:
    assert {form: ACTING.findall(written(outcome)) for form, written in FORMS.items()} == {form: [] for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_errors_come_before_warnings_before_notes(form: str) -> None:
    text = FORMS[form](outcome())
    order = [text.index(finding.message.replace("`", "\\`" if form == "markdown" else "`").split("`")[0])
             for finding in (LOWERED, STALE, CAREFUL, SAFE)]  # fmt: skip

    assert order == sorted(order) or form == "junit"


@pytest.mark.parametrize("form", FORMS)
def test_the_order_in_which_findings_were_made_does_not_matter(form: str) -> None:
    one, other = outcome(), outcome()
    for made in (one, other):
        made.findings.append(replace(LOWERED, key="another"))
    other.findings.reverse()
    other.rules = dict(reversed(list(other.rules.items())))

    assert FORMS[form](one) == FORMS[form](other)


def test_in_a_check_findings_are_in_the_order_of_their_lines_and_those_without_a_place_come_last() -> None:
    nowhere = replace(LOWERED, place=None)
    later = replace(LOWERED, place=Place("models/fields.py", 100))

    assert reading.ordered([nowhere, later, LOWERED]) == [LOWERED, later, nowhere]


PROGRAM = """
from contract_tests.reports.outcomes import outcome
from tools.reports.options import FORMS
print(*(form(outcome()) for form in FORMS.values()))
"""


def test_the_same_outcome_is_the_same_bytes_whatever_the_hash_seed() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1
    assert len(made.pop()) > 1000


def test_only_errors_and_warnings_that_no_command_mends_may_be_waived() -> None:
    found = [reading.may_be_waived(finding) for finding in (LOWERED, CAREFUL, SAFE, STALE)]

    assert found == [True, True, False, False]


def test_control_characters_are_spelled_out() -> None:
    assert visible("a\r\nb\tc\x1b[31m\x85\u202e\ud800\ufffe") == "a\nb\tc\\x1b[31m\\x85\\u202e\\ud800\\ufffe"


def test_a_cut_line_says_how_much_is_missing() -> None:
    assert cut("x" * 1500, 300) == "x" * 300 + "… (1,200 more characters)"
    assert cut("x" * 300, 300) == "x" * 300


def test_an_outcome_without_anything_is_fine_in_every_form() -> None:
    nothing = Outcome("diff")

    assert "no change breaks a client" in FORMS["terminal"](nothing)
    assert "no change breaks a client" in FORMS["markdown"](nothing)
    assert json.loads(FORMS["json"](nothing))["verdict"] == "fine"
    assert json.loads(FORMS["sarif"](nothing))["runs"][0]["results"] == []
    assert 'tests="0"' in FORMS["junit"](nothing)
    assert FORMS["github"](nothing) == "verdict: fine, nothing found\n"
