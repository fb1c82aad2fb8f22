"""The way from schemathesis to a target: a WSGI application, because that is the one public door to a process's own code.

It writes down every call, so that a run has a digest and a failure can be replayed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from tools.events import SHAPES, HttpCall, Pairs, Received
from tools.fuzz.target import Target

NOT_SENT = {"host", "user-agent", "x-schemathesis-testcaseid", "content-length"}
"""Headers of the transport and of the tool. The last but one is random."""

MADE_UP_BOUNDARY = "WerkzeugFormPart_"
"""schemathesis sends multipart without a boundary on purpose; werkzeug's client mends it, at random."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One call in one shape of event."""

    call: HttpCall
    shape: str

    @property
    def line(self) -> str:
        """The call in short, for people."""
        target = self.call.path + (f"?{self.call.query}" if self.call.query else "")
        body = f" {self.call.body[:300]!r}" if self.call.body else ""
        return f"{self.call.method} {target[:500]}{body} ({self.shape})"


class Bridge:
    """A WSGI application that hands each request to the target in a shape of event that depends on the request alone."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self.journal: list[Sent] = []
        """Calls since the state was last put back."""
        self.last: tuple[Sent, Received] | None = None
        self.count = 0
        self._hash = hashlib.sha256()

    def reset(self) -> None:
        """The target as at the beginning, with an empty journal."""
        self._target.reset()
        self.journal.clear()

    def start_digest(self) -> None:
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Of every call since `start_digest`, in order."""
        return self._hash.hexdigest()

    def play(self, sent: Sent) -> Received:
        """The response to a call, which is written down."""
        self.journal.append(sent)
        self.count += 1
        self._hash.update(json.dumps(packed(sent)).encode())
        got = self._target.call(sent.call, sent.shape)
        self.last = sent, got
        return got

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        call = call_of(environ)
        got = self.play(Sent(call, shape_of(call)))
        headers = [(name, value) for name, values in got.headers.items() for value in values]
        headers += [("set-cookie", cookie) for cookie in got.cookies]
        start_response(f"{got.status} {HTTPStatus(got.status).phrase}", headers)
        return [got.body]


def call_of(environ: dict[str, Any]) -> HttpCall:
    """The call of a WSGI request, its path as it was sent: `PATH_INFO` arrives decoded."""
    path = quote(environ["REQUEST_URI"].partition("?")[0].partition("#")[0], safe="/%:@!$&'()*+,;=~-._")
    headers = [
        (name[5:].replace("_", "-").lower(), value) for name, value in environ.items() if name.startswith("HTTP_")
    ]
    kind, body = (
        environ.get("CONTENT_TYPE"),
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or None,
    )
    if kind and MADE_UP_BOUNDARY in kind:
        kind, body = "multipart/form-data", None
    if kind:
        headers.append(("content-type", kind))
    kept = tuple((name, value) for name, value in sorted(headers) if name not in NOT_SENT)
    return HttpCall(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), kept, body)


def shape_of(call: HttpCall) -> str:
    """One of the shapes, the same for the same request."""
    seen = f"{call.method} {call.path}?{call.query} ".encode() + (call.body or b"")
    return list(SHAPES)[zlib.crc32(seen) % len(SHAPES)]


def packed(sent: Sent) -> list[Any]:
    """A call as JSON."""
    call = sent.call
    body = None if call.body is None else base64.b64encode(call.body).decode()
    return [sent.shape, call.method, call.path, call.query, call.headers, body]


def unpacked(row: list[Any]) -> Sent:
    """The call that `packed` made a row of. Raises `ValueError` or `TypeError`."""
    shape, method, path, query, headers, body = row
    pairs: Pairs = tuple((name, value) for name, value in headers)
    return Sent(HttpCall(method, path, query, pairs, None if body is None else base64.b64decode(body)), shape)
