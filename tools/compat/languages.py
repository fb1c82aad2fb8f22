"""Whether one pattern accepts every text that another accepts, decided by the automata of both.

Only for patterns that every dialect reads alike: signs, classes, groups, repetitions, branches, anchors at the ends.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from greenery import parse

from tools.compat.patterns import texts

LARGEST = 80
"""Signs that a pattern may have with its repetitions written out; the automaton of more takes too long."""
UNBOUNDED = 64
"""What an endless repetition counts for."""
# The standard library's own reader of patterns has no public name; a test guards what is used of it.
_reader: Any = importlib.import_module("re._parser")


class Unreadable(Exception):
    """A pattern has a part that dialects read in different ways, or is too large."""


@cache
def contains(wide: str, narrow: str) -> bool | None:
    """Whether `wide` accepts whatever `narrow` accepts; None if that cannot be told."""
    try:
        if any(_accepts(narrow, text) and not _accepts(wide, text) for text in texts(narrow)):
            return False
        return bool(_automaton(narrow).difference(_automaton(wide)).empty())
    except (Unreadable, re.error):
        return None


def _accepts(pattern: str, text: str) -> bool:
    return re.search(_ended(pattern), text) is not None


def _ended(pattern: str) -> str:
    """The pattern as JSON Schema reads it: its last `$` is not before a final line break."""
    return pattern[:-1] + r"\Z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


@cache
def _automaton(pattern: str) -> Any:
    try:
        parts = list(_reader.parse(pattern))
    except (re.error, RecursionError, OverflowError):
        raise Unreadable(pattern) from None
    if _size(parts) > LARGEST:
        raise Unreadable(pattern)
    names = [kind.name for kind, _ in parts]
    opened = not (names and parts[0] == (_reader.AT, _reader.AT_BEGINNING))
    ended = not (names and parts[-1] == (_reader.AT, _reader.AT_END))
    inner = parts[0 if opened else 1 : len(parts) if ended else -1]
    return parse(".*" * opened + _sequence(inner) + ".*" * ended)


def _sequence(parts: Iterable[Any]) -> str:
    return "".join(_part(kind.name, value) for kind, value in parts)


def _part(kind: str, value: Any) -> str:
    if kind == "LITERAL":
        return _sign(value)
    if kind == "IN":
        return _class([(inner.name, said) for inner, said in value])
    if kind == "MAX_REPEAT":
        least, most, inner = value
        upto = "" if most == _reader.MAXREPEAT else str(int(most))
        return f"({_sequence(inner)}){{{least},{upto}}}"
    if kind == "BRANCH":
        return "(" + "|".join(_sequence(branch) for branch in value[1]) + ")"
    if kind == "SUBPATTERN" and not (value[1] or value[2]):
        return f"({_sequence(value[-1])})"
    raise Unreadable(kind)


def _class(members: list[tuple[str, Any]]) -> str:
    negated = members[0][0] == "NEGATE"
    return f"[{'^' * negated}{''.join(_member(kind, said) for kind, said in members[negated:])}]"


def _member(kind: str, said: Any) -> str:
    if kind == "LITERAL":
        return _sign(said)
    if kind == "RANGE":
        return f"{_sign(said[0])}-{_sign(said[1])}"
    raise Unreadable(kind)


def _sign(code: int) -> str:
    """A letter or a digit as it is, everything else in ASCII by its code: no sign of its own means anything."""
    sign = chr(code)
    return f"\\x{code:02x}" if sign.isascii() and not sign.isalnum() else sign


def _size(parts: Iterable[Any]) -> int:
    total = 0
    for kind, value in parts:
        if kind.name == "MAX_REPEAT":
            least, most, inner = value
            total += (max(int(least), UNBOUNDED) if most == _reader.MAXREPEAT else int(most)) * _size(inner)
        elif kind.name == "BRANCH":
            total += sum(_size(branch) for branch in value[1])
        else:
            total += _size(value[-1]) if kind.name == "SUBPATTERN" else 1
    return total
