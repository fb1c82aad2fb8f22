"""The names of the parameters of a path: clients fill them by position."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, safe
from tools.compat.pairs import Pair
from tools.compat.parameters import parameters

RENAMED = safe(
    "path-parameter-renamed",
    Direction.REQUEST,
    "A parameter of a path may be renamed",
    "A client sends its value, never its name.",
)
RULES = (RENAMED,)


def check(pair: Pair) -> Iterator[Change]:
    for parameter in parameters(pair):
        old, new = parameter.old, parameter.new
        if parameter.location == "path" and old and new and old["name"] != new["name"]:
            yield RENAMED.at(
                parameter.subject, f"{old['name']} is now {new['name']}", old["name"], new["name"], keyword="name"
            )
