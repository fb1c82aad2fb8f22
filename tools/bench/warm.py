"""Warm requests through the whole gate to a probe operation, beside the floor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

from handlers.gate.gate import Gate
from handlers.runtime.clock import FixedClock
from handlers.runtime.log import log
from tools import probe
from tools.bench import floor
from tools.bench.measure import Budget, Costs, Subject, costs
from tools.events import SHAPES, HttpCall

BROWSER = (
    ("Host", "api.example.com"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"),
    ("Accept", "application/json"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("Origin", "https://app.example.com"),
)
AS_JSON = ("Content-Type", "application/json")
LIST = HttpCall("GET", "/probe/rows", "limit=50", BROWSER)
POST = HttpCall(
    "POST", "/probe/rows", "", (*BROWSER, AS_JSON), b'{"name":"a row","quantity":3,"price":9.5,"tags":["a","b"]}'
)
BROKEN = HttpCall("POST", "/probe/rows", "", (*BROWSER, AS_JSON), b'{"name":"","quantity":0,"price":9.5,"tags":[]}')
CANDLES = HttpCall("GET", "/probe/candles", "", BROWSER)
UNKNOWN = HttpCall("GET", "/probe/nothing", "", BROWSER)
WRONG_METHOD = HttpCall("DELETE", "/probe/rows", "", BROWSER)
DEEP = HttpCall("GET", "/probe/numbers/7", "", BROWSER)


def gate_of(total: int) -> Gate:
    return probe.gate(FixedClock(datetime(2024, 12, 2, 15, tzinfo=UTC)), total)


def subject(gate: Gate, call: HttpCall, expected: int, shape: str = "v1") -> Subject:
    """A call ready to be repeated. Raises if it does not answer what the row is about."""
    event: dict[str, Any] = SHAPES[shape](call)
    got = gate(event)
    if got["statusCode"] != expected:
        raise AssertionError(
            f"{call.method} {call.path} answers {got['statusCode']}, not {expected}: {got['body'][:200]}"
        )
    return partial(gate, event)


def subjects() -> dict[str, Subject]:
    """Every warm subject and the floors."""
    floor.ready()
    gate, small, large = gate_of(100), gate_of(10), gate_of(400)
    return {
        "floor list": partial(floor.list_rows, SHAPES["v1"](LIST)),
        "list": subject(gate, LIST, 200),
        "list v2": subject(gate, LIST, 200, "v2"),
        "floor post": partial(floor.create_row, SHAPES["v1"](POST)),
        "post": subject(gate, POST, 201),
        "floor 422": partial(floor.create_row, SHAPES["v1"](BROKEN)),
        "422": subject(gate, BROKEN, 422),
        "floor candles": floor.candles,
        "candles": subject(gate, CANDLES, 200),
        "404": subject(gate, UNKNOWN, 404),
        "405": subject(gate, WRONG_METHOD, 405),
        "10 routes": subject(small, DEEP, 200),
        "400 routes": subject(large, DEEP, 200),
    }


def measured(budget: Budget) -> Costs:
    with logging_at("WARNING"):
        return costs(subjects(), budget)


@contextmanager
def logging_at(level: str) -> Iterator[None]:
    """As a deployed function logs; the tools themselves are quieter."""
    before = log.log_level
    log.setLevel(level)
    try:
        yield
    finally:
        log.setLevel(before)
