"""A witness is a request that the base takes with the answer it gets now, or a response that the base never sent.

The handlers are those of the working tree, so here it is the base that is made different: wider in requests, narrower in
responses.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.artefacts import ROOT
from tools.compat import drawing
from tools.compat.change import Change, Direction, Level
from tools.compat.drawing import ABSENT, values
from tools.compat.patterns import texts
from tools.compat.placing import inside, placed, taken
from tools.compat.showing import shortened, witness_text
from tools.compat.witness import Witness, Witnesses, recorded
from tools.events import HttpCall
from tools.findings import Subject
from tools.openapi.document import document

Json = Any
TICKER = r"^[A-Za-z]{1,5}(\.[A-Za-z]{1,2})?$"
WIDER = r"^[A-Za-z0-9]{1,5}(\.[A-Za-z]{1,2})?$"


@pytest.fixture(scope="module")
def new() -> Json:
    return document()


@pytest.fixture(scope="module")
def goldens() -> dict[str, bytes]:
    files = sorted((ROOT / "golden").rglob("*.json"))
    return {str(file.relative_to(ROOT)): file.read_bytes() for file in files}


def operation(contract: Json, operation_id: str) -> Json:
    return next(o for item in contract["paths"].values() for o in item.values() if o["operationId"] == operation_id)


def parameter(contract: Json, operation_id: str, name: str) -> Json:
    return next(p for p in operation(contract, operation_id)["parameters"] if p["name"] == name)


def component(contract: Json, name: str) -> Json:
    return contract["components"]["schemas"][name]


def change(direction: Direction, *subject: str, difference: Json = None, old: Json = None) -> Change:
    return Change(
        "a-rule", Level.BREAKING, direction, Subject(*subject), "it changed", old, None, difference=difference
    )


class Trial:
    """One change between a base made for it and the contract as it is."""

    def __init__(self, new: Json, goldens: dict[str, bytes]) -> None:
        self.old = copy.deepcopy(new)
        self.new = new
        self.recorded = dict(goldens)
        self.own = goldens

    def witness(self, asked: Change) -> Witness:
        return Witnesses(self.old, self.new, self.recorded, self.own).witness(asked)


@pytest.fixture
def trial(new: Json, goldens: dict[str, bytes]) -> Trial:
    return Trial(new, goldens)


def body(witness: Witness) -> Json:
    assert witness.got is not None
    return json.loads(witness.got.body)


def test_a_narrowed_range_is_shown_by_the_first_value_that_is_outside(trial: Trial) -> None:
    parameter(trial.old, "searchTickers", "limit")["schema"]["maximum"] = 50
    gone = {"type": "integer", "minimum": 21, "maximum": 50}
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/limit", difference=gone))

    assert found.call is not None
    assert "limit=21" in found.call.query
    assert [(e["loc"], e["type"]) for e in body(found)["detail"]] == [(["query", "limit"], "less_than_equal")]


def test_a_tightened_pattern_is_shown_by_a_text_that_only_the_old_one_takes(trial: Trial) -> None:
    parameter(trial.old, "getCandles", "ticker")["schema"]["pattern"] = WIDER
    gone = {"type": "string", "pattern": WIDER, "not": {"pattern": TICKER}}
    found = trial.witness(change(Direction.REQUEST, "getCandles", "path", "/ticker", difference=gone))

    assert [(e["loc"], e["type"]) for e in body(found)["detail"]] == [(["path", "ticker"], "string_pattern_mismatch")]


def test_a_member_of_a_list_in_a_body_is_replaced(trial: Trial) -> None:
    component(trial.old, "ConfigurationDraft")["properties"]["tickers"]["items"]["pattern"] = WIDER
    gone = {"type": "string", "pattern": WIDER, "not": {"pattern": TICKER}}
    found = trial.witness(change(Direction.REQUEST, "createConfiguration", "body", "/tickers/*", difference=gone))

    assert [e["loc"] for e in body(found)["detail"]] == [["body", "tickers", 0]]


def test_a_shorter_list_is_shown_by_a_longer_one(trial: Trial) -> None:
    component(trial.old, "ConfigurationDraft")["properties"]["tickers"]["maxItems"] = 9
    gone = {"type": "array", "items": {"type": "string", "pattern": TICKER}, "minItems": 6, "maxItems": 9}
    found = trial.witness(change(Direction.REQUEST, "createConfiguration", "body", "/tickers", difference=gone))

    assert [e["type"] for e in body(found)["detail"]] == ["too_long"]


def test_a_parameter_that_is_gone_is_shown_by_sending_it(trial: Trial) -> None:
    sort = {"name": "sort", "in": "query", "schema": {"enum": ["name", "symbol"]}}
    operation(trial.old, "searchTickers")["parameters"].append(sort)
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/sort"))

    assert found.call is not None
    assert "sort=name" in found.call.query
    assert [(e["loc"], e["type"]) for e in body(found)["detail"]] == [(["query", "sort"], "extra_forbidden")]


def test_a_parameter_that_is_needed_now_is_shown_by_leaving_it_out(trial: Trial) -> None:
    parameter(trial.old, "searchTickers", "q")["required"] = False
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/q"))

    assert found.altered == "without query /q"
    assert [(e["loc"], e["type"]) for e in body(found)["detail"]] == [(["query", "q"], "missing")]


def test_a_field_of_a_body_that_is_gone_is_shown_by_sending_it(trial: Trial) -> None:
    component(trial.old, "ConfigurationDraft")["properties"]["color"] = {"enum": ["red"]}
    found = trial.witness(change(Direction.REQUEST, "createConfiguration", "body", "/color"))

    assert [(e["loc"], e["type"]) for e in body(found)["detail"]] == [(["body", "color"], "extra_forbidden")]


def test_a_new_demand_is_shown_by_the_request_that_proves_it(trial: Trial) -> None:
    """What no schema says has a golden of its own."""
    rules = operation(trial.old, "createConfiguration")["x-constraint"]
    demanded = next(rule for rule in rules if rule["loc"][0] == "body")
    rules.remove(demanded)
    trial.recorded = {path: data for path, data in trial.own.items() if f"-{demanded['type']}" not in path}
    pointer = "".join(f"/{step}" for step in demanded["loc"][1:])
    found = trial.witness(change(Direction.REQUEST, "createConfiguration", "body", pointer))

    assert found.says == "this request was valid before"
    assert [error["type"] for error in body(found)["detail"]] == [demanded["type"]]


def test_an_operation_that_is_gone_is_shown_by_a_golden_of_the_base(trial: Trial) -> None:
    trial.old["paths"]["/api/v2/gone"] = {"get": {"operationId": "getGone", "responses": {"200": {}}}}
    recorded = json.loads(trial.own["golden/dashboard/market/getMarketStatus/200-open.json"])
    recorded["request"]["path"] = "/api/v2/gone"
    trial.recorded["golden/dashboard/market/getGone/200-open.json"] = json.dumps(recorded).encode()
    found = trial.witness(change(Direction.REQUEST, "getGone"))

    assert found.got is not None
    assert (found.says, found.got.status) == ("this request worked before", 404)


def test_an_operation_that_is_closed_is_shown_by_a_caller_who_was_served(trial: Trial) -> None:
    path = next(name for name in trial.own if "/listConfigurations/200" in name)
    recorded = json.loads(trial.own[path])
    recorded["given"]["caller"] = "nobody"
    trial.recorded = {path: json.dumps(recorded).encode()}
    found = trial.witness(change(Direction.BOTH, "listConfigurations"))

    assert found.got is not None
    assert found.got.status == 401


def test_a_field_that_is_gone_is_shown_by_a_response_without_it(trial: Trial) -> None:
    match = component(trial.old, "TickerMatch")
    match["properties"]["region"] = {"type": "string"}
    match["required"].append("region")
    found = trial.witness(change(Direction.RESPONSE, "searchTickers", "response 200", "/results/*/region"))

    assert '"region" is a required property' in found.expected
    assert body(found)["results"]


def test_a_value_that_no_golden_gives_yet_is_shown_inside_a_real_response(trial: Trial) -> None:
    component(trial.old, "TickerMatch")["properties"]["exchange"]["enum"].remove("AMEX")
    asked = change(
        Direction.RESPONSE, "searchTickers", "response 200", "/results/*/exchange", difference={"const": "AMEX"}
    )
    found = trial.witness(asked)

    assert found.got is None
    assert found.shown["results"][0]["exchange"] == "AMEX"
    assert found.shown["results"][0]["name"]


def test_a_value_that_the_new_contract_does_not_allow_is_no_witness(trial: Trial) -> None:
    asked = change(
        Direction.RESPONSE, "searchTickers", "response 200", "/results/*/exchange", difference={"const": "LSE"}
    )

    assert trial.witness(asked).recorded is None


def test_a_field_that_is_gone_from_a_response_without_goldens_is_shown_by_a_drawn_one(trial: Trial) -> None:
    refused = component(trial.old, "BadRequest")
    refused["properties"]["hint"] = {"type": "string"}
    refused["required"].append("hint")
    found = trial.witness(change(Direction.RESPONSE, "createAnonymousSession", "response 400", "/hint"))

    assert set(found.shown) == {"detail", "code"}
    assert found.expected == '"hint" is a required property'


def test_a_header_that_no_longer_comes_is_shown(trial: Trial) -> None:
    headers = operation(trial.old, "searchTickers")["responses"]["200"]["headers"]
    headers["X-Old"] = {"required": True, "schema": {"type": "string"}}
    found = trial.witness(change(Direction.RESPONSE, "searchTickers", "response 200 header", "/x-old"))

    assert found.expected == "the header X-Old always comes"


def test_an_event_whose_data_changed_is_shown(trial: Trial) -> None:
    component(trial.old, "Heartbeat")["properties"]["connections"] = {"type": "string"}
    asked = change(
        Direction.RESPONSE, "streamMarket", "event heartbeat", "/connections", difference={"type": "integer"}
    )
    found = trial.witness(asked)

    assert 'is not of type "string"' in found.expected
    assert found.got is not None


def test_a_status_that_was_never_sent_is_shown_by_a_golden_of_today(trial: Trial) -> None:
    del operation(trial.old, "searchTickers")["responses"]["304"]
    trial.recorded = {path: data for path, data in trial.own.items() if "304-" not in path}
    found = trial.witness(change(Direction.RESPONSE, "searchTickers", "response 304"))

    assert found.expected == "the status 304 was never sent"


def test_an_operation_with_another_name_is_still_found_by_its_path(trial: Trial) -> None:
    operation(trial.old, "searchTickers")["operationId"] = "findTickers"
    parameter(trial.old, "findTickers", "limit")["schema"]["maximum"] = 50
    trial.recorded = {path.replace("searchTickers", "findTickers"): data for path, data in trial.own.items()}
    gone = {"type": "integer", "minimum": 21, "maximum": 50}
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/limit", difference=gone))

    assert body(found)["detail"][0]["type"] == "less_than_equal"


def test_a_base_without_goldens_is_asked_with_the_requests_of_today(trial: Trial) -> None:
    parameter(trial.old, "searchTickers", "limit")["schema"]["maximum"] = 50
    trial.recorded = {}
    gone = {"type": "integer", "minimum": 21, "maximum": 50}
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/limit", difference=gone))

    assert found.says == "this request was valid before"


def test_a_base_that_is_no_different_has_no_witness(trial: Trial) -> None:
    same = {"type": "integer", "minimum": 1, "maximum": 20}
    found = trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/limit", difference=same))

    assert not found.found
    assert found.says.startswith("no witness found: ")


def test_a_refusal_that_the_base_announced_is_no_witness(trial: Trial) -> None:
    """A symbol that is not listed was always refused, though it fits the pattern."""
    same = {"type": "string", "enum": ["ZZZZZ"]}
    found = trial.witness(change(Direction.REQUEST, "createConfiguration", "body", "/tickers/*", difference=same))

    assert not found.found


def test_a_change_that_no_response_shows_says_so(trial: Trial) -> None:
    assert "no witness" in trial.witness(change(Direction.RESPONSE, "searchTickers")).says
    assert "no golden of getNothing" in trial.witness(change(Direction.REQUEST, "getNothing")).says


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: content["given"].update(caller="somebody who left"),
        lambda content: content["given"].update(weather="fine"),
        lambda content: content["request"].pop("path"),
        lambda content: content.pop("response"),
    ],
)
def test_a_golden_that_cannot_be_played_any_more_is_left_out(trial: Trial, edit: Callable[[Json], Any]) -> None:
    path = "golden/dashboard/tickers/searchTickers/200-by_name.json"
    content = json.loads(trial.own[path])
    edit(content)
    trial.recorded = {path: json.dumps(content).encode(), "golden/dashboard/a/b/200-c.json": b"\xff"}

    assert not trial.witness(change(Direction.REQUEST, "searchTickers", "query", "/limit")).found


def test_a_witness_reads_as_a_request_and_its_response(trial: Trial) -> None:
    parameter(trial.old, "searchTickers", "limit")["schema"]["maximum"] = 50
    gone = {"type": "integer", "minimum": 21, "maximum": 50}
    asked = change(Direction.REQUEST, "searchTickers", "query", "/limit", difference=gone)
    text = witness_text(trial.witness(asked), asked.subject)

    assert text.splitlines()[1:5] == [
        "  GET /api/v2/tickers/search?q=micro&limit=21   as nobody",
        "and gets now:",
        "  422",
        "",
    ]
    assert '"loc": ["query", "limit"]' in text


def test_a_long_response_is_cut_to_what_leads_to_the_place() -> None:
    long = {"rows": [{"a": 1, "b": {"x": "y" * 200}}, {"a": 2}], "count": 2}

    assert shortened(long, ["rows", "*", "a"]) == {"rows": [{"a": 1, "b": "{…}"}, "… 1 more"], "count": 2}


# Values


BOUNDS = st.integers(-20, 20)
SCHEMAS = st.one_of(
    st.builds(lambda a, n: {"type": "integer", "minimum": a, "maximum": a + abs(n)}, BOUNDS, BOUNDS),
    st.builds(lambda a, n: {"type": "number", "exclusiveMinimum": a, "maximum": a + 1 + abs(n)}, BOUNDS, BOUNDS),
    st.builds(
        lambda a, n: {"type": "string", "minLength": a, "maxLength": a + n}, st.integers(0, 9), st.integers(0, 9)
    ),
    st.builds(lambda a: {"type": "array", "items": {"type": "boolean"}, "minItems": a}, st.integers(0, 4)),
    st.builds(lambda names: {"enum": names}, st.lists(st.text(max_size=3), min_size=1, unique=True)),
    st.builds(
        lambda inner: {"type": "object", "properties": {"a": inner}, "required": ["a"], "additionalProperties": False},
        st.builds(lambda a: {"type": "string", "minLength": a}, st.integers(0, 5)),
    ),
)


@given(SCHEMAS, st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.booleans(), max_size=3)))
@settings(max_examples=60, deadline=None)
def test_every_value_fits_and_there_is_one(schema: Json, real: Json) -> None:
    found = values(schema, real)

    assert found
    assert all(jsonschema_rs.Draft202012Validator(schema).is_valid(value) for value in found)


@pytest.mark.parametrize(
    ("schema", "some"),
    [
        ({"type": "string", "pattern": "^[a-z]{3}-[0-9]{4}$", "not": {"pattern": "^a"}}, "zzz-0000"),
        ({"type": "string", "pattern": "^[a-m][0-9]$", "allOf": [{"not": {"pattern": "^[am]"}}]}, "b0"),
        ({"type": ["string", "null"], "not": {"type": "string"}}, None),
        ({"type": "string", "allOf": [{"not": {"enum": ["a", "b"]}}], "enum": ["a", "b", "c"]}, "c"),
        ({"type": "number", "multipleOf": 0.5, "not": {"multipleOf": 1}}, 0.5),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"enum": [7]}}}, 7),
    ],
)
def test_what_lies_between_two_schemas_is_found(schema: Json, some: Json) -> None:
    assert values(schema)[0] == some


@pytest.mark.parametrize("schema", [False, {"not": {}}, {"type": "string", "pattern": "("}, {"enum": []}])
def test_a_schema_that_nothing_fits_has_no_values(schema: Json) -> None:
    assert values(schema) == []


def test_the_same_schema_gives_the_same_values_in_every_process() -> None:
    schema = {"type": "string", "pattern": "^[a-z]{2,8}@[0-9]{3,}$", "not": {"pattern": "^aa"}}
    program = f"from tools.compat.drawing import values; print(values({schema!r}))"
    shown = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(shown) == 1
    assert shown != {"[]\n"}


def test_the_builder_is_the_one_that_was_read() -> None:
    """`build` is internal to schemathesis: with another release, read it again and run these tests before this is raised."""
    release, module = drawing.BUILDER

    assert drawing.builder_version().startswith(f"{release}.")
    assert callable(__import__(module, fromlist=["build"]).build)


def patterns_in(value: Json) -> set[str]:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    said = value.get("pattern") if isinstance(value, dict) else None
    return {found for member in members for found in patterns_in(member)} | ({said} if isinstance(said, str) else set())


def test_every_pattern_of_the_contract_has_texts_that_fit_it(new: Json) -> None:
    for pattern in patterns_in(new):
        fits = jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid

        assert texts(pattern), pattern
        assert all(map(fits, texts(pattern))), pattern


@pytest.mark.parametrize(
    ("pattern", "some"),
    [
        (r"^[a-c]{2,3}$", {"aa", "cc", "aaa", "ca"}),
        (r"^(a|bc)+$", {"a", "bc", "aa"}),
        (r"^a?$", {"", "a"}),
        (r"^[^a-z]$", {"Z", "0", "-"}),
        (r"^\d\w.$", {"0aa", "9aa", "0_a"}),
        (r"^(?:x|(?P<n>y))$", {"x", "y"}),
        (r"^x*y+?$", {"y", "xy", "yy"}),
        ("(", set()),
        ("a{99999999999999}", set()),
    ],
)
def test_a_pattern_is_tried_at_its_boundaries(pattern: str, some: set[str]) -> None:
    assert some <= set(texts(pattern))


# Places


CALL = HttpCall("POST", "/a/1/b", "x=1&list=a,b", (("X-Key", "k"), ("cookie", "c=1; d=2")), b'{"rows": [{"a": 1}]}')
TEMPLATE = "/a/{id}/b"
PLACES = [
    ("path", "/id", "a/ b"),
    ("query", "/x", "1&2=3"),
    ("query", "/new", "é"),
    ("query", "/list/*", "c"),
    ("header", "/x-key", "other"),
    ("cookie", "/c", "3"),
    ("body", "/rows/*/a", {"deep": [1]}),
    ("body", "", [1, 2]),
]


@pytest.mark.parametrize(("location", "pointer", "value"), PLACES)
def test_what_is_put_somewhere_is_found_there(location: str, pointer: str, value: Json) -> None:
    made = placed(CALL, TEMPLATE, Subject("a", location, pointer), value)

    assert made is not None
    assert taken(made, TEMPLATE, Subject("a", location, pointer)) == value


@pytest.mark.parametrize(("location", "pointer", "value"), PLACES)
def test_what_is_left_out_is_there_no_more(location: str, pointer: str, value: Json) -> None:
    subject = Subject("a", location, pointer)
    made = placed(CALL, TEMPLATE, subject, ABSENT)
    left = None if made is None else taken(made, TEMPLATE, subject)

    # A path without a segment is another path; of a list the second member moves up.
    assert left == {"/id": None, "/list/*": "b"}.get(pointer, ABSENT)


@pytest.mark.parametrize(
    ("location", "pointer", "value"),
    [
        ("path", "/id", ""),
        ("path", "/id", ".."),
        ("query", "/x", None),
        ("query", "/x", {"a": 1}),
        ("query", "/list", ["a,b"]),
        ("query", "/list/*", "a,b"),
        ("header", "/x-key", "a\nb"),
        ("header", "/x-key", " a"),
        ("cookie", "/c", "a;b"),
        ("body", "/rows/*/b/c", 1),
        ("elsewhere", "/a", 1),
    ],
)
def test_what_the_wire_cannot_say_is_not_sent(location: str, pointer: str, value: Json) -> None:
    assert placed(CALL, TEMPLATE, Subject("a", location, pointer), value) is None


def test_a_star_is_the_first_there_is() -> None:
    assert inside({"a": [{"b": 1}, {"b": 2}]}, ["a", "*", "b"]) == 1
    assert inside({"a": {"x": 3}}, ["a", "*"]) == 3
    assert inside({"a": []}, ["a", "*"]) is ABSENT


def test_the_goldens_of_the_gate_are_no_witnesses(goldens: dict[str, bytes]) -> None:
    paths = {golden.path for golden in recorded(goldens)}

    assert paths == {path for path in goldens if not path.startswith(("golden/gate/", "golden/corpus/"))}
