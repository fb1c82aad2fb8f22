"""How many requests a caller may make."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.compat.change import Change, Direction, careful, safe
from tools.compat.json_text import shown
from tools.compat.pairs import Pair

LOWERED = careful(
    "rate-limit-lowered",
    Direction.REQUEST,
    "A lower rate limit is announced",
    "Busy clients meet a 429 where they met none.",
)
RAISED = safe(
    "rate-limit-raised",
    Direction.REQUEST,
    "A rate limit may be raised",
    "Clients that keep to the old one keep to the new.",
)
RULES = (LOWERED, RAISED)


def check(pair: Pair) -> Iterator[Change]:
    said = pair.said("x-rate-limit")
    if said.old != said.new:
        rule = RAISED if _admits(said.new, said.old) else LOWERED
        text = f"the limit was {_named(said.old)} and is {_named(said.new)}"
        yield rule.at(pair.subject(), text, said.old, said.new, keyword="x-rate-limit")


def _admits(new: Any, old: Any) -> bool:
    """Whether whoever kept to the old limit keeps to the new one."""
    if new is None or old is None:
        return new is None
    known = all(isinstance(side.get(name), int) for side in (new, old) for name in ("requests", "seconds"))
    return known and new["requests"] >= old["requests"] and new["seconds"] <= old["seconds"]


def _named(limit: Any) -> str:
    if isinstance(limit, dict) and {"requests", "seconds"} <= limit.keys():
        return f"{limit['requests']} requests in {limit['seconds']} s"
    return "none" if limit is None else shown(limit)
