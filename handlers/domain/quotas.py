"""How many requests a source allows in which period, and how they are spent evenly: by periods of UTC, and days within them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final, Literal, NamedTuple

Period = Literal["minute", "month"] | int
"""A minute or a month of the calendar, or so many seconds, counted on from 1970."""
RUN: Final = timedelta(minutes=5)
"""How often jobs run: what falls to the time until the next run may be used in this one."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """`limit` requests in each period: all of them may be sent, none beyond."""

    limit: int
    period: Period

    @property
    def warned_at(self) -> int:
        """The request from which on at least half of the quota is used."""
        return -(-self.limit // 2)

    def __str__(self) -> str:
        return (
            f"{self.limit} in {self.period} seconds"
            if isinstance(self.period, int)
            else f"{self.limit} a {self.period}"
        )


class Slot(NamedTuple):
    """What falls to a stretch [start, end) of a period that ends at `period_end` is to be spent evenly over the stretch."""

    start: datetime
    end: datetime
    period_end: datetime

    def allowance(self, left: float, now: datetime) -> int:
        """How many of the requests that are left in the period may have been sent by now: as many as time has passed, and a run."""
        passed = min(now + RUN, self.end) - self.start
        return ceil(left * (passed / (self.period_end - self.start)))

    def reaches(self, number: int, left: float) -> datetime:
        """When so many may have been sent, at the latest with the next slot."""
        if left <= 0:
            return self.end
        return min(
            self.end, self.start - RUN + (self.period_end - self.start) * ((number - 1) / left) + timedelta(seconds=1)
        )


def period_of(quota: Quota, now: datetime) -> tuple[datetime, datetime]:
    """Where the period that `now` falls in begins and, exclusively, ends."""
    if isinstance(quota.period, int):
        length = timedelta(seconds=quota.period)
        begin = datetime.fromtimestamp(0, UTC) + (now - datetime.fromtimestamp(0, UTC)) // length * length
        return begin, begin + length
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    if quota.period == "minute":
        return minute, minute + timedelta(minutes=1)
    first = minute.replace(day=1, hour=0, minute=0)
    return first, (first + timedelta(days=32)).replace(day=1)


def slot_of(quota: Quota, now: datetime) -> Slot | None:
    """The day of UTC in a longer period, else the period itself; None where that is over before a second run."""
    start, end = period_of(quota, now)
    if end - start <= RUN:
        return None
    if end - start <= DAY:
        return Slot(start, end, end)
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Slot(max(start, midnight), min(end, midnight + DAY), end)
