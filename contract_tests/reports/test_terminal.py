"""The outcome on a terminal: it can be read, every place opens, and its last line is what to do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from contract_tests.reports.outcomes import CAREFUL, LOWERED, STALE, STALE_GOLDEN, WAIVED, outcome, outcomes
from tools.findings import Outcome
from tools.reports.terminal import GUTTER, SHOWN_CHARACTERS, SHOWN_LINES, lines, written

EXPECTED = f"""
       30  operations
    1,161  goldens
        2  errors
        1  warnings
        1  notes
        1  waived
     12.3  seconds

── diff: 1 error
✗ models/fields.py:12  limit takes at most 50 now, 100 before
    in searchTickers query /limit · request-maximum-lowered · waive as {LOWERED.fingerprint}
    │ GET /api/v2/tickers/search?limit=51
    │ before: 200
    │ now:    422
    see models/dashboard/tickers.py:17: the field that has this type

── fresh: 1 error
✗ spec/openapi.json:1  spec/openapi.json: changed
    in the contract · artefact-fresh
    │ --- committed
    │ +++ generated
    │ -old
    │ +new

── diff: 1 warning
! models/dashboard/market.py:30  a client can meet the new value `halted`
    in getMarketStatus response 200 /status · response-enum-extended · waive as {CAREFUL.fingerprint}

── diff: 1 note
· models/dashboard/tickers.py:25  sector is new
    in searchTickers response 200 /items/*/sector · response-field-added

── waived
~ q has no longest text
    in searchTickers query /q · bounded-text · waived as {WAIVED.finding.fingerprint}
    waived: the store cuts it at 200 (search@bellwether.example, until 2025-06-30)

· redocly is not there: the document is not linted by it
next: mend the errors above, then python -m tools generate, then run this again
"""


def test_a_failed_check_reads_like_this() -> None:
    assert written(outcome()) == EXPECTED


def test_what_is_stale_ends_with_every_command_once() -> None:
    text = written(Outcome("check", [STALE_GOLDEN, STALE, replace(STALE, message="routes.json: changed")]))

    assert text.splitlines()[-1] == (
        "next: python -m tools golden && python -m tools generate, then read the difference and commit it"
    )


def test_warnings_and_notes_alone_are_fine() -> None:
    kept = [finding for finding in outcome().findings if finding.severity.value != "error"]

    assert written(Outcome("check", kept)).splitlines()[-1] == "the contract holds"


def test_long_details_are_cut_on_the_screen_and_never_in_a_file() -> None:
    long = replace(LOWERED, detail="\n".join(f"line {n} " + "x" * 500 for n in range(SHOWN_LINES + 5)))
    shown = [line.text for line in lines(Outcome("diff", [long]), SHOWN_LINES)]
    whole = written(Outcome("diff", [long]))

    assert sum(line.startswith(GUTTER) for line in shown) == SHOWN_LINES
    assert max(map(len, shown)) < SHOWN_CHARACTERS + 50
    assert "    … 5 more lines; --format terminal=FILE writes them all" in shown
    assert all(f"{GUTTER}{line}\n" in whole for line in long.detail.splitlines())


@settings(max_examples=60)
@given(outcome=outcomes())
def test_nothing_that_is_said_of_a_finding_starts_a_line(outcome: Outcome) -> None:
    assert [line for line in written(outcome).splitlines() if line.lstrip().startswith("::")] == []
