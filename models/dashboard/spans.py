"""Spans between two instants: the start belongs to them, the end does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from models.operation import Given, Json, Rule
from models.refusals import broken


def ordered_rule(request: Mapping[str, Json], given: Given | None = None) -> Rule:
    """The rule that a span does not end before it starts; `request` is what else a request has to say."""
    return Rule(
        "range_reversed",
        ("query", "start"),
        "start {start} is after end {end}",
        "start is not after end",
        {**request, "start": "2024-12-02T12:00:00Z", "end": "2024-12-02T11:00:00Z"},
        given or Given(),
    )


def check_ordered(rule: Rule, start: datetime | None, end: datetime | None) -> None:
    """Refuses by `rule` a span that ends before it starts; both instants in UTC."""
    if start is not None and end is not None and start > end:
        raise broken(rule, start=_text(start), end=_text(end))


def _text(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
