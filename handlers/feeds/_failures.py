"""What went wrong with one request to a source, and how long to wait before the next: never with what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Final

LIMITED_SECONDS: Final = 60
FAILED_SECONDS: Final = 5
REFUSED_SECONDS: Final = 3600
LONGEST_SECONDS: Final = 86_400
PASSING: Final = frozenset((500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Failure:
    """`told`: the source itself said when to retry. `rejects_key`: it does not know the key."""

    detail: str
    retry_after_seconds: int = FAILED_SECONDS
    told: bool = False
    passing: bool = True
    """Whether another try may succeed."""
    counts: bool = True
    rejects_key: bool = False


def of_status(status: int, retry_after: str | None, now: datetime) -> Failure:
    """A status that is no success and not 404."""
    seconds = waiting(retry_after, now)
    if status == 401:
        return Failure("it does not accept the key (401)", REFUSED_SECONDS, passing=False, rejects_key=True)
    if status == 403:
        # The key's plan lacks this endpoint: others of the source answer all the same.
        return Failure("the key does not allow this (403)", REFUSED_SECONDS, passing=False, counts=False)
    if status == 429:
        return Failure("too many requests (429)", seconds or LIMITED_SECONDS, told=seconds is not None)
    passing = status in PASSING
    return Failure(f"status {status}", seconds or FAILED_SECONDS, told=seconds is not None, passing=passing)


def waiting(retry_after: str | None, now: datetime) -> int | None:
    """The seconds that a Retry-After header asks for, at least one; None if it says nothing readable. RFC 9110, 10.2.3."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        # What has more digits is longer than the longest anyway.
        return max(1, min(int(text[:9]), LONGEST_SECONDS))
    at = _date(text)
    return None if at is None else max(1, min(ceil((at - now).total_seconds()), LONGEST_SECONDS))


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
