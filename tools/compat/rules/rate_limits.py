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
    if not (_is_known(new) and _is_known(old)):
        return False
    for_all = new["requests"] >= old["requests"] and _anonymous(new) >= _anonymous(old)
    return for_all and new["seconds"] <= old["seconds"] and new.get("bucket") in (None, old.get("bucket"))


def _is_known(limit: Any) -> bool:
    return isinstance(limit, dict) and all(
        isinstance(value, int) for value in (limit.get("requests"), limit.get("seconds"), _anonymous(limit))
    )


def _anonymous(limit: Any) -> Any:
    return limit.get("anonymous", limit.get("requests"))


def _named(limit: Any) -> str:
    if not isinstance(limit, dict) or not {"requests", "seconds"} <= limit.keys():
        return "none" if limit is None else shown(limit)
    fewer = f", {limit['anonymous']} of an anonymous session" if "anonymous" in limit else ""
    shared = f", shared as {limit['bucket']}" if "bucket" in limit else ""
    return f"{limit['requests']} requests in {limit['seconds']} s{fewer}{shared}"
