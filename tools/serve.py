"""The functions on loopback: real gateway events in, real answers out, streams as they come.

Werkzeug's server is here already (schemathesis brings it), speaks HTTP/1.1 with chunks as they are drawn, gives a thread to
each request and keeps the path as it was sent; wsgiref decodes the path and knows neither chunks nor threads.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from handlers.assembly import assemble, router_of
from handlers.feeds.opening import Feeds
from handlers.gate.gate import Gate
from handlers.gate.response import Answer
from handlers.runtime.chance import Chance
from handlers.runtime.clock import Clock
from handlers.runtime.settings import Settings
from handlers.storage.items import Store
from tools.events import HttpCall, Pairs, Received, received, rest_event, url_event
from tools.mock import Mock

HOST = "127.0.0.1"
GIVEN_HEADERS = "bellwether.headers"
# The server itself says how a connection goes on.
HOP_BY_HOP = frozenset({"connection", "transfer-encoding", "keep-alive"})
EXPOSED = (
    "ETag, Retry-After, X-Cache-Age, X-Cache-Source, "
    "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, Preference-Applied, X-Golden"
)

# What a terminal would obey.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")

Start = Callable[[str, list[tuple[str, str]]], Any]
Environ = dict[str, Any]


class Handler(WSGIRequestHandler):
    """Keeps the headers as they were sent: WSGI joins repeated ones."""

    def make_environ(self) -> Environ:
        environ = super().make_environ()
        environ[GIVEN_HEADERS] = tuple((name, value) for name, value in self.headers.items())
        return environ

    def version_string(self) -> str:
        return "bellwether"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Silent: the application writes its own lines."""


class Local:
    """A WSGI application that hands each request to the function that serves it, as its gateway would.

    A request that prefers another answer (see `tools.mock`) gets that one.
    """

    def __init__(self, functions: Mapping[str, Gate], mock: Mock, chance: Chance, say: Callable[[str], None]) -> None:
        self._functions = functions
        self._mock = mock
        self._streams = router_of("stream")
        self._chance = chance
        self._say = say

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        call = call_of(environ, self._chance.uuid())
        passing = Passing(call, self._say)
        steered = self._mock(call)
        passing.added = steered.headers
        if steered.response is not None:
            return _whole(passing, steered.response, start)
        if self._streams.find(call.path) is None:
            return _whole(passing, received(self._functions["dashboard"](rest_event(call))), start)
        return self._streamed(call, passing, start)

    def _streamed(self, call: HttpCall, passing: Passing, start: Start) -> Iterable[bytes]:
        _, answer = self._functions["stream"].open(url_event(call))
        pairs = [*answer.headers.items(), *(("set-cookie", cookie) for cookie in answer.cookies)]
        length = len(answer.body) if isinstance(answer.body, bytes) else None
        start(*passing.head(answer.status, pairs, length))
        return passing.whole(answer.body) if isinstance(answer.body, bytes) else passing.drawn(answer)


def _whole(passing: Passing, got: Received, start: Start) -> Iterable[bytes]:
    pairs = [(name, value) for name, values in got.headers.items() for value in values]
    pairs += [("set-cookie", cookie) for cookie in got.cookies]
    start(*passing.head(got.status, pairs, len(got.body)))
    return passing.whole(got.body)


class Passing:
    """One request on its way through: what its line says when it is over."""

    added: Pairs = ()
    """Headers that only this server sends."""

    def __init__(self, call: HttpCall, say: Callable[[str], None]) -> None:
        self._call = call
        self._say = say
        self._started = time.perf_counter()
        self._status = 0

    def head(self, status: int, pairs: list[tuple[str, str]], length: int | None) -> tuple[str, list[tuple[str, str]]]:
        """What WSGI is told first; a length of None is a stream."""
        self._status = status
        kept = [(name, value) for name, value in pairs if name.lower() not in HOP_BY_HOP]
        if length is not None and self._call.method != "HEAD" and status not in (204, 304):
            kept.append(("Content-Length", str(length)))
        phrase = HTTPStatus(status).phrase
        return f"{status} {phrase}", [*kept, *self.added, *cors(self._call, dict(pairs))]

    def whole(self, body: bytes) -> list[bytes]:
        self._over(len(body))
        return [body]

    def drawn(self, answer: Answer) -> Iterator[bytes]:
        """A stream's chunks. Closing it, drawn from or not, frees its slot."""
        return Drawn(answer, self._over)

    def _over(self, size: int) -> None:
        # The query is left out: it may hold a credential.
        milliseconds = (time.perf_counter() - self._started) * 1000
        line = f"{self._call.method} {self._call.path} {self._status} {milliseconds:.1f} ms {size} B"
        self._say(UNPRINTABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", line))


class Drawn:
    """The body of a stream as WSGI wants it."""

    def __init__(self, answer: Answer, over: Callable[[int], None]) -> None:
        assert not isinstance(answer.body, bytes)
        self._answer = answer
        self._chunks = answer.body
        self._over = over
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = next(self._chunks)
        self._size += len(chunk)
        return chunk

    def close(self) -> None:
        if self._answer.close is not None:
            self._answer.close()
        self._over(self._size)


def call_of(environ: Environ, request_id: str) -> HttpCall:
    """The request as it was sent: path and query still encoded, headers in order and repeated."""
    target = environ["RAW_URI"]
    path, _, query = target.partition("?")
    headers: Pairs = environ[GIVEN_HEADERS]
    return HttpCall(environ["REQUEST_METHOD"], path, query, headers, _body(environ), request_id)


def _body(environ: Environ) -> bytes | None:
    source = environ["wsgi.input"]
    length = environ.get("CONTENT_LENGTH")
    if environ.get("wsgi.input_terminated"):
        data: bytes = source.read()
    else:
        data = source.read(int(length)) if length else b""
    return data or None


def cors(call: HttpCall, answered: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a browser on another origin needs. Deployed, this is the gateway's business."""
    asked = {name.lower(): value for name, value in call.headers}
    origin = asked.get("origin")
    if origin is None:
        return []
    headers = [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", EXPOSED),
        ("Vary", "Origin"),
    ]
    if call.method == "OPTIONS":
        allow = next((value for name, value in answered.items() if name.lower() == "allow"), call.method)
        headers.append(("Access-Control-Allow-Methods", allow))
        headers.append(("Access-Control-Allow-Headers", asked.get("access-control-request-headers", "")))
        headers.append(("Access-Control-Max-Age", "86400"))
    return headers


def listening(
    port: int,
    settings: Settings,
    clock: Clock,
    chance: Chance,
    store: Store,
    feeds: Feeds,
    say: Callable[[str], None],
    wait: Callable[[float], None] = time.sleep,
) -> BaseWSGIServer:
    """Both functions over one store, bound to a loopback port (0: any free one) and ready for `serve_forever`.

    `wait` delays a response by the seconds that its request prefers. SystemExit if the port is taken, after saying so.
    """
    functions = {name: assemble(name, settings, clock, chance, store, feeds) for name in ("dashboard", "stream")}
    local = Local(functions, Mock(wait), chance, say)
    return make_server(HOST, port, local, threaded=True, request_handler=Handler)
