"""Bindings that the type checker must refuse, each at the line with the mark. Never imported."""

from typing import Annotated

from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from models.operation import NoContent, Operation, Path, Returns
from models.wire import Request, Response


class GetThing(Request):
    id: Annotated[str, Path()]


class GetOther(Request):
    name: Annotated[str, Path()]


class Thing(Response):
    id: str


class Job(Response):
    id: str


GET = Operation(
    "getThing", "GET", "/things/{id}", GetThing, (Returns(200, Thing, "A thing"),), summary="", description=""
)
START = Operation(
    "startThing",
    "POST",
    "/things/{id}",
    GetThing,
    (Returns(200, Thing, "It was there"), Returns(202, Job, "It is made")),
    summary="",
    description="",
)
DELETE = Operation(
    "deleteThing", "DELETE", "/things/{id}", GetThing, (Returns(204, NoContent, "Gone"),), summary="", description=""
)


@serves(GET)
def right(request: GetThing, caller: Caller, backend: None) -> Thing:
    return Thing(id=request.id)


@serves(START)
def either(request: GetThing, caller: Caller, backend: None) -> Thing | Reply[Job]:
    return Reply(Job(id=request.id), 202)


@serves(DELETE)
def nothing(request: GetThing, caller: Caller, backend: None) -> NoContent:
    return NoContent()


@serves(GET)  # WRONG: the request of another operation
def other_request(request: GetOther, caller: Caller, backend: None) -> Thing:
    return Thing(id=request.name)


@serves(GET)  # WRONG: the response of another operation
def other_response(request: GetThing, caller: Caller, backend: None) -> Job:
    return Job(id=request.id)


@serves(GET)  # WRONG: a bare dictionary
def bare(request: GetThing, caller: Caller, backend: None) -> dict[str, str]:
    return {"id": request.id}


@serves(GET)  # WRONG: a reply with another body
def other_reply(request: GetThing, caller: Caller, backend: None) -> Reply[Job]:
    return Reply(Job(id=request.id))


@serves(GET)  # WRONG: maybe nothing
def maybe(request: GetThing, caller: Caller, backend: None) -> Thing | None:
    return None


@serves(GET)  # WRONG: no caller
def no_caller(request: GetThing) -> Thing:
    return Thing(id=request.id)


@serves(DELETE)  # WRONG: a body where there is none
def body(request: GetThing, caller: Caller, backend: None) -> Thing:
    return Thing(id=request.id)
