"""The enumeration of constraints is complete: a search finds no error that it does not name, and each that it names."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from annotated_types import MultipleOf
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, ConfigDict, Field, PlainValidator, model_validator

from contract_tests.tools.constraint_zoo import ROUTES, ZOO, Part, with_field
from handlers.gate.callers import Callers
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Router
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from models.operation import Body, Cookie, Header, Location, Operation, Path, Query
from models.wire import Content
from tools.constraints import UnknownType, constraints
from tools.events import HttpCall, received, rest_event
from tools.goldens.calls import call_of
from tools.goldens.violations import NAMELESS, violation
from tools.probe import NoCounter, NoSessions
from tools.stage import NOW

Found = set[tuple[tuple[str, ...], str]]
"""(loc with `*` for an index and for an unknown name, error type)."""


@functools.cache
def zoo() -> Gate:
    clock, chosen = FixedClock(NOW), Settings(signing_key="for this test only")
    return Gate(
        Router(ROUTES),
        Ports(Callers(NoSessions(), chosen, clock), NoCounter(), None, chosen, clock, CountedChance("zoo")),
    )


def errors(call: HttpCall) -> list[dict[str, Any]]:
    """The entries of the 422 that a call meets; none if it is accepted or finds no route."""
    got = received(zoo()(rest_event(call), None))
    assert got.status in (204, 404, 422), got
    return json.loads(got.body)["detail"] if got.status == 422 else []


def table(operation: Operation[Any, Any]) -> Found:
    """What the enumeration says can be broken."""
    return {(b.constraint.loc, b.constraint.type) for b in constraints(operation) if not b.excluded}


def patterns(entries: list[dict[str, Any]]) -> Found:
    found = set()
    for entry in entries:
        loc = ["*" if isinstance(part, int) else part for part in entry["loc"]]
        if entry["type"] == "extra_forbidden":
            loc[-1] = "*"
        found.add((tuple(loc), entry["type"]))
    return found


WORDS = (
    "",
    "a",
    "abc",
    "ABC",
    "!",
    "-1",
    "0",
    "1",
    "10",
    "100",
    "nan",
    "1e999",
    "2024-02-30",
    "!" * 20,
    "x" * 600,
    "9" * 4301,
)
SCALARS = (None, True, -2, 0, 3, 10, 10**30, -1.5, 0.5, 11.0, float("inf"), *WORDS)
ANYTHING = (
    st.sampled_from(SCALARS)
    | st.text(st.characters(codec="utf-8"), max_size=5)
    | st.lists(st.sampled_from(SCALARS), max_size=4)
    | st.dictionaries(st.sampled_from((NAMELESS, "code")), st.sampled_from(SCALARS), max_size=2)
)
TEXTS = st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS), max_size=22)


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place inside a JSON value, itself included."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, member in inside for place in places(member, (*at, key)))]


def put(value: Any, at: tuple[str | int, ...], new: Any) -> Any:
    """The value with one place replaced."""
    if not at:
        return new
    made = copy.copy(value)
    made[at[0]] = put(value[at[0]], at[1:], new)
    return made


def without(value: Any, at: tuple[str | int, ...]) -> Any:
    """The value with one place left out."""
    made = copy.copy(value)
    if len(at) == 1:
        del made[at[0]]
    else:
        made[at[0]] = without(value[at[0]], at[1:])
    return made


@st.composite
def changed(draw: st.DrawFn, valid: Any) -> Any:
    """A valid body with some of its places replaced by anything or left out."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(places(valid)))
        leave_out = draw(st.booleans()) and bool(at)
        valid = without(valid, at) if leave_out else put(valid, at, draw(ANYTHING))
    return valid


@st.composite
def calls(draw: st.DrawFn, operation: Operation[Any, Any]) -> HttpCall:
    """The operation's valid example with some of its values changed, as it goes over the wire."""
    values = dict(operation.examples[0].request)
    raw = None
    for name in draw(st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=2, unique=True)):
        place = operation.places()[name]
        if draw(st.integers(0, 5)) == 0 and not isinstance(place, Path):
            del values[name]
        elif isinstance(place, Body):
            values[name] = draw(changed(values[name]))
            raw = draw(st.sampled_from((None, None, None, b"", b'{"a":', b"[1,]", b"NaN")))
        else:
            values[name] = draw(TEXTS)
    more = (("limit", "1"),) if draw(st.integers(0, 9)) == 0 else ()
    return call_of(operation, values, more, raw)


