"""Small JSON Schemas and small values, chosen so that values fit often and schemas contain each other often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "c")
TEXTS = ("", "a", "b", "ab", "aa", "aab", "2024-01-01")
NUMBERS = (-1, 0, 1, 2, 3, 4, 6, 0.5, 1.5)
SCALARS = st.sampled_from((None, True, False, *TEXTS, *NUMBERS))
FEW = (None, True, "", "ab", "b", 1, 2, 0.5)
"""Scalars of every type, as members of lists and objects."""


def _lists(members: Sequence[Any]) -> Iterator[list[Any]]:
    for length in range(3):
        yield from (list(found) for found in product(members, repeat=length))


def _maps(members: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for count in range(4):
        for names in combinations((*NAMES, "d"), count):
            for found in product(members if count < 3 else members[2:4], repeat=count):
                yield dict(zip(names, found, strict=True))


def _values() -> Iterator[Any]:
    """Every scalar, every short list and small object of few scalars, and some of those inside others."""
    yield from (None, True, False, *TEXTS, *NUMBERS)
    shallow = [*_lists(FEW), *_maps(FEW)]
    yield from shallow
    yield from ([1, 1, 1], ["a", "b", "ab"], ["a", 1, None, True])
    for inner in shallow[::7]:
        yield from ([inner], {"a": inner}, {"b": inner, "a": "a"}, [{"c": inner}], {"a": {"a": inner}})


VALUES = list(_values())
"""A thousand small values: enough to refute a wrong proof about small schemas."""
BOUND = st.integers(0, 3)


def _some(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with some of the members."""
    return st.fixed_dictionaries({}, optional=members)


def _typed(kind: str, **members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _some(**members).map(lambda made: {"type": kind, **made})


STRINGS = _typed(
    "string",
    minLength=BOUND,
    maxLength=BOUND,
    pattern=st.sampled_from(("^a", "b$", "^a*$", "^[ab]+$")),
    format=st.just("date"),
)
INTEGERS = _typed(
    "integer",
    minimum=BOUND,
    maximum=BOUND,
    exclusiveMinimum=BOUND,
    exclusiveMaximum=BOUND,
    multipleOf=st.integers(1, 4),
)
FRACTIONS = _typed(
    "number", minimum=BOUND, maximum=BOUND, exclusiveMaximum=BOUND, multipleOf=st.sampled_from((0.5, 1, 2))
)
LISTED = st.lists(SCALARS, min_size=1, max_size=3).map(lambda values: {"enum": values}) | SCALARS.map(
    lambda value: {"const": value}
)
KINDS = st.lists(
    st.sampled_from(("null", "boolean", "string", "integer", "number", "array", "object")),
    min_size=1,
    max_size=3,
    unique=True,
).map(lambda kinds: {"type": kinds})
LEAVES: st.SearchStrategy[Any] = st.one_of(
    STRINGS, INTEGERS, FRACTIONS, LISTED, KINDS, st.booleans(), st.just({"type": "null"}), st.just({})
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    return _typed(
        "object",
        properties=named,
        required=st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        additionalProperties=st.just(False) | inner,
        patternProperties=st.dictionaries(st.sampled_from(("^a", "[bc]")), inner, max_size=1),
        propertyNames=st.sampled_from(({"enum": ["a", "b"]}, {"pattern": "^[ab]"}, {"maxLength": 1})),
        minProperties=BOUND,
        maxProperties=BOUND,
        dependentRequired=st.just({"a": ["b"]}),
    )


def _arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _typed(
        "array",
        items=inner,
        prefixItems=st.lists(inner, min_size=1, max_size=2),
        minItems=BOUND,
        maxItems=BOUND,
        uniqueItems=st.booleans(),
        contains=inner,
    )


def _combined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda members: {"anyOf": members}),
        several.map(lambda members: {"oneOf": members}),
        several.map(lambda members: {"allOf": members}),
        inner.map(lambda member: {"not": member}),
        st.tuples(inner, inner, inner).map(lambda parts: {"if": parts[0], "then": parts[1], "else": parts[2]}),
    )


def schemas(leaves: st.SearchStrategy[Any] = LEAVES) -> st.SearchStrategy[Any]:
    """Small schemas of everything that a proof may meet."""
    return st.recursive(leaves, lambda inner: _objects(inner) | _arrays(inner) | _combined(inner), max_leaves=5)


def _recursive(body: Any, name: str) -> Any:
    return {"$ref": f"#/$defs/{name}", "$defs": {name: _named(body, name)}}


def _named(schema: Any, name: str) -> Any:
    """The schema with its references leading to a definition of that name."""
    if isinstance(schema, dict):
        return {key: f"#/$defs/{name}" if key == "$ref" else _named(value, name) for key, value in schema.items()}
    return [_named(member, name) for member in schema] if isinstance(schema, list) else schema


ITSELF = st.just({"$ref": "#"})


def recursive_schemas(name: str) -> st.SearchStrategy[Any]:
    """Schemas that contain themselves: inside a property or an item, so that every value ends."""
    leaves = LEAVES | ITSELF
    inner = st.one_of(leaves, _objects(leaves), leaves.map(lambda leaf: {"anyOf": [leaf, {"type": "null"}]}))
    return (_objects(inner) | _arrays(inner)).map(lambda body: _recursive(body, name))


NARROWED = ("maxLength", "maximum", "maxItems", "minLength", "minimum")


@st.composite
def related(draw: st.DrawFn, made: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """A schema and one that differs from it in a few places: such pairs are where proofs are tempted."""
    schema = draw(made)
    return schema, _disturbed(draw, schema)


MAPS = ("properties", "patternProperties", "$defs")


def _disturbed(draw: st.DrawFn, schema: Any) -> Any:
    if isinstance(schema, list):
        return [_disturbed(draw, member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    if draw(st.integers(0, 7)) == 0 and "$ref" not in schema:
        return draw(LEAVES)
    made = {keyword: _disturbed_member(draw, keyword, value) for keyword, value in schema.items()}
    for keyword in NARROWED:
        if keyword in made and draw(st.booleans()):
            made[keyword] = draw(BOUND)
    if "required" in made and draw(st.booleans()):
        made["required"] = made["required"][1:]
    return made


def _disturbed_member(draw: st.DrawFn, keyword: str, value: Any) -> Any:
    if keyword in MAPS:
        return {name: _disturbed(draw, member) for name, member in value.items()}
    return value if keyword in ("enum", "const", "$ref", "dependentRequired", "type") else _disturbed(draw, value)
