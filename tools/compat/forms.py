"""The canonical forms and validators of jsonschema_rs, kept by the text of a schema."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Containment, Satisfiability


@lru_cache(maxsize=20_000)
def canonical_form(text: str) -> Any:
    """The canonical form of a schema; None where there is none, for a pattern that cannot be compiled, say."""
    try:
        return jsonschema_rs.canonicalize(json.loads(text), validate_formats=True)
    except (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None


def decided(wide: str, narrow: str) -> Containment:
    """What canonical forms say of one schema's containing another."""
    one, other = canonical_form(wide), canonical_form(narrow)
    if one is None or other is None:
        return Containment.UNKNOWN
    try:
        answer: Containment = one.covers(other)
        return answer
    except CanonicalizationError:
        return Containment.UNKNOWN


def disjoint(one: str, other: str) -> bool:
    """Whether no value fits both, proved."""
    left, right = canonical_form(one), canonical_form(other)
    if left is None or right is None:
        return False
    try:
        return bool(left.intersect(right).satisfiability() is Satisfiability.NO)
    except CanonicalizationError:
        return False


def empty(text: str) -> bool:
    """Whether no value fits, proved."""
    form = canonical_form(text)
    return form is not None and form.satisfiability() is Satisfiability.NO


@lru_cache(maxsize=5_000)
def validator(text: str) -> Any:
    """The validator of a schema, formats checked; None where the schema cannot be compiled."""
    try:
        return jsonschema_rs.Draft202012Validator(json.loads(text), validate_formats=True)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None


def fits(text: str, value: Any) -> bool | None:
    """Whether a value fits a schema; None where that cannot be asked."""
    known = validator(text)
    return None if known is None else bool(known.is_valid(value))
