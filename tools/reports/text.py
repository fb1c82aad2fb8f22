"""Text of findings as any form can carry it: what a person could not see, or a terminal would obey, is spelled out."""

from __future__ import annotations

import json
import re
from typing import Any

# C0 and C1 controls but tab and newline, line and paragraph separators, what turns the direction of writing, halves of
# surrogate pairs and what XML 1.0 (§2.2) has no character for.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The text with LF for CRLF, and every other control character as Python would write it: `\\x1b`, `\\u2028`."""
    return _UNSEEN.sub(_spelled, text.replace("\r\n", "\n"))


def written_json(value: Any) -> str:
    """JSON of two spaces and one final newline, readable; what `visible` spells out is escaped."""
    plain = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], plain) + "\n"


def one_line(text: str) -> str:
    """The visible text on one line: lines joined, white space at the ends and runs of it gone."""
    return " ".join(visible(text).split())


def cut(line: str, length: int) -> str:
    """The line, at most about `length` characters of it, with the number of those that are missing."""
    if len(line) <= length:
        return line
    return f"{line[:length]}… ({len(line) - length:,} more characters)"


def plural(count: int, noun: str, several: str = "") -> str:
    """`1 error`, `2 errors`; `1 entry`, `2 entries`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or f'{noun}s'}"


def _spelled(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]
