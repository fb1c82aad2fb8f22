"""JSON values as text, so that equal means equal as JSON: 1 is not true."""

from __future__ import annotations

import json
from typing import Any

SHOWN = 80
"""Characters of a value in a message."""


def canonical(value: Any) -> str:
    """The same text for the same value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def normal(value: Any) -> Any:
    """A copy as JSON gives it, where a number without fraction is an integer however it was written."""
    return json.loads(json.dumps(value), parse_float=_number)


def _number(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
