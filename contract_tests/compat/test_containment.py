"""What is proved of containment and what is not, pair by pair."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema_rs.canonical import Containment

from tools.compat.containment import Answer, covers, difference, standing
from tools.compat.proving import proved
from tools.openapi.schemas import Schema

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}


def recursive(name: str, **leaf: Any) -> Schema:
    """A tree whose labels are as said."""
    itself = {"$ref": f"#/$defs/{name}"}
    node = {
        "type": "object",
        "properties": {"label": {"type": "string", **leaf}, "left": {"anyOf": [itself, {"type": "null"}]}},
        "required": ["label"],
        "additionalProperties": False,
    }
    return {**itself, "$defs": {name: node}}


EQUAL: dict[str, tuple[Any, Any]] = {
    "annotations": ({**TEXT, "title": "A", "description": "B", "default": "c", "x-d": 1}, TEXT),
    "null as a type": ({"anyOf": [TEXT, {"type": "null"}]}, {"type": ["null", "string"]}),
    "one value": ({"const": 1}, {"enum": [1]}),
    "one value of a type": ({"const": "a", "type": "string"}, {"enum": ["a"]}),
    "a wrapped schema": ({"allOf": [TEXT]}, TEXT),
    "an open end": ({**INTEGER, "exclusiveMinimum": 0}, {**INTEGER, "minimum": 1}),
    "oneOf of types": ({"oneOf": [TEXT, INTEGER]}, {"anyOf": [INTEGER, TEXT]}),
    "both truths": ({"type": "boolean"}, {"enum": [True, False]}),
    "a tree of another name": (recursive("Tree"), recursive("Plant")),
    "a reference": ({"$ref": "#/$defs/A", "$defs": {"A": TEXT}}, TEXT),
    "a schema apart": (
        {"allOf": [{**TEXT, "pattern": "^a"}, {"maxLength": 9}]},
        {**TEXT, "pattern": "^a", "maxLength": 9},
    ),
    "a closed schema apart": (
        {"allOf": [{"type": "object", "properties": {"a": TEXT}}, {"required": ["a"]}]},
        {"type": "object", "properties": {"a": TEXT}, "required": ["a"]},
    ),
}
NARROWER: dict[str, tuple[Any, Any]] = {
    "a shorter text": ({**TEXT, "maxLength": 8}, {**TEXT, "maxLength": 9}),
    "a shorter text of one pattern": (
        {**TEXT, "pattern": "^a", "maxLength": 8},
        {**TEXT, "pattern": "^a", "maxLength": 9},
    ),
    "a pattern": ({**TEXT, "pattern": "^a"}, TEXT),
    "a format": ({**TEXT, "format": "date"}, TEXT),
    "values that match": ({"enum": ["a", "ab"]}, {**TEXT, "pattern": "^a"}),
    "integers": (INTEGER, {"type": "number"}),
    "integers in a list": ({"type": "array", "items": INTEGER}, {"type": "array", "items": {"type": "number"}}),
    "multiples of a multiple": ({**INTEGER, "multipleOf": 6}, {**INTEGER, "multipleOf": 3}),
    "a required name": ({"type": "object", "required": ["a"]}, {"type": "object"}),
    "a closed object": (
        {"type": "object", "properties": {"a": TEXT}, "additionalProperties": False},
        {"type": "object"},
    ),
    "a tree of shorter labels": (recursive("Tree", maxLength=8), recursive("Plant", maxLength=9)),
    "a tree of labels with a pattern": (recursive("A", pattern="^a", maxLength=8), recursive("A", pattern="^a")),
    "names by the same pattern": (
        {"type": "object", "patternProperties": {"^a": {**TEXT, "maxLength": 1}}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^a": TEXT}, "additionalProperties": False},
    ),
    "unique items": ({"type": "array", "uniqueItems": True}, {"type": "array"}),
    "less of what is excluded": ({"not": {"type": ["string", "null"]}}, {"not": TEXT}),
}
UNPROVED: dict[str, tuple[Any, Any]] = {
    "another pattern": ({**TEXT, "pattern": r"^\w"}, {**TEXT, "pattern": r"^\d"}),
    "another format": ({**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}),
    "a tree that is nothing but itself": (
        {"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, TEXT]}}},
        {"$ref": "#/$defs/B", "$defs": {"B": {"anyOf": [{"$ref": "#/$defs/B"}, INTEGER]}}},
    ),
}


def an_object(**said: Any) -> Schema:
    return {"type": "object", **said}


SHORT = {**TEXT, "maxLength": 1}
OVERREACHING: dict[str, tuple[Any, Any]] = {
    "from 1 is not from 2": ({**INTEGER, "exclusiveMinimum": 0}, {**INTEGER, "minimum": 2}),
    "to 9 is not to 8": ({**INTEGER, "exclusiveMaximum": 10}, {**INTEGER, "maximum": 8}),
    "from 1 is not above 1": ({**INTEGER, "minimum": 1}, {**INTEGER, "exclusiveMinimum": 1}),
    "to 9 is not below 9": ({**INTEGER, "maximum": 9}, {**INTEGER, "exclusiveMaximum": 9}),
    "above 0 is not from 1 among fractions": (
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "minimum": 1},
    ),
    "a name under a pattern": (
        an_object(properties={"a": TEXT}, additionalProperties=False),
        an_object(patternProperties={"^a": SHORT}),
    ),
    "names beside a pattern": (
        an_object(patternProperties={"^b": TEXT}, additionalProperties=False),
        an_object(additionalProperties=SHORT),
    ),
    "an item behind the first": ({"type": "array", "prefixItems": [SHORT]}, {"type": "array", "items": SHORT}),
    "a closed object and another beside it": (
        an_object(properties={"a": TEXT, "b": TEXT}, additionalProperties=False),
        {"allOf": [an_object(properties={"a": TEXT}, additionalProperties=False), an_object(properties={"b": TEXT})]},
    ),
    "what two branches share": ({**INTEGER, "minimum": 5}, {"oneOf": [{**INTEGER, "maximum": 9}, INTEGER]}),
    "a property that another demands": (an_object(), an_object(dependentRequired={"a": ["b"]})),
    "too many names": (an_object(properties={"a": TEXT, "b": TEXT}), an_object(maxProperties=1)),
}


@pytest.mark.parametrize("pair", OVERREACHING.values(), ids=list(OVERREACHING))
def test_no_part_by_part_proof_reaches_too_far(pair: tuple[Any, Any]) -> None:
    narrow, wide = pair

    assert not proved(standing(wide), standing(narrow), nobody_knows)
    assert not covers(wide, narrow).proved


NOT_BY_PARTS = {"less of what is excluded"}
"""Only canonical forms negate."""


@pytest.mark.parametrize("pair", [NARROWER[name] for name in NARROWER if name not in NOT_BY_PARTS])
def test_the_wider_schema_is_proved_part_by_part_where_nothing_else_knows(pair: tuple[Any, Any]) -> None:
    narrow, wide = pair

    assert proved(standing(wide), standing(narrow), nobody_knows)
    assert not proved(standing(narrow), standing(wide), nobody_knows)


def nobody_knows(_wide: str, _narrow: str) -> Containment:
    return Containment.UNKNOWN


@pytest.mark.parametrize("pair", EQUAL.values(), ids=list(EQUAL))
def test_two_ways_to_say_the_same_are_proved_to_be_such(pair: tuple[Any, Any]) -> None:
    one, other = pair

    assert covers(one, other).proved
    assert covers(other, one).proved


@pytest.mark.parametrize("pair", NARROWER.values(), ids=list(NARROWER))
def test_the_wider_schema_is_proved_to_contain_the_narrower_and_never_the_reverse(pair: tuple[Any, Any]) -> None:
    narrow, wide = pair

    assert covers(wide, narrow).proved
    assert not covers(narrow, wide).proved
    assert difference(narrow, wide) is None
    assert difference(wide, narrow) is not None


@pytest.mark.parametrize("pair", UNPROVED.values(), ids=list(UNPROVED))
def test_what_cannot_be_decided_is_not_proved(pair: tuple[Any, Any]) -> None:
    one, other = pair

    assert not covers(one, other).proved
    assert not covers(other, one).proved


def test_a_refutation_is_told_from_ignorance() -> None:
    assert covers({**TEXT, "maxLength": 8}, TEXT).answer is Answer.NO
    assert covers({**TEXT, "pattern": r"^\w"}, {**TEXT, "pattern": r"^\d"}).answer is Answer.UNKNOWN


def test_a_pattern_that_cannot_be_compiled_proves_nothing() -> None:
    broken = {**TEXT, "pattern": "("}

    assert not covers(TEXT, broken).proved
    assert not covers({**broken, "maxLength": 9}, broken).proved


def test_truth_is_not_one() -> None:
    assert not covers({"const": True}, {"const": 1}).proved
    assert covers({"const": 1}, {"const": 1.0}).proved
