"""Types that exist only to reproduce recorded validation errors. They are lax on purpose; the product's own are not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, field_validator, model_validator

from handlers.gate.callers import Caller
from handlers.gate.routing import Route
from handlers.gate.serving import Served
from models.operation import Body, Cookie, Header, Operation, Path, Query, Returns
from models.wire import Request, Response


class Lax(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Color(Enum):
    red = "red"
    green = "green"


class Size(IntEnum):
    one = 1
    two = 2


class Tag(Lax):
    name: Annotated[str, Field(min_length=1)]


class Item(Lax):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=2, max_length=5, pattern="^[a-z]+$")]
    price: Annotated[float, Field(gt=0, le=100, multiple_of=0.5)]
    qty: Annotated[int, Field(ge=1, lt=10)] = 1
    active: bool = True
    color: Color = Color.red
    size: Size = Size.one
    kind: Literal["a", "b"] = "a"
    tags: Annotated[list[Tag], Field(max_length=2)] = []
    when: datetime | None = None
    day: date | None = None
    uid: UUID | None = None
    url: AnyHttpUrl | None = None
    amount: Annotated[Decimal | None, Field(max_digits=5, decimal_places=2)] = None
    meta: dict[str, int] = {}
    alias_field: int | None = Field(None, alias="aliasField")


class Cat(Lax):
    pet: Literal["cat"]
    lives: int


class Dog(Lax):
    pet: Literal["dog"]
    bark: bool


class Owner(Lax):
    pet: Annotated[Cat | Dog, Field(discriminator="pet")]


class Plain(Lax):
    v: int | list[str]


class Custom(Lax):
    a: int
    b: int

    @field_validator("a")
    @classmethod
    def lucky(cls, value: int) -> int:
        if value == 13:
            raise ValueError("unlucky")
        assert value != 14, "assertion text"
        return value

    @model_validator(mode="after")
    def ordered(self) -> Custom:
        if self.b < self.a:
            raise ValueError("b must be >= a")
        return self


class Strict(Lax):
    model_config = ConfigDict(strict=True)
    i: int
    b: bool
    s: str


class Deep(Lax):
    items: list[dict[str, Item]]


class PostItem(Request):
    body: Annotated[Item, Body()]


class PostOptional(Request):
    body: Annotated[Tag | None, Body()] = None


class PostOwner(Request):
    body: Annotated[Owner, Body()]


class PostPlain(Request):
    body: Annotated[Plain, Body()]


class PostCustom(Request):
    body: Annotated[Custom, Body()]


class PostStrict(Request):
    body: Annotated[Strict, Body()]


class PostDeep(Request):
    body: Annotated[Deep, Body()]


class GetQuery(Request):
    n: Annotated[int, Query()]
    b: Annotated[bool, Query()] = False
    c: Annotated[Color, Query()] = Color.red
    s: Annotated[str, Field(min_length=2), Query()] = "xx"
    l: Annotated[list[int], Field(max_length=2), Query()] = []  # noqa: E741  recorded under this name
    o: Annotated[int | None, Query()] = None
    f: Annotated[float | None, Query()] = None
    d: Annotated[date | None, Query()] = None


class GetModel(Request):
    limit: Annotated[int, Field(ge=1, le=100), Query()] = 10
    q: Annotated[list[str], Query()] = []


class GetNumber(Request):
    n: Annotated[int, Field(ge=1, le=10), Path()]


class GetColor(Request):
    c: Annotated[Color, Path()]


class GetUuid(Request):
    u: Annotated[UUID, Path()]


class GetHeader(Request):
    x: Annotated[int, Header("x-token")]


class GetCookie(Request):
    session: Annotated[int, Cookie("session")]


class GetMixed(Request):
    n: Annotated[int, Path()]
    q: Annotated[int, Query()]
    h: Annotated[int, Header("x-h")]


class PostMixed(GetMixed):
    body: Annotated[Tag, Body()]


class Echo(Response):
    pass


def _answer(request: Request, caller: Caller, backend: None) -> Any:
    said = request.model_dump(mode="json", by_alias=True)
    return {"got": said["body"]} if isinstance(request, PostOptional) else said.get("body", said)


def _operation(method: str, path: str, request: Any, open_query: bool = True) -> Operation[Any, Any]:
    id = f"{method} {path}"
    returns: Returns[Any] = Returns(200, Echo, "What was said")
    return Operation(id, method, path, request, (returns,), summary=id, description=id, open_query=open_query)


OPERATIONS = [
    _operation("POST", "/items", PostItem),
    _operation("POST", "/opt", PostOptional),
    _operation("POST", "/pet", PostOwner),
    _operation("POST", "/union", PostPlain),
    _operation("POST", "/custom", PostCustom),
    _operation("POST", "/strict", PostStrict),
    _operation("POST", "/deep", PostDeep),
    _operation("GET", "/q", GetQuery),
    _operation("GET", "/qmodel", GetModel, open_query=False),
    _operation("GET", "/p/{n}", GetNumber),
    _operation("GET", "/pe/{c}", GetColor),
    _operation("GET", "/pu/{u}", GetUuid),
    _operation("GET", "/h", GetHeader),
    _operation("GET", "/c", GetCookie),
    _operation("GET", "/mixed/{n}", GetMixed),
    _operation("POST", "/mixedb/{n}", PostMixed),
]
for _number, _each in enumerate(OPERATIONS):
    globals()[f"served_{_number}"] = Served(_each, _answer)

ROUTES = [Route(o.method, o.path, o.id, __name__, "recorded", o.id, True) for o in OPERATIONS]
