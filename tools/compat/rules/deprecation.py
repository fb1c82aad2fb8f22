"""Deprecation and sunset of operations."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, Rule, breaking, careful, safe
from tools.compat.dates import day
from tools.compat.pairs import Both, Pair

ALL = Direction.BOTH
DEPRECATED = careful(
    "operation-deprecated",
    ALL,
    "A deprecated operation is announced",
    "Say what to call instead, and until when this works.",
)
UNDEPRECATED = safe(
    "operation-undeprecated",
    ALL,
    "A deprecation of an operation may be taken back",
    "Nothing changes for those who still call it.",
)
SET = careful("sunset-set", ALL, "A sunset is announced", "Calls after that day fail. Tell those who call.")
EARLIER = breaking(
    "sunset-earlier", ALL, "A published sunset is not moved earlier", "Clients planned with the later date. Keep it."
)
LATER = safe(
    "sunset-later", ALL, "A sunset may be moved later or taken back", "Clients have more time than they planned with."
)
RULES = (DEPRECATED, UNDEPRECATED, SET, EARLIER, LATER)


def check(pair: Pair) -> Iterator[Change]:
    said = pair.said("deprecated", False)
    if bool(said.old) != bool(said.new):
        rule = DEPRECATED if said.new else UNDEPRECATED
        text = f"{pair.new.id} is {'deprecated now' if said.new else 'no longer deprecated'}"
        yield rule.at(pair.subject(), text, bool(said.old), bool(said.new), keyword="deprecated")
    sunset = pair.said("x-sunset")
    if sunset.old != sunset.new:
        yield _sunset(sunset).at(pair.subject(), _said(sunset), sunset.old, sunset.new, keyword="x-sunset")


def _sunset(sunset: Both) -> Rule:
    was, is_ = day(sunset.old), day(sunset.new)
    if sunset.new is None:
        return LATER
    if sunset.old is None:
        return SET
    return LATER if was and is_ and is_ >= was else EARLIER


def _said(sunset: Both) -> str:
    if sunset.old is None:
        return f"the sunset is {sunset.new}"
    return f"the sunset was {sunset.old} and is {sunset.new or 'taken back'}"
