"""A small zoo of request types: every kind of value in every location, for what enumerates constraints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import Field, StringConstraints

from handlers.gate.routing import Route
from handlers.gate.serving import Served
from models.fields import Cursor, Day, Id, Instant, Ticker, Tickers20
from models.operation import Body, Cookie, Example, Header, Location, Operation, Path, Query, Returns
from models.wire import Content, Request, Response

Code = Annotated[str, StringConstraints(min_length=2, max_length=4, pattern="^[a-z]+$")]
Pair = Annotated[list[Annotated[int, Ge(0), Le(9)]], MinLen(2), MaxLen(3)]
ID = "c0ffee00-1111-4222-8333-444455556666"


class Part(Content):
    """A model in lists and alone."""

    code: Code
    weight: Annotated[float, Gt(0), Lt(10)]
    made: Day | None = None


class Whole(Content):
    """Every kind of JSON value."""

    id: Id
    at: Instant
    kind: Literal["plain", "fancy"]
    size: Annotated[int, Ge(1), Le(5)] = 1
    score: Annotated[float, Ge(-1), Le(1)] | None = None
    known: bool = False
    words: Annotated[list[Annotated[str, StringConstraints(min_length=1)]], MaxLen(2)] = []
    main: Part
    others: Annotated[list[Part], MinLen(1), MaxLen(2)] | None = None


class Texts(Request):
    """Every kind of text value."""

    ticker: Annotated[Ticker, Path()]
    number: Annotated[int, Ge(0), Lt(100), Path()]
    tickers: Annotated[Tickers20, Query()]
    pair: Annotated[Pair | None, Query()] = None
    ratio: Annotated[Annotated[float, Gt(0), Le(1)] | None, Query()] = None
    flag: Annotated[bool, Query()] = False
    kind: Annotated[Literal["plain", "fancy"], Query()] = "plain"
    cursor: Annotated[Cursor | None, Query()] = None
    day: Annotated[Day | None, Query()] = None
    at: Annotated[Instant | None, Query()] = None
    size: Annotated[int, Field(gt=0, le=9), Header("X-Size")]
    word: Annotated[Annotated[str, StringConstraints(min_length=1, max_length=8)] | None, Header("X-Word")] = None
    theme: Annotated[Code, Cookie("theme")]


class Thing(Request):
    id: Annotated[Id, Path()]
    whole: Annotated[Whole, Body()]


class Maybe(Request):
    part: Annotated[Part | None, Body()] = None


class Several(Request):
    parts: Annotated[Annotated[list[Part], MinLen(1), MaxLen(2)], Body()]


class Echo(Response):
    pass


PART = {"code": "abc", "weight": 1.5, "made": "2024-01-31"}
TEXTS = {
    "ticker": "AAPL",
    "number": 7,
    "tickers": ["AAPL", "BRK.B"],
    "pair": [1, 2],
    "ratio": 0.5,
    "flag": True,
    "kind": "fancy",
    "cursor": "a" * 16,
    "day": "2024-01-31",
    "at": "2024-01-31T14:30:00Z",
    "size": 3,
    "word": "word",
    "theme": "dark",
}
THING = {
    "id": ID,
    "whole": {
        "id": ID,
        "at": "2024-01-31T14:30:00Z",
        "kind": "plain",
        "size": 2,
        "score": 0.5,
        "known": True,
        "words": ["a"],
        "main": PART,
        "others": [PART],
    },
}


def operation(
    id: str, method: str, path: str, request: Any, example: dict[str, Any], open_query: bool = False
) -> Operation[Any, Any]:
    """An operation with one example that succeeds."""
    returns: Returns[Any] = Returns(204, Echo, "Nothing")
    examples = (Example("all", "with everything said", 204, example),)
    return Operation(
        id, method, path, request, (returns,), summary=id, description=id, examples=examples, open_query=open_query
    )


ZOO = (
    operation("texts", "GET", "/texts/{ticker}/{number}", Texts, TEXTS),
    operation("thing", "PUT", "/things/{id}", Thing, THING, open_query=True),
    operation("maybe", "POST", "/maybe", Maybe, {"part": PART}),
    operation("several", "POST", "/several", Several, {"parts": [PART]}),
)


def with_field(kind: Any, place: Location) -> Operation[Any, Any]:
    """An operation whose request has one field, `odd`, of a type at a place."""
    request = type("Odd", (Request,), {"__annotations__": {"odd": Annotated[kind, place]}, "__module__": __name__})
    return operation("odd", "POST", "/odd/{odd}" if isinstance(place, Path) else "/odd", request, {})


def _nothing(request: Request, caller: Any, backend: None) -> dict[str, Any]:
    return {}


for _each in ZOO:
    globals()[f"served_{_each.id}"] = Served(_each, _nothing)

ROUTES = [Route(o.method, o.path, o.id, __name__, "zoo", o.id, True) for o in ZOO]
