"""Instants as they are stored: text of fixed width that sorts as time does, and epoch seconds for expiry."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from handlers.storage.items import Value

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(instant: datetime) -> str:
    """An instant in UTC, with microseconds always."""
    return instant.astimezone(UTC).strftime(_FORM)


def instant(text: Value) -> datetime:
    """The instant of a stored stamp."""
    return datetime.fromisoformat(str(text))


def expiry(end: datetime) -> int:
    """The `ttl` of an item that ends at an instant: the first whole second that is not before it."""
    return math.ceil(end.timestamp())
