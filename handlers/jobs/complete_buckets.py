"""Looks after the buckets that have just ended, and clears away what has expired where the engine does not do so itself.

No stored flag says that a bucket is complete: its end has passed on the clock, which every reader sees at the same instant,
and an article that arrives late still changes it. So nothing is written here; what ended is compared with the finer buckets
it is made of, and a bucket that differs becomes a dead letter that names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.domain.buckets import Bucket, aggregate, align, end_of
from handlers.jobs._tickers import in_turn
from handlers.jobs._watched import watched_tickers
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run
from handlers.storage.buckets import Buckets
from models.fields import Resolution

EXPIRED = "expired"
RECENT = timedelta(minutes=10)
"""How long after its end a bucket is looked at: twice the interval of the schedule."""
FINER: dict[Resolution, Resolution] = {
    "5m": "1m",
    "10m": "5m",
    "1h": "1m",
    "3h": "1h",
    "6h": "1h",
    "12h": "1h",
    "24h": "1h",
}
MOST_FINER = 60


def parts(run: Run) -> list[str]:
    """What is expired, and the watched tickers, which take turns in being first."""
    return [EXPIRED, *in_turn(watched_tickers(run.backend), run.now())]


def complete(part: str, run: Run) -> Done:
    if part == EXPIRED:
        removed = run.backend.store.purge()
        run.count("ItemsPurged", removed)
        return Done("purged", {"items": removed})
    looked_at = [_checked(part, resolution, start, run) for resolution, start in _ended(run.now())]
    found = sum(bucket is not None for bucket in looked_at)
    run.count("BucketsCompleted", found)
    return Done("completed", {"buckets": found})


def _ended(now: datetime) -> Iterator[tuple[Resolution, datetime]]:
    """The buckets that ended a short time ago."""
    for resolution in FINER:
        end = align(now, resolution)
        if now - end < RECENT:
            yield resolution, align(end - timedelta(seconds=1), resolution)


def _checked(ticker: str, resolution: Resolution, start: datetime, run: Run) -> Bucket | None:
    """The bucket, None if nothing was said. Raises Poison if it is not what the finer ones make of it."""
    for _ in range(2):
        whole, made = _read(ticker, resolution, start, run), _made(ticker, resolution, start, run)
        if whole == made:
            return whole
        # An article may have been counted between the two reads: then the second look agrees.
    raise Poison(
        "bucket_mismatch", f"{ticker}#{resolution} of {start.isoformat()} is not the sum of {FINER[resolution]}"
    )


def _read(ticker: str, resolution: Resolution, start: datetime, run: Run) -> Bucket | None:
    return next(iter(Buckets(run.backend.store, run.backend.clock).at([(ticker, resolution, start)])), None)


def _made(ticker: str, resolution: Resolution, start: datetime, run: Run) -> Bucket | None:
    stored = Buckets(run.backend.store, run.backend.clock)
    finer = stored.range(ticker, FINER[resolution], start, end_of(start, resolution), MOST_FINER).complete
    return next(iter(aggregate(finer, resolution)), None)


JOB: Job[str] = Job("complete_buckets", complete, str, parts)
handler = entry(JOB)
