"""What is no contract is refused with a sentence that says what to do; a contract may be written in many ways."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_tests.compat.mutations import CONTRACT
from contract_tests.compat.small_contracts import TEXT, closed, contract, parameter, responding, taking, told
from tools.compat.change import Change
from tools.compat.comparing import NotAContract, changes
from tools.compat.document import Document
from tools.openapi.schemas import Schema

LOOPS = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}


def with_components(whole: Schema, **components: Any) -> Schema:
    return {**whole, "components": {**whole["components"], **components}}


NO_CONTRACTS: dict[str, tuple[Any, str]] = {
    "a list": ([], r"is \[\], not an object"),
    "no openapi": ({"paths": {}}, "no `openapi`"),
    "OpenAPI 3.0": ({"openapi": "3.0.3", "paths": {}}, r"OpenAPI 3\.0\.3.*convert it to 3\.1"),
    "no paths": ({"openapi": "3.1.0"}, "no object at `paths`"),
    "paths as a list": ({"openapi": "3.1.0", "paths": []}, "no object at `paths`"),
    "a reference to nothing": (taking({"$ref": "#/components/schemas/Gone"}), "is not there"),
    "a reference elsewhere": (taking({"$ref": "other.json#/A"}), "outside itself"),
    "references in a circle": (
        with_components(taking({"$ref": "#/components/schemas/A"}), schemas=LOOPS),
        "only leads back to itself",
    ),
    "a moving reference": (taking({"$dynamicRef": "#node"}), r"uses \$dynamicRef"),
    "a schema that is none": (taking({"type": "strin"}), "no JSON Schema"),
    "a schema that is a text": (taking("string"), '"string".*where a schema belongs'),
    "a parameter without name": (contract(parameters=[{"in": "query"}]), "without `name` or `in`"),
    "parameters as an object": (contract(parameters={}), "where a list belongs"),
    "responses as a list": (contract(responses=[]), "where an object belongs"),
    "unknown security": (contract(security=[{"nothing": []}]), "is not there"),
    "security as a text": (contract(security="all"), "a list of objects belongs"),
    "tags as a text": (contract(tags="all"), "`tags` of POST /things"),
    "no JSON": ({"openapi": {1, 2}}, "no JSON"),
}


@pytest.mark.parametrize(("given_", "says"), NO_CONTRACTS.values(), ids=list(NO_CONTRACTS))
def test_what_is_no_contract_is_refused_with_a_sentence(given_: Any, says: str) -> None:
    with pytest.raises(NotAContract, match=says) as raised:
        changes(contract(), given_)

    assert re.fullmatch(r"the new contract .*; [a-z].*|.*\(.*\); [a-z].*", str(raised.value))


def test_it_is_said_which_of_two_is_no_contract() -> None:
    with pytest.raises(NotAContract, match=r"^the old contract"):
        changes({}, contract())


def compared_or_refused(old: Schema, new: Schema) -> list[Change] | str:
    """The changes, or the sentence that refuses."""
    try:
        return changes(old, new)
    except NotAContract as refused:
        return str(refused)


def nested(depth: int) -> Schema:
    schema: Schema = TEXT
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    return taking(schema)


@pytest.mark.parametrize("depth", [200, 400, 2_000, 50_000])
def test_a_contract_that_is_nested_too_deeply_is_refused_or_compared(depth: int) -> None:
    found = compared_or_refused(nested(depth), nested(depth + 1))

    if isinstance(found, str):
        assert "deep" in found or "no JSON" in found
    else:
        assert [change.level.value for change in found] == ["breaking"]


def test_a_schema_may_contain_itself() -> None:
    def tree(most: int) -> Schema:
        leaf = {"type": "string", "maxLength": most}
        node = closed(("label",), label=leaf, left={"$ref": "#/components/schemas/Tree"})
        return with_components(taking({"$ref": "#/components/schemas/Tree"}), schemas={"Tree": node})

    assert told(tree(9), tree(9)) == []
    assert told(tree(9), tree(8)) == [("request-constraint-tightened", "body", "/label")]


def test_what_stands_in_examples_is_no_reference() -> None:
    example = {"example": {"$ref": "#/nowhere"}, "default": {"$ref": "#/nowhere"}}

    assert told(taking({**TEXT, **example}), taking({**TEXT, **example, "maxLength": 9})) == [
        ("request-constraint-tightened", "body", "")
    ]


def test_a_property_may_have_the_name_of_a_keyword() -> None:
    old, new = (taking(closed(**dict.fromkeys(names, TEXT))) for names in (("default", "enum"), ("default", "const")))

    assert {rule for rule, *_ in told(old, new)} == {"request-property-removed", "request-property-added"}


def test_parameters_of_a_path_belong_to_its_operations() -> None:
    shared = contract(parameters=[parameter("b")])
    shared["paths"]["/things"]["parameters"] = [parameter("a"), parameter("b", schema={"type": "integer"})]

    (served,) = Document(shared).operations

    assert [(p["name"], p["schema"]) for p in served.said["parameters"]] == [("a", TEXT), ("b", TEXT)]


def test_everything_may_stand_among_the_components() -> None:
    header = {"required": True, "schema": TEXT}
    plain = responding({"headers": {"X-N": header}})
    referring = with_components(
        responding({"headers": {"X-N": {"$ref": "#/components/headers/N"}}}), headers={"N": header}
    )

    assert told(plain, referring) == []


def test_our_own_contract_is_one_and_differs_from_itself_in_nothing() -> None:
    ours = json.loads(CONTRACT.read_bytes())

    assert changes(ours, copy.deepcopy(ours)) == []
    assert len(Document(ours).operations) == sum(len(item) for item in ours["paths"].values())


SMALL = with_components(
    responding(
        {"headers": {"X-N": {"required": True, "schema": TEXT}}, "links": {"next": {"operationId": "makeThing"}}}
    ),
    schemas={
        "Thing": closed(("n",), n=TEXT, more={"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]})
    },
)
SMALL["paths"]["/things"]["post"] |= {
    "parameters": [parameter("q", schema={"type": "array", "items": TEXT})],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
    "security": [{"session": ["member"]}],
    "tags": ["things"],
    "x-level": "member",
    "x-sunset": "2024-12-31",
    "x-rate-limit": {"requests": 1, "seconds": 1},
    "x-constraint": [{"type": "odd", "loc": ["query", "q"], "description": "Odd"}],
}
SMALL["paths"]["/things"]["post"]["responses"]["200"]["content"] = {
    "text/event-stream": {"schema": TEXT, "x-events": {"tick": closed(n=TEXT)}}
}


def places(node: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [steps, *(place for key, member in members for place in places(member, (*steps, key)))]


def spoiled(document: Schema, steps: tuple[Any, ...], value: Any) -> Any:
    if not steps:
        return value
    made: Any = copy.deepcopy(document)
    holder = made
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return made


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(places(SMALL)), st.sampled_from((None, True, 0, -1.5, "", "x", [], [None], ["x"], {}, {"x": None}))
)
def test_a_contract_spoiled_anywhere_is_compared_or_refused_and_never_a_traceback(steps: Any, value: Any) -> None:
    other = spoiled(SMALL, steps, value)

    for old, new in ((SMALL, other), (other, SMALL)):
        found = compared_or_refused(old, new)

        if isinstance(found, str):
            assert "; " in found
        else:
            assert all(change.message for change in found)
