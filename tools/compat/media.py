"""Media types of a body, as they are compared: without case and parameters."""

from __future__ import annotations

from tools.openapi.schemas import Schema


def by_type(holder: Schema | None) -> Schema:
    """Media type → what it carries. None and a holder without content have none."""
    content = (holder or {}).get("content") or {}
    return {name.partition(";")[0].strip().lower(): media for name, media in content.items()}
