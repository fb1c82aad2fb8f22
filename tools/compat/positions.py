"""A schema at its position in the contract: what changed inside it, said by the rules of its direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.compat.annotations import annotated
from tools.compat.change import Change, Direction, Level, Rule
from tools.compat.delta import Delta, Effect
from tools.compat.json_text import canonical
from tools.compat.pairs import Contracts
from tools.compat.rules import request_schemas, response_schemas
from tools.compat.schemas import deltas
from tools.compat.shape import Definitions, opened, pure, whole
from tools.findings import Subject

RULES: Mapping[Direction, Mapping[str, Rule]] = {
    Direction.REQUEST: request_schemas.RULES,
    Direction.RESPONSE: response_schemas.RULES,
}
ENTIRE = {Effect.NARROWS: "narrowed", Effect.WIDENS: "widened", Effect.CHANGES: "unproved"}


def schema_changes(
    contracts: Contracts, direction: Direction, subject: Subject, old: Any, new: Any
) -> Iterator[Change]:
    """Every change between two schemas of one position. None stands for a schema that is not said: anything goes."""
    left, right = ({} if schema is None else schema for schema in (old, new))
    before, after = contracts.old.definitions, contracts.new.definitions
    if canonical(whole(left, before)) == canonical(whole(right, after)):
        return
    for delta in deltas(_text(left, before, direction), _text(right, after, direction), direction):
        yield _change(constraint_rule(direction, delta), subject, delta)
    for delta in annotated(left, before, right, after):
        yield _change(_annotation_rule(direction, delta), subject, delta)


def _text(schema: Any, definitions: Definitions, direction: Direction) -> str:
    """A schema on its own; responses are read as open ones."""
    kept = pure if direction is Direction.REQUEST else opened
    return canonical(whole(kept(schema), {name: kept(member) for name, member in definitions.items()}))


def constraint_rule(direction: Direction, delta: Delta) -> Rule:
    """The rule for what happened; where its level would not be that of the effect, the rule for the effect."""
    harmful = delta.effect.harms(direction)
    if delta.kind == "property-removed" and direction is Direction.REQUEST and not harmful:
        return request_schemas.RULES["property-ignored"]
    rule = RULES[direction][delta.kind]
    return rule if (rule.level is Level.BREAKING) is harmful else RULES[direction][ENTIRE[delta.effect]]


def _annotation_rule(direction: Direction, delta: Delta) -> Rule:
    kind = delta.kind
    if kind == "deprecation-changed":
        kind = "deprecated" if delta.new is True else "undeprecated"
    return RULES[direction][kind]


def _change(rule: Rule, subject: Subject, delta: Delta) -> Change:
    for step in delta.steps:
        subject = subject.inside(step)
    return rule.at(
        subject,
        f"{f'{subject.location} {subject.pointer}'.strip()}: {delta.said}",
        delta.old,
        delta.new,
        proof=delta.proof,
        keyword=delta.keyword,
        difference=delta.difference,
    )
