"""Proofs that one schema contains another, part by part, for what canonical forms leave open: recursion and arithmetic.

Everything here may say "not proved" too often; it may never say "proved" once too much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jsonschema_rs.canonical import Containment

from tools.compat.bounds import BOUNDS
from tools.compat.forms import canonical_form, decided, disjoint, empty, fits
from tools.compat.json_text import canonical
from tools.compat.members import additional, at_index, at_name, longest_prefix
from tools.compat.shape import OF_TYPE, Definitions, definitions_of, types, whole
from tools.compat.unfolding import alternatives, unfolded
from tools.openapi.schemas import Schema

Pair = tuple[str, str]
Decide = Callable[[str, str], Containment]
DEEPEST = 300
"""Claims met on the way down, after which a proof is given up."""
UNREAD = ("unevaluatedProperties", "unevaluatedItems")
"""Keywords that depend on what others evaluated; taking a schema apart would change what they mean."""
TOGETHER = (
    (("if", "then", "else"), None),
    (("contains", "minContains", "maxContains"), "array"),
    (("dependentSchemas",), "object"),
)
"""Keywords that are only compared as they stand, and the type that they concern."""


def proved(wide: str, narrow: str, decide: Decide = decided) -> bool:
    """Whether everything that `narrow` accepts is accepted by `wide`, both texts of schemas on their own.

    `decide` is asked first of every part, for `wide` and `narrow`.
    """
    if any(f'"{keyword}"' in text for keyword in UNREAD for text in (wide, narrow)):
        return False
    if canonical_form(wide) is None or canonical_form(narrow) is None:
        return False
    left, right = json.loads(narrow), json.loads(wide)
    proof = Proof(definitions_of(left), definitions_of(right), decide)
    return proof.holds(_bare(left), _bare(right))


def _bare(schema: Any) -> Any:
    return {name: value for name, value in schema.items() if name != "$defs"} if isinstance(schema, dict) else schema


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof under way, by induction on the size of the value.

    `assumed` may be used, because the value has become smaller since it was met; `pending` was met for this same value,
    and using it would prove a claim by itself.
    """

    narrow: Definitions
    wide: Definitions
    decide: Decide
    assumed: frozenset[Pair] = frozenset()
    pending: frozenset[Pair] = frozenset()

    def holds(self, narrow: Any, wide: Any) -> bool:
        """Whether every value of one schema is a value of the other."""
        pair = canonical(narrow), canonical(wide)
        if pair in self.assumed:
            return True
        if pair in self.pending or len(self.assumed) > DEEPEST:
            return False
        left, right = self.narrow_text(narrow), self.wide_text(wide)
        answer = self.decide(right, left)
        if left == right or answer is Containment.YES or empty(left):
            return True
        if answer is Containment.NO:
            return False
        now = replace(self, pending=self.pending | {pair})
        return all(now.accepts(wide, alternative) for alternative in alternatives(narrow, self.narrow))

    def narrow_text(self, schema: Any) -> str:
        return canonical(whole(schema, self.narrow))

    def wide_text(self, schema: Any) -> str:
        return canonical(whole(schema, self.wide))

    def inside(self) -> Proof:
        """The proof for values inside the value: what was met before may be assumed."""
        return replace(self, assumed=self.assumed | self.pending, pending=frozenset())

    def accepts(self, wide: Any, narrow: Schema) -> bool:
        """Whether `wide` accepts every value of one alternative."""
        node = unfolded(wide, self.wide)
        if node is False:
            return empty(self.narrow_text(narrow))
        values = _values(narrow)
        if values is not None:
            return self._lists(narrow, values, node)
        return all(part(self, narrow, node) for part in PARTS)

    def _lists(self, narrow: Schema, values: list[Any], wide: Any) -> bool:
        """Finitely many values are tried, each."""
        left, right = self.narrow_text(narrow), self.wide_text(wide)
        return all(fits(right, value) for value in values if fits(left, value) is not False)

    def disjoint(self, narrow: Any, wide: Any) -> bool:
        return disjoint(self.narrow_text(narrow), self.wide_text(wide))


def _values(narrow: Schema) -> list[Any] | None:
    """The values of a schema that lists them; null and booleans always do."""
    if "enum" in narrow:
        listed: list[Any] = narrow["enum"]
        return listed
    always: Mapping[str, list[Any]] = {"null": [None], "boolean": [True, False]}
    return always.get(narrow.get("type", ""))


Part = Callable[[Proof, Schema, Schema], bool]


