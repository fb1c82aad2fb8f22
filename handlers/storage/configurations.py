"""Watchlists: at most two active ones a user, whatever races; deleting is soft and frees the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.storage.items import (
    Absent,
    ConditionFailed,
    Delete,
    Exists,
    Item,
    Key,
    LessThan,
    Put,
    Store,
    Update,
    Value,
)
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE, user_key
from models.fields import Exchange

MAX_ACTIVE = 2
KEPT_DELETED = timedelta(days=30)


class TooManyActive(Exception):
    """The user has as many active watchlists as are allowed; nothing was written."""


@dataclass(frozen=True, slots=True)
class WatchedTicker:
    """A symbol on a watchlist. `added_at` stays when the watchlist changes around it."""

    symbol: str
    name: str
    exchange: Exchange
    added_at: datetime

    def value(self) -> dict[str, Value]:
        return {"symbol": self.symbol, "name": self.name, "exchange": self.exchange, "added_at": stamp(self.added_at)}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a user decides about a watchlist."""

    name: str
    tickers: tuple[WatchedTicker, ...]
    timeframe_days: int
    include_extended_hours: bool

    def values(self) -> dict[str, Value]:
        return {
            "name": self.name,
            "tickers": [ticker.value() for ticker in self.tickers],
            "timeframe_days": self.timeframe_days,
            "include_extended_hours": self.include_extended_hours,
        }


@dataclass(frozen=True, slots=True)
class Configuration:
    """An active watchlist."""

    config_id: str
    draft: Draft
    created_at: datetime
    updated_at: datetime


def _key(user_id: str, config_id: str) -> Key:
    return Key(TABLE, user_key(user_id), f"CONFIG#{config_id}")


def _count_key(user_id: str) -> Key:
    return Key(TABLE, user_key(user_id), "CONFIG_COUNT")


def _configuration(item: Mapping[str, Any]) -> Configuration:
    tickers = tuple(
        WatchedTicker(t["symbol"], t["name"], t["exchange"], instant(t["added_at"])) for t in item["tickers"]
    )
    draft = Draft(item["name"], tickers, item["timeframe_days"], item["include_extended_hours"])
    return Configuration(item["config_id"], draft, instant(item["created_at"]), instant(item["updated_at"]))


@dataclass(frozen=True, slots=True)
class Configurations:
    store: Store

    def create(self, user_id: str, config_id: str, draft: Draft, now: datetime) -> Configuration:
        """Stores a new watchlist and counts it, in one write. Raises `TooManyActive`."""
        item: Item = {
            "PK": user_key(user_id),
            "SK": f"CONFIG#{config_id}",
            "config_id": config_id,
            "created_at": stamp(now),
            "updated_at": stamp(now),
            **draft.values(),
        }
        counted = Update(_count_key(user_id), add={"active": 1}, when=Absent() | LessThan("active", MAX_ACTIVE))
        try:
            self.store.transact([counted, Put(TABLE, item, when=Absent())])
        except ConditionFailed as error:
            if error.key != counted.key:
                raise
            raise TooManyActive from error
        return _configuration(item)

    def all(self, user_id: str) -> list[Configuration]:
        """The active watchlists of a user, newest first."""
        found = map(_configuration, self.store.query(TABLE, user_key(user_id), prefix="CONFIG#").items)
        return sorted(found, key=lambda each: (each.created_at, each.config_id), reverse=True)

    def get(self, user_id: str, config_id: str) -> Configuration | None:
        """An active watchlist of a user; another user's is none."""
        item = self.store.get(_key(user_id, config_id))
        return _configuration(item) if item else None

    def change(self, user_id: str, config_id: str, values: Mapping[str, Value], now: datetime) -> Configuration | None:
        """Sets the given attributes and leaves the rest; None if there is no such active watchlist."""
        changed = {**values, "updated_at": stamp(now)}
        try:
            item = self.store.update(_key(user_id, config_id), set=changed, when=Exists())
        except ConditionFailed:
            return None
        return _configuration(item)

    def delete(self, user_id: str, config_id: str, now: datetime) -> bool:
        """Puts a watchlist aside for 30 days and frees its place, in one write. Says whether there was one."""
        key = _key(user_id, config_id)
        item = self.store.get(key)
        if item is None:
            return False
        # Under a key of its own: however many were deleted, listing reads the active ones only.
        deleted: Item = {**item, "SK": f"DELETED#{key.sk}", "deleted_at": stamp(now), "ttl": expiry(now + KEPT_DELETED)}
        freed = Update(_count_key(user_id), add={"active": -1})
        try:
            self.store.transact([Delete(key, when=Exists()), Put(TABLE, deleted), freed])
        except ConditionFailed:
            return False
        return True
