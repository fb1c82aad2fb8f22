"""The goldens: one for every status, constraint and rule; fresh; replayed alike in every shape of event."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from models.registry import entries
from tools.artefacts import ROOT, described
from tools.checking.playing import check_replay
from tools.checking.run import Run
from tools.constraints import constraints
from tools.events import HttpCall, Received
from tools.goldens import cases, golden, replay
from tools.openapi.document import document
from tools.openapi.responses import refusals_of
from tools.openapi.schemas import closed
from tools.stage import Stage


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="module")
def files() -> dict[str, dict[str, Any]]:
    return {str(path.relative_to(ROOT)): json.loads(path.read_bytes()) for path in replay.files()}


def test_goldens_are_fresh() -> None:
    found = golden.stale_files()

    assert not found, "\n".join(described(found, golden.COMMAND))


@pytest.mark.exhaustive
def test_every_golden_is_answered_alike_as_v1_v2_and_function_url_event(made: dict[str, Any]) -> None:
    run = Run(document=made)
    outcome = check_replay(run)

    assert run.outcome.findings == []
    assert outcome.calls == 3 * outcome.goldens > 300


def test_every_declared_status_has_a_golden(files: dict[str, Any]) -> None:
    shown = {(path.split("/")[3], int(Path(path).name[:3])) for path in files if not path.startswith("golden/gate/")}
    proved = {int(Path(path).name[:3]) for path in files if path.startswith("golden/gate/")}
    wanted = {
        (entry.operation.id, status)
        for entry in entries()
        for status in [r.status for r in entry.operation.responses]
        + [304] * entry.operation.etag
        + [refusal.status for refusal in refusals_of(entry.operation)]
        if status not in cases.PROVED_BY_THE_GATE
    }

    assert wanted - shown == set()
    assert cases.PROVED_BY_THE_GATE | {404, 405, 502} <= proved


def test_every_constraint_has_its_golden_and_every_422_its_constraint(files: dict[str, Any]) -> None:
    wanted = Counter(case.path for case in cases.cases() if case.constraint)
    shown = Counter(path for path in files if Path(path).name.startswith("422") and not path.startswith("golden/gate/"))

    assert shown == wanted
    assert max(wanted.values()) == 1


def test_every_422_breaks_exactly_one_value(files: dict[str, Any]) -> None:
    several = [
        path
        for path, content in files.items()
        if content["response"]["status"] == 422
        and "/gate/" not in path
        and len(content["response"]["body"]["detail"]) != 1
    ]

    assert several == []


def test_no_422_repeats_what_was_sent(files: dict[str, Any]) -> None:
    keys = {
        tuple(item)
        for content in files.values()
        if content["response"]["status"] == 422
        for item in content["response"]["body"]["detail"]
    }

    assert keys == {("loc", "msg", "type")}


def test_every_exclusion_has_a_reason() -> None:
    reasons = {b.excluded for entry in entries() for b in constraints(entry.operation) if b.excluded is not None}

    assert all(len(reason) > 20 for reason in reasons)


def test_a_second_validator_agrees_on_every_golden(made: dict[str, Any], files: dict[str, Any]) -> None:
    root = {"components": {"schemas": closed(made["components"]["schemas"])}}
    operations = {o["operationId"]: o for path in made["paths"].values() for o in path.values()}
    disagreements = []
    for path, content in files.items():
        operation = operations.get(path.split("/")[3]) if "/gate/" not in path else None
        body = content["response"].get("body")
        if operation is None or body is None:
            continue
        schema = operation["responses"][str(content["response"]["status"])]["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator(
            {**closed(schema), **root}, format_checker=jsonschema.FormatChecker()
        )
        disagreements += [f"{path}: {error.message[:200]}" for error in validator.iter_errors(body)]

    assert disagreements == []


def test_a_response_that_breaks_a_promise_is_caught_in_any_test() -> None:
    look = Stage.judge
    assert look is not None

    with pytest.raises(AssertionError, match="status 418 is not declared"):
        look("dashboard", HttpCall("GET", "/health"), Received(418, {}))
