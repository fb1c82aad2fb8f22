"""Responses of the document: successes from `Returns`, refusals from their classes, and the headers of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handlers.gate.response import SECURITY, VARY
from models.operation import Body, Level, NoContent, Operation, Returns, SentCookie, Streams
from models.refusals import (
    BadRequest,
    ContentTooLarge,
    CsrfMismatch,
    Forbidden,
    InternalServerError,
    Invalid,
    Refusal,
    ServiceUnavailable,
    TooManyRequests,
    Unauthenticated,
    UnsupportedMediaType,
)
from tools.events import REQUEST_ID
from tools.openapi.schemas import Schema, Schemas

SECURITY_TEXT = {
    "Strict-Transport-Security": "Browsers come back over HTTPS only",
    "X-Content-Type-Options": "Browsers believe the content type",
    "X-Frame-Options": "The response is not framed",
    "Referrer-Policy": "No address is passed on",
    "Permissions-Policy": "No device is asked for",
    "Content-Security-Policy": "Nothing is loaded or run",
}


def _constant(text: str, value: str) -> Schema:
    return {"description": text, "required": True, "schema": {"type": "string", "const": value}}


def _text(text: str, required: bool = True, **schema: Any) -> Schema:
    return {"description": text, "required": required, "schema": {"type": "string", **schema}}


def _number(text: str, required: bool = True) -> Schema:
    return {"description": text, "required": required, "schema": {"type": "integer", "minimum": 0}}


HEADERS: dict[str, Schema] = {
    **{name: _constant(SECURITY_TEXT[name], value) for name, value in SECURITY.items()},
    "X-Request-Id": _text("Names this request in our logs; quote it when something went wrong", minLength=1),
    "Cache-Control": _text("How long the response may be reused, and by whom", minLength=1),
    "ETag": _text(
        "Names this content; send it as If-None-Match to be told whether it changed", pattern='^(W/)?"[0-9a-f]+"$'
    ),
    "Vary": _constant("A cache keeps one response for each credential", VARY),
    "WWW-Authenticate": _constant("The scheme of the credential that is missing", "Bearer"),
    "Deprecation": _text(
        "Since when this operation is deprecated, in seconds since 1970 after an @", pattern="^@[0-9]+$"
    ),
    "Sunset": _text("When this operation ends", pattern="GMT$"),
    "Retry-After": _number("Seconds to wait before another try"),
    "X-RateLimit-Limit": _number("Requests allowed in a window; absent where limits are switched off", required=False),
    "X-RateLimit-Remaining": _number(
        "Requests left in this window; absent where limits are switched off", required=False
    ),
    "X-RateLimit-Reset": _number(
        "When the window ends, in seconds since 1970; absent where limits are switched off", required=False
    ),
}
LIMITS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
ALWAYS = (*SECURITY, "X-Request-Id", "Cache-Control")

VALIDATION_ERROR: Schema = {
    "type": "object",
    "description": "Every value of the request that breaks the contract.",
    "required": ["detail"],
    "properties": {
        "detail": {
            "type": "array",
            "minItems": 1,
            "description": "One entry for each broken value, in the order path, query, header, cookie, body.",
            "items": {"$ref": "#/components/schemas/BrokenValue"},
        }
    },
    "examples": [
        {
            "detail": [
                {
                    "loc": ["query", "limit"],
                    "msg": "Input should be less than or equal to 100",
                    "type": "less_than_equal",
                },
                {"loc": ["body", "tickers", 0], "msg": "Input should be a valid string", "type": "string_type"},
            ]
        }
    ],
}
BROKEN_VALUE: Schema = {
    "type": "object",
    "description": "One value that breaks the contract. The value itself is never repeated.",
    "required": ["loc", "msg", "type"],
    "properties": {
        "loc": {
            "type": "array",
            "minItems": 1,
            "description": "Where it is: path, query, header, cookie or body, then names and indices.",
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        },
        "msg": {"type": "string", "description": "What is wrong, for people."},
        "type": {"type": "string", "pattern": "^[a-z0-9_]+$", "description": "What is wrong, for programs."},
    },
}


def refusals_of(operation: Operation[Any, Any]) -> list[type[Refusal]]:
    """Everything an operation can refuse: what its handler declares and what the gate adds."""
    found: list[type[Refusal]] = [Invalid, ContentTooLarge, InternalServerError]
    if operation.places(Body):
        found += [BadRequest, UnsupportedMediaType]
    if operation.level is not Level.PUBLIC:
        found.append(Unauthenticated)
    if operation.level in (Level.MEMBER, Level.OPERATOR):
        found.append(Forbidden)
    if operation.csrf:
        found.append(CsrfMismatch)
    if operation.limit:
        found.append(TooManyRequests)
    if operation.stored:
        found.append(ServiceUnavailable)
    return sorted({*found, *operation.refusals}, key=lambda refusal: (refusal.status, refusal.code))


def refusal_schema(refusal: type[Refusal]) -> Schema:
    """The body of a refusal."""
    if refusal is Invalid:
        return VALIDATION_ERROR
    properties: Schema = {
        "detail": {"type": "string", "description": "What happened and what to do next, for people."},
        "code": {"type": "string", "const": refusal.code, "description": "What happened, for programs."},
    }
    if refusal is InternalServerError:
        properties["request_id"] = {"type": "string", "description": "Quote this when you report the failure."}
    return {
        "type": "object",
        "description": f"{refusal.title}.",
        "required": sorted(properties),
        "properties": properties,
        "examples": [_refusal_example(refusal)],
    }


def _refusal_example(refusal: type[Refusal]) -> Schema:
    example = {"detail": refusal.title, "code": refusal.code}
    return {**example, "request_id": REQUEST_ID} if refusal is InternalServerError else example


def _references(names: Iterable[str]) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def refusal_response(status: int, refusals: list[type[Refusal]], limited: bool) -> Schema:
    """The response of one error status, whichever of its refusals it is; `limited` if the operation has a rate limit."""
    targets = [{"$ref": f"#/components/schemas/{refusal.__name__}"} for refusal in refusals]
    counted = LIMITS if limited else ()
    extra = {401: ("WWW-Authenticate",), 429: ("Retry-After", *counted), 503: ("Retry-After",)}.get(status, ())
    return {
        "description": "; ".join(dict.fromkeys(refusal.title for refusal in refusals)),
        "headers": _references((*ALWAYS, *extra)),
        "content": {"application/json": {"schema": targets[0] if len(targets) == 1 else {"anyOf": targets}}},
    }


def success_response(operation: Operation[Any, Any], returns: Returns[Any], schemas: Schemas) -> Schema:
    """The response of one declared status."""
    response: Schema = {"description": returns.description, "headers": _success_headers(operation, returns, schemas)}
    if isinstance(returns, Streams):
        response["content"] = {"text/event-stream": _stream_content(operation, returns, schemas)}
    elif returns.body is not NoContent:
        content: Schema = {"schema": schemas.bodies[operation.id, str(returns.status)]}
        if returns.example is not None:
            content["example"] = returns.example
        response["content"] = {"application/json": content}
    if returns.links:
        response["links"] = {
            link.name: {
                "operationId": link.operation_id,
                "parameters": dict(link.parameters),
                "description": link.description,
            }
            for link in returns.links
        }
    return response


def _success_headers(operation: Operation[Any, Any], returns: Returns[Any], schemas: Schemas) -> Schema:
    headers = _references(_shared_headers(operation))
    headers |= _sent_headers(operation, returns, schemas)
    if returns.cookies:
        headers["Set-Cookie"] = _text(_cookies_text(returns.cookies), minLength=1)
    if operation.streams:
        headers["Connection"] = _constant("The connection stays open", "keep-alive")
        headers["X-Accel-Buffering"] = _constant("Proxies pass events on at once", "no")
    return headers


def _sent_headers(operation: Operation[Any, Any], returns: Returns[Any], schemas: Schemas) -> Schema:
    """The headers that an operation declares for one status."""
    headers: Schema = {}
    for sent in returns.headers:
        headers[sent.name] = {
            "description": sent.description,
            "required": sent.required,
            "schema": schemas.bodies[operation.id, f"header:{sent.name}"],
        }
        if sent.example is not None:
            headers[sent.name]["example"] = sent.example
    return headers


def _shared_headers(operation: Operation[Any, Any]) -> list[str]:
    validators = ["ETag"] * operation.etag + ["Vary"] * (operation.etag and operation.level is not Level.PUBLIC)
    ends = ["Deprecation"] * bool(operation.deprecated) + ["Sunset"] * bool(operation.sunset)
    return [*ALWAYS, *validators, *ends, *(LIMITS if operation.limit else ())]


def _cookies_text(cookies: Iterable[SentCookie]) -> str:
    texts = []
    for cookie in cookies:
        flags = [f"Max-Age={cookie.max_age}", f"Path={cookie.path}", f"SameSite={cookie.same_site}"]
        flags += ["Secure"] * cookie.secure + ["HttpOnly"] * cookie.http_only
        texts.append(f"{cookie.name}: {cookie.description} ({'; '.join(flags)})")
    return ". ".join(texts)


def not_modified(operation: Operation[Any, Any], schemas: Schemas) -> Schema:
    """A 304 has the headers of the 200 that it stands for (RFC 9110, 15.4.5)."""
    return {
        "description": "The bytes named by If-None-Match are still current",
        "headers": {
            **_references(_shared_headers(operation)),
            **_sent_headers(operation, operation.responses[0], schemas),
        },
    }


def _stream_content(operation: Operation[Any, Any], returns: Streams[Any], schemas: Schemas) -> Schema:
    """A stream is text; the schema of each event's data stands beside it, by the event's name."""
    events = {event.event: schemas.bodies[operation.id, f"event:{event.event}"] for event in returns.events}
    content: Schema = {
        "schema": {
            "type": "string",
            "description": "Server-sent events: event, id, optional retry, one line of JSON data.",
            "contentMediaType": "text/event-stream",
            "contentSchema": {"anyOf": list(events.values())},
        },
        "x-events": events,
    }
    if returns.example is not None:
        content["example"] = returns.example
    return content
