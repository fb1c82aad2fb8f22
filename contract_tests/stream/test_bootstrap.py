"""The stream function's loop against a fake of Lambda, over real sockets."""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from contract_tests.logs import logged
from contract_tests.stream.runtime import WAIT_SECONDS, FakeLambda, Invoked
from contract_tests.stream.world import World
from handlers.gate.event import HttpRequest
from handlers.gate.response import Answer
from handlers.runtime.settings import BadSetting
from handlers.stream.bootstrap import Function, RuntimeApi, run, serve

PRELUDE_HEADERS = {"Content-Type": "text/event-stream", "X-Here": "yes"}


class Says:
    """A function whose answers are given, one for each invocation."""

    def __init__(self, *answers: Callable[[], Answer]) -> None:
        self._answers = iter(answers)
        self.seconds: list[float | None] = []

    def open(self, event: Any, seconds: float | None = None) -> tuple[HttpRequest | None, Answer]:
        self.seconds.append(seconds)
        return None, next(self._answers)()


def streaming(chunks: Iterator[bytes], close: Callable[[], None] | None = None) -> Callable[[], Answer]:
    return lambda: Answer(200, dict(PRELUDE_HEADERS), chunks, ["a=1; Path=/", "b=2; Path=/"], close)


@contextmanager
def running(
    function: Function, rounds: int, sleep: Callable[[float], None] = lambda seconds: None
) -> Iterator[FakeLambda]:
    """A fake of Lambda with the loop at work; at the end the loop has done all its rounds."""
    with FakeLambda() as fake:
        loop = threading.Thread(target=serve, args=(RuntimeApi(fake.address), function, sleep, rounds), daemon=True)
        loop.start()
        yield fake
        loop.join(WAIT_SECONDS)

        assert not loop.is_alive()


def get(fake: FakeLambda, path: str = "/api/v2/stream") -> httpx.Response:
    return httpx.get(f"http://{fake.address}{path}", timeout=WAIT_SECONDS)


def only(fake: FakeLambda) -> Invoked:
    (invoked,) = fake.invoked.values()
    assert invoked.is_over.wait(WAIT_SECONDS)
    return invoked


def test_status_headers_cookies_and_body_reach_the_client() -> None:
    with running(Says(streaming(iter([b"one\n", b"", b"two\n"]))), rounds=1) as fake:
        response = get(fake)

    assert (response.status_code, response.text) == (200, "one\ntwo\n")
    assert (response.headers["content-type"], response.headers["x-here"]) == ("text/event-stream", "yes")
    assert response.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_the_answer_is_declared_as_a_stream() -> None:
    with running(Says(streaming(iter([b"one"]))), rounds=1) as fake:
        get(fake)
        sent = only(fake)

    assert sent.headers["Lambda-Runtime-Function-Response-Mode"] == "streaming"
    assert sent.headers["Content-Type"] == "application/vnd.awslambda.http-integration-response"
    assert sent.headers["Transfer-Encoding"] == "chunked"
    assert sent.trailers == {}


def test_the_first_byte_arrives_before_the_last_is_made() -> None:
    seen, held = threading.Event(), []

    def chunks() -> Iterator[bytes]:
        yield b"first"
        held.append(seen.wait(WAIT_SECONDS))
        yield b"last"

    with (
        running(Says(streaming(chunks())), rounds=1) as fake,
        httpx.stream("GET", f"http://{fake.address}/", timeout=WAIT_SECONDS) as response,
    ):
        arriving = response.iter_raw()
        first = next(arriving)
        seen.set()
        rest = b"".join(arriving)

    assert (first, rest) == (b"first", b"last")
    assert held == [True]


def test_a_client_that_goes_frees_what_its_stream_holds() -> None:
    gone, closed = threading.Event(), threading.Event()

    def chunks() -> Iterator[bytes]:
        yield b"first"
        assert gone.wait(WAIT_SECONDS)
        while True:
            yield b"more " * 100_000

    with running(Says(streaming(chunks(), closed.set)), rounds=1) as fake:
        with httpx.stream("GET", f"http://{fake.address}/", timeout=WAIT_SECONDS) as response:
            next(response.iter_raw())
        gone.set()
        freed = closed.wait(WAIT_SECONDS)

    assert freed


def test_a_failure_before_the_first_byte_is_reported_without_its_text() -> None:
    def fails() -> Answer:
        raise LookupError("token-of-somebody")

    with logged() as log, running(Says(fails, streaming(iter([b"next"]))), rounds=2) as fake:
        failed, following = get(fake), get(fake)

    ((place, headers, body),) = fake.errors
    assert (failed.status_code, following.text) == (502, "next")
    assert place == "invocation/invocation-1/error"
    assert headers["Lambda-Runtime-Function-Error-Type"] == "Runtime.HandlerError"
    assert body["errorType"] == "LookupError"
    assert "token-of-somebody" not in json.dumps(body)
    assert [line["request_id"] for line in log.lines("ERROR")] == ["invocation-1"]


