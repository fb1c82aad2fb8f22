"""The request header Prefer (RFC 7240, section 2), read as its grammar says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[\t !\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"'
_PAIR = rf"(?P<name>{_TOKEN})(?:[ \t]*=[ \t]*(?P<value>{_TOKEN}|{_QUOTED}))?"
_NAMELESS = re.sub(r"\?P<\w+>", "?:", _PAIR)

PAIR = re.compile(_PAIR)
ELEMENT = re.compile(rf"{_NAMELESS}(?:[ \t]*;(?:[ \t]*{_NAMELESS})?)*")
SEPARATOR = re.compile(r"[ \t]*(?:,[ \t,]*|\Z)")
BEFORE = re.compile(r"[ \t,]*")
WHOLE_TOKEN = re.compile(_TOKEN)


class BadPrefer(ValueError):
    """A value that the grammar does not allow. The message says where."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What is preferred; no value and an empty one are the same. Parameters by lower-cased name."""

    value: str
    parameters: Mapping[str, str]


def preferences(headers: Iterable[str]) -> dict[str, Preference]:
    """Lower-cased name → preference, of every Prefer header in order; the first of a name counts. Raises `BadPrefer`."""
    found: dict[str, Preference] = {}
    for text in headers:
        for name, preference in _listed(text):
            found.setdefault(name, preference)
    return found


def _listed(text: str) -> Iterator[tuple[str, Preference]]:
    """The elements of one header; empty ones are none (RFC 9110, 5.6.1)."""
    position = _end(BEFORE.match(text))
    while position < len(text):
        element = ELEMENT.match(text, position)
        after = SEPARATOR.match(text, element.end()) if element else None
        if element is None or after is None:
            raise BadPrefer(f"Prefer cannot be read from character {_end(element) or position}: {text!r}")
        yield _preference(element[0])
        position = after.end()


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _preference(element: str) -> tuple[str, Preference]:
    (name, value), *rest = [(pair["name"].lower(), _unquoted(pair["value"] or "")) for pair in PAIR.finditer(element)]
    parameters: dict[str, str] = {}
    for parameter, text in rest:
        parameters.setdefault(parameter, text)
    return name, Preference(value, parameters)


def _unquoted(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word.startswith('"') else word


def word(text: str) -> str:
    """A text as a value: as it is if it is a token, else quoted."""
    if WHOLE_TOKEN.fullmatch(text):
        return text
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
