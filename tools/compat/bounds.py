"""Whether one bound implies another: what a schema says of a length, a number or a count, against one keyword."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tools.compat.json_text import canonical
from tools.compat.languages import contains
from tools.openapi.schemas import Schema

Bounded = Callable[[Schema, Any, bool], bool]


def _at_least(keyword: str) -> Bounded:
    return lambda narrow, bound, _: keyword in narrow and narrow[keyword] >= bound


def _at_most(keyword: str) -> Bounded:
    return lambda narrow, bound, _: keyword in narrow and narrow[keyword] <= bound


def _same(keyword: str) -> Bounded:
    return lambda narrow, said, _: keyword in narrow and canonical(narrow[keyword]) == canonical(said)


def _matching(narrow: Schema, pattern: Any, _: bool) -> bool:
    said = narrow.get("pattern")
    return said is not None and (said == pattern or contains(pattern, said) is True)


def _above(inclusive: bool) -> Bounded:
    def bounded(narrow: Schema, bound: Any, integral: bool) -> bool:
        least, over = narrow.get("minimum"), narrow.get("exclusiveMinimum")
        if least is not None and (least >= bound if inclusive else least > bound):
            return True
        if over is None:
            return False
        return over >= bound or (integral and inclusive and isinstance(over, int) and over + 1 >= bound)

    return bounded


def _below(inclusive: bool) -> Bounded:
    def bounded(narrow: Schema, bound: Any, integral: bool) -> bool:
        most, under = narrow.get("maximum"), narrow.get("exclusiveMaximum")
        if most is not None and (most <= bound if inclusive else most < bound):
            return True
        if under is None:
            return False
        return under <= bound or (integral and inclusive and isinstance(under, int) and under - 1 <= bound)

    return bounded


def _divisible(narrow: Schema, divisor: Any, _: bool) -> bool:
    """Only among integers; how fractions divide depends on who calculates."""
    step = narrow.get("multipleOf")
    if isinstance(step, int) and isinstance(divisor, int):
        return step % divisor == 0
    return step is not None and canonical(step) == canonical(divisor)


def _few_names(narrow: Schema, most: Any, _: bool) -> bool:
    if narrow.get("maxProperties", most + 1) <= most:
        return True
    closed = narrow.get("additionalProperties") is False and not narrow.get("patternProperties")
    return closed and len(narrow.get("properties", {})) <= most


BOUNDS: Mapping[str, Bounded] = {
    "minLength": _at_least("minLength"),
    "maxLength": _at_most("maxLength"),
    "pattern": _matching,
    "format": _same("format"),
    "minimum": _above(True),
    "exclusiveMinimum": _above(False),
    "maximum": _below(True),
    "exclusiveMaximum": _below(False),
    "multipleOf": _divisible,
    "minItems": _at_least("minItems"),
    "maxItems": _at_most("maxItems"),
    "uniqueItems": lambda narrow, _, __: narrow.get("uniqueItems") is True or narrow.get("maxItems", 2) < 2,
    "minProperties": lambda narrow, least, _: (
        max(narrow.get("minProperties", 0), len(narrow.get("required", ()))) >= least
    ),
    "maxProperties": _few_names,
}
"""Keyword → whether what the narrow schema says implies the bound."""
