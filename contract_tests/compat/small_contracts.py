"""Contracts of one operation, small enough to read in a test: what it says is what the test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from tools.compat.change import Change
from tools.compat.comparing import changes
from tools.openapi.schemas import Schema

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
CLOSED_QUERY = [{"type": "extra_forbidden", "loc": ["query", "*"], "description": "Only what is named"}]
Told = list[tuple[str, str, str]]


def contract(path: str = "/things", **said: Any) -> Schema:
    """A contract of one operation, `POST /things`, that says these things."""
    operation = {"operationId": "makeThing", "responses": {"200": {"description": "Made"}}, **said}
    schemes = {
        "session": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {path: {"post": operation}},
        "components": {"securitySchemes": schemes},
    }


def taking(schema: Any, **said: Any) -> Schema:
    """A contract whose request has this body."""
    return contract(requestBody={"required": True, "content": {"application/json": {"schema": schema}}}, **said)


def giving(schema: Any) -> Schema:
    """A contract whose response has this body."""
    return responding({"content": {"application/json": {"schema": schema}}})


def responding(response: Schema, status: str = "200") -> Schema:
    """A contract with this one response."""
    return contract(responses={status: {"description": "Made", **response}})


def asking(*parameters: Schema, **said: Any) -> Schema:
    """A contract with these parameters."""
    return contract(parameters=list(parameters), **said)


def parameter(name: str = "n", location: str = "query", schema: Schema = TEXT, **said: Any) -> Schema:
    return {"name": name, "in": location, "required": location == "path", "schema": schema, **said}


def thing(required: tuple[str, ...] = (), /, **properties: Any) -> Schema:
    """An open object."""
    return {"type": "object", "properties": properties, "required": list(required)}


def closed(required: tuple[str, ...] = (), /, **properties: Any) -> Schema:
    """An object that may have only these properties."""
    return {**thing(required, **properties), "additionalProperties": False}


def told(old: Schema, new: Schema, today: date | None = None) -> Told:
    """What changed: rule, location, pointer."""
    return [place(change) for change in changes(old, new, today)]


def place(change: Change) -> tuple[str, str, str]:
    return change.rule, change.subject.location, change.subject.pointer
