"""Reads what has changed in the store, once for all the connections of a process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial, reduce
from threading import Lock
from weakref import WeakKeyDictionary

from handlers.backend import Backend
from handlers.domain.buckets import align
from handlers.runtime.log import log
from handlers.storage.items import StoreUnavailable
from handlers.stream.changes import (
    NOTHING,
    BucketChange,
    SentimentChange,
    Wanted,
    bucket_changes,
    sentiment_changes,
)
from handlers.stream.counting import Metrics, counted
from handlers.stream.hearing import Hearing
from handlers.stream.tracks import Track

POLL = timedelta(seconds=1)


class Poll:
    """What is new, read at most once each `POLL` whoever asks. Threads may share it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = Lock()
        hearing = Hearing(backend)
        self.buckets: Track[BucketChange] = Track(backend, hearing, bucket_changes)
        self.sentiments: Track[SentimentChange] = Track(backend, hearing, sentiment_changes)
        self._followed: WeakKeyDictionary[object, Wanted] = WeakKeyDictionary()
        self.metrics: Metrics | None = None
        """None until they could be counted."""
        self._is_uncounted = False
        self._due = backend.now()

    def follow(self, follower: object, wanted: Wanted) -> None:
        """What one follows from the next poll on, as long as it exists: nothing else is read."""
        with self._lock:
            if wanted.metrics and not self._wanted().metrics:
                # They were not counted for a while, and are told at once.
                self._due = self._backend.now()
            self._followed[follower] = wanted

    def refresh(self) -> datetime:
        """Polls if it is time to, and says when it will be. Raises `StoreUnavailable` if nothing could be read."""
        with self._lock:
            now = self._backend.now()
            if now >= self._due:
                self._read(now)
                self._due = now + POLL
            return self._due

    def _read(self, now: datetime) -> None:
        """Each kind of news by itself: what cannot be read holds up nothing else, and the next poll catches up."""
        wanted = self._wanted()
        read = Wanted() if wanted.metrics else wanted
        found = [_tried(partial(track.poll, wanted=read), now) for track in (self.buckets, self.sentiments)]
        # What could not be read may be new.
        if wanted.metrics and (any(found) or self._is_behind(now)):
            found.append(_tried(self._count, now))
        failures = [each for each in found if isinstance(each, StoreUnavailable)]
        if len(failures) == len(found):
            raise failures[-1]
        for failure in failures:
            log.error("a part of a poll failed", reason=failure.reason)

    def _wanted(self) -> Wanted:
        return reduce(Wanted.joined, self._followed.values(), NOTHING)

    def _count(self, now: datetime) -> bool:
        """Tried again until it succeeds, as what was new is so once."""
        self._is_uncounted = True
        self.metrics = counted(self._backend.store, now)
        self._is_uncounted = False
        return True

    def _is_behind(self, now: datetime) -> bool:
        """Whether the metrics are to be counted without news: articles without a score come, and others grow too old."""
        return self._is_uncounted or self.metrics is None or align(now, "1m") != align(self.metrics.at, "1m")


def _tried(read: Callable[[datetime], bool], now: datetime) -> bool | StoreUnavailable:
    """Whether anything is new, or why nobody knows."""
    try:
        return read(now)
    except StoreUnavailable as error:
        return error


def poll_of(backend: Backend) -> Poll:
    """The poll of a process: make it with `backend.kept`."""
    return Poll(backend)
