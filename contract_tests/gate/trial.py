"""A few operations beside the product's, each of which can be made to meet one rule of the gate."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from handlers.gate.callers import Caller, Callers, Claims
from handlers.gate.gate import Gate, Ports
from handlers.gate.limits import Counter
from handlers.gate.routing import Route, Router
from handlers.gate.serving import Reply, serves
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from models.operation import Body, Level, Operation, Path, Query, RateLimit, Returns, SentCookie
from models.wire import Content, Request, Response
from tools.probe import NoCounter, Nothing

KEY = "for these tests only; it signs nothing that is kept"
ONE = "0a8b4a52-5b0f-4c7e-9d55-0d1f6f2f9a01"
OTHER = "1b9c5b63-6c1a-4d8f-8e66-1e2a7a3a9b02"
LIMIT = RateLimit(3, 60)
COOKIES = tuple(SentCookie(name, name, 60, "/", "Strict", True) for name in ("first", "second"))


class Said(Response):
    text: str


class Circle(Content):
    form: Literal["circle"]
    radius: int


class Square(Content):
    form: Literal["square"]
    side: int | None


class Drawing(Content):
    shape: Annotated[Circle | Square, Field(discriminator="form")]
    label: int | str = ""
    points: list[int] = []


class Sized(Request):
    characters: Annotated[int, Query()]
    kind: Annotated[str, Query()] = "a"


class Draw(Request):
    number: Annotated[int, Path()]
    drawing: Annotated[Drawing, Body()]


def _operation(id: str, method: str, path: str, request: Any, **declared: Any) -> Operation[Any, Any]:
    returns = Returns(200, Said, "What is said", cookies=COOKIES)
    return Operation(id, method, path, request, (returns,), summary=id, description=id, **declared)


SAY = _operation("say", "GET", "/say", Sized)
DRAW = _operation("draw", "POST", "/draw/{number}", Draw)
GUARDED = _operation("guard", "POST", "/guarded/{number}", Draw, level=Level.SESSION, csrf=True, limit=LIMIT)
OPEN_GUARDED = _operation("guardOpen", "POST", "/open", Nothing, csrf=True)
COUNTED = _operation("count", "GET", "/counted", Nothing, limit=LIMIT)
COUNTED_TOO = _operation("countToo", "GET", "/counted-too", Nothing, limit=LIMIT)
COUNTED_CALLERS = _operation("countCallers", "GET", "/counted-callers", Nothing, level=Level.SESSION, limit=LIMIT)
SHARED = RateLimit(3, 60, bucket="together")
SHARING = _operation("share", "GET", "/sharing", Nothing, limit=SHARED)
SHARING_TOO = _operation("shareToo", "GET", "/sharing-too", Nothing, limit=SHARED)
OPERATORS = _operation("operate", "GET", "/operators", Nothing, level=Level.OPERATOR)


@serves(SAY)
def say(request: Sized, caller: Caller, backend: None) -> Reply[Said]:
    text = {"a": "a", "quote": '"', "wide": "\N{GRINNING FACE}"}[request.kind] * request.characters
    return Reply(Said(text=text), cookies={"first": "1", "second": "2"})


@serves(DRAW)
def draw(request: Draw, caller: Caller, backend: None) -> Said:
    return Said(text=repr(request.drawing))


@serves(GUARDED)
def guard(request: Draw, caller: Caller, backend: None) -> Said:
    return Said(text="in")


@serves(OPEN_GUARDED)
def guard_open(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="in")


@serves(COUNTED)
def count(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="counted")


@serves(COUNTED_TOO)
def count_too(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="counted")


@serves(COUNTED_CALLERS)
def count_callers(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="counted")


@serves(SHARING)
def share(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="counted")


@serves(SHARING_TOO)
def share_too(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="counted")


@serves(OPERATORS)
def operate(request: Nothing, caller: Caller, backend: None) -> Said:
    return Said(text="in")


class TwoSessions:
    """Two anonymous callers."""

    def anonymous(self, user_id: str) -> Caller | None:
        return Caller(user_id, Level.SESSION) if user_id in (ONE, OTHER) else None

    def member(self, claims: Claims) -> Caller | None:
        return None


def gate(clock: FixedClock, counter: Counter | None = None, rate_limits: bool = True) -> Gate:
    settings = Settings(signing_key=KEY, rate_limits=rate_limits)
    counted = (COUNTED, COUNTED_TOO, COUNTED_CALLERS, SHARING, SHARING_TOO)
    served = (SAY, DRAW, GUARDED, OPEN_GUARDED, *counted, OPERATORS)
    routes = [Route(o.method, o.path, o.id, __name__, "trial", o.id, True) for o in served]
    callers = Callers(TwoSessions(), settings, clock)
    return Gate(Router(routes), Ports(callers, counter or NoCounter(), None, settings, clock, CountedChance("trial")))
