"""Our own responses against their declared types, closed: a field that is not declared does not fit."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from models.operation import Operation


@lru_cache(maxsize=256)
def _type(operation: Operation[Any, Any], status: int) -> TypeAdapter[Any] | None:
    for returns in operation.responses:
        if returns.status == status:
            return TypeAdapter(returns.body)
    return None


def misfit(operation: Operation[Any, Any], status: int, data: bytes) -> str | None:
    """Why a response does not fit its operation; None if it does."""
    adapter = _type(operation, status)
    if adapter is None:
        return f"status {status} is not declared"
    try:
        adapter.validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']} ({error.error_count()} in all)"
    return None
