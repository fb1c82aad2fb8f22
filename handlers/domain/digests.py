"""When a daily digest is due: once on every local day that there is, at the user's own time of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final

from handlers.domain.zones import zone

LATE: Final = timedelta(hours=12)
"""A digest later than that is the one of the day on which it comes."""


def due_on(day: date, at: time, zone_name: str) -> datetime | None:
    """The instant on a local day when its clocks show a time; None if the zone skipped the day.

    Where clocks show it twice, the first. Where they skip it, later by what they skip, as 03:30 for 02:30; earlier by as
    much where later is another day.
    """
    for fold in (0, 1):
        instant = datetime.combine(day, at, zone(zone_name)).replace(fold=fold).astimezone(UTC)
        if local_day(instant, zone_name) == day:
            return instant
    return None


def local_day(instant: datetime, zone_name: str) -> date:
    """The day that it is in a zone."""
    return instant.astimezone(zone(zone_name)).date()


def day_done(due_at: datetime, now: datetime, zone_name: str) -> date:
    """The local day that a digest counts for which was due at one instant and is made at another.

    The day on which it was due, also past midnight: the next day has its own. Where jobs stood still for half a day and
    longer, the day that it is, so that nobody gets two within hours.
    """
    return local_day(now if now - due_at > LATE else due_at, zone_name)


def next_due(now: datetime, at: time, zone_name: str, done: date | None = None) -> datetime:
    """The first due instant after `now` on a local day after `done`, the day that had its digest already."""
    first = local_day(now, zone_name)
    if done is not None and done >= first:
        first = done + timedelta(days=1)
    days = (due_on(first + timedelta(days=n), at, zone_name) for n in count())
    return next(due for due in days if due is not None and due > now)
