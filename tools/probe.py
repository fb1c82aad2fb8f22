"""A function that exists to be measured and to prove what the gate does by itself: no store, no caller, no domain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from handlers.gate.callers import Caller, Callers, Claims
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Route, Router
from handlers.gate.serving import Reply, serves
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import Clock
from handlers.runtime.settings import Settings
from models.operation import Body, Operation, Path, Query, Returns
from models.wire import Content, Request, Response


@with_config(ConfigDict(extra="forbid"))
class Row(TypedDict):
    id: int
    name: str
    price: float
    tags: list[str]


class Rows(Response):
    rows: list[Row]
    count: int


class Candles(Response):
    candles: list[dict[str, str | float | int]]


class Created(Response):
    id: int
    name: str
    quantity: int


class ListRows(Request):
    limit: Annotated[int, Field(ge=1, le=100), Query()] = 50


class NewRow(Content):
    name: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    quantity: Annotated[int, Field(ge=1, le=1000)] = 1
    price: Annotated[float, Field(gt=0)]
    tags: Annotated[list[Annotated[str, StringConstraints(max_length=20)]], Field(max_length=5)] = []


class CreateRow(Request):
    row: Annotated[NewRow, Body()]


class GetNumber(Request):
    number: Annotated[int, Field(ge=0), Path()]


class Nothing(Request):
    pass


ROWS: list[Row] = [{"id": n, "name": f"row {n}", "price": n * 1.25, "tags": ["a", "b"]} for n in range(50)]
CANDLES: list[dict[str, str | float | int]] = [
    {
        "date": "2024-01-31T14:30:00Z",
        "open": 187.04,
        "high": 187.1,
        "low": 184.35,
        "close": 184.4,
        "volume": 55467800 + n,
    }
    for n in range(1000)
]


def _operation(id: str, method: str, path: str, request: Any, response: Any, status: int = 200) -> Operation[Any, Any]:
    returns: Returns[Any] = Returns(status, response, "The answer")
    return Operation(id, method, path, request, (returns,), summary=id, description=id)


LIST = _operation("listRows", "GET", "/probe/rows", ListRows, Rows)
CREATE = _operation("createRow", "POST", "/probe/rows", CreateRow, Created, 201)
CANDLE_LIST = _operation("listCandles", "GET", "/probe/candles", Nothing, Candles)
NUMBER = _operation("getNumber", "GET", "/probe/numbers/{number}", GetNumber, Created)
FAIL = _operation("fail", "GET", "/probe/failure", Nothing, Created)
HUGE = _operation("answerTooMuch", "GET", "/probe/huge", Nothing, Candles)
OPERATIONS = (LIST, CREATE, CANDLE_LIST, NUMBER, FAIL, HUGE)


@serves(LIST)
def list_rows(request: ListRows, caller: Caller, backend: None) -> Rows:
    return Rows.model_construct(rows=ROWS[: request.limit], count=request.limit)


@serves(CREATE)
def create_row(request: CreateRow, caller: Caller, backend: None) -> Created:
    return Created(id=1, name=request.row.name, quantity=request.row.quantity)


@serves(CANDLE_LIST)
def list_candles(request: Nothing, caller: Caller, backend: None) -> Reply[Candles]:
    return Reply(Candles.model_construct(candles=CANDLES))


@serves(NUMBER)
def get_number(request: GetNumber, caller: Caller, backend: None) -> Created:
    return Created(id=request.number, name="number", quantity=1)


@serves(FAIL)
def fail(request: Nothing, caller: Caller, backend: None) -> Created:
    raise RuntimeError("this operation fails on purpose")


@serves(HUGE)
def answer_too_much(request: Nothing, caller: Caller, backend: None) -> Candles:
    return Candles.model_construct(candles=CANDLES * 70)


class NoSessions:
    def anonymous(self, user_id: str) -> Caller | None:
        return None

    def member(self, claims: Claims) -> Caller | None:
        return None


class NoCounter:
    def count(self, name: str, window_start: int, window_seconds: int) -> int:
        return 0


def routes(total: int) -> Iterator[Route]:
    """The probe's routes, filled up to `total` with routes of the kinds that an API has."""
    for operation in OPERATIONS:
        yield Route(operation.method, operation.path, operation.id, "tools.probe", "probe", operation.id, True)
    for n in range(total - len(OPERATIONS)):
        path = f"/probe/group{n // 4}" + ("", "/{id}", "/{id}/parts", "/{id}/parts/{part}")[n % 4]
        yield Route("GET", path, f"filler{n}", "tools.probe", "probe", "filler", True)


def gate(clock: Clock, total: int = 100) -> Gate:
    """The gate of the probe with `total` routes."""
    settings = Settings(signing_key="for the probe only; it signs nothing", rate_limits=False)
    callers = Callers(NoSessions(), settings, clock)
    return Gate(Router(routes(total)), Ports(callers, NoCounter(), None, settings, clock, CountedChance("probe")))
