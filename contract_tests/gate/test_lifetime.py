"""Deprecation and sunset are declared once, in the model; the document and every response say so."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.gate.callers import Caller, Callers
from handlers.gate.gate import Gate, Ports
from handlers.gate.routing import Route, Router
from handlers.gate.serving import serves
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from models.operation import Operation, Returns
from models.registry import Entry, Tag
from tools.events import HttpCall, received, rest_event
from tools.openapi.document import _operation
from tools.openapi.schemas import generated
from tools.probe import Created, NoCounter, NoSessions, Nothing

OLD = Operation(
    "getOld",
    "GET",
    "/old",
    Nothing,
    (Returns(200, Created, "The answer"),),
    summary="old",
    description="old",
    deprecated=date(2024, 3, 1),
    sunset=date(2025, 3, 1),
)


@serves(OLD)
def old(request: Nothing, caller: Caller, backend: None) -> Created:
    return Created(id=1, name="old", quantity=1)


@pytest.fixture
def gate() -> Gate:
    clock = FixedClock(datetime(2024, 4, 1, tzinfo=UTC))
    settings = Settings(signing_key="for this test only")
    routes = [Route("GET", "/old", "getOld", __name__, "old", "old", True)]
    return Gate(
        Router(routes),
        Ports(Callers(NoSessions(), settings, clock), NoCounter(), None, settings, clock, CountedChance("t")),
    )


def test_every_response_says_since_when_and_until_when(gate: Gate) -> None:
    got = received(gate(rest_event(HttpCall("GET", "/old")), None))

    assert got.header("deprecation") == f"@{int(datetime(2024, 3, 1, tzinfo=UTC).timestamp())}"
    assert got.header("sunset") == "Sat, 01 Mar 2025 00:00:00 GMT"


def test_the_document_says_so_too() -> None:
    entry = Entry(OLD, Tag("old", "dashboard", (), "Old"), "old")
    made = _operation(entry, generated([entry]))

    assert made["deprecated"] is True
    assert made["x-sunset"] == "2025-03-01"
    assert {"Deprecation", "Sunset"} <= set(made["responses"]["200"]["headers"])
