"""The validation errors that clients parse, recorded: same loc, msg and type from our gate."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract_tests.gate.recorded_contract import ROUTES
from handlers.gate.callers import Callers
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Router
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from tools.events import SHAPES, HttpCall, Received, received
from tools.probe import NoCounter, NoSessions

RECORDED = json.loads((Path(__file__).parent / "recorded" / "validation-cases.json").read_bytes())

DECIDED_OTHERWISE: dict[str, tuple[str, int, Any]] = {
    "json-Infinity": ("what is no JSON is refused where decoding stops, not answered by 500", 422, ["body", 22]),
    "json-lone-surrogate": (
        "half a surrogate pair is refused where decoding stops, not answered by 500",
        422,
        ["body", 9],
    ),
    "query-float-nan": ("a parameter that is not finite is refused, not answered by 500", 422, ["query", "f"]),
    "ct-missing": ("a body without a media type is read as JSON", 200, None),
    "ct-malformed": ("a media type that is not JSON is 415", 415, None),
    "method-not-allowed": ("a refusal has a code beside its detail", 405, None),
    "method-options": ("OPTIONS is 204 with Allow", 204, None),
    "trailing-slash-redirect": ("a trailing slash is another path; nothing redirects", 404, None),
}
"""Recorded cases that the product decides otherwise: id → (why, status, loc of the one error)."""

OTHER_FROM_3_13 = {"json-invalid-trailing-comma"}
"""The standard library counts these positions differently from Python 3.13 on."""


@pytest.fixture(scope="module")
def gate() -> Gate:
    clock = FixedClock(datetime(2024, 1, 1, tzinfo=UTC))
    settings = Settings(signing_key="for this test only")
    return Gate(
        Router(ROUTES),
        Ports(Callers(NoSessions(), settings, clock), NoCounter(), None, settings, clock, CountedChance("t")),
    )


def play(gate: Gate, request: dict[str, Any], shape: str) -> Received:
    path, _, query = request["path"].partition("?")
    body = request["body"].encode() if request["body"] is not None else None
    headers = tuple((name, value) for name, value in request["headers"])
    return received(gate(SHAPES[shape](HttpCall(request["method"], path, query, headers, body)), None))


def shapes_of(request: dict[str, Any]) -> list[str]:
    """Version 2 joins repeated headers, so only version 1 promises the first of them."""
    names = [name for name, _ in request["headers"]]
    return ["v1"] if len(names) != len(set(names)) else list(SHAPES)


@pytest.mark.parametrize("case", RECORDED["cases"], ids=lambda case: case["id"])
def test_a_recorded_case_is_reproduced(case: dict[str, Any], gate: Gate) -> None:
    if case["id"] in OTHER_FROM_3_13 and sys.version_info >= (3, 13):
        pytest.skip("the position of this error differs from Python 3.13 on")
    for shape in shapes_of(case["request"]):
        got = play(gate, case["request"], shape)
        if case["id"] in DECIDED_OTHERWISE:
            _, status, loc = DECIDED_OTHERWISE[case["id"]]
            assert got.status == status
            assert loc is None or [item["loc"] for item in json.loads(got.body)["detail"]] == [loc]
            continue

        assert got.status == case["status"]
        if "detail" in case:
            assert json.loads(got.body)["detail"] == case["detail"]
        else:
            answered = json.loads(got.body)
            assert {name: case["body"][name] for name in answered if name in case["body"]} == {
                name: value for name, value in answered.items() if name in case["body"]
            }


def test_every_decision_against_a_recorded_case_is_about_one() -> None:
    assert set(DECIDED_OTHERWISE) <= {case["id"] for case in RECORDED["cases"]}


def test_decisions_against_recorded_cases_are_not_stale(gate: Gate) -> None:
    same = []
    for case in RECORDED["cases"]:
        if case["id"] in DECIDED_OTHERWISE:
            got = play(gate, case["request"], "v1")
            if got.status == case["status"] and json.loads(got.body or "null") == case.get("body"):
                same.append(case["id"])

    assert same == []
