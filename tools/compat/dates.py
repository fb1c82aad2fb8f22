"""Days as the contract writes them."""

from __future__ import annotations

from datetime import date
from typing import Any


def day(said: Any) -> date | None:
    """A day written YYYY-MM-DD, alone or before a time; None if it is not said or not a day."""
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
