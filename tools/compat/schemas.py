"""Two JSON Schemas walked side by side: each change at the smallest place that has it, judged by containment.

What the parts seem to say is checked against the whole at every step: parts that look harmful inside a whole that is proved
harmless are reported as one harmless change of the whole, and a whole that is not proved harmless by parts that all look
harmless is reported as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tools.compat.change import Direction
from tools.compat.containment import covered, difference
from tools.compat.delta import Delta, Effect
from tools.compat.json_text import canonical, shown
from tools.compat.pairing import paired
from tools.compat.parts import compared
from tools.compat.shape import Definitions, definitions_of, whole
from tools.compat.unfolding import alternatives
from tools.openapi.schemas import Schema


@lru_cache(maxsize=20_000)
def deltas(old: str, new: str, direction: Direction) -> tuple[Delta, ...]:
    """What changed between two schemas on their own, as texts made by `standing`; nothing if they are equivalent."""
    left, right = json.loads(old), json.loads(new)
    walk = Walk(direction, definitions_of(left), definitions_of(right))
    return tuple(walk.between(_bare(left), _bare(right)))


def _bare(schema: Any) -> Any:
    return {name: value for name, value in schema.items() if name != "$defs"} if isinstance(schema, dict) else schema


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk of two schemas, in one direction; `met` are the pairs of alternatives it is inside of."""

    direction: Direction
    old: Definitions
    new: Definitions
    met: frozenset[tuple[str, str]] = frozenset()

    def between(self, old: Any, new: Any) -> list[Delta]:
        """What changed between two schemas of the same place."""
        texts = self.texts(old, new)
        if texts[0] == texts[1]:
            return []
        effect, proof = _effect(*texts)
        if effect is None:
            return []
        parts, again = self._parts(old, new)
        # A schema met inside itself: what changed is said, and checked, where it was met first.
        return parts if again else self._checked(parts, effect, proof, old, new)

    def texts(self, old: Any, new: Any) -> tuple[str, str]:
        """Both schemas as they stand on their own."""
        return canonical(whole(old, self.old)), canonical(whole(new, self.new))

    def _checked(self, parts: list[Delta], effect: Effect, proof: str, old: Any, new: Any) -> list[Delta]:
        """The parts, if they say of the whole what containment says of it."""
        harmful = any(part.effect.harms(self.direction) for part in parts)
        if parts and harmful == effect.harms(self.direction):
            return parts
        kind, said = WHOLE[effect]
        entire = self.delta(kind, effect, said, old, new, proof=proof)
        return [*parts, entire] if effect.harms(self.direction) else [entire]

    def delta(
        self,
        kind: str,
        effect: Effect,
        said: str,
        old: Any,
        new: Any,
        *steps: str,
        keyword: str = "",
        proof: str = "",
        apart: tuple[Any, Any] | None = None,
    ) -> Delta:
        """A delta whose `old` and `new` stand on their own. `apart` are the schemas whose difference tells, if others."""
        differs = self._difference(*(apart or (old, new))) if effect.harms(self.direction) else None
        left, right = _standing(old, self.old), _standing(new, self.new)
        return Delta(kind, effect, said, steps, left, right, keyword, proof, differs)

    def _difference(self, old: Any, new: Any) -> Schema | None:
        """What was valid and is not in a request, what was not valid and is in a response."""
        was, is_ = _standing(old, self.old), _standing(new, self.new)
        gone, here = (was, is_) if self.direction is Direction.REQUEST else (is_, was)
        return difference(gone is not None and gone, here is not None and here)

    def effect(self, old: Any, new: Any) -> tuple[Effect | None, str]:
        """What became of the set of valid values, and the proof; None if nothing did."""
        return _effect(*self.texts(old, new))

    def _parts(self, old: Any, new: Any) -> tuple[list[Delta], bool]:
        """What changed from alternative to alternative, and whether one of them is being walked already."""
        found = paired(alternatives(old, self.old), alternatives(new, self.new))
        parts: list[Delta] = []
        again = False
        for one, other in found.pairs:
            texts = self.texts(one, other)
            if texts in self.met:
                again = True
            else:
                parts += compared(replace(self, met=self.met | {texts}), one, other)
        parts += [delta for gone in found.gone for delta in self._gone(gone, new)]
        return parts + [delta for come in found.come for delta in self._come(come, old)], again

    def _gone(self, alternative: Schema, new: Any) -> Iterator[Delta]:
        left, right = self.texts(alternative, new)
        if not (verdict := covered(right, left)).proved:
            kind, said = _named(alternative, "removed")
            yield self.delta(
                kind,
                Effect.NARROWS,
                said,
                alternative,
                None,
                keyword="type",
                proof=verdict.how,
                apart=(alternative, new),
            )

    def _come(self, alternative: Schema, old: Any) -> Iterator[Delta]:
        left, right = self.texts(old, alternative)
        if not (verdict := covered(left, right)).proved:
            kind, said = _named(alternative, "added")
            yield self.delta(
                kind,
                Effect.WIDENS,
                said,
                None,
                alternative,
                keyword="type",
                proof=verdict.how,
                apart=(old, alternative),
            )


WHOLE = {
    Effect.NARROWS: ("narrowed", "fewer values are valid than were"),
    Effect.WIDENS: ("widened", "more values are valid than were"),
    Effect.CHANGES: ("unproved", "the schema changed, and neither is proved to contain the other"),
}


def _standing(schema: Any, definitions: Definitions) -> Any:
    return None if schema is None else whole(schema, definitions)


def _effect(old: str, new: str) -> tuple[Effect | None, str]:
    narrower, wider = covered(old, new), covered(new, old)
    if narrower.proved and wider.proved:
        return None, f"equivalent: {narrower.how}"
    if narrower.proved:
        return Effect.NARROWS, f"old covers new: {narrower.how}; new covers old: {wider.how}"
    if wider.proved:
        return Effect.WIDENS, f"new covers old: {wider.how}; old covers new: {narrower.how}"
    return Effect.CHANGES, f"old covers new: {narrower.how}; new covers old: {wider.how}"


def _named(alternative: Schema, verb: str) -> tuple[str, str]:
    kind = alternative.get("type")
    if kind == "null":
        return f"null-{verb}", "it may be null now" if verb == "added" else "it may no longer be null"
    what = f"the alternative {shown(alternative)}"
    return f"alternative-{verb}", f"{what} is new" if verb == "added" else f"{what} is gone"
