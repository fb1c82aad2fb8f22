"""Events of every shape, whole and mangled: one request each, and never a failure."""

from __future__ import annotations

import base64
import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.values import anything
from handlers.gate.event import read
from handlers.gate.gate import Gate
from handlers.runtime.clock import FixedClock
from tools import probe
from tools.events import SHAPES, HttpCall, Received, received, rest_event, url_event

GATE: Gate = probe.gate(FixedClock(datetime(2024, 1, 1, tzinfo=UTC)))
LIST = HttpCall("GET", "/probe/rows", "limit=1", (("Accept", "application/json"), ("Cookie", "a=1; b=2")))
CREATE = HttpCall("POST", "/probe/rows", "", (("content-type", "application/json"),), b'{"name":"bolt","price":1}')


def answer(event: Any) -> Received:
    return received(GATE(event, None))


def count(event: Any) -> int:
    got = answer(event)
    assert got.status == 200, got
    rows: int = json.loads(got.body)["count"]
    return rows


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters",
                                  "rawQueryString", "cookies", "body", "stageVariables"])  # fmt: skip
@pytest.mark.parametrize("how", ["null", "missing"])
def test_null_and_missing_members_read_as_empty(shape: str, name: str, how: str) -> None:
    event = SHAPES[shape](HttpCall("GET", "/probe/rows"))
    if how == "null":
        event[name] = None
    else:
        event.pop(name, None)

    assert count(event) == 50


def test_values_of_many_win_over_their_single_twins() -> None:
    event = rest_event(LIST)
    event["queryStringParameters"] = {"limit": "9"}
    event["multiValueQueryStringParameters"] = {"limit": ["3", "2"]}

    assert count(event) == 2


def test_the_raw_query_wins_over_its_parsed_twin() -> None:
    event = url_event(LIST)
    event["queryStringParameters"] = {"limit": "9"}
    event["rawQueryString"] = "limit=4"

    assert count(event) == 4


@pytest.mark.parametrize("name", ["Content-Type", "CONTENT-TYPE", "content-type"])
@pytest.mark.parametrize("shape", SHAPES)
def test_header_names_are_compared_without_case(name: str, shape: str) -> None:
    event = SHAPES[shape](HttpCall("POST", "/probe/rows", "", (), CREATE.body))
    event["headers"] = {name: "text/plain"}

    assert answer(event).status == 415


@pytest.mark.parametrize("shape", SHAPES)
def test_a_base64_body_is_decoded(shape: str) -> None:
    event = SHAPES[shape](CREATE)
    assert CREATE.body is not None
    event |= {"body": base64.b64encode(CREATE.body).decode(), "isBase64Encoded": True}

    assert answer(event).status == 201


@pytest.mark.parametrize(("path", "number"), [("/probe/numbers/%31%32", 12), ("/probe/numbers/%2531", None)])
def test_a_path_is_decoded_once(path: str, number: int | None) -> None:
    got = answer(rest_event(HttpCall("GET", path)))

    assert got.status == (200 if number else 422)
    assert number is None or json.loads(got.body)["id"] == number


def test_a_slash_in_a_segment_is_no_separator_where_the_path_is_encoded() -> None:
    assert answer(rest_event(HttpCall("GET", "/probe/numbers/1%2F2"))).status == 422
    assert answer(url_event(HttpCall("GET", "/probe/numbers/1%2F2"))).status == 422


def test_the_path_of_an_http_api_is_not_decoded_again() -> None:
    event = SHAPES["v2"](HttpCall("GET", "/probe/numbers/1"))
    event["rawPath"] = "/probe/numbers/%31"

    assert answer(event).status == 422


@pytest.mark.parametrize("event", [None, 1, "x", [], {}, {"Records": []}, {"httpMethod": "GET"}, {"rawPath": "/"},
                                   {"httpMethod": 1, "path": "/"}, {"rawPath": "/", "requestContext": {"http": {}}},
                                   {"httpMethod": "GET", "path": "/", "requestContext": []}])  # fmt: skip
def test_what_no_gateway_sends_is_a_bad_request(event: Any) -> None:
    got = answer(event)

    assert got.status == 400
    assert json.loads(got.body)["code"] == "NOT_A_PROXY_EVENT"


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for name, member in value.items():
            found += places(member, (*path, name))
    return found


def put(event: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(event)
    target = changed
    for name in path[:-1]:
        target = target[name]
    target[path[-1]] = value
    return changed


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([LIST, CREATE]), st.sampled_from(sorted(SHAPES)), st.data(), anything)
def test_a_member_of_any_type_gets_a_clear_answer(call: HttpCall, shape: str, data: st.DataObject, value: Any) -> None:
    event = SHAPES[shape](call)
    path = data.draw(st.sampled_from(places(event)))
    got = answer(put(event, path, value))

    assert got.status < 500, got
    assert got.header("x-request-id")


def test_a_request_id_is_made_where_the_gateway_gave_none() -> None:
    event = rest_event(LIST)
    event["requestContext"] = None

    assert len(answer(event).header("x-request-id") or "") == 36


def test_cookies_of_both_versions_are_the_same() -> None:
    assert [read(make(LIST)).cookies() for make in SHAPES.values()] == [{"a": "1", "b": "2"}] * 3
