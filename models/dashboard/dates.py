"""Requests about a ticker over days: a named range back from today, or two dates."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from models.fields import Day, HistoryRange, Ticker
from models.operation import Path, Query, Rule
from models.refusals import broken
from models.wire import Request

BOTH_DATES = Rule(
    "dates_incomplete",
    ("query", "start_date"),
    "start_date and end_date go together; give both or neither",
    "start_date and end_date are given together or not at all",
    {"ticker": "AAPL", "start_date": "2024-01-02"},
)
ORDERED_DATES = Rule(
    "dates_reversed",
    ("query", "start_date"),
    "start_date {start} is after end_date {end}",
    "start_date is not after end_date",
    {"ticker": "AAPL", "start_date": "2024-02-01", "end_date": "2024-01-02"},
)


class OverDays(Request):
    """What such requests have in common; `check` belongs to their rules BOTH_DATES and ORDERED_DATES."""

    ticker: Annotated[Ticker, Path()]
    """The symbol, in any case."""
    range: Annotated[HistoryRange, Query()] = "1M"
    """How far back from today, if no dates are given: 7, 30, 90, 180 or 365 days."""
    start_date: Annotated[Day | None, Query()] = None
    """First day wanted, inclusive."""
    end_date: Annotated[Day | None, Query()] = None
    """Last day wanted, inclusive."""

    def check(self) -> None:
        if (self.start_date is None) != (self.end_date is None):
            raise broken(BOTH_DATES)
        start, end = self.dates() or (date.min, date.min)
        if start > end:
            raise broken(ORDERED_DATES, start=start, end=end)

    def dates(self) -> tuple[date, date] | None:
        """Both dates; None if there are none."""
        if self.start_date is None or self.end_date is None:
            return None
        return self.start_date, self.end_date
