"""Every response that any test receives from a stage is judged by the document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.assembly import routes_of
from handlers.gate.routing import Router
from tools.conformance import Conformance
from tools.events import HttpCall, Received
from tools.openapi.document import document
from tools.routes import FUNCTIONS
from tools.stage import Stage


@pytest.fixture(autouse=True, scope="session")
def every_response_keeps_the_promises_of_the_document() -> Iterator[None]:
    judge = Conformance(document())
    routers = {function: Router(routes_of(function)) for function in FUNCTIONS}

    def look(function: str, call: HttpCall, got: Received) -> None:
        found = routers[function].find(call.path)
        route = found and found[0].routes.get(call.method)
        if route:
            assert list(judge.problems(route.operation_id, got)) == [], (call, got)

    Stage.judge = look
    yield
    Stage.judge = None
