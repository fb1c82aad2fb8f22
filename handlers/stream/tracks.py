"""The changes of one kind: those that polls found lately are in memory for all connections, all of them in the store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from handlers.backend import Backend
from handlers.runtime.log import log
from handlers.storage.items import StoreUnavailable
from handlers.stream.changes import Change, Stretch, Wanted
from handlers.stream.hearing import Hearing
from handlers.stream.positions import OVERLAP

REMEMBERED = timedelta(minutes=1)
"""How long a change stays in memory; a connection that fell further behind reads the store."""

C = TypeVar("C", bound=Change)


class Track(Generic[C]):
    """What changed, as far as it is known. One kind failing does not hold up another. Threads may share it."""

    def __init__(
        self, backend: Backend, hearing: Hearing, read: Callable[[Backend, Hearing, Stretch, Wanted], list[C]]
    ) -> None:
        self._backend = backend
        self._hearing = hearing
        self._read = read
        self._lock = Lock()
        self._recent: deque[tuple[datetime, list[C]]] = deque()
        self._known: dict[Hashable, C] = {}
        self.position = backend.now()
        """Everything stored until then is known."""
        self._remembers_from = self.position

    def poll(self, now: datetime, wanted: Wanted) -> bool:
        """Whether there is anything new of what somebody follows. Raises `StoreUnavailable`; the next poll catches up."""
        with self._lock:
            if now - self.position > REMEMBERED:
                self._skip_to(now)
            stretch = Stretch(self.position - OVERLAP, self.position, now)
            changes = self._read(self._backend, self._hearing, stretch, wanted)
            new = [change for change in changes if not self._knows(change)]
            kept = {place: change for place, change in self._known.items() if change.at >= now - 2 * OVERLAP}
            self._known = kept | {change.place: change for change in new}
            self._recent.append((now, new))
            self.position = now
            while self._recent[0][0] < now - REMEMBERED:
                self._remembers_from, _ = self._recent.popleft()
            return bool(new)

    def since(self, position: datetime, wanted: Wanted) -> tuple[list[C], datetime]:
        """What is wanted of the changes that polls found after `position`, and the position after them.

        Only for positions of this track: it finds a score later than the instant that the score bears.
        """
        with self._lock:
            if position >= self._remembers_from:
                found = [change for at, changes in self._recent if at > position for change in changes]
                return [change for change in found if change.is_wanted(wanted)], self.position
        return self.stored_since(position, wanted)

    def stored_since(self, position: datetime, wanted: Wanted) -> tuple[list[C], datetime]:
        """The same from the store, for any position, and with a little of what was before."""
        until, start = self.position, position - OVERLAP
        return self._read(self._backend, self._hearing, Stretch(start, start, until), wanted), until

    def _skip_to(self, now: datetime) -> None:
        """Nobody listened for a while: who comes back from then reads the store."""
        self._recent.clear()
        self._known = {}
        self._remembers_from = self.position = now

    def _knows(self, change: C) -> bool:
        """Whether a poll before found the same: reading overlaps."""
        known = self._known.get(change.place)
        return known is not None and replace(known, at=change.at) == change


class Reading(Generic[C]):
    """How far one connection has read a track."""

    def __init__(self, track: Track[C]) -> None:
        self._track = track
        self.position = track.position
        self._is_resuming = False

    def go_back(self, position: datetime) -> None:
        """To a position of any process; one that is yet to come is the present one."""
        self.position = min(position, self.position)
        self._is_resuming = True

    def take(self, wanted: Wanted) -> list[C]:
        """What is wanted of what is new; nothing while the store does not answer, and all of it afterwards."""
        read = self._track.stored_since if self._is_resuming else self._track.since
        try:
            changes, self.position = read(self.position, wanted)
        except StoreUnavailable as error:
            log.error("a stream cannot catch up until the store answers", reason=error.reason)
            return []
        self._is_resuming = False
        return changes
