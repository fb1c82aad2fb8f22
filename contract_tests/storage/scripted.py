"""A DynamoDB endpoint on the loopback that answers what it was told to, for what moto cannot be made to do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = tuple[str, dict[str, Any]]
"""(operation, parameters)"""


class Endpoint(ThreadingHTTPServer):
    """Answers from `answers` in turn, the last one for ever; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, bytes]] = []
        self.requests: list[Request] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def will(self, body: dict[str, Any] | bytes, status: int = 200, times: int = 1) -> None:
        self.answers += [(status, body if isinstance(body, bytes) else json.dumps(body).encode())] * times

    def will_refuse(self, code: str, status: int = 400, times: int = 1, **details: Any) -> None:
        self.will({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no", **details}, status, times)

    def answer(self) -> tuple[int, bytes]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        operation = self.headers["X-Amz-Target"].partition(".")[2]
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((operation, json.loads(content)))
        status, body = self.server.answer()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
