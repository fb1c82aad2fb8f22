"""A mail provider on the loopback that speaks SendGrid's documented forms, and fails in the ways a test lays down."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "SG.MARKED-key"


@dataclass(frozen=True)
class Turn:
    """How the next request ends: `accepts` keeps the mail first; `hangs` never answers, `cuts` closes without one."""

    status: int = 202
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    accepts: bool = False
    hangs: bool = False
    cuts: bool = False


@dataclass
class Provider:
    """What it accepted, in order; `turns` are taken first, then every mail is accepted and every question answered."""

    address: str = ""
    turns: deque[Turn] = field(default_factory=deque)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    credentials: set[str | None] = field(default_factory=set)
    sells_activity: bool = True
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        return [mail["personalizations"][0]["custom_args"]["mail_id"] for mail in self.accepted]

    def posted(self, mail: dict[str, Any]) -> Turn:
        turn = self.turns.popleft() if self.turns else Turn(accepts=True)
        if turn.accepts:
            self.accepted.append(mail)
        return turn

    def listed(self, query: str) -> Turn:
        """Email Activity, whose filter names a custom argument."""
        if self.turns:
            return self.turns.popleft()
        if not self.sells_activity:
            return Turn(403, {"errors": [{"message": "access forbidden"}]})
        found = [{"msg_id": each} for each in self.ids if query == f"(unique_args['mail_id']=\"{each}\")"]
        return Turn(200, {"messages": found[:1]})


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that listens as long as the block."""
    playing = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v3/mail/send"
            self._end(playing.posted(json.loads(self.rfile.read(int(self.headers["Content-Length"])))))

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            assert parts.path == "/v3/messages"
            self._end(playing.listed(parse_qs(parts.query)["query"][0]))

        def _end(self, turn: Turn) -> None:
            playing.credentials.add(self.headers["Authorization"])
            if turn.hangs:
                playing.released.wait()
            if turn.hangs or turn.cuts:
                self.close_connection = True
                return
            body = b"" if turn.body is None else json.dumps(turn.body).encode()
            self.send_response(turn.status)
            for name, value in {"Content-Type": "application/json", **turn.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        playing.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield playing
        finally:
            playing.released.set()
            server.shutdown()
