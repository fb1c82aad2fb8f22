"""What can be exercised: all of the contract, nothing twice, and exactly what a request can break."""

from __future__ import annotations

from typing import Any

import pytest

from models.operation import Operation
from models.registry import entries
from tools.constraints import Breakable, breakables
from tools.coverage.items import Item
from tools.coverage.keywords import ADDITIONAL, CONTENT, OF_A_SCHEMA, REQUIRED
from tools.coverage.universe import subject_of_loc, universe
from tools.findings import Subject
from tools.openapi.document import document

MADE = document()
ITEMS = universe(MADE)
OPERATIONS = [entry.operation for entry in entries()]
KEYWORDS = {keyword.name: keyword for keyword in (*OF_A_SCHEMA, REQUIRED, CONTENT, ADDITIONAL)}


def refused(operation_id: str) -> list[Item]:
    return [i for i in ITEMS if i.subject.operation_id == operation_id and i.outcome == "refused"]


def is_broken_by(item: Item, breakable: Breakable) -> bool:
    """Whether the item is what a constraint of the types is called in the document."""
    kind, subject = (
        breakable.constraint.type,
        subject_of_loc(breakable.constraint.operation_id, breakable.constraint.loc),
    )
    if kind in CONTENT.errors or (kind in ADDITIONAL.errors and subject.location == "body"):
        subject = Subject(subject.operation_id, subject.location, subject.pointer.rpartition("/")[0])
    errors = KEYWORDS[item.name].errors if item.name in KEYWORDS else {item.name}
    return subject == item.subject and kind in errors


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_constraint_that_a_request_can_break_is_an_item(operation: Operation[Any, Any]) -> None:
    items = refused(operation.id)

    forgotten = [
        breakable.constraint
        for breakable in breakables(operation)
        if not breakable.excluded and not any(is_broken_by(item, breakable) for item in items)
    ]
    assert forgotten == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_refusal_that_is_an_item_can_be_had(operation: Operation[Any, Any]) -> None:
    known = [breakable for breakable in breakables(operation) if not breakable.excluded]
    rules = {rule.type for rule in operation.rules}

    unreachable = [
        item
        for item in refused(operation.id)
        if item.name not in rules and not any(is_broken_by(item, breakable) for breakable in known)
    ]
    assert unreachable == []


def test_no_item_is_named_twice() -> None:
    assert len(set(ITEMS)) == len(ITEMS)


def test_every_declared_status_is_an_item() -> None:
    declared = [
        (operation["operationId"], status)
        for place in MADE["paths"].values()
        for operation in place.values()
        for status in operation["responses"]
    ]

    assert [(i.subject.operation_id, i.name) for i in ITEMS if i.kind == "status"] == declared


def of(operation: dict[str, Any], **components: Any) -> list[str]:
    """The items of a document with this operation, as text."""
    whole = {"responses": {"200": {}}, **operation, "operationId": "op"}
    made = {"paths": {"/x": {"post": whole}}, "components": {"schemas": components}}
    return [str(item).removeprefix("op ") for item in universe(made)]


def query(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"parameters": [{"name": "q", "in": "query", "schema": schema, **more}]}


def body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


def test_a_bound_is_to_be_kept_and_to_be_broken() -> None:
    items = of(query({"type": "integer", "minimum": 1}))

    assert "query /q minimum accepted" in items
    assert "query /q minimum refused" in items


def test_a_text_cannot_be_of_a_wrong_type_where_all_values_are_text() -> None:
    items = of(query({"type": "string"}))

    assert "query /q type accepted" in items
    assert "query /q type refused" not in items


def test_a_text_can_be_of_a_wrong_type_in_a_body() -> None:
    items = of(body({"type": "string"}))

    assert "body type refused" in items


@pytest.mark.parametrize("values", [{"enum": ["a", "b"]}, {"const": "a"}], ids=["enum", "const"])
def test_the_type_of_one_of_some_values_is_no_constraint_of_its_own(values: dict[str, Any]) -> None:
    items = of(body({"type": "string", **values}))

    assert f"body {next(iter(values))} refused" in items
    assert not any(" type " in item for item in items)


def test_a_missing_property_is_required_at_its_own_pointer() -> None:
    items = of(body({"type": "object", "properties": {"a/b": {"type": "string"}}, "required": ["a/b"]}))

    assert "body /a~1b required refused" in items


def test_members_of_a_list_are_a_star() -> None:
    items = of(body({"type": "array", "items": {"type": "object", "properties": {"n": {"maximum": 3}}}}))

    assert "body /*/n maximum refused" in items


def test_what_a_component_says_is_said_where_it_is_used() -> None:
    items = of(body({"$ref": "#/components/schemas/Name"}), Name={"type": "string", "maxLength": 5})

    assert "body maxLength refused" in items


def test_the_parts_of_a_nullable_value_are_its_own() -> None:
    items = of(body({"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]}))

    assert items.count("body type refused") == 1
    assert "body maxLength accepted" in items


def test_a_component_inside_itself_ends() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}, "n": {"minimum": 0}}}

    items = of(body({"$ref": "#/components/schemas/Node"}), Node=node)

    assert "body /n minimum refused" in items


def test_an_open_object_refuses_no_property() -> None:
    items = of(body({"type": "object", "additionalProperties": True}))

    assert not any("additionalProperties" in item for item in items)


def test_headers_of_every_response_are_shown_by_one_of_an_operation() -> None:
    both: dict[str, Any] = {"X-Id": {"schema": {}}}
    responses = {"200": {"headers": {**both, "ETag": {"schema": {}}}}, "404": {"headers": both}}

    items = of({"responses": responses})

    assert [item for item in items if "header" in item] == [
        "response 200 header /x-id x-id shown",
        "response 200 header /etag etag shown",
    ]


def test_links_and_events_are_items() -> None:
    content: dict[str, Any] = {"text/event-stream": {"x-events": {"reset": {}}}}

    items = of({"responses": {"200": {"links": {"next": {}}, "content": content}}})

    assert items[-2:] == ["event reset reset shown", "response 200 next shown"]
