"""The routing table of each function, from the contract: what lets a function route without importing a model."""

from __future__ import annotations

from models.registry import Entry, entries

FUNCTIONS = ("dashboard", "stream")


def route(entry: Entry) -> dict[str, object]:
    operation = entry.operation
    return {
        "method": operation.method,
        "path": operation.path,
        "operation_id": operation.id,
        "module": f"handlers.{entry.tag.function}.{entry.module}",
        "tag": entry.tag.name,
        "summary": operation.summary,
        "safe": operation.safe,
    }


def routes(function: str) -> list[dict[str, object]]:
    """The routes of a function in the order of the document."""
    return [route(entry) for entry in entries() if entry.tag.function == function]
