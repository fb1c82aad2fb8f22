"""What the values of parameters have to fit."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, careful, safe
from tools.compat.pairs import Pair
from tools.compat.parameters import parameters, schema_of
from tools.compat.positions import schema_changes

DEPRECATED = careful(
    "parameter-deprecated",
    Direction.REQUEST,
    "A deprecated parameter is announced",
    "Say what to send instead, and until when.",
)
UNDEPRECATED = safe(
    "parameter-undeprecated", Direction.REQUEST, "A deprecation of a parameter may be taken back", "Nothing changes."
)
RULES = (DEPRECATED, UNDEPRECATED)


def check(pair: Pair) -> Iterator[Change]:
    for parameter in parameters(pair):
        old, new = parameter.old, parameter.new
        if old is None or new is None:
            continue
        was, is_ = old.get("deprecated") is True, new.get("deprecated") is True
        if was != is_:
            said = f"{parameter.name} is {'deprecated now' if is_ else 'no longer deprecated'}"
            yield (DEPRECATED if is_ else UNDEPRECATED).at(parameter.subject, said, was, is_, keyword="deprecated")
        yield from schema_changes(pair.contracts, Direction.REQUEST, parameter.subject, schema_of(old), schema_of(new))