def one_change(operation: Operation[Any, Any]) -> Iterator[HttpCall]:
    """The operation's valid example with one place changed, in every way there is."""
    valid = operation.examples[0].request
    yield call_of(operation, valid, ((NAMELESS, "1"),))
    for name, place in operation.places().items():
        yield call_of(operation, without(valid, (name,)))
        if isinstance(place, Body):
            yield call_of(operation, valid, raw=b'{"a":')
            changed = changes(valid[name])
        else:
            changed = iter([*WORDS, [*WORDS, *WORDS], ["1"], ["1", "2", "3", "4"]])
        for value in changed:
            yield call_of(operation, {**valid, name: value})


def changes(valid: Any) -> Iterator[Any]:
    """A JSON value with one place replaced, left out, added to or repeated."""
    for at in places(valid):
        there = functools.reduce(lambda value, key: value[key], at, valid)
        replacements: list[Any] = [*SCALARS, [], {}]
        yield from (put(valid, at, new) for new in replacements)
        if at:
            yield without(valid, at)
        if isinstance(there, dict):
            yield put(valid, at, {**there, NAMELESS: 1})
        if isinstance(there, list):
            yield put(valid, at, there * 3)


@pytest.mark.parametrize("operation", ZOO, ids=lambda operation: operation.id)
def test_the_table_names_exactly_what_one_change_to_a_request_provokes(operation: Operation[Any, Any]) -> None:
    provoked = set().union(*(patterns(errors(call)) for call in one_change(operation)))

    assert provoked == table(operation)


@pytest.mark.parametrize("operation", ZOO, ids=lambda operation: operation.id)
@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(st.data())
def test_no_request_provokes_an_error_outside_the_table(operation: Operation[Any, Any], data: st.DataObject) -> None:
    assert patterns(errors(data.draw(calls(operation)))) <= table(operation)


@pytest.mark.parametrize("operation", ZOO, ids=lambda operation: operation.id)
def test_each_constraint_is_broken_alone_by_the_request_made_for_it(operation: Operation[Any, Any]) -> None:
    for breakable in constraints(operation):
        if breakable.excluded:
            continue
        call, _ = violation(operation, breakable)
        found = errors(call)

        assert len(found) == 1, (breakable.constraint, found)
        assert patterns(found) == {(breakable.constraint.loc, breakable.constraint.type)}


class Tree(Content):
    """Refers to itself."""

    branches: list[Tree]


class Short(Content):
    """Bounds its texts by configuration."""

    model_config = ConfigDict(str_max_length=5)
    name: str


class Checked(Content):
    """Has a validator of its own, whose errors nobody has enumerated."""

    name: str

    @model_validator(mode="after")
    def refuse(self) -> Checked:
        return self


class Renamed(Content):
    """Is told its field by another name than the contract says."""

    name: str = Field(validation_alias="title")


NAMED = "; use a named type of models/fields.py, or teach tools/constraints.py what breaks it"
NOT_ENUMERATED: dict[str, tuple[Any, Location, str]] = {
    "a kind without a walk": (dict[str, int], Body(), f"body has a type of kind 'dict'{NAMED}"),
    "a union": (int | str, Query(), f"query.odd has a type of kind 'union'{NAMED}"),
    "a validator of a value": (
        Annotated[str, AfterValidator(str)],
        Query(),
        "query.odd has a type of kind 'function-after'",
    ),
    "a validator of a model": (Checked, Body(), "body has a type of kind 'function-after'"),
    "a reading function": (
        Annotated[str, PlainValidator(str)],
        Query(),
        "query.odd is read by a function; give it a TextFormat",
    ),
    "another constraint": (
        Annotated[int, MultipleOf(5)],
        Query(),
        f"query.odd says 'multiple_of', which is not enumerated{NAMED}",
    ),
    "a constraint by configuration": (Short, Body(), "body says 'str_max_length'"),
    "another name on the wire": (Renamed, Body(), "body.name says 'validation_alias'"),
    "a type inside itself": (
        Tree,
        Body(),
        "body.branches.* is contract_tests.tools.test_constraints.Tree inside itself",
    ),
    "a list in a header": (list[str], Header("X-List"), "header.x-list is a list"),
    "a list in a list of the query": (list[list[str]], Query(), "query.odd.* is a list"),
    "a model in a cookie": (Part, Cookie("part"), "cookie.part is a model"),
    "a literal that is no text": (Literal[1, 2], Query(), "query.odd is a literal that is no text"),
}


@pytest.mark.parametrize("what", NOT_ENUMERATED)
def test_a_type_that_is_not_enumerated_stops_the_build_saying_where_and_what_to_do(what: str) -> None:
    kind, place, says = NOT_ENUMERATED[what]
    with pytest.raises(UnknownType) as raised:
        constraints(with_field(kind, place))

    assert str(raised.value).startswith(f"odd: {says}")
