"""What is looked at first: a request that is wrong in every way, mended one wrong at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contract_tests.client import JSON, broken, value
from contract_tests.gate import trial
from handlers.gate.decoding import MAX_BODY
from handlers.runtime.clock import FixedClock
from handlers.storage.counts import Counts
from handlers.storage.sqlite import SqliteStore
from tools.events import SHAPES, HttpCall, received

CLOCK = FixedClock(datetime(2024, 12, 2, 15, tzinfo=UTC))
BEARER = ("Authorization", f"Bearer {trial.ONE}")
CSRF = (("Cookie", "csrf_token=double"), ("X-CSRF-Token", "double"))
GOOD = b'{"shape":{"form":"circle","radius":1}}'


def status(call: HttpCall, shape: str = "v1") -> int:
    return received(trial.gate(CLOCK)(SHAPES[shape](call))).status


@pytest.mark.parametrize("shape", SHAPES)
def test_the_first_thing_that_is_wrong_is_answered(shape: str) -> None:
    call = HttpCall("PUT", "/guardd/x", "", (("Content-Type", "text/plain"),), b" " * (MAX_BODY + 1))
    mends: list[tuple[int, dict[str, object]]] = [
        (404, {"path": "/guarded/x"}),
        (405, {"method": "POST"}),
        (413, {"body": b"[NaN]"}),
        (401, {"headers": (("Content-Type", "text/plain"), BEARER)}),
        (415, {"headers": (JSON, BEARER)}),
        (422, {"body": GOOD}),
        (422, {"path": "/guarded/1"}),
        (403, {"headers": (JSON, BEARER, *CSRF)}),
    ]
    for wrong, mend in mends:
        assert status(call, shape) == wrong
        call = replace(call, **mend)  # type: ignore[arg-type]

    assert status(call, shape) == 200


def test_a_caller_whose_limit_is_used_up_learns_nothing_about_the_rest_of_a_request() -> None:
    store = SqliteStore(":memory:", CLOCK)

    class Counting:
        def count(self, name: str, window_start: int, window_seconds: int) -> int:
            return Counts(store).count(name, window_start, window_seconds)

    gate = trial.gate(CLOCK, Counting())
    call = HttpCall("POST", "/guarded/x", "", (("Content-Type", "text/plain"), BEARER), b"{")
    got = [received(gate(SHAPES["v1"](call))).status for _ in range(trial.LIMIT.requests + 1)]

    assert got == [415] * trial.LIMIT.requests + [429]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((), 403),
        ((("Cookie", "csrf_token=double"),), 403),
        ((("X-CSRF-Token", "double"),), 403),
        ((("Cookie", "csrf_token="), ("X-CSRF-Token", "")), 403),
        ((("Cookie", "csrf_token=one"), ("X-CSRF-Token", "other")), 403),
        ((("Cookie", "CSRF_TOKEN=double"), ("X-CSRF-Token", "double")), 403),
        ((("Cookie", "csrf_token=\ud800"), ("X-CSRF-Token", "other")), 403),
        ((("Cookie", 'a=b=c; ="x"; csrf_token="a=b"; x'), ("X-CSRF-Token", '"a=b"')), 200),
        ((("cookie", "csrf_token=é"), ("x-csrf-token", "é")), 200),
        (CSRF, 200),
    ],
)
def test_the_double_submitted_token_is_demanded_of_public_operations_too(
    shape: str, headers: tuple[tuple[str, str], ...], expected: int
) -> None:
    got = received(trial.gate(CLOCK)(SHAPES[shape](HttpCall("POST", "/open", "", headers))))

    assert got.status == expected
    assert expected == 200 or value(got)["code"] == "AUTH_019"


def test_a_caller_of_a_lower_level_is_told_which_one_is_needed() -> None:
    got = received(trial.gate(CLOCK)(SHAPES["v1"](HttpCall("GET", "/operators", "", (BEARER,)))))

    assert got.status == 403
    assert value(got)["detail"] == "This needs the level operator; the caller has the level session"


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'{"shape":{"form":"circle","radius":2.0}}', "radius=2)"),
        (b'{"shape":{"form":"square","side":2.0}}', "side=2)"),
        (b'{"shape":{"form":"square","side":null},"label":3.0}', "label=3,"),
        (b'{"shape":{"form":"circle","radius":2.0},"label":3.0,"points":[1.0,2,3.0]}', "points=[1, 2, 3]"),
    ],
)
def test_integral_floats_are_integers_inside_unions_too(body: bytes, read: str) -> None:
    got = received(trial.gate(CLOCK)(SHAPES["v1"](HttpCall("POST", "/draw/1", "", (JSON,), body))))

    assert got.status == 200, got
    assert read in value(got)["text"]


def test_a_fraction_inside_a_union_is_refused_where_it_stands() -> None:
    body = b'{"shape":{"form":"circle","radius":2.5},"points":[1.5]}'
    got = received(trial.gate(CLOCK)(SHAPES["v1"](HttpCall("POST", "/draw/1", "", (JSON,), body))))

    assert broken(got) == [
        (["body", "shape", "circle", "radius"], "int_type"),
        (["body", "points", 0], "int_type"),
    ]
