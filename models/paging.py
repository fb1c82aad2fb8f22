"""What every page has in common: how long it is, where the next one starts, and when a cursor is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from models.operation import Given, Json, Rule

FORGED = "Zm9yZ2VkLWN1cnNvci1mb3ItdGVzdHM"
"""Has the form of a cursor and was never given out."""

Limit31 = Annotated[int, Field(ge=1, le=31)]
Limit100 = Annotated[int, Field(ge=1, le=100)]
Limit366 = Annotated[int, Field(ge=1, le=366)]
Limit1000 = Annotated[int, Field(ge=1, le=1000)]


def cursor_rule(request: Mapping[str, Json], given: Given | None = None) -> Rule:
    """The rule that a cursor is one of ours and of the same list; `request` is what else a request has to say."""
    return Rule(
        "cursor_invalid",
        ("query", "cursor"),
        "the cursor was not given out for this list; take next_cursor of its page before, or start without a cursor",
        "The cursor is the `next_cursor` of an earlier page of the same list: every parameter but `limit` and `cursor` is the same",
        {**request, "cursor": FORGED},
        given or Given(),
    )
