"""A gateway event as one HTTP request, whatever its shape: REST (v1), HTTP API (v2) or Function URL.

Powertools' event classes are views of one shape each; here all three become the same value, and a member of a wrong type
is refused instead of read.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from models.refusals import BadRequest

Event = Mapping[str, Any]
NO_HEADERS: dict[str, Any] = {}
AS_SENT = {"content-type": "Content-Type", "authorization": "Authorization"}
"""How clients write the headers that many requests carry: found without comparing names."""


class NotAnEvent(BadRequest):
    """What arrived is no proxy event, so no gateway sent it."""

    code = "NOT_A_PROXY_EVENT"
    title = "The event is not a REST, HTTP API or Function URL proxy event"


class HttpRequest:
    """One request. `path` is percent-encoded unless `decoded`; headers, cookies, query and body are read when asked for."""

    __slots__ = ("context", "event", "method", "path", "version")

    def __init__(self, event: Any) -> None:
        if not isinstance(event, dict):
            raise NotAnEvent
        context = event.get("requestContext")
        if context is None:
            context = {}
        elif not isinstance(context, dict):
            raise NotAnEvent
        method, path, version = event.get("httpMethod"), event.get("path"), 1
        if type(method) is not str or type(path) is not str:
            http, path, version = context.get("http"), event.get("rawPath"), 2
            method = http.get("method") if isinstance(http, dict) else None
            if type(method) is not str or type(path) is not str:
                raise NotAnEvent
        self.event: Event = event
        self.context: Event = context
        self.method = method.upper()
        self.path = path
        self.version = version

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-cased name. Requests need one or two of the twenty that they carry."""
        many = self.event.get("multiValueHeaders") if self.version == 1 else None
        given = many or self.event.get("headers") or NO_HEADERS
        if not isinstance(given, dict):
            raise NotAnEvent("a map of the event is not a map of names")
        # As most clients of a REST API write it, as the other gateways write it, or in any other way.
        value = given.get(AS_SENT.get(name, name)) or given.get(name) or _in_any_case(given, name)
        if many and value is not None:
            value = value[0] if type(value) is list else _texts(value, name)[0]
        return value if type(value) is str or value is None else _text(value, name)

    def cookies(self) -> dict[str, str]:
        """Name → value; the first of a repeated name wins, as browsers send the most specific one first."""
        cookies: dict[str, str] = {}
        for pair in ";".join(self._cookie_lines()).split(";"):
            name, equals, value = pair.partition("=")
            if equals:
                cookies.setdefault(name.strip(), value.strip())
        return cookies

    def _cookie_lines(self) -> list[str]:
        """A client may spread its cookies over several headers (RFC 9113, 8.2.3)."""
        if self.version == 1:
            many = self.event.get("multiValueHeaders")
            if many:
                return [
                    line for name, values in _pairs(many) if name.lower() == "cookie" for line in _texts(values, name)
                ]
        else:
            lines = _texts(self.event.get("cookies"), "cookies")
            if lines:
                return lines
        return [self.header("cookie") or ""]

    def query(self) -> list[tuple[str, str]]:
        """The pairs of the query string, decoded, in order."""
        if self.version == 2:
            raw = self.event.get("rawQueryString")
            if raw:
                return parse_qsl(_text(raw, "rawQueryString"), keep_blank_values=True)
        else:
            many = self.event.get("multiValueQueryStringParameters")
            if many:
                return [(name, value) for name, values in _pairs(many) for value in _texts(values, name)]
        single = self.event.get("queryStringParameters")
        return [(name, _text(value, name)) for name, value in _pairs(single)] if single else []

    def body(self) -> bytes:
        """The bytes of the body; empty if there is none."""
        text = self.event.get("body")
        if text is None:
            return b""
        if type(text) is not str:
            raise NotAnEvent("the event's body is not text")
        if not self.event.get("isBase64Encoded"):
            return text.encode() if text.isascii() else text.encode("utf-8", "surrogatepass")
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NotAnEvent("the event's body is not base64 as it says") from error

    def segments(self, raw: list[str]) -> list[str]:
        """Path segments decoded once; those of an HTTP API arrive decoded."""
        if "%" not in self.path or self.decoded:
            return raw
        return [unquote(segment) for segment in raw]

    @property
    def decoded(self) -> bool:
        """Whether the path arrived decoded: HTTP APIs do that, Function URLs of the same version do not."""
        return self.version == 2 and not _is_function_url(self.context)

    @property
    def id(self) -> str | None:
        """The gateway's id of this request."""
        value = self.context.get("requestId")
        return value if type(value) is str and value else None

    @property
    def source(self) -> str:
        """The client's address as the gateway saw it."""
        place = self.context.get("identity" if self.version == 1 else "http")
        value = place.get("sourceIp") if isinstance(place, dict) else None
        return value if type(value) is str else "unknown"


read = HttpRequest
"""The request that an event stands for. Raises `NotAnEvent`."""


def _is_function_url(context: Mapping[str, Any]) -> bool:
    """Function URLs keep the path encoded; HTTP APIs decode it. Only the host tells them apart."""
    domain = context.get("domainName")
    return type(domain) is str and ".lambda-url." in domain


def _in_any_case(headers: Mapping[Any, Any], name: str) -> Any:
    """The first value under a name that there is; None if there is none."""
    size = len(name)
    for key in headers:
        # Comparing sizes first spares lowering most of the names.
        if type(key) is str and len(key) == size and key.lower() == name and headers[key] not in (None, []):
            return headers[key]
    return None


def _pairs(mapping: Any) -> Iterable[tuple[str, Any]]:
    if not isinstance(mapping, dict):
        raise NotAnEvent("a map of the event is not a map of names")
    return mapping.items()


def _texts(values: Any, name: str) -> list[str]:
    if values is None:
        return []
    if not isinstance(values, list):
        raise NotAnEvent(f"the event's values of {name!r} are not a list")
    for value in values:
        if type(value) is not str:
            raise NotAnEvent(f"an event's value of {name!r} is not text")
    return values


def _text(value: Any, name: str) -> str:
    if type(value) is not str:
        raise NotAnEvent(f"the event's value of {name!r} is not text")
    return value
