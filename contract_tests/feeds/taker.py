"""A process that takes from a quota until it is refused, and prints how often it was not."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from handlers.domain.quotas import Quota
from handlers.feeds.port import FeedUnavailable
from handlers.feeds.quota import Meter
from handlers.runtime.clock import FixedClock
from handlers.storage.opening import open_store
from handlers.storage.sources import Quotas

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)


def taken(url: str, limit: int) -> int:
    """How many one takes before the quota is used up."""
    clock = FixedClock(NOW)
    meter = Meter("finnhub", Quota(limit, "minute"), Quotas(open_store(url, clock)), clock)
    for n in range(limit + 1):
        try:
            meter.take()
        except FeedUnavailable:
            return n
    return limit + 1


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    print(taken(sys.argv[1], int(sys.argv[2])), flush=True)
