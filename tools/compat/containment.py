"""Whether one JSON Schema accepts everything that another accepts: proved, refuted or unknown.

jsonschema_rs decides most pairs by itself; where it does not know, `tools/compat/proving.py` may. Formats are constraints.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from jsonschema_rs.canonical import CanonicalizationError, Containment

from tools.compat.forms import canonical_form, decided
from tools.compat.json_text import canonical, normal
from tools.compat.proving import proved
from tools.compat.shape import definitions_of, pure, whole
from tools.openapi.schemas import Schema


class Answer(Enum):
    """Only YES is a proof; whoever needs safety treats UNKNOWN as NO."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer and how it was found, in a few words."""

    answer: Answer
    how: str

    @property
    def proved(self) -> bool:
        return self.answer is Answer.YES


def covers(wide: Any, narrow: Any) -> Verdict:
    """Whether `wide` accepts every value that `narrow` accepts. Both carry their definitions under `$defs`.

    >>> covers({"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 5}).answer
    <Answer.YES: 'yes'>
    """
    return covered(standing(wide), standing(narrow))


def standing(schema: Any) -> str:
    """A schema on its own, pure, as the text by which its verdicts are kept."""
    plain = normal(schema)
    carried = {name: pure(member) for name, member in definitions_of(plain).items()}
    return canonical(whole(pure(plain), carried))


@lru_cache(maxsize=20_000)
def covered(wide: str, narrow: str) -> Verdict:
    """`covers` of two texts made by `standing`."""
    if wide == narrow:
        return Verdict(Answer.YES, "identical but for annotations")
    answer = decided(wide, narrow)
    if answer is Containment.YES:
        return Verdict(Answer.YES, "contained, by canonical forms")
    if answer is Containment.NO:
        return Verdict(Answer.NO, "not contained, by canonical forms")
    if proved(wide, narrow):
        return Verdict(Answer.YES, "contained, part by part")
    return Verdict(Answer.UNKNOWN, "not decided")


def difference(narrow: Any, wide: Any) -> Schema | None:
    """A schema of the values that `narrow` accepts and `wide` does not; None if there is no such value."""
    left, right = standing(narrow), standing(wide)
    if covered(right, left).proved:
        return None
    found = _subtracted(left, right)
    return _both(left, right) if found is None else found


def _subtracted(left: str, right: str) -> Schema | None:
    one, other = canonical_form(left), canonical_form(right)
    if one is None or other is None:
        return None
    try:
        made = one.subtract(other).to_json_schema()
    except CanonicalizationError:
        return None
    return {name: value for name, value in made.items() if name != "$schema"} if isinstance(made, dict) else None


def _both(left: str, right: str) -> Schema | None:
    """The difference as written, where it cannot be computed."""
    narrow, wide = json.loads(left), json.loads(right)
    if definitions_of(narrow) or definitions_of(wide):
        return None
    return {"allOf": [narrow, {"not": wide}]}
