"""The name of an operation: nothing on the wire, everything in a generated client."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, careful
from tools.compat.pairs import Pair

RENAMED = careful(
    "operation-renamed",
    Direction.BOTH,
    "A changed operationId is announced",
    "Requests and responses stay; code that calls a generated client by the old name no longer compiles.",
)
RULES = (RENAMED,)


def check(pair: Pair) -> Iterator[Change]:
    said = pair.said("operationId")
    if said.old != said.new:
        yield RENAMED.at(
            pair.subject(), f"{pair.old.id} is now {pair.new.id}", said.old, said.new, keyword="operationId"
        )
