"""HEAD answers as GET without a body, refusals included; OPTIONS says what there is; anything else is 405, or 404."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.client import value
from handlers.assembly import routes_of
from models.operation import Given
from models.registry import entries
from tools.artefacts import ROOT
from tools.events import SHAPES, HttpCall, Received, received, rest_event
from tools.goldens.files import response_of
from tools.goldens.play import Theatre
from tools.goldens.replay import call_in, files, given_in
from tools.stage import Stage

UNSAFE = {entry.operation.id for entry in entries() if not entry.operation.safe}
BODY = ("body", "body_text", "body_lines")
ODD = ["CONNECT", "TRACE", "PROPFIND", "get ", "", "\n", "\u00df", "\ud800"]


def differs_from_get(content: dict[str, Any], function: str, shape: str, theatre: Theatre) -> str | None:
    call, given, expected = call_in(content), given_in(content), content["response"]
    got = theatre.play(given, replace(call, method="HEAD"), function, shape, expected["status"])
    if got.body:
        return "has a body"
    head = {name: part for name, part in expected.items() if name not in BODY}
    return None if response_of(got) == head else f"{response_of(got)} instead of {head}"


def test_head_answers_every_golden_of_get_with_the_same_head_and_no_body() -> None:
    theatre = Theatre()
    played: set[int] = set()
    wrong: dict[str, str] = {}
    for n, file in enumerate(files()):
        content = json.loads(file.read_bytes())
        function, operation_id = file.relative_to(ROOT).parts[1], file.parent.name
        if function != "gate" and content["request"]["method"] == "GET" and operation_id not in UNSAFE:
            difference = differs_from_get(content, function, list(SHAPES)[n % 3], theatre)
            wrong |= {file.name: difference} if difference else {}
            played.add(content["response"]["status"])

    assert wrong == {}
    assert played >= {200, 304, 401, 404, 422, 503}


@pytest.fixture(scope="module")
def stage() -> Stage:
    """For questions that change nothing."""
    return Stage(Given("nobody"))


PATHS = sorted({(function, route.path) for function in ("dashboard", "stream") for route in routes_of(function)})


@pytest.mark.parametrize(("function", "path"), PATHS)
def test_options_and_405_say_what_there_is(function: str, path: str, stage: Stage) -> None:
    routes = [route for route in routes_of(function) if route.path == path]
    there = {route.method for route in routes} | {"OPTIONS"}
    there |= {"HEAD"} if any(route.method == "GET" and route.safe for route in routes) else set()
    options = stage.call(HttpCall("OPTIONS", path), function=function)
    others = [
        stage.call(HttpCall(m, path), function=function) for m in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
    ]

    assert (options.status, options.body, options.header("Content-Type")) == (204, b"", None)
    assert set((options.header("Allow") or "").split(", ")) == there
    assert {got.header("Allow") for got in others if got.status == 405} <= {options.header("Allow")}
    assert len(others) + 1 - len(there) == sum(got.status == 405 for got in others)


@pytest.mark.parametrize("path", ["/nothing", "/api/v2/market/status/", "/api/v2/configurations//x", "", "//", "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "CONNECT"])
def test_an_unknown_path_is_404_whatever_the_method(method: str, path: str, stage: Stage) -> None:
    got = stage.call(HttpCall(method, path))

    assert got.status == 404
    assert got.header("Allow") is None
    assert got.body == b"" if method == "HEAD" else value(got)["code"] == "NOT_FOUND"


def asked(stage: Stage, method: str) -> Received:
    return received(stage.gates["dashboard"](rest_event(HttpCall(method, "/api/v2/market/status"))))


@pytest.mark.parametrize("method", ODD)
def test_a_method_that_nobody_serves_is_405(method: str, stage: Stage) -> None:
    got = asked(stage, method)

    assert got.status == 405
    assert got.header("Allow") == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("Head", 200), ("options", 204), ("post", 405)])
def test_the_case_of_a_method_does_not_matter(method: str, status: int, stage: Stage) -> None:
    assert asked(stage, method).status == status
