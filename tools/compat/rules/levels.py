"""Whom an operation serves."""

from __future__ import annotations

from collections.abc import Iterator

from models.operation import Level as Access
from tools.compat.change import Change, Direction, breaking, safe
from tools.compat.pairs import Pair

RAISED = breaking(
    "level-raised",
    Direction.REQUEST,
    "Whoever was served is served",
    "Callers of a lower level get a 401 or 403. Offer the stricter operation under a path of its own.",
)
LOWERED = safe("level-lowered", Direction.REQUEST, "More callers may be served", "Those who were served still are.")
RULES = (RAISED, LOWERED)
LEVELS = [level.value for level in Access]


def check(pair: Pair) -> Iterator[Change]:
    said = pair.said("x-level")
    if said.old != said.new:
        higher = not explains(pair) or LEVELS.index(said.new) > LEVELS.index(said.old)
        text = f"it served {said.old or 'whom it did not say'} and serves {said.new or 'whom it does not say'}"
        yield (RAISED if higher else LOWERED).at(pair.subject(), text, said.old, said.new, keyword="x-level")


def explains(pair: Pair) -> bool:
    """Whether the level changed from one known level to another, which says what its scopes say again."""
    said = pair.said("x-level")
    return said.old != said.new and said.old in LEVELS and said.new in LEVELS
