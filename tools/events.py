"""One HTTP call as each gateway would hand it to a function, and what the function returned as HTTP again."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

REQUEST_ID = "6f1ed002-ab55-4d3c-9a3a-5c2d1e0f7b11"
SOURCE = "203.0.113.7"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A request on the wire: `path` and `query` percent-encoded as a client sends them."""

    method: str
    path: str
    query: str = ""
    headers: Pairs = ()
    body: bytes | None = None
    request_id: str = REQUEST_ID


def encoded_query(pairs: Mapping[str, str] | Pairs) -> str:
    """A query string; commas stay, as in `style: form, explode: false`."""
    return urlencode(list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs), safe=",:", quote_via=quote)


@dataclass(frozen=True, slots=True)
class Received:
    """A response on the wire. `headers` maps a lower-cased name to its values."""

    status: int
    headers: Mapping[str, tuple[str, ...]]
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next(iter(self.headers.get(name.lower(), ())), None)


def _body(call: HttpCall) -> dict[str, Any]:
    if call.body is None:
        return {"body": None, "isBase64Encoded": False}
    try:
        return {"body": call.body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(call.body).decode(), "isBase64Encoded": True}


def _multimap(pairs: Pairs) -> dict[str, list[str]]:
    several: dict[str, list[str]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    return several


def rest_event(call: HttpCall) -> dict[str, Any]:
    """The event of a REST API with Lambda proxy integration (payload version 1.0)."""
    headers = _multimap(call.headers)
    query = _multimap(tuple(parse_qsl(call.query, keep_blank_values=True)))
    return {
        "resource": "/{proxy+}",
        "path": call.path,
        "httpMethod": call.method,
        "headers": {name: values[-1] for name, values in headers.items()} or None,
        "multiValueHeaders": headers or None,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": {"proxy": call.path.removeprefix("/")},
        "stageVariables": None,
        "requestContext": {
            "requestId": call.request_id,
            "identity": {"sourceIp": SOURCE},
            "httpMethod": call.method,
            "path": f"/live{call.path}",
            "stage": "live",
        },
        **_body(call),
    }


def http_event(call: HttpCall) -> dict[str, Any]:
    """The event of an HTTP API (payload version 2.0), whose path arrives decoded."""
    return _version_2(call, unquote(call.path), "a1b2c3.execute-api.eu-central-1.amazonaws.com")


def url_event(call: HttpCall) -> dict[str, Any]:
    """The event of a Function URL (payload version 2.0), whose path stays encoded."""
    return _version_2(call, call.path, "a1b2c3.lambda-url.eu-central-1.on.aws")


def _version_2(call: HttpCall, path: str, domain: str) -> dict[str, Any]:
    headers = {name.lower(): ",".join(values) for name, values in _multimap(call.headers).items()}
    cookies = [part.strip() for part in headers.pop("cookie", "").split(";") if part.strip()]
    query = _multimap(tuple(parse_qsl(call.query, keep_blank_values=True)))
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": call.query,
        "headers": headers,
        "requestContext": {
            "requestId": call.request_id,
            "domainName": domain,
            "http": {"method": call.method, "path": path, "sourceIp": SOURCE, "protocol": "HTTP/1.1"},
            "stage": "$default",
        },
        **_body(call),
    }
    if cookies:
        event["cookies"] = cookies
    if query:
        event["queryStringParameters"] = {name: ",".join(values) for name, values in query.items()}
    return event


SHAPES: dict[str, Callable[[HttpCall], dict[str, Any]]] = {"v1": rest_event, "v2": http_event, "url": url_event}


def received(shaped: Mapping[str, Any]) -> Received:
    """What a client receives of a proxy response. Header names are compared without case."""
    headers: dict[str, tuple[str, ...]] = {name.lower(): (value,) for name, value in shaped["headers"].items()}
    headers |= {name.lower(): tuple(values) for name, values in shaped.get("multiValueHeaders", {}).items()}
    cookies = tuple(shaped.get("cookies", ())) + headers.pop("set-cookie", ())
    body = shaped["body"]
    data = base64.b64decode(body) if shaped["isBase64Encoded"] else body.encode()
    return Received(shaped["statusCode"], headers, cookies, data, shaped)
