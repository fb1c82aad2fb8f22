"""Reads what has changed in the store, once for all the connections of a process."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from handlers.assembly import Backend
from handlers.domain.buckets import RESOLUTIONS, Bucket, align, end_of
from handlers.storage.buckets import Buckets
from handlers.storage.journal import Journal
from handlers.stream.counting import Metrics, counted
from handlers.stream.positions import OVERLAP
from models.fields import Resolution

POLL = timedelta(seconds=1)
REMEMBERED = timedelta(minutes=1)
"""How long a change stays in memory; a connection that fell further behind reads the store."""

Place = tuple[str, Resolution, datetime]
"""Ticker, resolution and start of a bucket."""


@dataclass(frozen=True, slots=True)
class Change:
    """The latest state of a bucket that changed, by a score or by its end, at an instant."""

    at: datetime
    bucket: Bucket
    is_complete: bool

    @property
    def place(self) -> Place:
        return self.bucket.ticker, self.bucket.resolution, self.bucket.start


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which buckets a connection follows; None is all of them."""

    tickers: frozenset[str] | None = None
    resolutions: frozenset[Resolution] | None = None

    def includes(self, ticker: str, resolution: Resolution) -> bool:
        by_ticker = self.tickers is None or ticker in self.tickers
        return by_ticker and (self.resolutions is None or resolution in self.resolutions)


def changes_between(
    backend: Backend, after: datetime, until: datetime, ended_after: datetime, wanted: Wanted
) -> list[Change]:
    """Each bucket that got a score in [after, until] or ended in (ended_after, until], in its latest state."""
    changed = {place: end for place, end in _ended(backend, ended_after, until) if wanted.includes(*place[:2])}
    for entry in Journal(backend.store).between(after, until):
        for resolution in RESOLUTIONS:
            if wanted.includes(entry.ticker, resolution):
                place = entry.ticker, resolution, align(entry.score_at, resolution)
                changed[place] = max(entry.stored_at, changed.get(place, entry.stored_at))
    buckets = Buckets(backend.store, backend.clock).at(changed)
    return [Change(changed[b.ticker, b.resolution, b.start], b, b.end <= until) for b in buckets]


def _ended(backend: Backend, after: datetime, until: datetime) -> Iterator[tuple[Place, datetime]]:
    """Places of the buckets that were open at `after` and had ended by `until`; those that began later had a score since."""
    for resolution in RESOLUTIONS:
        start = align(after, resolution)
        if (end := end_of(start, resolution)) <= until:
            for listing in backend.feeds.listings.all():
                yield (listing.symbol, resolution, start), end


def in_order(change: Change) -> tuple[datetime, str, int]:
    """What changes are sorted by."""
    return change.at, change.bucket.ticker, RESOLUTIONS.index(change.bucket.resolution)


class Poll:
    """What is new, read at most once each `POLL` whoever asks. Threads may share it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = Lock()
        self._recent: deque[tuple[datetime, list[Change]]] = deque()
        self._known: dict[Place, Change] = {}
        self.position = backend.now()
        """Everything stored until then is known."""
        self.metrics: Metrics | None = None
        """None before the first poll."""
        self._remembers_from = self.position
        self._due = self.position

    def refresh(self) -> datetime:
        """Polls if it is time to, and says when it will be. Raises `StoreUnavailable`; the next poll catches up."""
        with self._lock:
            now = self._backend.now()
            if now >= self._due:
                self._read(now)
                self._due = now + POLL
            return self._due

    def since(self, position: datetime, wanted: Wanted) -> tuple[list[Change], datetime]:
        """What is wanted of the changes that polls found after `position`, and the position after them.

        Only for positions of this poll: it finds a score later than the instant that the score bears.
        """
        with self._lock:
            if position >= self._remembers_from:
                found = [change for at, changes in self._recent if at > position for change in changes]
                return [c for c in found if wanted.includes(c.bucket.ticker, c.bucket.resolution)], self.position
        return self.stored_since(position, wanted)

    def stored_since(self, position: datetime, wanted: Wanted) -> tuple[list[Change], datetime]:
        """The same from the store, for any position, and with a little of what was before."""
        until, start = self.position, position - OVERLAP
        return changes_between(self._backend, start, until, start, wanted), until

    def _read(self, now: datetime) -> None:
        if now - self.position > REMEMBERED:
            self._skip_to(now)
        changes = changes_between(self._backend, self.position - OVERLAP, now, self.position, Wanted())
        new = [change for change in changes if not self._knows(change)]
        minute_passed = align(now, "1m") != align(self.position, "1m")
        if new or minute_passed or self.metrics is None:
            self.metrics = counted(self._backend.store, now)
        self._known = {p: c for p, c in self._known.items() if c.at >= now - 2 * OVERLAP} | {c.place: c for c in new}
        self._recent.append((now, new))
        self.position = now
        while self._recent[0][0] < now - REMEMBERED:
            self._remembers_from, _ = self._recent.popleft()

    def _skip_to(self, now: datetime) -> None:
        """Nobody listened for a while: who comes back from then reads the store."""
        self._recent.clear()
        self._known = {}
        self._remembers_from = self.position = now

    def _knows(self, change: Change) -> bool:
        """Whether a poll before found the same: reading overlaps."""
        known = self._known.get(change.place)
        return known is not None and replace(known, at=change.at) == change


def poll_of(backend: Backend) -> Poll:
    """The poll of a process: make it with `backend.kept`."""
    return Poll(backend)
