"""A small fake of Lambda: the Runtime API and a streaming Function URL in front of it, on one loopback port."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from queue import SimpleQueue
from typing import Any

from tools.events import HttpCall, url_event

API = "/2018-06-01/runtime/"
WAIT_SECONDS = 20.0


class Invoked:
    """A request at the front and what the function has sent of its answer; an end is None."""

    def __init__(self, id: str, event: dict[str, Any]) -> None:
        self.id = id
        self.event = event
        self.pieces: SimpleQueue[bytes | None] = SimpleQueue()
        self.headers: dict[str, str] = {}
        self.trailers: dict[str, str] = {}
        self.is_abandoned = threading.Event()
        self.is_over = threading.Event()


class FakeLambda(ThreadingHTTPServer):
    """Hands what arrives at the front to whoever asks for `next`, and streams back what it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server_address[1]}"
        self.ids = (f"invocation-{number}" for number in count(1))
        self.waiting: SimpleQueue[Invoked] = SimpleQueue()
        self.invoked: dict[str, Invoked] = {}
        self.errors: list[tuple[str, dict[str, str], Any]] = []
        self.refusals_of_next = 0
        self.confirms_answers = True
        self.deadline_ms = 4_000_000_000_000

    def __enter__(self) -> FakeLambda:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeLambda

    def do_GET(self) -> None:
        if self.path == f"{API}invocation/next":
            self._next()
        else:
            self._front()

    def do_HEAD(self) -> None:
        self._front()

    def do_PUT(self) -> None:
        self._front()

    def do_POST(self) -> None:
        if not self.path.startswith(API):
            self._front()
        elif self.path.endswith("/response"):
            self._response(self.server.invoked[self.path.split("/")[-2]])
        else:
            self._error()

    def _next(self) -> None:
        if self.server.refusals_of_next:
            self.server.refusals_of_next -= 1
            self._plain(500)
            return
        invoked = self.server.waiting.get()
        self._plain(
            200,
            json.dumps(invoked.event).encode(),
            {
                "Lambda-Runtime-Aws-Request-Id": invoked.id,
                "Lambda-Runtime-Deadline-Ms": str(self.server.deadline_ms),
                "Lambda-Runtime-Trace-Id": f"Root=1-0-{invoked.id}",
            },
        )

    def _response(self, invoked: Invoked) -> None:
        invoked.headers = dict(self.headers.items())
        try:
            for piece in self._chunks():
                invoked.pieces.put(piece)
                if invoked.is_abandoned.is_set():
                    self.close_connection = True
                    return
            invoked.trailers = dict(line.split(": ", 1) for line in self._trailers())
            if self.server.confirms_answers:
                self._plain(202)
            self.close_connection = not self.server.confirms_answers
        finally:
            invoked.pieces.put(None)
            invoked.is_over.set()

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()

    def _trailers(self) -> Iterator[str]:
        while line := self.rfile.readline().decode().strip():
            yield line

    def _error(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.errors.append((self.path.removeprefix(API), dict(self.headers.items()), body))
        self._plain(202)
        invoked = self.server.invoked.get(self.path.split("/")[-2])
        if invoked is not None:
            invoked.pieces.put(None)

    def _front(self) -> None:
        path, _, query = self.path.partition("?")
        call = HttpCall(self.command, path, query, tuple(self.headers.items()))
        invoked = Invoked(next(self.server.ids), url_event(call))
        self.server.invoked[invoked.id] = invoked
        self.server.waiting.put(invoked)
        first = invoked.pieces.get(timeout=WAIT_SECONDS)
        if first is None:
            self._plain(502)
            return
        head, _, rest = first.partition(b"\0" * 8)
        self._stream(json.loads(head), rest, invoked)

    def _stream(self, prelude: dict[str, Any], rest: bytes, invoked: Invoked) -> None:
        self.send_response(prelude["statusCode"])
        for name, value in prelude["headers"].items():
            self.send_header(name, value)
        for cookie in prelude["cookies"]:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            piece: bytes | None = rest
            while piece is not None:
                if piece:
                    self.wfile.write(b"%X\r\n%s\r\n" % (len(piece), piece))
                piece = invoked.pieces.get(timeout=WAIT_SECONDS)
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            invoked.is_abandoned.set()
            self.close_connection = True

    def _plain(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""
