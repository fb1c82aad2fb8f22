"""The largest response: the proxy object that Lambda carries, to the byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.gate import trial
from contract_tests.logs import logged
from handlers.gate.event import read
from handlers.gate.response import Answer, is_too_large, proxied
from handlers.runtime.clock import FixedClock
from tools.events import SHAPES, HttpCall, received

GATE = trial.gate(FixedClock(datetime(2024, 12, 2, 15, tzinfo=UTC)))
MOST = 6_291_456
"""Bytes that Lambda carries back."""
PER_CHARACTER = {"a": 1, "quote": 4, "wide": 12}
"""Bytes of a character in the object: a quote is escaped once in the body and again around it."""


def say(characters: int, kind: str, shape: str) -> dict[str, Any]:
    return GATE(SHAPES[shape](HttpCall("GET", "/say", f"characters={characters}&kind={kind}")))


def serialised(shaped: dict[str, Any]) -> int:
    """As Lambda's runtime for Python 3.11 writes it."""
    return len(json.dumps(shaped).encode())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", PER_CHARACTER)
def test_a_response_of_the_largest_size_leaves_and_one_that_is_larger_does_not(shape: str, kind: str) -> None:
    around = serialised(say(0, kind, shape))
    most = (MOST - around) // PER_CHARACTER[kind]
    fits = say(most, kind, shape)
    with logged() as log:
        refused = received(say(most + 1, kind, shape))

    assert fits["statusCode"] == 200
    assert MOST - PER_CHARACTER[kind] < serialised(fits) <= MOST
    assert len(received(fits).cookies) == 2
    assert (refused.status, refused.cookies) == (502, ())
    assert json.loads(refused.body)["code"] == "RESPONSE_TOO_LARGE"
    assert [line["request_id"] for line in log.lines("ERROR")] == [refused.header("x-request-id")]


@pytest.mark.parametrize("shape", SHAPES)
def test_bytes_that_are_no_text_are_measured_as_they_leave(shape: str) -> None:
    http = read(SHAPES[shape](HttpCall("GET", "/say")))
    around = serialised(proxied(Answer(200, {}, b"\xff" * 3, ["a=1"]), http)) - 4
    most = (MOST - around) // 4 * 3

    assert not is_too_large(proxied(Answer(200, {}, b"\xff" * most, ["a=1"]), http))
    assert is_too_large(proxied(Answer(200, {}, b"\xff" * (most + 1), ["a=1"]), http))