def _all_of(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    return all(proof.holds(narrow, member) for member in wide.get("allOf", ()))


def _any_of(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    return "anyOf" not in wide or any(proof.holds(narrow, branch) for branch in wide["anyOf"])


def _one_of(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    branches = wide.get("oneOf")
    if branches is None:
        return True
    return any(
        proof.holds(narrow, branch) and all(proof.disjoint(narrow, other) for other in _without(branches, index))
        for index, branch in enumerate(branches)
    )


def _without(branches: list[Any], index: int) -> list[Any]:
    return branches[:index] + branches[index + 1 :]


def _not(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    return "not" not in wide or proof.disjoint(narrow, wide["not"])


def _recursion(_: Proof, __: Schema, wide: Schema) -> bool:
    """A reference that could not be followed proves nothing."""
    return "$ref" not in wide


def _as_they_stand(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    """Keywords that are compared as text: equal, and without a reference that could mean something else."""
    for group, kind in TOGETHER:
        concerned = kind is None or _may_be(narrow, kind)
        said = {name: wide[name] for name in group if name in wide and concerned}
        same = canonical(said) == canonical({name: narrow[name] for name in group if name in narrow})
        if said and not (same and '"$ref"' not in canonical(said)):
            return False
    return True


def _type(_: Proof, narrow: Schema, wide: Schema) -> bool:
    said = types(wide)
    if not said:
        return True
    kinds = types(narrow)
    return bool(kinds) and all(kind in said or (kind == "integer" and "number" in said) for kind in kinds)


def _enum(_: Proof, __: Schema, wide: Schema) -> bool:
    """Where the narrow one lists its values they were tried one by one; otherwise they are too many to list."""
    return "enum" not in wide


def _conjuncts(narrow: Schema) -> list[Schema]:
    """The schemas that a value of `narrow` fits at once, without those that are references or unions."""
    return [
        narrow,
        *(member for member in narrow.get("allOf", ()) if isinstance(member, dict) and "$ref" not in member),
    ]


def _bounds(_: Proof, narrow: Schema, wide: Schema) -> bool:
    integral = types(narrow) == {"integer"}
    return all(
        keyword not in wide
        or not _concerned(narrow, keyword)
        or any(bounded(conjunct, wide[keyword], integral) for conjunct in _conjuncts(narrow))
        for keyword, bounded in BOUNDS.items()
    )


def _concerned(narrow: Schema, keyword: str) -> bool:
    """Whether a keyword says something about the values of a schema."""
    kinds = types(narrow)
    return not kinds or bool(kinds & OF_TYPE[keyword])


def _items(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    """Position by position as far as either schema distinguishes them, then the rest."""
    if not {"items", "prefixItems"} & wide.keys() or not _may_be(narrow, "array"):
        return True
    inside = proof.inside()
    most = narrow.get("maxItems", longest_prefix(narrow, wide) + 1)
    positions = range(min(longest_prefix(narrow, wide) + 1, most))
    return all(inside.holds(at_index(narrow, index), at_index(wide, index)) for index in positions)


def _may_be(narrow: Schema, kind: str) -> bool:
    return not types(narrow) or kind in types(narrow)


def _required(_: Proof, narrow: Schema, wide: Schema) -> bool:
    if "required" not in wide or not _may_be(narrow, "object"):
        return True
    given = {name for conjunct in _conjuncts(narrow) for name in conjunct.get("required", ())}
    return given.issuperset(wide["required"])


def _dependent(_: Proof, narrow: Schema, wide: Schema) -> bool:
    if "dependentRequired" not in wide or not _may_be(narrow, "object"):
        return True
    given, dependent = set(narrow.get("required", ())), narrow.get("dependentRequired", {})
    return all(
        given.union(dependent.get(name, ())).issuperset(needed) or at_name(narrow, name) is False
        for name, needed in wide["dependentRequired"].items()
    )


def _names(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    if "propertyNames" not in wide or not _may_be(narrow, "object"):
        return True
    allowed = {"type": "string", "allOf": [narrow.get("propertyNames", True)]}
    return proof.inside().holds(allowed, wide["propertyNames"])


def _properties(proof: Proof, narrow: Schema, wide: Schema) -> bool:
    """Each name that either schema knows, then the patterns, then all other names."""
    if not {"properties", "patternProperties", "additionalProperties"} & wide.keys() or not _may_be(narrow, "object"):
        return True
    inside = proof.inside()
    known = sorted({*narrow.get("properties", {}), *wide.get("properties", {})})
    named = all(inside.holds(at_name(narrow, name), at_name(wide, name)) for name in known)
    return named and _patterned(inside, narrow, wide) and _others(inside, narrow, wide)


def _patterned(inside: Proof, narrow: Schema, wide: Schema) -> bool:
    """Names that match a pattern of `wide`: under the same pattern here, or under anything that names may be under."""
    mine = narrow.get("patternProperties", {})
    return all(
        inside.holds(mine[pattern], member)
        if pattern in mine
        else _everything(inside, [*mine.values(), additional(narrow)], member)
        for pattern, member in wide.get("patternProperties", {}).items()
    )


def _others(inside: Proof, narrow: Schema, wide: Schema) -> bool:
    """Names that `wide` leaves to `additionalProperties`."""
    shared = wide.get("patternProperties", {})
    mine = [member for pattern, member in narrow.get("patternProperties", {}).items() if pattern not in shared]
    return _everything(inside, [*mine, additional(narrow)], additional(wide))


def _everything(inside: Proof, narrow: Iterable[Any], wide: Any) -> bool:
    return all(inside.holds(member, wide) for member in narrow)


PARTS: tuple[Part, ...] = (
    _recursion,
    _type,
    _enum,
    _bounds,
    _required,
    _dependent,
    _as_they_stand,
    _not,
    _items,
    _names,
    _properties,
    _all_of,
    _any_of,
    _one_of,
)
"""What a schema demands, each to be proved; the cheap ones first."""
