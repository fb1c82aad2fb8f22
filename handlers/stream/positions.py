"""Event ids: a position is an instant, and says that everything stored before it has been sent.

Positions are ordered as texts too, and mean the same to every process over one store.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from handlers.storage.journal import KEPT
from handlers.storage.stamps import stamp

OVERLAP = timedelta(seconds=5)
"""How far behind a position reading begins: a score is visible a little after the instant that it bears."""

_form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z", re.ASCII)


def event_id(position: datetime) -> str:
    return stamp(position)


def position_of(text: str) -> datetime | None:
    """The position that an event id stands for; None if it is none of ours."""
    if not _form.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def oldest(now: datetime) -> datetime:
    """The oldest position from which a stream can go on."""
    return now - KEPT
