"""A source on the loopback: it answers what a test lays down, in the documented formats or in any other way."""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case, `form` what was posted."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """`announced` is the length that the header claims; `held` waits until the source is released."""

    body: bytes = b"[]"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None
    held: bool = False


def told(content: Any, **more: Any) -> Answer:
    """An answer whose body is JSON."""
    return Answer(json.dumps(content).encode(), **more)


@dataclass
class Source:
    """What `instead` holds is answered first, one by one, then what `answers` says."""

    address: str = ""
    answers: Callable[[Asked], Answer] = lambda asked: Answer()
    instead: deque[Answer] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.instead.popleft() if self.instead else self.answers(asked)


class Quiet(ThreadingHTTPServer):
    """Clients that hang up are what is tested here, and no news."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def source() -> Iterator[Source]:
    """A source that listens as long as the block."""
    playing = Source()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body are two writes: the second would wait 40 ms for the client to acknowledge the first.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self.tell("")

        def do_POST(self) -> None:
            self.tell(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def tell(self, posted: str) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query, form = (dict(parse_qsl(text, keep_blank_values=True)) for text in (parts.query, posted))
            answer = playing.answer(Asked(parts.path, query, headers, form))
            if answer.held:
                playing.released.wait()
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.announced is None else answer.announced))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = self.close_connection or answer.announced is not None

        def log_message(self, format: str, *args: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        playing.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield playing
        finally:
            playing.released.set()
            server.shutdown()
