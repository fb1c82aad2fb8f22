"""What changed between two schemas of one type each: values, bounds, properties, items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tools.compat.change import Direction
from tools.compat.delta import Delta, Effect
from tools.compat.json_text import canonical, shown
from tools.compat.members import additional, at_index, at_name, longest_prefix
from tools.openapi.schemas import Schema

if TYPE_CHECKING:
    from tools.compat.schemas import Walk

GROUPS: tuple[tuple[str, ...], ...] = (
    ("minLength",),
    ("maxLength",),
    ("pattern",),
    ("format",),
    ("minimum", "exclusiveMinimum"),
    ("maximum", "exclusiveMaximum"),
    ("multipleOf",),
    ("minItems",),
    ("maxItems",),
    ("uniqueItems",),
    ("contains", "minContains", "maxContains"),
    ("propertyNames",),
    ("minProperties",),
    ("maxProperties",),
    ("dependentRequired",),
    ("dependentSchemas",),
    ("allOf",),
    ("anyOf",),
    ("oneOf",),
    ("not",),
    ("if", "then", "else"),
)
"""Keywords that say one thing together, and something of their own without the others."""


def compared(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    """What changed from one alternative to its successor."""
    if old.get("type") != new.get("type"):
        yield from _types(walk, old, new)
        return
    yield from _values(walk, old, new)
    for group in GROUPS:
        yield from _constraint(walk, old, new, group)
    yield from _properties(walk, old, new)
    yield from _other_names(walk, old, new)
    yield from _items(walk, old, new)


def _types(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    effect, proof = walk.effect(old, new)
    if effect is not None:
        kind = {Effect.NARROWS: "type-narrowed", Effect.WIDENS: "type-widened"}.get(effect, "type-changed")
        said = f"the type was {old.get('type', 'anything')} and is {new.get('type', 'anything')}"
        yield walk.delta(kind, effect, said, old, new, keyword="type", proof=proof)


def _values(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    """Each value that is gone or new, where both schemas list theirs; otherwise the list itself."""
    if "enum" not in old and "enum" not in new:
        return
    if "enum" not in old or "enum" not in new:
        yield from _constraint(walk, old, new, ("enum",))
        return
    was, is_ = ({canonical(value): value for value in schema["enum"]} for schema in (old, new))
    for text in sorted(was.keys() - is_.keys()):
        said = f"the value {shown(was[text])} is gone"
        yield walk.delta("value-removed", Effect.NARROWS, said, {"const": was[text]}, None, keyword="enum")
    for text in sorted(is_.keys() - was.keys()):
        said = f"the value {shown(is_[text])} is new"
        yield walk.delta("value-added", Effect.WIDENS, said, None, {"const": is_[text]}, keyword="enum")


def _constraint(walk: Walk, old: Schema, new: Schema, group: tuple[str, ...]) -> Iterator[Delta]:
    """A group of keywords that says something else, judged by itself."""
    was, is_ = ({name: schema[name] for name in group if name in schema} for schema in (old, new))
    if canonical(was) == canonical(is_):
        return
    kind = {"type": old["type"]} if "type" in old else {}
    effect, proof = walk.effect({**kind, **was}, {**kind, **is_})
    if effect is None:
        return
    name = {Effect.NARROWS: "constraint-tightened", Effect.WIDENS: "constraint-loosened"}.get(
        effect, "constraint-changed"
    )
    yield walk.delta(
        name,
        effect,
        _said(was, is_),
        {**kind, **was},
        {**kind, **is_},
        keyword=_keyword(was, is_),
        proof=proof,
        apart=_apart(walk, old, new, group),
    )


def _apart(walk: Walk, old: Schema, new: Schema, group: tuple[str, ...]) -> tuple[Schema, Schema]:
    """Schemas that differ in one group only: what it refuses is told among values that are valid otherwise."""
    if walk.direction is Direction.REQUEST:
        return old, _exchanged(old, new, group)
    return _exchanged(new, old, group), new


def _exchanged(schema: Schema, other: Schema, group: tuple[str, ...]) -> Schema:
    """The schema with what the other says in one group."""
    kept = {name: value for name, value in schema.items() if name not in group}
    return {**kept, **{name: other[name] for name in group if name in other}}


def _keyword(was: Schema, is_: Schema) -> str:
    """The keyword to open: one that is there now, if any is."""
    changed = [name for name in (*is_, *was) if canonical(was.get(name)) != canonical(is_.get(name))]
    return changed[0]


def _said(was: Schema, is_: Schema) -> str:
    if not was:
        return f"{_listed(is_)} is new"
    if not is_:
        return f"{_listed(was)} is gone"
    return f"{_listed(was)} is now {_listed(is_)}"


def _listed(said: Schema) -> str:
    return " and ".join(f"{name} {shown(value)}" for name, value in sorted(said.items()))


def _properties(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    """Each property that either schema names or requires."""
    was, is_ = old.get("properties", {}), new.get("properties", {})
    for name in sorted({*was, *is_, *old.get("required", ()), *new.get("required", ())}):
        if name not in was and name not in is_:
            yield from _requirement(walk, old, new, name)
        elif name not in is_:
            yield from _removed(walk, old, new, name)
        elif name not in was:
            yield from _added(walk, old, new, name)
        else:
            yield from _requirement(walk, old, new, name)
            yield from (delta.below((name,)) for delta in walk.between(at_name(old, name), at_name(new, name)))


def _removed(walk: Walk, old: Schema, new: Schema, name: str) -> Iterator[Delta]:
    was, is_ = at_name(old, name), at_name(new, name)
    effect, proof = walk.effect(was, is_)
    yield walk.delta(
        "property-removed",
        # Equivalent to what any other name may have: nothing is lost but the name.
        effect or Effect.WIDENS,
        "the property is gone",
        was,
        None,
        name,
        keyword="properties",
        proof=proof,
        apart=(was, is_),
    )


def _added(walk: Walk, old: Schema, new: Schema, name: str) -> Iterator[Delta]:
    was, is_ = at_name(old, name), at_name(new, name)
    effect, proof = walk.effect(was, is_)
    if name in new.get("required", ()) and name not in old.get("required", ()):
        said = "a required property is new"
        yield walk.delta(
            "required-property-added",
            Effect.NARROWS,
            said,
            None,
            is_,
            name,
            keyword="required",
            proof=proof,
            apart=(is_, is_),
        )
        return
    yield walk.delta(
        "property-added",
        effect or Effect.NARROWS,
        "a property is new",
        None,
        is_,
        name,
        keyword="properties",
        proof=proof,
        apart=(was, is_),
    )


def _requirement(walk: Walk, old: Schema, new: Schema, name: str) -> Iterator[Delta]:
    was, is_ = name in old.get("required", ()), name in new.get("required", ())
    member = at_name(new, name)
    if is_ and not was:
        said = "the property is required now"
        yield walk.delta("property-required", Effect.NARROWS, said, member, member, name, keyword="required")
    elif was and not is_:
        said = "the property is no longer required"
        yield walk.delta("property-optional", Effect.WIDENS, said, member, member, name, keyword="required")


def _other_names(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    """Properties that are not named: by pattern, then all others."""
    was, is_ = old.get("patternProperties", {}), new.get("patternProperties", {})
    for pattern in sorted(was.keys() & is_.keys()):
        yield from (delta.below(("*",)) for delta in walk.between(was[pattern], is_[pattern]))
    if was.keys() != is_.keys():
        yield from _constraint(walk, old, new, ("patternProperties", "additionalProperties"))
        return
    one, other = additional(old), additional(new)
    if isinstance(one, dict) and isinstance(other, dict):
        yield from (delta.below(("*",)) for delta in walk.between(one, other))
    else:
        yield from _constraint(walk, old, new, ("additionalProperties",))


def _items(walk: Walk, old: Schema, new: Schema) -> Iterator[Delta]:
    """Each position that either schema distinguishes, then all others."""
    for index in range(longest_prefix(old, new)):
        yield from _item(walk, at_index(old, index), at_index(new, index))
    yield from _item(walk, old.get("items", True), new.get("items", True))


def _item(walk: Walk, old: Any, new: Any) -> Iterator[Delta]:
    yield from (delta.below(("*",)) for delta in walk.between(old, new))
