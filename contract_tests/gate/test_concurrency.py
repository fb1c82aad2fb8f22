"""The gate is re-entrant: many threads, one gate, and each response belongs to its request."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from handlers.gate.gate import Gate
from handlers.runtime.clock import FixedClock
from tools import probe
from tools.events import SHAPES, HttpCall, Received, received

THREADS = 8
REQUESTS = 400


@pytest.fixture(autouse=True)
def often_switched() -> Iterator[None]:
    """Threads that change places in the middle of everything."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def gate() -> Gate:
    return probe.gate(FixedClock(datetime(2024, 12, 2, 15, tzinfo=UTC)))


def call(n: int) -> HttpCall:
    """The n-th request: six kinds in turn, each marked with its number wherever a mark can be."""
    mark = f"request-{n}"
    json_header = (("Content-Type", "application/json"),)
    body = json.dumps({"name": mark, "price": 1, "quantity": n % 1000 + 1}).encode()
    broken = json.dumps({"name": mark, "price": 1, f"extra{n}": n}).encode()
    return (
        HttpCall("GET", f"/probe/numbers/{n}", request_id=mark),
        HttpCall("POST", "/probe/rows", "", json_header, body, mark),
        HttpCall("POST", "/probe/rows", "", json_header, broken, mark),
        HttpCall("GET", "/probe/rows", f"limit={n % 50 + 1}", request_id=mark),
        HttpCall("GET", f"/probe/nothing/{n}", request_id=mark),
        HttpCall("DELETE", "/probe/rows", request_id=mark),
    )[n % 6]


def belongs(n: int, got: Received) -> bool:
    """Whether a response can only be the one to the n-th request."""
    content = json.loads(got.body)
    right = (
        got.status == 200 and content["id"] == n if n % 6 == 0 else True,
        got.status == 201 and content["name"] == f"request-{n}" if n % 6 == 1 else True,
        got.status == 422 and content["detail"][0]["loc"][-1] == f"extra{n}" if n % 6 == 2 else True,
        got.status == 200 and len(content["rows"]) == n % 50 + 1 if n % 6 == 3 else True,
        got.status == 404 if n % 6 == 4 else True,
        got.status == 405 and got.header("allow") == "GET, HEAD, OPTIONS, POST" if n % 6 == 5 else True,
    )
    return all(right) and got.header("x-request-id") == f"request-{n}"


def answered(subject: Gate, n: int, shape: str) -> Received:
    return received(subject(SHAPES[shape](call(n)), None))


@pytest.mark.parametrize("shape", SHAPES)
def test_each_response_belongs_to_its_request(shape: str) -> None:
    subject = gate()
    with ThreadPoolExecutor(THREADS) as threads:
        got = list(threads.map(lambda n: answered(subject, n, shape), range(REQUESTS)))

    assert [n for n in range(REQUESTS) if not belongs(n, got[n])] == []


def test_threads_and_turns_give_the_same_bytes() -> None:
    alone, together = gate(), gate()
    with ThreadPoolExecutor(THREADS) as threads:
        got = list(threads.map(lambda n: answered(together, n, "v1"), range(REQUESTS)))

    assert got == [answered(alone, n, "v1") for n in range(REQUESTS)]


def test_first_requests_may_meet() -> None:
    for _ in range(10):
        subject = gate()
        start = threading.Barrier(THREADS)

        def first(n: int, subject: Gate = subject, start: threading.Barrier = start) -> bool:
            start.wait()
            return belongs(n, answered(subject, n, "v1"))

        with ThreadPoolExecutor(THREADS) as threads:
            assert all(threads.map(first, range(1, 1 + 6 * THREADS, 6)))


def test_a_response_of_another_request_would_be_seen() -> None:
    subject = gate()

    assert not any(belongs(n, answered(subject, n + 6, "v1")) for n in range(60))
