"""The journal as a process hears it: each stretch is read once, whoever asks for it next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from handlers.backend import Backend
from handlers.storage.journal import KEPT, Entry, Journal

EARLY = timedelta(minutes=10)
"""How long before the instant that it bears an article may be stored at most; sources' clocks are not ours."""


class Hearing:
    """What was stored lately, and about whom. Threads may share it. Raises StoreUnavailable."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = Lock()
        self._last: tuple[tuple[datetime, datetime], Sequence[Entry]] | None = None
        self._heard: tuple[datetime, datetime] | None = None
        """From when to when all is known."""
        self._tickers: set[str] = set()

    def between(self, after: datetime, until: datetime) -> Sequence[Entry]:
        """What was stored in [after, until], oldest first. All kinds of changes ask for the same stretch, one after the other."""
        last = self._last
        if last is not None and last[0] == (after, until):
            return last[1]
        entries = tuple(Journal(self._backend.store).between(after, until))
        with self._lock:
            self._last = (after, until), entries
            self._note(after, until, entries)
        return entries

    def tickers(self, since: datetime, until: datetime) -> frozenset[str]:
        """Of whom something may have been stored that bears an instant in [since, until]: all of those, and few others.

        Everybody who is listed where the journal no longer reaches back as far.
        """
        begin, heard = since - EARLY, self._heard
        if begin < until - KEPT - EARLY:
            return frozenset(listing.symbol for listing in self._backend.feeds.listings.all())
        if heard is None or until > heard[1]:
            self.between(begin, until)
        elif begin < heard[0]:
            self.between(begin, heard[0])
        with self._lock:
            return frozenset(self._tickers)

    def _note(self, after: datetime, until: datetime, entries: Sequence[Entry]) -> None:
        """Who is known grows with what was heard; after a gap it begins anew."""
        heard = self._heard
        if heard is None or until < heard[0] or heard[1] < after:
            if heard is not None and until < heard[0]:
                return
            self._heard, self._tickers = (after, until), set()
        else:
            self._heard = min(after, heard[0]), max(until, heard[1])
        self._tickers.update(entry.ticker for entry in entries)
