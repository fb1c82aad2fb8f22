"""Text as the page shows it: JSON with its tokens marked, prose with its code marked; whatever it says, it stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

WIDTH = 60
"""Columns that a line of JSON may fill before it is broken."""
LONGEST = 240
"""Characters of one text that are shown; of a longer one, its beginning and its length."""
_prose_code = re.compile(r"`([^`]+)`")


_ELEMENTS = {"k": "b", "s": "i"}
"""Those that come by the thousand have short elements of their own."""


def content(text: str) -> Markup:
    """Text between tags, where quotes stand for themselves."""
    if isinstance(text, Markup):
        return text
    return Markup(str(escape(text)).replace("&#34;", '"').replace("&#39;", "'"))


def token(kind: str, text: str) -> Markup:
    """k a key, s a text, n a number, l a literal, c what is said about the text and is no part of it."""
    if element := _ELEMENTS.get(kind):
        return Markup("<{0}>{1}</{0}>").format(element, content(text))
    return Markup("<span class={}>{}</span>").format(kind, content(text))


def compact(value: Any) -> str:
    """JSON on one line, as people write it."""
    return json.dumps(value, ensure_ascii=False)


def shortened(text: str) -> str:
    """A long text by its beginning and its length."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 4]}…({len(text):,} characters)"


def painted(value: Any) -> Markup:
    """A JSON value, two spaces a level; what fits on a line stays on it."""
    return Markup("").join(_pieces(value, 0, 0))


def _pieces(value: Any, indent: int, used: int) -> Iterator[Markup]:
    """`used` is the column at which the value starts."""
    if not isinstance(value, dict | list) or not value or used + len(compact(value)) <= WIDTH:
        yield from _flat(value)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield Markup(opening)
    for position, (key, member) in enumerate(_members(value)):
        yield Markup("{}\n{}").format("," if position else "", "  " * (indent + 1))
        name = f"{compact(key)}: " if key is not None else ""
        yield from _key(key)
        yield from _pieces(member, indent + 1, 2 * (indent + 1) + len(name))
    yield Markup("\n{}{}").format("  " * indent, closing)


def _members(value: dict[str, Any] | list[Any]) -> list[tuple[str | None, Any]]:
    return list(value.items()) if isinstance(value, dict) else [(None, member) for member in value]


def _key(key: str | None) -> Iterator[Markup]:
    if key is not None:
        yield token("k", shortened(compact(key)))
        yield Markup(": ")


def _flat(value: Any) -> Iterator[Markup]:
    if not isinstance(value, dict | list):
        yield _scalar(value)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield Markup(opening)
    for position, (key, member) in enumerate(_members(value)):
        yield Markup(", " if position else "")
        yield from _key(key)
        yield from _flat(member)
    yield Markup(closing)


def _scalar(value: Any) -> Markup:
    text = shortened(compact(value))
    if isinstance(value, str):
        return token("s", text)
    return token("l" if value is None or isinstance(value, bool) else "n", text)


def painted_events(lines: list[str]) -> Markup:
    """Lines of an event stream, as they are sent."""
    return Markup("\n").join(_event_line(line) for line in lines)


def _event_line(line: str) -> Markup:
    name, colon, rest = line.partition(": ")
    if not colon:
        return escape(shortened(line))
    return Markup("{}: {}").format(token("k", name), _event_value(name, rest))


def _event_value(name: str, text: str) -> Markup:
    try:
        value = json.loads(text) if name == "data" else None
    except ValueError:
        value = None
    return Markup("").join(_flat(value)) if isinstance(value, dict) else token("s", text)


def prose(text: str) -> Markup:
    """A description: what stands between backticks is code."""
    return Markup(_prose_code.sub(r"<code>\1</code>", str(escape(text))))


def path_text(path: str) -> Markup:
    """A path that can break at its slashes, its parameters marked."""
    parts = re.split(r"(\{[^}]*\}|/)", path)
    return Markup("").join(_path_part(part) for part in parts if part)


def _path_part(part: str) -> Markup:
    if part == "/":
        return Markup("/<wbr>")
    return Markup("<var>{}</var>").format(part) if part.startswith("{") else escape(part)
