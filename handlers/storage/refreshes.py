"""Refreshes of watchlists: asked for by their owners, at most one at a time and one in five minutes, done by a job.

A job takes what is `due`, says that it has `started`, collects, and says how it `ended`. Who does not say so in time
has died: its refresh is due again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from handlers.storage.items import (
    Absent,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Item,
    Key,
    Put,
    Store,
    Update,
    Value,
)
from handlers.storage.stamps import expiry, instant, stamp
from models.fields import Collected, NewsSource, RefreshOutcome, RefreshState

TABLE = "queues"
QUEUE = "REFRESHES"
INTERVAL = timedelta(seconds=300)
"""From one request that is taken to the next."""
LEASE = timedelta(seconds=300)
"""How long a job may take; after that another one may have the refresh."""
KEPT = timedelta(days=30)


class TooSoon(Exception):
    """The watchlist was refreshed a short time ago; nothing was written. `possible_at` says when it may be again."""

    def __init__(self, possible_at: datetime) -> None:
        super().__init__(possible_at)
        self.possible_at = possible_at


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a refresh could not collect: the news of one source, or the prices, which any source may deliver."""

    what: Collected
    source: NewsSource | None
    """None for prices."""
    tickers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refresh:
    """The newest refresh of a watchlist. What begins with `last` is of the newest one that ended, this one or before."""

    refresh_id: str
    config_id: str
    tickers: tuple[str, ...]
    """What the watchlist watched when the refresh was asked for."""
    state: RefreshState
    """`idle` once it has ended."""
    requested_at: datetime
    started_at: datetime | None
    last_ended_at: datetime | None
    last_outcome: RefreshOutcome | None
    last_left_out: tuple[LeftOut, ...]
    last_took: timedelta | None
    """From the request to the end."""

    @property
    def is_on_its_way(self) -> bool:
        return self.state != "idle"

    @property
    def possible_at(self) -> datetime:
        """When the next one may be asked for."""
        return self.requested_at + INTERVAL

    def is_due(self, now: datetime) -> bool:
        """Whether a job may take it: it waits, or who took it has died."""
        if self.started_at is None:
            return self.state == "queued"
        return self.state == "running" and self.started_at + LEASE <= now


@dataclass(frozen=True, slots=True)
class Refreshes:
    """`PK=REFRESH#{config_id}` has the newest refresh of a watchlist, `PK=REFRESHES` lists those that have not ended."""

    store: Store

    def of(self, config_id: str) -> Refresh | None:
        item = self.store.get(_key(config_id))
        return None if item is None else _refresh(item)

    def ask(self, config_id: str, tickers: Sequence[str], refresh_id: str, now: datetime) -> Refresh:
        """The refresh that is on its way now: a new one, or the one before if it has not ended. Raises `TooSoon`.

        However many ask at once, one is made.
        """
        while True:
            present = self.of(config_id)
            if present is not None and present.is_on_its_way:
                return present
            if present is not None and now < present.possible_at:
                raise TooSoon(present.possible_at)
            asked = _asked(config_id, tickers, refresh_id, now, present)
            try:
                self.store.transact([Put(TABLE, _item(asked), _unchanged(present)), Put(TABLE, _waiting(asked))])
            except ConditionFailed:
                # Somebody else asked since it was read: look again.
                continue
            return asked

    def due(self, now: datetime, limit: int = 100) -> list[Refresh]:
        """Refreshes that a job may take, those that wait longest first; at most `limit` of all that have not ended."""
        waiting = self.store.query(TABLE, QUEUE, limit=limit).items
        found = self.store.get_many([_key(str(item["config_id"])) for item in waiting])
        refreshes = [_refresh(item) for item in found if item is not None]
        return [refresh for refresh in refreshes if refresh.is_due(now)]

    def started(self, refresh: Refresh, now: datetime) -> Refresh | None:
        """The refresh as it runs from now on; None if it is another's by now."""
        changes: dict[str, Value] = {"state": "running", "started_at": stamp(now)}
        try:
            item = self.store.update(_key(refresh.config_id), set=changes, when=_unchanged(refresh))
        except ConditionFailed:
            return None
        return _refresh(item)

    def ended(self, refresh: Refresh, outcome: RefreshOutcome, now: datetime, left_out: Sequence[LeftOut] = ()) -> bool:
        """Notes how a refresh ended that `started` gave; False if it took too long and is another's by now."""
        changes: dict[str, Value] = {
            "state": "idle",
            "last_ended_at": stamp(now),
            "last_outcome": outcome,
            "last_left_out": [_row(each) for each in left_out],
            "last_took_ms": (now - refresh.requested_at) // timedelta(milliseconds=1),
        }
        noted = Update(_key(refresh.config_id), set=changes, when=_unchanged(refresh))
        try:
            self.store.transact([noted, Delete(_waiting_key(refresh))])
        except ConditionFailed:
            return False
        return True


