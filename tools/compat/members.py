"""What a schema demands of the values inside a value: of a property by its name, of an item by its position."""

from __future__ import annotations

from typing import Any

from tools.compat.forms import fits
from tools.compat.json_text import canonical
from tools.openapi.schemas import Schema


def at_name(schema: Schema, name: str) -> Any:
    """What the value of a property has to fit; False if there may be no such property."""
    parts = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    for pattern, member in schema.get("patternProperties", {}).items():
        if fits(canonical({"type": "string", "pattern": pattern}), name) is not False:
            parts.append(member)
    return _together(parts) if parts else additional(schema)


def additional(schema: Schema) -> Any:
    """What the value of a property that nothing else names has to fit."""
    return schema.get("additionalProperties", True)


def at_index(schema: Schema, index: int) -> Any:
    """What the item at a position has to fit."""
    prefix = schema.get("prefixItems", [])
    return prefix[index] if index < len(prefix) else schema.get("items", True)


def longest_prefix(*schemas: Schema) -> int:
    return max(len(schema.get("prefixItems", ())) for schema in schemas)


def _together(parts: list[Any]) -> Any:
    if any(part is False for part in parts):
        return False
    return parts[0] if len(parts) == 1 else {"allOf": parts}
