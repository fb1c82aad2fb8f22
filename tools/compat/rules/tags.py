"""The tags under which an operation is listed."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, safe
from tools.compat.pairs import Pair

CHANGED = safe(
    "tags-changed", Direction.BOTH, "An operation may be listed elsewhere", "Tags group operations for readers."
)
RULES = (CHANGED,)


def check(pair: Pair) -> Iterator[Change]:
    said = pair.said("tags", [])
    if sorted(said.old) != sorted(said.new):
        yield CHANGED.at(
            pair.subject(), f"{', '.join(said.old)} is now {', '.join(said.new)}", said.old, said.new, keyword="tags"
        )
