"""The published schema and the type say the same: of every body, and, through text, of every parameter."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from contract_tests.values import as_json, from_schema, near
from handlers.gate.binding import Binder
from handlers.gate.event import read
from models.operation import Body, Cookie, Header, Operation, Path, Query
from models.refusals import Invalid
from models.registry import entries
from tools.conformance import Conformance
from tools.events import rest_event
from tools.goldens.calls import call_of, errors_of, text_of
from tools.goldens.violations import bases
from tools.openapi.document import document

DOCUMENT = document()
COMPONENTS = DOCUMENT["components"]["schemas"]
JUDGE = Conformance(DOCUMENT)
OPERATIONS = {entry.operation.id: entry.operation for entry in entries()}
DOCUMENTED = {o["operationId"]: o for path in DOCUMENT["paths"].values() for o in path.values()}
BODIES = [id for id, operation in OPERATIONS.items() if operation.places(Body)]
PARAMETERS = [(id, name) for id, o in OPERATIONS.items() for name in o.places(Path, Query, Header, Cookie)]
BOUNDED = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


def exceptions(operation: Operation[Any, Any]) -> set[str]:
    """What the operation publishes as `x-constraint`: the only differences there may be."""
    return {rule.type for rule in operation.rules}


def body_errors(operation: Operation[Any, Any], data: bytes) -> set[str]:
    """What the gate says of a body: the error types, none if it accepts."""
    call = call_of(operation, bases(operation)[0].request, raw=data)
    http = read(rest_event(call))
    segments = [part for part, name in zip(call.path.split("/"), operation.path.split("/"), strict=True) if "{" in name]
    try:
        Binder(operation).bind(http, segments, data)
    except Invalid as invalid:
        return {item["type"] for item in invalid.items}
    return set()


@pytest.mark.parametrize("operation_id", BODIES)
def test_a_body_fits_the_type_exactly_if_it_fits_the_schema(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    schema = DOCUMENTED[operation_id]["requestBody"]["content"]["application/json"]["schema"]
    validator = JUDGE.validator(schema)

    @BOUNDED
    @given(near(schema, COMPONENTS))
    def agree(value: Any) -> None:
        data = as_json(value)
        refused = body_errors(operation, data) - exceptions(operation)

        assert (not refused) == validator.is_valid(json.loads(data)), (value, refused)

    agree()


def schema_of(operation_id: str, name: str) -> dict[str, Any]:
    place = OPERATIONS[operation_id].places()[name]
    wire = place.name if isinstance(place, Header | Cookie) else name
    found = next(p for p in DOCUMENTED[operation_id]["parameters"] if p["name"] == wire)
    schema: dict[str, Any] = found["schema"]
    return schema


def says_nothing_of(operation: Operation[Any, Any], name: str, value: Any) -> bool:
    """Whether the type accepts a value of one field, the others being as in an example."""
    values = {**bases(operation)[0].request, name: value}
    place = operation.places()[name]
    wire = place.name.lower() if isinstance(place, Header | Cookie) else name
    return not any(loc[1] == wire for loc, _ in errors_of(operation, values) if len(loc) > 1)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("operation_id", "name"), PARAMETERS)
def test_every_spelling_of_a_valid_value_is_accepted(operation_id: str, name: str) -> None:
    operation = OPERATIONS[operation_id]

    @BOUNDED
    @given(
        from_schema(schema_of(operation_id, name), COMPONENTS).filter(
            JUDGE.validator(schema_of(operation_id, name)).is_valid
        )
    )
    def accepted(value: Any) -> None:
        whole = int(value) if isinstance(value, float) and value.is_integer() else value

        assert says_nothing_of(operation, name, whole), text_of(whole)

    accepted()


texts = st.one_of(
    st.text(max_size=14),
    st.sampled_from(
        ["", " ", "1", " 1 ", "+1", "1_0", "1.0", "-1", "nan", "inf", "true", "YES", "AAPL,aapl", "aapl,,", "BRK.B"]
    ),
    st.from_regex(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    st.from_regex(r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-][0-2][0-9]:00)$"),
    st.sampled_from(["1m", "24h", "1M", "D", "7d", "24h,1m", "positive", "Positive"]),
)


@pytest.mark.parametrize(("operation_id", "name"), PARAMETERS)
def test_every_text_that_is_accepted_means_a_valid_value(operation_id: str, name: str) -> None:
    operation = OPERATIONS[operation_id]
    schema = schema_of(operation_id, name)
    validator = JUDGE.validator(schema)
    several = schema.get("type") == "array"

    @BOUNDED
    @given(texts)
    def meant(text: str) -> None:
        value: Any = text.split(",") if several else text
        if says_nothing_of(operation, name, value):
            parsed = parsed_value(operation, name, value)

            assert validator.is_valid(parsed), (text, parsed)

    meant()


def parsed_value(operation: Operation[Any, Any], name: str, value: Any) -> Any:
    field = operation.request.model_fields[name]
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation if not field.metadata else _annotated(field))
    return json.loads(adapter.dump_json(adapter.validate_python(value)))


def _annotated(field: Any) -> Any:
    return Annotated[(field.annotation, *field.metadata)]
