"""Rate limits: how many requests one caller or address may still send in the present window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.operation import Level, RateLimit
from models.refusals import TooManyRequests


class Counter(Protocol):
    """What the gate needs of the store to count."""

    def count(self, name: str, window_start: int, window_seconds: int) -> int:
        """Adds one to the count of a name in a window and returns the sum. Windows start at epoch seconds."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit in its window, which ends at `resets_at` (epoch seconds)."""

    limit: int
    remaining: int
    resets_at: int

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.resets_at),
        }


def take(counter: Counter, name: str, limit: RateLimit, level: Level, now: datetime) -> Allowance:
    """Uses one request of a caller's limit: a fixed window, aligned to the epoch. Raises `TooManyRequests` beyond it."""
    at = int(now.timestamp())
    start = at - at % limit.seconds
    allowed, used = limit.requests_of(level), counter.count(name, start, limit.seconds)
    allowance = Allowance(allowed, max(allowed - used, 0), start + limit.seconds)
    if used > allowed:
        wait = allowance.resets_at - at
        raise TooManyRequests(
            f"{allowed} requests in {limit.seconds} seconds are used up; retry in {wait} seconds",
            {"Retry-After": str(wait), **allowance.headers()},
        )
    return allowance
