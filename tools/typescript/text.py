"""TypeScript as text: names, literals, properties and TSDoc comments."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from typing import Any

WIDTH = 112
_identifier = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_code_or_special = re.compile(r"`[^`]*`|[\\{}<>@]")


def literal(value: Any) -> str:
    """A JSON scalar as a literal type."""
    return json.dumps(value, ensure_ascii=False)


def key(name: str) -> str:
    """A property's name, in quotes where it is no identifier."""
    return name if _identifier.fullmatch(name) else literal(name)


def is_identifier(name: str) -> bool:
    return _identifier.fullmatch(name) is not None


def capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def escaped(text: str) -> str:
    """Text as TSDoc reads it: no tag, no markup but code between backticks."""
    return _code_or_special.sub(lambda found: found[0] if found[0][0] == "`" else f"\\{found[0]}", text)


def comment(paragraphs: Iterable[str], indent: str = "") -> list[str]:
    """The lines of a TSDoc comment, its paragraphs already escaped; none for no text."""
    lines: list[str] = []
    for paragraph in filter(None, paragraphs):
        if lines and not paragraph.startswith(("- ", "@")):
            lines.append("")
        # Whatever a text says, even a pattern as code, it does not end the comment.
        lines += _wrapped(paragraph.replace("*/", "*\\/"), WIDTH - len(indent))
    if not lines:
        return []
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def _wrapped(paragraph: str, width: int) -> list[str]:
    hanging = "  " if paragraph.startswith(("- ", "@")) else ""
    return textwrap.wrap(paragraph, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def indented(lines: Iterable[str], indent: str = "  ") -> list[str]:
    return [f"{indent}{line}" if line else "" for line in lines]


def union(members: Iterable[str]) -> str:
    """Each member once, in the order given."""
    return " | ".join(dict.fromkeys(members))
