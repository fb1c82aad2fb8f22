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


@pytest.mark.parametrize("shape", SHAPES)
def test_a_body_with_half_a_character_is_no_text(shape: str) -> None:
    assert answer(SHAPES[shape](CREATE) | {"body": '{"name":"\ud800"}'}).status == 400


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


HALF = "\ud800"
"""Half of a surrogate pair: text in an event, but no text in UTF-8."""
halves = st.sampled_from([HALF, [HALF], {HALF: "1"}, {HALF: ["1"]}, f"{HALF}=1", [f"{HALF}={HALF}"]])


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([LIST, CREATE]), st.sampled_from(sorted(SHAPES)), st.data(), anything | halves)
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


@pytest.mark.parametrize("shape", SHAPES)
def test_an_unknown_name_that_is_no_text_is_refused_like_any_other(shape: str) -> None:
    event = SHAPES[shape](HttpCall("GET", "/probe/rows"))
    event |= {"multiValueQueryStringParameters": {HALF: ["1"]}, "rawQueryString": f"{HALF}=1"}
    got = answer(event)

    assert got.status == 422
    assert json.loads(got.body)["detail"][0]["loc"] == ["query", "?"]


def test_cookies_that_a_client_spread_over_several_headers_are_read_together() -> None:
    event = rest_event(HttpCall("GET", "/probe/rows", "", (("Cookie", "a=1; b=2"), ("Cookie", "b=3; c=4"))))

    assert read(event).cookies() == {"a": "1", "b": "2", "c": "4"}


@pytest.mark.parametrize(
    ("text", "cookies"),
    [
        ("", {}),
        ("a", {}),
        ("a=", {"a": ""}),
        ('a="1 2"; b=x=y==', {"a": '"1 2"', "b": "x=y=="}),
        ("=1;;  ; a=1;a=2; A=3", {"": "1", "a": "1", "A": "3"}),
    ],
)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_cookie_is_what_stands_before_and_after_its_first_equals_sign(
    shape: str, text: str, cookies: dict[str, str]
) -> None:
    assert read(SHAPES[shape](HttpCall("GET", "/", "", (("COOKIE", text),)))).cookies() == cookies


def test_of_repeated_headers_the_first_is_read_and_an_empty_one_is_there() -> None:
    event = rest_event(HttpCall("GET", "/", "", (("X-Some", ""), ("X-Some", "2"), ("X-OTHER", "1"))))

    assert read(event).header("x-some") == ""
    assert read(event).header("x-other") == "1"
    assert read(event).header("x-none") is None