def test_a_failure_midway_is_named_in_trailers_and_not_in_the_body() -> None:
    closed = threading.Event()

    def chunks() -> Iterator[bytes]:
        yield b"first"
        raise LookupError("token-of-somebody")

    function = Says(streaming(chunks(), closed.set), streaming(iter([b"next"])))
    with logged() as log, running(function, rounds=2) as fake:
        response, following = get(fake), get(fake)
        invoked = fake.invoked["invocation-1"]

    told = json.loads(base64.b64decode(invoked.trailers["Lambda-Runtime-Function-Error-Body"], validate=True))
    assert (response.content, following.text) == (b"first", "next")
    assert invoked.trailers["Lambda-Runtime-Function-Error-Type"] == "Runtime.StreamError"
    assert told["errorType"] == "LookupError"
    assert closed.is_set()
    assert [line["message"] for line in log.lines("ERROR")] == ["a stream failed"]


def test_invocations_follow_each_other() -> None:
    function = Says(*(streaming(iter([f"{number}".encode()])) for number in range(3)))
    with running(function, rounds=3) as fake:
        bodies = [get(fake).text for _ in range(3)]

    assert bodies == ["0", "1", "2"]


def test_the_function_is_told_how_much_time_it_has_and_to_which_trace_it_belongs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "of the invocation before")
    function = Says(streaming(iter([b""])))
    with running(function, rounds=1) as fake:
        get(fake)

    (seconds,) = function.seconds
    assert seconds is not None
    assert seconds > 1_000_000
    assert os.environ["_X_AMZN_TRACE_ID"] == "Root=1-0-invocation-1"


def test_a_failing_next_is_asked_again_ever_more_slowly() -> None:
    pauses: list[float] = []
    with FakeLambda() as fake:
        fake.refusals_of_next = 9
        function = Says(streaming(iter([b"at last"])))
        loop = threading.Thread(target=serve, args=(RuntimeApi(fake.address), function, pauses.append, 10), daemon=True)
        loop.start()
        response = get(fake)
        loop.join(WAIT_SECONDS)

    assert response.text == "at last"
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


def test_an_answer_that_is_not_confirmed_counts_as_a_failure_to_reach_the_api() -> None:
    pauses: list[float] = []
    with running(Says(streaming(iter([b"one"]))), rounds=1, sleep=pauses.append) as fake:
        fake.confirms_answers = False
        response = get(fake)

    assert response.text == "one"
    assert pauses == [0.05]


def test_a_function_that_cannot_start_says_so() -> None:
    def start() -> Function:
        raise BadSetting("BELLWETHER_SIGNING_KEY is not set")

    with logged() as log, FakeLambda() as fake:
        code = run(start, {"AWS_LAMBDA_RUNTIME_API": fake.address})

    ((place, headers, body),) = fake.errors
    assert code == 1
    assert place == "init/error"
    assert headers["Lambda-Runtime-Function-Error-Type"] == "Runtime.InitError"
    assert body["errorType"] == "BadSetting"
    assert ["BELLWETHER_SIGNING_KEY" in line["exception"] for line in log.lines("ERROR")] == [True]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v2/nothing", 404),
        ("GET", "/health", 404),
        ("PUT", "/api/v2/stream", 405),
        ("GET", "/api/v2/stream/status", 200),
    ],
)
def test_what_is_no_stream_is_ordinary_json(method: str, path: str, status: int) -> None:
    with running(World().gate, rounds=1) as fake:
        response = httpx.request(method, f"http://{fake.address}{path}", timeout=WAIT_SECONDS)

    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    assert isinstance(response.json(), dict)


def test_a_full_process_answers_503_as_json() -> None:
    world = World(max_connections=1)
    taken = world.open()
    with running(world.gate, rounds=1) as fake:
        response = get(fake)

    taken.close()
    assert response.status_code == 503
    assert response.headers["retry-after"] == "30"
    assert response.json()["code"] == "CONNECTION_LIMIT_REACHED"


def test_the_real_function_streams_until_its_deadline() -> None:
    with running(World().gate, rounds=1) as fake:
        fake.deadline_ms = int((time.time() + 60) * 1000)
        response = get(fake)

    names = [line.removeprefix("event: ") for line in response.text.splitlines() if line.startswith("event: ")]
    assert names == ["heartbeat", "metrics", "heartbeat", "deadline"]
    assert response.headers["cache-control"] == "no-cache"
