"""What a client and an operator ask about the service itself."""

from __future__ import annotations

from typing import Literal

from models.operation import Example, Given, Operation, Returns
from models.refusals import ServiceUnavailable
from models.wire import Request, Response

Engine = Literal["sqlite", "dynamodb"]


class CheckHealth(Request):
    pass


class Health(Response):
    """The service can do its work."""

    status: Literal["healthy"]
    """Always healthy; what is not healthy answers 503."""
    store: Engine
    """The engine that keeps the data."""
    environment: str
    """The name of this deployment."""


class GetRuntime(Request):
    pass


class Runtime(Response):
    """What a front end has to know about this deployment."""

    sse_url: str | None
    """Base URL of the stream function; null if streams are served at the same origin."""
    environment: str
    """The name of this deployment."""


class GetIndex(Request):
    pass


class Index(Response):
    """Every operation of the service."""

    name: Literal["Bellwether"]
    """The service."""
    version: Literal["2.0"]
    """The version of the interface."""
    endpoints: dict[str, dict[str, str]]
    """Tag → method and path → what it does."""


HEALTH = Operation(
    "checkHealth",
    "GET",
    "/health",
    CheckHealth,
    (
        Returns(
            200,
            Health,
            "The store answers",
            example={"status": "healthy", "store": "sqlite", "environment": "local"},
        ),
    ),
    summary="Liveness, and whether the store answers",
    description="For load balancers and people on call. Reads from the store, so that a 200 means that requests can be served.",
    refusals=(ServiceUnavailable,),
    examples=(
        Example("healthy", "the store answers", 200, given=Given("nobody")),
        Example("store_down", "the store does not answer", 503, given=Given("nobody", store="unavailable")),
    ),
)

RUNTIME = Operation(
    "getRuntime",
    "GET",
    "/api/v2/runtime",
    GetRuntime,
    (Returns(200, Runtime, "The settings", example={"sse_url": None, "environment": "local"}),),
    summary="Settings for front ends",
    description="Where streams are served and which deployment this is.",
    cache="public, max-age=300",
    etag=True,
    stored=False,
    examples=(Example("local", "streams come from the same origin", 200, given=Given("nobody")),),
)

INDEX = Operation(
    "getIndex",
    "GET",
    "/api",
    GetIndex,
    (
        Returns(
            200,
            Index,
            "Every operation by tag",
            example={
                "name": "Bellwether",
                "version": "2.0",
                "endpoints": {"system": {"GET /health": "Liveness, and whether the store answers"}},
            },
        ),
    ),
    summary="List of endpoints",
    description="What this deployment serves, for people; programs read the OpenAPI document.",
    cache="public, max-age=300",
    etag=True,
    stored=False,
    examples=(Example("all", "the whole list", 200, given=Given("nobody")),),
)

OPERATIONS = (HEALTH, RUNTIME, INDEX)
