"""Texts from outside, made harmless: no markup, no control characters, no lone surrogates, and an end.

The standard library's HTML parser is not used: it raises for some texts, and takes quadratic time for others.
"""

from __future__ import annotations

import re
from html import unescape

READ_PER_KEPT = 8
"""How many characters of markup and text are read for each that is kept: who sends a megabyte has its start read."""
SILENT = ("script", "style", "template", "noscript")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_OPENED = re.compile(r"<(?P<comment>!--)|<[!?]|</[A-Za-z]|<(?P<name>[A-Za-z][^\s/>]*)")
# Nothing here is tried twice: each part takes all it can and gives nothing back.
_ATTRIBUTES = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_SILENCES = {name: re.compile(rf"</{name}(?![A-Za-z0-9-])", re.IGNORECASE) for name in SILENT}
# Longer ones name nothing, and Python refuses to read a number of thousands of digits.
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]{1,32};?")


def cleaned(text: str, most: int) -> str:
    """The visible text in one line, at most so many characters; cut where it is longer. Never raises."""
    start = text[: most * READ_PER_KEPT]
    if "<" in start:
        start = _visible(start)
    if "&" in start:
        start = _REFERENCE.sub(lambda found: unescape(found[0]), start)
    # Most texts have nothing to be made harmless: what is printable has no blank but the space, and nothing unseen.
    if not start.isprintable() or "  " in start:
        start = " ".join(_UNSEEN.sub(" ", start).split())
    return start.strip()[:most].rstrip()


def _visible(marked: str) -> str:
    """What a browser would show, references as they are. What is opened and never closed is text."""
    parts: list[str] = []
    at, ends = 0, _Ends(marked)
    while opened := _OPENED.search(marked, at):
        end = ends.of(opened)
        if end < 0:
            break
        # Blocks stand apart; what tags joined without a blank were two words.
        parts += marked[at : opened.start()], " "
        at = _heard(marked, end, opened["name"])
    return "".join([*parts, marked[at:]])


def _heard(marked: str, end: int, name: str | None) -> int:
    """Where text goes on after a tag: behind the content of one whose content nobody sees."""
    silence = _SILENCES.get(name.lower()) if name else None
    if silence is None:
        return end
    closing = silence.search(marked, end)
    return closing.start() if closing else len(marked)


class _Ends:
    """Where markup ends. An end that once was not found is not looked for again, so that all takes linear time."""

    def __init__(self, marked: str) -> None:
        self._marked = marked
        self._comments = True
        self._quotes = True

    def of(self, opened: re.Match[str]) -> int:
        """The place behind it, negative if there is none: then there is none for what is opened later either."""
        found = self._comment(opened) if opened["comment"] else self._tag(opened)
        return found or self._marked.find(">", opened.end()) + 1 or -1

    def _comment(self, opened: re.Match[str]) -> int:
        # <!--> is a whole comment.
        found = self._marked.find("-->", opened.start() + 2) if self._comments else -1
        self._comments = found >= 0
        return found + 3 if found >= 0 else 0

    def _tag(self, opened: re.Match[str]) -> int:
        found = _ATTRIBUTES.match(self._marked, opened.end()) if self._quotes and opened["name"] else None
        self._quotes = self._quotes and (found is not None or not opened["name"])
        return found.end() if found else 0
