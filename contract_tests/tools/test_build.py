"""A contract that cannot be published as it is stops the build with a sentence that names the place."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import pytest

from models.operation import Body, Example, NoContent, Operation, Query, Returns, SentHeader
from models.registry import Entry, Tag
from models.wire import Content, Request, Response
from tools.goldens.cases import cases_of
from tools.openapi.document import document
from tools.openapi.schemas import BadContract

TAG = Tag("parts", "dashboard", (), "Parts")


class Part(Response):
    """A part."""

    name: str
    """What it is called."""


class Draft(Content):
    """A part to be."""

    name: str = "bolt"
    """What it is called."""


class Bare(Response):
    """A part of which nothing is said."""

    name: str


class Nameless(Response):
    name: str
    """What it is called."""


class GetPart(Request):
    limit: Annotated[int, Query()] = 1
    """The most parts wanted."""


class GetSilent(Request):
    limit: Annotated[int, Query()] = 1


class MakePart(Request):
    draft: Annotated[Draft, Body()]
    """The part."""


class MakeShownPart(Request):
    part: Annotated[Part, Body()]
    """The part."""


class MakeSilent(Request):
    draft: Annotated[Draft, Body()]


class Priced(Content):
    """A part whose price is read as a number or a text, and written as a text."""

    price: Decimal
    """What it costs."""


class PricePart(Request):
    priced: Annotated[Priced, Body()]
    """The part."""


OTHER_PART = type("Part", (Response,), {"__annotations__": {"size": int}, "__module__": "models.wire"})


SHOWN = Example("all", "shows it", 200)
BOLT = {"name": "bolt"}


def entry(
    request: Any = GetPart, returns: Returns[Any] | None = None, *examples: Example, id: str = "getPart"
) -> Entry:
    returns = returns or Returns(200, Part, "The part", example=BOLT)
    operation: Operation[Any, Any] = Operation(
        id, "POST", f"/{id}", request, (returns,), summary="s", description="d", examples=examples or (SHOWN,)
    )
    return Entry(operation, TAG, "parts")


HEADER = SentHeader("X-Parts", int, "How many there are", example="many")
BROKEN: dict[str, tuple[tuple[Entry, ...], str]] = {
    "two types with one name": (
        (entry(), entry(returns=Returns(200, OTHER_PART, "It", example={"size": 1}), id="getOther")),
        "two types share a name, or one type differs between requests and responses; give each its own class name",
    ),
    "a type that differs between request and response": (
        (entry(PricePart, Returns(200, Priced, "It", example={"price": "1"})),),
        "'Priced-Input' has a made-up name: two types share a name, or one type differs between requests and responses",
    ),
    "a type in a request and in a response": (
        (entry(MakeShownPart),),
        "Part: used in a request and in a response; declare one class for each",
    ),
    "a field of a response without docstring": (
        (entry(returns=Returns(200, Bare, "It", example=BOLT)),),
        "Bare.name has no docstring; say under the field what it is",
    ),
    "a type without docstring": (
        (entry(returns=Returns(200, Nameless, "It", example=BOLT)),),
        "Nameless has no docstring; say what it is",
    ),
    "a parameter without docstring": ((entry(GetSilent),), "GetSilent.limit has no docstring"),
    "a body without docstring": ((entry(MakeSilent),), "MakeSilent.draft has no docstring"),
    "an operation that never succeeds": (
        (entry(GetPart, None, Example("none", "is refused", 404)),),
        "getPart has no example that succeeds; give one in its examples=",
    ),
    "a response without example": (
        (entry(returns=Returns(200, Part, "It")),),
        "getPart has no example of its 200; give one in Returns(example=)",
    ),
    "an example of a response with another type": (
        (entry(returns=Returns(200, Part, "It", example={"name": 1})),),
        "getPart: status 200: the example does not fit at name: 1 is not of type",
    ),
    "an example of a response with an unknown field": (
        (entry(returns=Returns(200, Part, "It", example={**BOLT, "size": 1})),),
        "getPart: status 200: the example does not fit at its root: Additional properties are not allowed ('size'",
    ),
    "an example of a header": (
        (entry(returns=Returns(200, Part, "It", example=BOLT, headers=(HEADER,))),),
        "getPart: the header X-Parts of 200: the example does not fit at its root",
    ),
    "an example of a parameter": (
        (entry(GetPart, None, Example("all", "shows it", 200, {"limit": "many"})),),
        "getPart: the parameter limit: the example does not fit at its root",
    ),
    "an example of a body": (
        (entry(MakePart, None, Example("all", "shows it", 200, {"draft": {"size": 1}})),),
        "getPart: the request body: the example does not fit at its root",
    ),
    "an operation that is declared twice": ((entry(), entry()), "<getPart: POST /getPart> is declared twice"),
}


def test_a_whole_contract_is_built() -> None:
    nothing = entry(
        MakePart, Returns(204, NoContent, "Nothing"), Example("all", "shows it", 204, {"draft": BOLT}), id="b"
    )
    made = document([entry(), nothing])

    assert list(made["paths"]) == ["/getPart", "/b"]


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_contract_stops_the_build_and_says_where(what: str) -> None:
    contract, says = BROKEN[what]
    with pytest.raises(BadContract) as raised:
        document(contract)

    assert says in str(raised.value)


def test_two_cases_with_one_name_stop_the_build() -> None:
    twice = entry(GetPart, None, SHOWN, Example("all", "shows it again", 200, {"limit": 2}))
    with pytest.raises(
        BadContract, match=r"two cases are called .*/getPart/200-all\.json; rename an example of getPart"
    ):
        list(cases_of(twice))
