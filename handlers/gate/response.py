"""What goes back: status, headers, cookies and bytes, and their form in each shape of event."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import orjson

from handlers.gate.event import HttpRequest
from models.operation import Operation, SentCookie
from models.refusals import Invalid, Refusal

MAX_PROXY_OBJECT = 6_291_456
"""Bytes of the serialised proxy object that Lambda carries back."""
SURELY_FITS = MAX_PROXY_OBJECT // 16
"""Characters of a body that fit however they are written; above, the object is measured."""

SECURITY = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
VARY = "Authorization, X-User-ID"
"""A cache keeps one response for each credential, wherever the credential stands."""
JSON = {"Content-Type": "application/json", **SECURITY}
EVENT_STREAM = {
    "Content-Type": "text/event-stream",
    **SECURITY,
    "Connection": "keep-alive",
    "X-Accel-Buffering": "no",
}
NO_CONTENT = {**SECURITY, "Cache-Control": "no-store"}
ERROR = {**JSON, **NO_CONTENT}


@dataclass(slots=True)
class Answer:
    """A response before it takes the shape of its event. A stream's body is an iterator of chunks."""

    status: int
    headers: dict[str, str]
    body: bytes | Iterator[bytes] = b""
    cookies: Sequence[str] = ()
    close: Callable[[], None] | None = None


def lifetime(operation: Operation[Any, Any]) -> dict[str, str]:
    """When an operation became or becomes deprecated (RFC 9745) and when it ends (RFC 8594)."""
    headers: dict[str, str] = {}
    if operation.deprecated:
        headers["Deprecation"] = f"@{int(_midnight(operation.deprecated).timestamp())}"
    if operation.sunset:
        headers["Sunset"] = _midnight(operation.sunset).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return headers


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def written(body: Any) -> bytes:
    """JSON as it leaves: models as their fields, instants in UTC ending in Z."""
    # A model at the top is opened here: orjson's call back into Python costs more than a small body.
    return orjson.dumps(getattr(body, "__dict__", body), _fields, orjson.OPT_UTC_Z)


def _fields(value: Any) -> Any:
    if hasattr(value, "__pydantic_fields__"):
        return value.__dict__
    raise TypeError(f"{type(value).__name__} is not JSON")


def refused(refusal: Refusal, request_id: str) -> Answer:
    """The answer to a request that is not served. Only an internal error names the request in its body."""
    if isinstance(refusal, Invalid):
        body: Any = {"detail": refusal.items}
    elif refusal.status == 500:
        body = {"detail": refusal.title, "code": refusal.code, "request_id": request_id}
    else:
        body = {"detail": refusal.detail, "code": refusal.code}
    headers = ERROR | refusal.headers if refusal.headers else ERROR.copy()
    headers["X-Request-Id"] = request_id
    return Answer(refusal.status, headers, orjson.dumps(body))


def etag_of(body: bytes) -> str:
    """A strong validator (RFC 9110, 8.8.3): equal bytes, equal tag."""
    return f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'


def matches(if_none_match: str, etag: str) -> bool:
    """Weak comparison of RFC 9110, 13.1.2."""
    given = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return if_none_match.strip() == "*" or etag.removeprefix("W/") in given


def cookie_line(cookie: SentCookie, value: str | None) -> str:
    """The value of Set-Cookie (RFC 6265, 4.1); no value removes the cookie."""
    age = cookie.max_age if value is not None else 0
    parts = [f"{cookie.name}={value or ''}", f"Max-Age={age}", f"Path={cookie.path}", f"SameSite={cookie.same_site}"]
    if cookie.secure:
        parts.append("Secure")
    if cookie.http_only:
        parts.append("HttpOnly")
    return "; ".join(parts)


def proxied(answer: Answer, http: HttpRequest | None) -> dict[str, Any]:
    """A buffered answer in the shape that belongs to its event."""
    body = answer.body if isinstance(answer.body, bytes) else b"".join(answer.body)
    try:
        text, is_base64 = body.decode(), False
    except UnicodeDecodeError:
        text, is_base64 = base64.b64encode(body).decode(), True
    shaped = {"statusCode": answer.status, "headers": answer.headers, "isBase64Encoded": is_base64, "body": text}
    if answer.cookies:
        if http is not None and http.version == 1:
            shaped["multiValueHeaders"] = {"Set-Cookie": answer.cookies}
        else:
            shaped["cookies"] = answer.cookies
    return shaped


def is_too_large(shaped: Mapping[str, Any]) -> bool:
    """Whether Lambda would drop a proxy object, written as its runtime for Python 3.11 does: in ASCII, with spaces."""
    return len(json.dumps(shaped)) > MAX_PROXY_OBJECT
