"""What a regular expression says, read sign by sign: enough to know where two engines read it differently."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGN = re.compile(
    r"\\(?:[pPux]\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|\(\?(?:P?<?[=!<]?[a-zA-Z-]*[:)=>]?)|\{\d*,?\d*\}|.", re.S
)


def signs(pattern: str) -> Iterator[tuple[str, bool]]:
    """Each sign with whether it stands in a character class."""
    inside = False
    for match in _SIGN.finditer(pattern):
        sign = match[0]
        if inside and len(sign) > 1 and sign[0] in "({":
            yield from ((part, True) for part in sign)
            continue
        if sign == "[" and not inside:
            inside = True
            yield sign, False
        elif sign == "]" and inside:
            inside = False
            yield sign, False
        else:
            yield sign, inside


def anchored(pattern: str) -> bool:
    """Whether a match has to be the whole text."""
    depth, outside = 0, []
    for sign, inside in signs(pattern):
        if not inside:
            depth += (sign[0] == "(") - (sign == ")")
            outside.append((sign, depth))
    alternatives = ("|", 0) in outside
    return bool(outside) and outside[0] == ("^", 0) and outside[-1] == ("$", 0) and not alternatives


def bounded(pattern: str) -> bool:
    """Whether what matches has a longest length."""
    repeats = (sign for sign, inside in signs(pattern) if not inside)
    return anchored(pattern) and not any(sign in "*+" or re.fullmatch(r"\{\d*,\}", sign) for sign in repeats)


DIFFERENCES = (
    (
        re.compile(r"\\[dDwWsSbB]"),
        "means ASCII to some engines and Unicode to others; write the class out, such as [0-9]",
    ),
    (re.compile(r"\\[AzZGK]"), "is no anchor in JavaScript; use ^ and $"),
    (re.compile(r"\(\?P.*", re.S), "is Python's way to name a group; leave the name out"),
    (re.compile(r"\(\?<[=!].*", re.S), "looks behind, which not every engine can"),
    (re.compile(r"\(\?>.*", re.S), "is an atomic group, which JavaScript does not have"),
    (re.compile(r"\(\?[a-zA-Z-]+[:)]?", re.S), "sets a flag inside the pattern, which JavaScript does not have"),
    (
        re.compile(r"\\[^pPuxfnrtv0cdDwWsSbBk^$\\.*+?()\[\]{}|/AzZGK-]", re.S),
        "escapes a sign that needs none, an error in JavaScript",
    ),
)


def differences(pattern: str) -> Iterator[str]:
    """What JavaScript, Python and the engine of the types read differently, each once."""
    found: dict[str, None] = {}
    last = ""
    for sign, inside in signs(pattern):
        for known, text in DIFFERENCES:
            if known.fullmatch(sign):
                found[f"{sign} {text}"] = None
                break
        if sign == "." and not inside:
            found[". leaves out other ends of lines in JavaScript than in Python; say which signs are allowed"] = None
        if sign == r"\-" and not inside:
            found[r"\- outside of brackets is an error in JavaScript"] = None
        if sign == "+" and not inside and (last in ("*", "+", "?") or last.startswith("{")):
            found[f"{last}+ is possessive in Python and an error in JavaScript"] = None
        last = "" if inside else sign
    yield from found
