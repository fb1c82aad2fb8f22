"""The outcome as JSON: it parses, and says everything that a finding has."""

from __future__ import annotations

import dataclasses
import json

from hypothesis import given, settings

from contract_tests.reports.outcomes import LOWERED, WAIVED, outcome, outcomes
from tools.findings import Finding, Outcome
from tools.reports import reading
from tools.reports.as_json import written


@settings(max_examples=60)
@given(outcome=outcomes())
def test_findings_come_back_as_they_were(outcome: Outcome) -> None:
    read = json.loads(written(outcome))
    expected = reading.ordered(outcome.findings)

    for name in ("check", "rule", "message", "detail", "repair", "key", "fingerprint"):
        assert [finding[name] for finding in read["findings"]] == [getattr(finding, name) for finding in expected]
    assert read["notes"] == outcome.notes
    assert read["counts"] == dict(outcome.counts)


def test_the_keys_and_their_order_are_kept() -> None:
    read = json.loads(written(outcome()))

    assert list(read) == [
        "command", "verdict", "exit_code", "found", "counts", "findings", "waived", "rules", "notes", "seconds",
    ]  # fmt: skip
    assert set(read["findings"][0]) == {*(f.name for f in dataclasses.fields(Finding)), "fingerprint"}


def test_a_finding_has_every_attribute() -> None:
    assert json.loads(written(outcome()))["findings"][0] == {
        "check": "diff",
        "rule": "request-maximum-lowered",
        "severity": "error",
        "message": "limit takes at most 50 now, 100 before",
        "subject": {"operation_id": "searchTickers", "location": "query", "pointer": "/limit"},
        "place": {"path": "models/fields.py", "line": 12},
        "related": [{"path": "models/dashboard/tickers.py", "line": 17, "text": "the field that has this type"}],
        "detail": LOWERED.detail,
        "repair": "",
        "key": {"old": 100, "new": 50},
        "fingerprint": LOWERED.fingerprint,
    }


def test_what_is_waived_has_its_reason() -> None:
    (item,) = json.loads(written(outcome()))["waived"]

    assert [item[name] for name in ("reason", "owner", "expires")] == [WAIVED.reason, WAIVED.owner, WAIVED.expires]
    assert item["finding"]["rule"] == "bounded-text"
