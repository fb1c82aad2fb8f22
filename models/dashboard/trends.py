"""How sentiment of tags moves, for small charts."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import ConfigDict, StringConstraints, with_config
from typing_extensions import TypedDict

from models.dashboard.articles import NewsTag, NewsTags5
from models.fields import Count, Fraction, Stamp
from models.operation import Example, Level, Operation, Query, Returns
from models.refusals import ServiceUnavailable
from models.wire import Request

TrendRange = Annotated[str, StringConstraints(pattern=r"^(([1-9][0-9]?|1[0-5][0-9]|16[0-8])h|[1-7]d)$")]
"""Hours or days: `1h` to `168h`, `1d` to `7d`."""


class GetTrends(Request):
    tags: Annotated[NewsTags5, Query()]
    """One to five tags; one given twice counts once."""
    interval: Annotated[Literal["1h", "6h", "1d"], Query()] = "1h"
    """How long the span of one point is."""
    range: Annotated[TrendRange, Query()] = "24h"
    """How far back from now: 1h to 168h or 1d to 7d."""


@with_config(ConfigDict(extra="forbid", allow_inf_nan=False))
class TrendPoint(TypedDict):
    """The articles of one span."""

    timestamp: Stamp
    """Where the span starts: a multiple of the interval in UTC."""
    sentiment: Fraction
    """(positive − negative + all) / (2 · all), with two decimals: 0 if all are negative, 1 if all are positive, 0.5 without any."""
    count: Count
    """How many judged articles there are."""


MAX_POINTS = 7 * 24 + 1
"""A range of seven days touches one hour more than it is long."""
TrendPoints = Annotated[list[TrendPoint], MaxLen(MAX_POINTS)]

GET = Operation(
    "getTrends",
    "GET",
    "/api/v2/trends",
    GetTrends,
    (
        Returns(
            200,
            dict[NewsTag, TrendPoints],
            "Tag → its points, oldest first, in the order asked for",
            example={"technology": [{"timestamp": "2024-12-02T14:00:00Z", "sentiment": 0.83, "count": 3}]},
        ),
    ),
    summary="How sentiment of tags moves",
    description=(
        "One point for each span of the interval that the range touches, with and without articles. Only articles of the "
        "range count, so that the first and the last span may be counted in part."
    ),
    level=Level.SESSION,
    refusals=(ServiceUnavailable,),
    # Nobody's own data, but only for callers with a session: a shared cache would answer those without one.
    cache="private, max-age=60",
    etag=True,
    examples=(
        Example("days", "two tags by day", 200, {"tags": ["technology", "analyst"], "interval": "1d", "range": "3d"}),
        Example("quarters", "six hours at a time", 200, {"tags": ["internet"], "interval": "6h", "range": "48h"}),
    ),
)

OPERATIONS = (GET,)
