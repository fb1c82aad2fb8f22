"""SARIF: valid against the schema of OASIS, and what code scanning asks for beyond it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings

from contract_tests.reports.outcomes import LOWERED, RULES, STALE, WAIVED, outcome, outcomes, said
from tools.artefacts import ROOT
from tools.findings import Outcome, Place
from tools.reports.sarif import written

# The pattern of `language`, which we do not use, has a bracket too many: a strict reader of patterns refuses it.
SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8").replace("{2}]?$", "{2}$"))
# Written for draft 4, read as draft 7: that one knows the format `uri-reference`, and no keyword of the file differs.
VALIDATOR = jsonschema_rs.Draft7Validator(SCHEMA, validate_formats=True)


def run_of(outcome: Outcome) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(written(outcome))["runs"][0]
    return run


@settings(max_examples=60)
@given(outcome=outcomes())
def test_every_outcome_is_valid_sarif(outcome: Outcome) -> None:
    log = json.loads(written(outcome))

    assert [error.message for error in VALIDATOR.iter_errors(log)] == []


def test_a_second_validator_agrees() -> None:
    jsonschema.Draft4Validator.check_schema(SCHEMA)
    log = json.loads(written(outcome()))

    assert list(jsonschema.Draft4Validator(SCHEMA).iter_errors(log)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run["results"][0].update(level="fatal"),
        lambda run: run["results"][0].update(unknown=1),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].update(uri="a b"),
        lambda run: run["tool"]["driver"]["rules"].append(run["tool"]["driver"]["rules"][0]),
        lambda run: run["invocations"][0].pop("executionSuccessful"),
    ],
)
def test_the_schema_refuses_what_is_no_sarif(spoil: Any) -> None:
    log = json.loads(written(outcome()))
    spoil(log["runs"][0])

    assert not VALIDATOR.is_valid(log)


@settings(max_examples=60)
@given(outcome=outcomes())
def test_results_name_their_rule_by_id_and_index_and_have_one_place(outcome: Outcome) -> None:
    run = run_of(outcome)
    rules = run["tool"]["driver"]["rules"]

    assert len(run["results"]) == len(said(outcome))
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(len(result["locations"]) == 1 for result in run["results"])
    assert all(rule["shortDescription"]["text"] for rule in rules if rule["id"])


def test_every_rule_that_was_asked_is_described() -> None:
    rules = {rule["id"]: rule for rule in run_of(outcome())["tool"]["driver"]["rules"]}

    assert set(rules) > set(RULES)
    assert rules["request-maximum-lowered"] == {
        "id": "request-maximum-lowered",
        "shortDescription": {"text": "A maximum may rise, not fall."},
        "fullDescription": {"text": "Somebody sends more."},
        "help": {"text": "A maximum may rise, not fall.\n\nSomebody sends more."},
        "defaultConfiguration": {"level": "error"},
    }
    assert rules["named-in-order"]["defaultConfiguration"] == {"level": "warning"}


def test_a_result_says_where_it_is_in_the_files_and_in_the_contract() -> None:
    result = run_of(outcome())["results"][0]

    assert result["message"]["text"].startswith("limit takes at most 50 now, 100 before\n\nGET /api/v2")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "models/fields.py", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 12},
            },
            "logicalLocations": [
                {"name": "searchTickers", "fullyQualifiedName": "searchTickers", "kind": "operation"},
                {"name": "query", "fullyQualifiedName": "searchTickers query", "kind": "location"},
                {"name": "/limit", "fullyQualifiedName": "searchTickers query /limit", "kind": "pointer"},
            ],
        }
    ]
    assert result["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 17}
    assert result["partialFingerprints"] == {"bellwetherFinding/v1": LOWERED.fingerprint}


def test_a_waived_result_is_suppressed_with_its_reason_and_no_other_is() -> None:
    results = run_of(outcome())["results"]

    assert [len(result["suppressions"]) for result in results] == [0, 0, 0, 0, 1]
    assert results[-1]["suppressions"][0] == {
        "kind": "external",
        "status": "accepted",
        "justification": WAIVED.reason,
        "properties": {"owner": WAIVED.owner, "expires": WAIVED.expires},
    }


@pytest.mark.parametrize(
    ("findings", "code", "verdict"), [([], 0, "fine"), ([STALE], 4, "stale"), ([LOWERED], 100, "failed")]
)
def test_the_invocation_has_the_exit_code_and_the_notes(findings: list[Any], code: int, verdict: str) -> None:
    (invocation,) = run_of(Outcome("check", findings, notes=["no git here"]))["invocations"]

    assert invocation["executionSuccessful"] is True
    assert (invocation["exitCode"], invocation["exitCodeDescription"]) == (code, verdict)
    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": "no git here"}}]


def test_what_no_line_caused_stands_on_the_contract() -> None:
    (result,) = run_of(Outcome("diff", [replace(LOWERED, place=None)]))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "spec/openapi.json"


def test_a_path_is_a_relative_reference() -> None:
    (result,) = run_of(Outcome("diff", [replace(LOWERED, place=Place("models/a b:ü%.py", 1))]))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "models/a%20b%3A%C3%BC%25.py"


def test_the_tool_has_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    driver = run_of(outcome())["tool"]["driver"]

    assert (driver["name"], driver["version"]) == (project["name"], project["version"])
    assert "informationUri" not in driver
