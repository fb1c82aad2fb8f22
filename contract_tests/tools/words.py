"""A small contract and a handler that keeps it, to break in single places: the fuzzer has to notice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from handlers.gate.event import HttpRequest, read

Proxy = dict[str, Any]
Twist = Callable[[Proxy, HttpRequest], Proxy]
"""Changes a response on its way out."""

BROKEN_VALUE = {
    "type": "object",
    "required": ["loc", "msg", "type"],
    "properties": {
        "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        "msg": {"type": "string"},
        "type": {"type": "string"},
    },
}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


INVALID = _json("Broken values", _object(detail={"type": "array", "minItems": 1, "items": BROKEN_VALUE}))
REFUSED = _json("Refused", _object(detail={"type": "string"}, code={"type": "string"}))
WORD = {"type": "string", "pattern": "^[a-z]{1,8}$"}
LIMIT = {"type": "integer", "minimum": 1, "maximum": 9}
TICK = _object(count={"type": "integer"})


def document() -> dict[str, Any]:
    """A contract of three operations, one of which is a stream."""
    new = {**_object(text=WORD), "additionalProperties": False}
    parameters = [
        {"name": "word", "in": "path", "required": True, "schema": WORD},
        {"name": "limit", "in": "query", "schema": LIMIT},
    ]
    get = {
        "operationId": "getWord",
        "parameters": parameters,
        "responses": {"200": _json("It", _word()), "422": INVALID},
    }
    create = {
        "operationId": "createWord",
        "requestBody": {"required": True, "content": {"application/json": {"schema": new}}},
        "responses": {"201": _json("Made", _word()), "400": REFUSED, "415": REFUSED, "422": INVALID},
    }
    ticks = {"text/event-stream": {"schema": {"type": "string"}, "x-events": {"tick": TICK}}}
    stream = {"operationId": "streamTicks", "responses": {"200": {"description": "Ticks", "content": ticks}}}
    paths = {"/words": {"post": create}, "/words/{word}": {"get": get}, "/ticks": {"get": stream}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Words", "version": "1"},
        "paths": paths,
        "components": {"schemas": {}, "headers": {}},
    }


def _word() -> dict[str, Any]:
    return _object(text=WORD, limit=LIMIT)


def handler(twist: Twist = lambda proxy, request: proxy) -> Callable[[Any, Any], Proxy]:
    """Keeps the contract but for what `twist` does."""

    def handle(event: Any, context: Any) -> Proxy:
        request = read(event)
        return twist(_answer(request), request)

    return handle


def proxy(status: int, content: Any = None, **headers: str) -> Proxy:
    body = "" if content is None else json.dumps(content)
    kind = {} if content is None else {"Content-Type": "application/json"}
    return {"statusCode": status, "headers": {**kind, **headers}, "body": body, "isBase64Encoded": False}


def _answer(request: HttpRequest) -> Proxy:
    found = re.fullmatch(r"/words/([^/]+)", request.path)
    methods = "POST" if request.path == "/words" else "GET" if found or request.path == "/ticks" else ""
    if not methods:
        return _refusal(404)
    if request.method == "OPTIONS":
        return proxy(204, Allow=f"OPTIONS, {methods}")
    if request.method != methods:
        return _refusal(405, Allow=methods)
    if request.path == "/ticks":
        return {**proxy(200), "headers": {"Content-Type": "text/event-stream"}, "body": _ticks()}
    return _got(request, request.segments([found[1]])[0]) if found else _created(request)


def _ticks() -> str:
    return "".join(f'event: tick\nid: {n}\ndata: {{"count": {n}}}\n\n' for n in range(2))


def _refusal(status: int, **headers: str) -> Proxy:
    return proxy(status, {"detail": "no", "code": "NO"}, **headers)


def broken(*loc: str) -> Proxy:
    return proxy(422, {"detail": [{"loc": loc, "msg": "no", "type": "wrong"}]})


def _got(request: HttpRequest, word: str) -> Proxy:
    if not re.fullmatch("[a-z]{1,8}", word):
        return broken("path", "word")
    try:
        limit = int(dict(request.query()).get("limit", "1"))
    except ValueError:
        return broken("query", "limit")
    return proxy(200, {"text": word, "limit": limit}) if 1 <= limit <= 9 else broken("query", "limit")


def _created(request: HttpRequest) -> Proxy:
    if (request.header("content-type") or "application/json") != "application/json":
        return _refusal(415)
    try:
        content = json.loads(request.body())
    except ValueError:
        return _refusal(400) if request.body() else broken("body")
    if not isinstance(content, dict) or sorted(content) != ["text"] or not _is_word(content["text"]):
        return broken("body")
    return proxy(201, {"text": content["text"], "limit": 1})


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z]{1,8}", value) is not None
