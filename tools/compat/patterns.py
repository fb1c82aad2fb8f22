"""Small texts at the boundaries of a pattern: shortest, longest, each branch, both ends of each class of characters."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

KEPT, PART = 60, 8
"""Texts of a pattern, and of each part of it."""
LONG = 40
"""Repetitions that are tried where more are allowed."""
CATEGORIES = {"CATEGORY_DIGIT": "09", "CATEGORY_WORD": "aZ0_", "CATEGORY_SPACE": " \t", "CATEGORY_NOT_SPACE": "a-"}
ALPHABET = "aZ0-._ !é"
# The standard library's own reader of patterns has no public name; a test guards what is used of it.
_reader: Any = importlib.import_module("re._parser")


def texts(pattern: str) -> list[str]:
    """Texts for a pattern as JSON Schema has them, best first; none if it is no pattern. Whoever needs a match checks it."""
    try:
        parsed = _reader.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return []
    return _sequence(parsed)[:KEPT]


def _sequence(items: Iterable[Any]) -> list[str]:
    """The first choice of every part, then each part's other choices alone, then everybody's last."""
    parts = [_part(kind.name, value) or [""] for kind, value in items]
    first = [part[0] for part in parts]
    made = ["".join(first)]
    for index, part in enumerate(parts):
        made += ["".join([*first[:index], other, *first[index + 1 :]]) for other in part[1:]]
    made.append("".join(part[-1] for part in parts))
    return list(dict.fromkeys(made))


def _part(kind: str, value: Any) -> list[str]:
    if kind == "LITERAL":
        return [chr(value)]
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(*value)
    if kind == "IN":
        return _class(value)
    if kind == "BRANCH":
        return list(dict.fromkeys(text for branch in value[1] for text in _sequence(branch)[:PART]))
    if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _sequence(value[-1] if kind == "SUBPATTERN" else value)[: 2 * PART]
    if kind in ("ANY", "NOT_LITERAL"):
        return [sign for sign in ALPHABET if kind == "ANY" or sign != chr(value)][:PART]
    return [""]  # anchors, look-arounds and back references: what they demand is left to the check


def _repeated(least: int, most: int, inner: Any) -> list[str]:
    choices = _sequence(inner)[:PART]
    most = min(int(most), max(least, LONG))
    counts = dict.fromkeys(count for count in (least, least + 1, most) if count <= most)
    made = [text * count for count in counts for text in choices]
    mixed = [other + choices[0] * (least - 1) for other in choices[1:] if least > 1]
    return list(dict.fromkeys([*made, *mixed]))[: 3 * PART]


def _class(members: list[Any]) -> list[str]:
    named = [(kind.name, value) for kind, value in members]
    if named[0][0] == "NEGATE":
        refused = {sign for kind, value in named[1:] for sign in _signs(kind, value, whole=True)}
        return [sign for sign in ALPHABET if sign not in refused][:PART]
    return list(dict.fromkeys(sign for kind, value in named for sign in _signs(kind, value)))[:PART]


def _signs(kind: str, value: Any, whole: bool = False) -> Iterator[str]:
    if kind == "LITERAL":
        yield chr(value)
    elif kind == "RANGE":
        yield from map(chr, range(value[0], value[1] + 1) if whole else value)
    elif kind == "CATEGORY":
        yield from CATEGORIES.get(value.name, "")
