"""What must hold of containment for any schemas: a proof is never wrong, and nothing differs from itself."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema_rs.canonical import Containment

from contract_tests.compat.small_schemas import VALUES, recursive_schemas, related, schemas
from tools.compat.change import Direction
from tools.compat.containment import Answer, covers, difference, standing
from tools.compat.delta import Effect
from tools.compat.proving import proved
from tools.compat.schemas import deltas
from tools.compat.shape import opened

MANY = settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
PAIRS = st.one_of(
    st.tuples(schemas(), schemas()),
    related(schemas()),
    st.tuples(recursive_schemas("A"), recursive_schemas("B")),
    related(recursive_schemas("A")),
)
Pair = tuple[Any, Any]


def accepted(schema: Any) -> list[Any]:
    """The small values that fit a schema."""
    judge = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [value for value in VALUES if judge.is_valid(value)]


def assert_no_value_refutes(wide: Any, narrow: Any) -> None:
    judge = jsonschema_rs.Draft202012Validator(wide, validate_formats=True)

    assert [value for value in accepted(narrow) if not judge.is_valid(value)] == [], (wide, narrow)


@MANY
@given(PAIRS)
def test_a_proof_of_containment_is_refuted_by_no_value(pair: Pair) -> None:
    for wide, narrow in (pair, pair[::-1]):
        verdict = covers(wide, narrow)

        if verdict.answer is Answer.YES:
            assert_no_value_refutes(wide, narrow)


@MANY
@given(PAIRS)
def test_a_proof_part_by_part_is_refuted_by_no_value(pair: Pair) -> None:
    for wide, narrow in (pair, pair[::-1]):
        if proved(standing(wide), standing(narrow), lambda _wide, _narrow: Containment.UNKNOWN):
            assert_no_value_refutes(wide, narrow)


@MANY
@given(schemas() | recursive_schemas("A"))
def test_a_schema_is_contained_in_itself_and_differs_from_itself_in_nothing(schema: Any) -> None:
    text = standing(schema)

    assert covers(schema, schema).proved
    assert difference(schema, schema) is None
    assert all(deltas(text, text, direction) == () for direction in Direction)


@MANY
@given(PAIRS)
def test_a_difference_holds_exactly_the_values_that_tell_two_schemas_apart(pair: Pair) -> None:
    narrow, wide = pair
    apart = difference(narrow, wide)
    judge = jsonschema_rs.Draft202012Validator(wide, validate_formats=True)
    telling = [value for value in accepted(narrow) if not judge.is_valid(value)]

    if apart is not None:
        assert accepted(apart) == telling
    elif covers(wide, narrow).proved:
        assert telling == []


@MANY
@given(schemas())
def test_an_open_schema_accepts_what_the_closed_one_accepts(schema: Any) -> None:
    assert_no_value_refutes(opened(schema), schema)


@MANY
@given(PAIRS)
def test_changes_without_harm_take_nothing_from_a_request(pair: Pair) -> None:
    old, new = pair
    found = deltas(standing(old), standing(new), Direction.REQUEST)

    if not any(delta.effect.harms(Direction.REQUEST) for delta in found):
        assert_no_value_refutes(new, old)


@MANY
@given(PAIRS)
def test_changes_without_harm_bring_nothing_to_a_response(pair: Pair) -> None:
    old, new = pair
    found = deltas(standing(old), standing(new), Direction.RESPONSE)

    if not any(delta.effect.harms(Direction.RESPONSE) for delta in found):
        assert_no_value_refutes(old, new)


@MANY
@given(PAIRS)
def test_a_whole_that_only_widens_has_no_part_that_harms_a_request(pair: Pair) -> None:
    old, new = pair
    if covers(new, old).proved:
        found = deltas(standing(old), standing(new), Direction.REQUEST)

        assert {delta.effect for delta in found} <= {Effect.WIDENS}
