"""The loop between Lambda and the stream function: one invocation at a time, its answer sent on as it is drawn.

The runtime client that Lambda offers for Python has no response streaming, hence the Runtime API itself
(https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, …/runtimes-custom.html#runtimes-custom-response-streaming).
"""

from __future__ import annotations

import base64
import http.client
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from handlers.gate.event import HttpRequest
from handlers.gate.response import Answer
from handlers.runtime.log import log

API = "/2018-06-01/runtime"
INTEGRATION = "application/vnd.awslambda.http-integration-response"
ERROR_TYPE = "Lambda-Runtime-Function-Error-Type"
ERROR_BODY = "Lambda-Runtime-Function-Error-Body"
END_OF_PRELUDE = b"\0" * 8
FIRST_BACKOFF_SECONDS = 0.05
LONGEST_BACKOFF_SECONDS = 5.0
ANSWER_TIMEOUT_SECONDS = 60.0


class Function(Protocol):
    """What is served: a gate."""

    def open(self, event: Any, seconds: float | None = None) -> tuple[HttpRequest | None, Answer]: ...


@dataclass(frozen=True, slots=True)
class Invocation:
    """One event, and when its time is over (epoch milliseconds)."""

    id: str
    event: Any
    deadline_ms: int | None
    trace_id: str | None

    def seconds_left(self, now: float) -> float | None:
        """The time that is left at `now` (epoch seconds); None if it has no end."""
        return None if self.deadline_ms is None else self.deadline_ms / 1000 - now


class RuntimeApi:
    """Lambda's side of the loop, a connection for each call as the long one in between may outlast any."""

    def __init__(self, address: str) -> None:
        self._address = address

    def next(self) -> Invocation:
        """Waits for an event, without end: Lambda freezes the process meanwhile. Raises `OSError` or `HTTPException`."""
        connection = self._connect(None)
        try:
            connection.request("GET", f"{API}/invocation/next")
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise http.client.HTTPException(f"next answered {response.status}")
            deadline = response.getheader("Lambda-Runtime-Deadline-Ms")
            return Invocation(
                id=response.getheader("Lambda-Runtime-Aws-Request-Id", ""),
                event=orjson.loads(body),
                deadline_ms=int(deadline) if deadline else None,
                trace_id=response.getheader("Lambda-Runtime-Trace-Id"),
            )
        finally:
            connection.close()

    def respond(self, invocation_id: str, answer: Answer) -> None:
        """Sends an answer on, chunk by chunk. Raises `OSError` or `HTTPException` if nobody takes it any more."""
        connection = self._connect(ANSWER_TIMEOUT_SECONDS)
        try:
            _send_head(connection, invocation_id)
            _send_chunk(connection, prelude(answer) + END_OF_PRELUDE)
            _send_trailers(connection, _send_body(connection, answer))
            connection.getresponse().read()
        finally:
            connection.close()

    def fail(self, place: str, error: BaseException) -> None:
        """Reports a failure before the first byte at `init` or `invocation/{id}`."""
        kind = "Runtime.InitError" if place == "init" else "Runtime.HandlerError"
        connection = self._connect(ANSWER_TIMEOUT_SECONDS)
        try:
            headers = {"Content-Type": "application/json", ERROR_TYPE: kind}
            connection.request("POST", f"{API}/{place}/error", failure(error), headers)
            connection.getresponse().read()
        finally:
            connection.close()

    def _connect(self, timeout: float | None) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._address, timeout=timeout)


def prelude(answer: Answer) -> bytes:
    """Status, headers and cookies, ahead of the body and its separator."""
    return orjson.dumps({"statusCode": answer.status, "headers": answer.headers, "cookies": answer.cookies})


def failure(error: BaseException) -> bytes:
    """What Lambda is told of an exception: its kind. Its text may hold what a client sent, and is in the log."""
    return orjson.dumps({"errorType": type(error).__name__, "errorMessage": "the function failed; see its log"})


def _send_head(connection: http.client.HTTPConnection, invocation_id: str) -> None:
    connection.putrequest("POST", f"{API}/invocation/{invocation_id}/response", skip_accept_encoding=True)
    connection.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
    connection.putheader("Content-Type", INTEGRATION)
    connection.putheader("Transfer-Encoding", "chunked")
    connection.putheader("Trailer", f"{ERROR_TYPE}, {ERROR_BODY}")
    connection.endheaders()


def _send_chunk(connection: http.client.HTTPConnection, chunk: bytes) -> None:
    if chunk:
        connection.send(b"%X\r\n%s\r\n" % (len(chunk), chunk))


def _send_body(connection: http.client.HTTPConnection, answer: Answer) -> BaseException | None:
    """Sends what is drawn. What fails while drawing is given back, what fails while sending is raised."""
    chunks: Iterator[bytes] = iter((answer.body,)) if isinstance(answer.body, bytes) else answer.body
    while True:
        try:
            chunk = next(chunks, None)
        except Exception as error:
            log.exception("a stream failed")
            return error
        if chunk is None:
            return None
        _send_chunk(connection, chunk)


def _send_trailers(connection: http.client.HTTPConnection, error: BaseException | None) -> None:
    """The end of the body; a failure is named after it, never inside it."""
    lines = [b"0\r\n"]
    if error is not None:
        lines.append(f"{ERROR_TYPE}: Runtime.StreamError\r\n".encode())
        lines.append(f"{ERROR_BODY}: {base64.b64encode(failure(error)).decode()}\r\n".encode())
    connection.send(b"".join([*lines, b"\r\n"]))


def serve_one(api: RuntimeApi, function: Function, invocation: Invocation) -> None:
    """Answers one invocation; whatever happens, the stream's slot is free afterwards."""
    if invocation.trace_id:
        # Where tracing looks for the trace that it belongs to.
        os.environ["_X_AMZN_TRACE_ID"] = invocation.trace_id
    try:
        _, answer = function.open(invocation.event, invocation.seconds_left(time.time()))
    except Exception as error:
        log.exception("an invocation failed", request_id=invocation.id)
        api.fail(f"invocation/{invocation.id}", error)
        return
    try:
        api.respond(invocation.id, answer)
    finally:
        if answer.close is not None:
            answer.close()


def serve(
    api: RuntimeApi, function: Function, sleep: Callable[[float], None] = time.sleep, rounds: int | None = None
) -> None:
    """Answers invocations until the process ends, or after `rounds`. Failures to reach the API are retried more and more slowly."""
    failures = 0
    while rounds is None or rounds > 0:
        try:
            serve_one(api, function, api.next())
            failures = 0
        except (OSError, http.client.HTTPException, ValueError) as error:
            log.warning("the Runtime API is out of reach or the client is gone", error=repr(error))
            failures += 1
            sleep(min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** (failures - 1)))
        rounds = None if rounds is None else rounds - 1


def run(start: Callable[[], Function], environ: Mapping[str, str]) -> int:
    """Starts a function and serves it; one that cannot start says so to Lambda. The process's exit code."""
    api = RuntimeApi(environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        function = start()
    except Exception as error:
        log.exception("the function cannot start")
        api.fail("init", error)
        return 1
    serve(api, function)
    return 0
