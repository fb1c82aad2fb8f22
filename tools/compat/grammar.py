"""Which parts of an OpenAPI document hold which others: what may hold a `$ref`, and what is mere text."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Form(Enum):
    """How a member holds others: one, a list of them, or a map of them by name."""

    ONE = "one"
    LIST = "list"
    MAP = "map"


Members = Mapping[str, tuple[Form, str]]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

SCHEMA: Members = {
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), (Form.MAP, "schema")),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (Form.LIST, "schema")),
    **dict.fromkeys(
        (
            *("items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"),
            *("unevaluatedItems", "unevaluatedProperties", "contentSchema"),
        ),
        (Form.ONE, "schema"),
    ),
}
"""The keywords of JSON Schema 2020-12 that hold schemas."""
CARRIED: Members = {"schema": (Form.ONE, "schema"), "content": (Form.MAP, "media type")}
GRAMMAR: Mapping[str, Members] = {
    "path item": {
        "parameters": (Form.LIST, "parameter"),
        **dict.fromkeys(METHODS, (Form.ONE, "operation")),
    },
    "operation": {
        "parameters": (Form.LIST, "parameter"),
        "requestBody": (Form.ONE, "request body"),
        "responses": (Form.MAP, "response"),
    },
    "parameter": CARRIED,
    "header": CARRIED,
    "request body": {"content": (Form.MAP, "media type")},
    "media type": {"schema": (Form.ONE, "schema"), "x-events": (Form.MAP, "schema")},
    "response": {
        "headers": (Form.MAP, "header"),
        "content": (Form.MAP, "media type"),
        "links": (Form.MAP, "link"),
    },
    "link": {},
    "security scheme": {},
    "schema": SCHEMA,
}
"""Kind of object → its members that are such objects. Everything else is copied as it is."""
