"""A contract of one operation, small enough to say by hand which items an exchange exercises."""

from __future__ import annotations

from typing import Any

from tools.coverage.exercising import Exercise
from tools.coverage.recorded import Exchange
from tools.events import HttpCall

DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
ROW = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 5},
        "tags": {"type": "array", "maxItems": 2, "items": {"type": "string", "minLength": 1}},
        "note": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]},
    },
}
OPERATION: dict[str, Any] = {
    "operationId": "put",
    "parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}},
        {"name": "day", "in": "query", "schema": {"type": "string", "format": "date", "pattern": DAY}},
        {"name": "list", "in": "query", "schema": {"type": "array", "maxItems": 2, "items": {"enum": ["a", "b"]}}},
        {"name": "X-Mode", "in": "header", "schema": {"type": "boolean"}},
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Row"}}},
    },
    "x-constraint": [
        {"type": "day_closed", "loc": ["query", "day"]},
        {"type": "tag_repeated", "loc": ["body", "tags", "*"]},
        {"type": "extra_forbidden", "loc": ["query", "*"]},
    ],
    "responses": {
        "200": {
            "headers": {"ETag": {"schema": {}}},
            "content": {"application/json": {"schema": {}}, "text/event-stream": {"x-events": {"reset": {}}}},
            "links": {
                "again": {"parameters": {"id": "$request.path.id", "name": "$response.body#/names/0"}},
                "tagged": {"parameters": {"etag": "$response.header.ETag", "tag": "$request.body#/tags/1"}},
            },
        },
        "404": {},
        "422": {},
    },
}
DOCUMENT: dict[str, Any] = {"paths": {"/rows/{id}": {"put": OPERATION}}, "components": {"schemas": {"Row": ROW}}}
EXERCISE = Exercise(DOCUMENT)
NAMED = b'{"name":"bolt"}'


def exchange(
    path: str = "/rows/1", query: str = "", body: bytes | None = NAMED, status: int = 200, **more: Any
) -> Exchange:
    headers = more.pop("sent", ())
    return Exchange(HttpCall("PUT", path, query, headers, body), "v1", status, **more)


def exercised(made: Exchange) -> set[str]:
    """The items of the request and the response, as text."""
    return {str(item).removeprefix("put ") for item in EXERCISE.items(made)}


def broken(loc: tuple[str | int, ...], kind: str, **more: Any) -> set[str]:
    return exercised(exchange(status=422, errors=((loc, kind),), **more))
