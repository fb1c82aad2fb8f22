"""Whether the exchange is open."""

from __future__ import annotations

from typing import Literal

from models.fields import Timestamp
from models.operation import Example, Given, Operation, Returns
from models.refusals import MarketCalendarEnded
from models.wire import Request, Response


class GetMarketStatus(Request):
    pass


class MarketStatus(Response):
    """The exchange at one instant."""

    status: Literal["open", "closed"]
    """open during the regular session only."""
    exchange: Literal["NYSE"]
    """Whose calendar this is."""
    current_time: Timestamp
    """The instant that the answer is about."""
    market_open: Timestamp | None
    """When today's session opens or opened; null on a day without one."""
    market_close: Timestamp | None
    """When today's session closes or closed, early on half days; null on a day without one."""
    next_open: Timestamp
    """The next instant at which a session opens, after now."""
    reason: Literal["holiday", "weekend", "premarket", "after_hours"] | None
    """Why it is closed; null while it is open."""
    is_extended_hours: bool
    """Whether trading goes on before or after the session: 04:00 to 20:00 in New York, to 17:00 on half days."""
    is_holiday: bool
    """Whether today is a weekday without a session."""
    holiday_name: str | None
    """The holiday; null on other days."""


GET_STATUS = Operation(
    "getMarketStatus",
    "GET",
    "/api/v2/market/status",
    GetMarketStatus,
    (
        Returns(
            200,
            MarketStatus,
            "The exchange now",
            example={
                "status": "open",
                "exchange": "NYSE",
                "current_time": "2024-01-31T15:00:00Z",
                "market_open": "2024-01-31T14:30:00Z",
                "market_close": "2024-01-31T21:00:00Z",
                "next_open": "2024-02-01T14:30:00Z",
                "reason": None,
                "is_extended_hours": False,
                "is_holiday": False,
                "holiday_name": None,
            },
        ),
    ),
    summary="Whether the exchange is open",
    description="Sessions of the New York Stock Exchange with its holidays and half days, 2000 to 2035; no other years.",
    refusals=(MarketCalendarEnded,),
    cache="public, max-age=30",
    etag=True,
    stored=False,
    examples=(
        Example("open", "during a session", 200, given=Given("nobody", at="2024-11-27T16:00:00Z")),
        Example("holiday", "on Thanksgiving", 200, given=Given("nobody", at="2024-11-28T16:00:00Z")),
        Example("half_day", "after a half day's early close", 200, given=Given("nobody", at="2024-11-29T18:00:00Z")),
        Example("weekend", "on a Saturday", 200, given=Given("nobody", at="2024-11-30T16:00:00Z")),
        Example("after_2035", "where the calendar has ended", 503, given=Given("nobody", at="2036-01-02T15:00:00Z")),
        Example("premarket", "before the open", 200, given=Given("nobody", at="2024-12-02T13:00:00Z")),
    ),
)

OPERATIONS = (GET_STATUS,)
