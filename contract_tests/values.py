"""Hypothesis strategies for JSON values: such as a schema describes, and such as are just beside it."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        ["", "1", "true", "null", "AAPL", "aapl", "2024-02-30", "2024-01-31", "2024-01-31T14:30:00Z", "é", "\n"]
    ),
)
anything: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def from_schema(schema: Schema, components: dict[str, Schema]) -> st.SearchStrategy[Any]:
    """Values that a schema describes; of the keywords that the contract uses, none is left out."""
    if "$ref" in schema:
        return from_schema(components[schema["$ref"].rpartition("/")[2]], components)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for joined in ("anyOf", "oneOf"):
        if joined in schema:
            return st.one_of([from_schema(branch, components) for branch in schema[joined]])
    return _BY_TYPE[schema["type"]](schema, components)


def _string(schema: Schema, _: dict[str, Schema]) -> st.SearchStrategy[Any]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if "pattern" not in schema:
        return st.text(min_size=least, max_size=most if most is not None else least + 20)
    drawn = st.from_regex(re.compile(schema["pattern"], re.ASCII), fullmatch=False).map(lambda text: text.rstrip("\n"))
    return drawn.filter(lambda text: least <= len(text) <= (most if most is not None else 10_000))


def _integer(schema: Schema, _: dict[str, Schema]) -> st.SearchStrategy[Any]:
    whole = st.integers(
        _bound(schema, "minimum", "exclusiveMinimum", 1), _bound(schema, "maximum", "exclusiveMaximum", -1)
    )
    return whole | whole.filter(lambda value: abs(value) < 2**53).map(float)


def _bound(schema: Schema, inclusive: str, exclusive: str, step: int) -> int | None:
    if exclusive in schema:
        return int(schema[exclusive]) + step
    return int(schema[inclusive]) if inclusive in schema else None


def _number(schema: Schema, _: dict[str, Schema]) -> st.SearchStrategy[Any]:
    return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)


def _array(schema: Schema, components: dict[str, Schema]) -> st.SearchStrategy[Any]:
    least = schema.get("minItems", 0)
    return st.lists(
        from_schema(schema["items"], components), min_size=least, max_size=schema.get("maxItems", least + 3)
    )


def _object(schema: Schema, components: dict[str, Schema]) -> st.SearchStrategy[Any]:
    fields = {name: from_schema(member, components) for name, member in schema.get("properties", {}).items()}
    required = {name: fields.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=fields)


_BY_TYPE = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": lambda schema, components: st.booleans(),
    "null": lambda schema, components: st.none(),
    "array": _array,
    "object": _object,
}


def near(schema: Schema, components: dict[str, Schema]) -> st.SearchStrategy[Any]:
    """Values that the schema describes, with one place changed, or not; or any value at all."""
    valid = from_schema(schema, components)
    return st.one_of(valid, valid, st.builds(_changed, valid, st.randoms(use_true_random=False), scalars), anything)


def _changed(value: Any, random: Any, other: Any) -> Any:
    if isinstance(value, dict) and value and random.random() < 0.85:
        name = random.choice(sorted(value))
        choice = random.random()
        if choice < 0.15:
            return {key: member for key, member in value.items() if key != name}
        if choice < 0.3:
            return {**value, "unexpected": other}
        return {**value, name: _changed(value[name], random, other)}
    if isinstance(value, list) and value and random.random() < 0.7:
        index = random.randrange(len(value))
        return (
            [*value[:index], _changed(value[index], random, other), *value[index + 1 :]]
            if random.random() < 0.7
            else value * 3
        )
    if isinstance(value, str) and random.random() < 0.5:
        return random.choice([value + "!", value + "\n", value[:-1], value * 8, value.swapcase(), " " + value])
    if isinstance(value, int) and not isinstance(value, bool) and random.random() < 0.7:
        return random.choice([value + 10**6, -value - 1, str(value), value + 0.5, float(value)])
    return other


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()