def _key(config_id: str) -> Key:
    return Key(TABLE, f"REFRESH#{config_id}", "REFRESH")


def _waiting_key(refresh: Refresh) -> Key:
    return Key(TABLE, QUEUE, f"{stamp(refresh.requested_at)}#{refresh.config_id}")


def _asked(config_id: str, tickers: Sequence[str], refresh_id: str, now: datetime, before: Refresh | None) -> Refresh:
    """A new refresh, which remembers how the one before it ended."""
    asked = Refresh(
        refresh_id=refresh_id,
        config_id=config_id,
        tickers=tuple(tickers),
        state="queued",
        requested_at=now,
        started_at=None,
        last_ended_at=None,
        last_outcome=None,
        last_left_out=(),
        last_took=None,
    )
    if before is None:
        return asked
    return replace(
        asked,
        last_ended_at=before.last_ended_at,
        last_outcome=before.last_outcome,
        last_left_out=before.last_left_out,
        last_took=before.last_took,
    )


def _unchanged(present: Refresh | None) -> Condition:
    """Nobody wrote since it was read."""
    if present is None:
        return Absent()
    same = Equals("refresh_id", present.refresh_id) & Equals("state", present.state)
    return same & Equals("started_at", _text(present.started_at))


def _item(refresh: Refresh) -> Item:
    key, took = _key(refresh.config_id), refresh.last_took
    return {
        "PK": key.pk,
        "SK": key.sk,
        "refresh_id": refresh.refresh_id,
        "config_id": refresh.config_id,
        "tickers": list(refresh.tickers),
        "state": refresh.state,
        "requested_at": stamp(refresh.requested_at),
        "started_at": _text(refresh.started_at),
        "last_ended_at": _text(refresh.last_ended_at),
        "last_outcome": refresh.last_outcome,
        "last_left_out": [_row(each) for each in refresh.last_left_out],
        "last_took_ms": None if took is None else took // timedelta(milliseconds=1),
        "ttl": expiry(refresh.requested_at + KEPT),
    }


def _waiting(refresh: Refresh) -> Item:
    key = _waiting_key(refresh)
    return {
        "PK": key.pk,
        "SK": key.sk,
        "config_id": refresh.config_id,
        "ttl": expiry(refresh.requested_at + KEPT),
    }


def _row(left_out: LeftOut) -> Value:
    return {"what": left_out.what, "source": left_out.source, "tickers": list(left_out.tickers)}


def _text(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def _refresh(item: Mapping[str, Value]) -> Refresh:
    row = cast(Mapping[str, Any], item)
    took = row["last_took_ms"]
    return Refresh(
        refresh_id=row["refresh_id"],
        config_id=row["config_id"],
        tickers=tuple(row["tickers"]),
        state=row["state"],
        requested_at=instant(row["requested_at"]),
        started_at=row["started_at"] and instant(row["started_at"]),
        last_ended_at=row["last_ended_at"] and instant(row["last_ended_at"]),
        last_outcome=row["last_outcome"],
        last_left_out=tuple(
            LeftOut(each["what"], each["source"], tuple(each["tickers"])) for each in row["last_left_out"]
        ),
        last_took=None if took is None else timedelta(milliseconds=took),
    )
