"""The keywords that constrain a request, in one table: what they apply to, which errors say that they are broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tools.openapi.schemas import Schema

TEXT = ("path", "query", "header", "cookie")
"""Locations whose values are text, not JSON."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """`errors` are the types of a 422's entries; `applies` says whether a value is of the kind that is constrained."""

    name: str
    errors: frozenset[str]
    applies: Callable[[Any], bool]
    unbreakable: Callable[[str, Any], bool] = lambda location, said: False
    """Whether no request can break it in a location, given what the keyword says. tools/constraints.py has the reasons."""
    shares_errors: bool = False
    """Whether another keyword has the same errors, so that only the value tells which of the two is broken."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_given(value: Any) -> bool:
    return value is not None


def _is_there(value: Any) -> bool:
    return True


def _always_text(location: str, said: Any) -> bool:
    """Text is always a text, and splitting it always gives a list."""
    return location in TEXT and said in ("string", "array")


def _needs_the_segment(location: str, said: Any) -> bool:
    """A path without the segment, or with an empty one, is another path."""
    return location == "path" and said in (True, 1)


def _never_empty(location: str, said: Any) -> bool:
    """Splitting text at commas gives at least one member."""
    return location in TEXT and said == 1


WRONG_TYPE = frozenset(
    {
        "string_type",
        "int_type",
        "int_parsing",
        "int_parsing_size",
        "int_from_float",
        "float_type",
        "float_parsing",
        "finite_number",
        "bool_type",
        "bool_parsing",
        "list_type",
        "model_attributes_type",
        "date_type",
        "datetime_type",
    }
)
WRONG_FORM = frozenset({"string_pattern_mismatch", "date_parsing", "datetime_parsing"})
NOT_AMONG = frozenset({"literal_error", "enum"})

REQUIRED = Keyword("required", frozenset({"missing"}), _is_there, _needs_the_segment)
CONTENT = Keyword("content", frozenset({"json_invalid"}), _is_there)
"""That a body is JSON at all."""
ADDITIONAL = Keyword("additionalProperties", frozenset({"extra_forbidden"}), _is_object)

OF_A_SCHEMA = (
    Keyword("type", WRONG_TYPE, _is_given, _always_text),
    Keyword("enum", NOT_AMONG, _is_given),
    Keyword("const", NOT_AMONG, _is_given),
    Keyword("minLength", frozenset({"string_too_short"}), _is_text, _needs_the_segment),
    Keyword("maxLength", frozenset({"string_too_long"}), _is_text),
    Keyword("pattern", WRONG_FORM, _is_text, shares_errors=True),
    Keyword("format", WRONG_FORM, _is_text, shares_errors=True),
    Keyword("minimum", frozenset({"greater_than_equal"}), _is_number),
    Keyword("exclusiveMinimum", frozenset({"greater_than"}), _is_number),
    Keyword("maximum", frozenset({"less_than_equal"}), _is_number),
    Keyword("exclusiveMaximum", frozenset({"less_than"}), _is_number),
    Keyword("multipleOf", frozenset({"multiple_of"}), _is_number),
    Keyword("minItems", frozenset({"too_short"}), _is_list, _never_empty),
    Keyword("maxItems", frozenset({"too_long"}), _is_list),
)
"""Keywords that stand in the schema of the value that they constrain, in the order of items."""


def said(schema: Schema) -> list[tuple[Keyword, Any]]:
    """The keywords that a schema says, each with its value; `additionalProperties` only where it closes the object.

    A value of a wrong type is none of an enumeration and is refused as that: the type beside one constrains nothing more.
    """
    unsaid = {"type"} if schema.keys() & {"enum", "const"} else set()
    found = [(keyword, schema[keyword.name]) for keyword in OF_A_SCHEMA if keyword.name in schema.keys() - unsaid]
    return [*found, (ADDITIONAL, False)] if schema.get("additionalProperties") is False else found
