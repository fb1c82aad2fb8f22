"""A day of the recorded load: the jobs from midnight to midnight, a hundred dashboards for a part of the session.

The clock moves only here, so that a day takes seconds; the dashboards' part stands for the whole session, as they ask for
the same again and again. What it all costs on DynamoDB is counted on the way.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from handlers.assembly import assemble
from handlers.backend import Backend
from handlers.jobs.pumping import pump
from handlers.jobs.running import perform
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.configurations import Configurations
from handlers.storage.queues import open_queue
from handlers.storage.sqlite import SqliteStore
from handlers.stream.changes import Wanted
from handlers.stream.polling import poll_of
from tools.bench.metering import Meter, Metered
from tools.bench.watchers import METRICS_SECONDS, Watcher, enrol_watchers
from tools.bench.year import ARTICLE_DAYS, DAYS, SETTINGS, quietly
from tools.events import HttpCall, Received, received, rest_event
from tools.live import MINUTE, SCHEDULE, Timed, scheduled
from tools.seed import TICKERS, fill
from tools.stage import FEEDS

MIDNIGHT = datetime(2024, 12, 2, tzinfo=UTC)
OPEN = datetime(2024, 12, 2, 15, tzinfo=UTC)
"""Half an hour after the market opened: when the dashboards' part begins."""
SESSION_MINUTES, DAY_MINUTES = 390, 1440
VISITS, POLLS, STREAMS, JOBS = "visits", "polls", "streams", "jobs"


@dataclass(slots=True)
class Played:
    """What was counted. Parts are named `group: what`."""

    meter: Meter
    day_minutes: int
    """How much of a day the jobs were played, and the dashboards of a session."""
    polled_minutes: int
    stored_bytes: int
    series: Counter[bool] = field(default_factory=Counter)
    """Time series that dashboards read, by whether they were remembered."""
    candles: Counter[bool] = field(default_factory=Counter)
    requests: int = 0


def played(day_minutes: int, polled_minutes: int, processes: int = 1) -> Played:
    """The day of jobs from midnight, or less of it from the dashboards' part on, which so many processes serve."""
    begin = MIDNIGHT if day_minutes == DAY_MINUTES else OPEN
    with quietly():
        store, stored_bytes = _filled(begin)
        with closing(store):
            found = Played(Meter(), day_minutes, polled_minutes, stored_bytes)
            day = _Day(store, found, processes)
            day.play(begin)
    return found


def _filled(until: datetime) -> tuple[SqliteStore, int]:
    """A year in memory, and how large it is as a file."""
    clock = FixedClock(until)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.db"
        with closing(SqliteStore(str(path), clock)) as store:
            fill(store, FEEDS, until, TICKERS, ARTICLE_DAYS, DAYS)
            copy = store.copied(clock)
        return copy, path.stat().st_size


class _Day:
    def __init__(self, store: SqliteStore, found: Played, processes: int) -> None:
        self._found = found
        self._clock = FixedClock(MIDNIGHT)
        copied = store.copied(self._clock)
        metered, chance = Metered(copied, found.meter), CountedChance("load")
        self._watchers = enrol_watchers(metered, chance, MIDNIGHT - timedelta(days=1))
        self._jobs = Backend(SETTINGS, self._clock, chance, FEEDS, metered)
        self._streams = Backend(SETTINGS, self._clock, chance, FEEDS, metered)
        self._gates = [assemble("dashboard", SETTINGS, self._clock, chance, metered, FEEDS) for _ in range(processes)]
        self._draws = Random("processes")

    def play(self, begin: datetime) -> None:
        # What was never collected is collected once, and not every day.
        self._clock.at = begin - MINUTE
        self._due(SCHEDULE)
        self._found.meter.units.clear()
        for passed in range(max(self._found.day_minutes, self._found.polled_minutes)):
            self._clock.at = begin + passed * MINUTE
            if passed < self._found.day_minutes:
                self._due([timed for timed in SCHEDULE if passed % (timed.every // MINUTE) == 0])
            since_open = (self._clock.at - OPEN) // MINUTE
            if since_open == 0:
                self._visits()
            if 0 <= since_open < self._found.polled_minutes:
                self._minute(since_open * 60)

    def _due(self, due: Sequence[Timed]) -> None:
        backend = self._jobs
        for timed in due:
            with self._found.meter.told(f"{JOBS}: {timed.job.name}"):
                if timed.queue is None:
                    perform(timed.job, scheduled(self._clock.at, backend.chance.uuid()), backend)
                    continue
                queue = open_queue(timed.queue, backend.store, backend.clock, backend.chance)
                while pump(timed.job, queue, backend):
                    pass

    def _visits(self) -> None:
        for watcher in self._watchers:
            for call in watcher.visit():
                self._asked(watcher, call, VISITS)

    def _minute(self, since: int) -> None:
        begin = self._clock.at
        for second in range(60):
            self._clock.at = begin + timedelta(seconds=second)
            self._streamed()
            if second % METRICS_SECONDS == 0:
                for watcher in self._watchers:
                    for call in watcher.polls(since + second):
                        self._told(self._asked(watcher, call, POLLS))

    def _streamed(self) -> None:
        """One connection of a process: what it polls each second, and its watchlist."""
        watcher = self._watchers[0]
        with self._found.meter.told(f"{STREAMS}: polling"):
            poll, symbols = self._streams.kept(poll_of), frozenset(watcher.tickers)
            poll.follow(self, Wanted(symbols))
            poll.refresh()
        with self._found.meter.told(f"{STREAMS}: watchlist"):
            Configurations(self._streams.store).get(watcher.user_id, watcher.config_id)

    def _asked(self, watcher: Watcher, call: HttpCall, group: str) -> Received:
        """The answer of any process. Raises if it is no success."""
        headers = (*call.headers, *watcher.headers(SETTINGS, self._clock.at))
        event = rest_event(HttpCall(call.method, call.path, call.query, headers, call.body))
        # All of them from one address would meet the limits of one.
        event["requestContext"]["identity"]["sourceIp"] = f"203.0.113.{watcher.number + 1}"
        with self._found.meter.told(f"{group}: {_named(watcher, call)}"):
            got = received(self._draws.choice(self._gates)(event))
        if got.status >= 300:
            raise AssertionError(f"{call.method} {call.path} answers {got.status}: {got.body!r}"[:300])
        self._found.requests += 1
        return got

    def _told(self, got: Received) -> None:
        """Counts what the answer says of where it comes from."""
        origin = got.header("x-cache-source")
        if origin is not None:
            self._found.candles[origin == "in-memory"] += 1
        if b'"cache_hit"' in got.body:
            self._found.series.update(page["cache_hit"] for page in _pages(json.loads(got.body)))


def _pages(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from [body] if "cache_hit" in body else body.values()


def _named(watcher: Watcher, call: HttpCall) -> str:
    path = call.path.removeprefix("/api/v2/").replace(watcher.config_id, "{config_id}")
    return f"{call.method} {'/'.join('{ticker}' if part in TICKERS else part for part in path.split('/'))}"
