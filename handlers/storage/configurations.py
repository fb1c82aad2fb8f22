"""Watchlists: at most two active ones a user, whatever races; deleting is soft and frees the place.

The alerts on a symbol go with it when it leaves its watchlist, and all of them with the watchlist, in the same write.
The watchlists of a user who was merged into another wait for a place there: nobody watches by them meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.storage.alerts import dropping
from handlers.storage.alerts import moving as moving_alerts
from handlers.storage.items import (
    Absent,
    Check,
    ConditionFailed,
    Delete,
    Equals,
    Exists,
    Item,
    Key,
    LessThan,
    Put,
    Store,
    Update,
    Value,
    Write,
)
from handlers.storage.ownership import key_of, moved, owner_of
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE, configuration_key, unmerged, user_key
from handlers.storage.watched import forgetting, recounting
from models.fields import Exchange
from models.refusals import Unauthenticated

MAX_ACTIVE = 2
COUNT = "CONFIG_COUNT"
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


def _count_key(user_id: str) -> Key:
    return Key(TABLE, user_key(user_id), COUNT)


def _put_aside(item: Item, now: datetime) -> Item:
    # Under a key of its own: however many were deleted, listing reads the active ones only.
    return {**item, "SK": f"DELETED#{item['SK']}", "deleted_at": stamp(now), "ttl": expiry(now + KEPT_DELETED)}


def _symbols(item: Mapping[str, Any]) -> list[str]:
    return [ticker["symbol"] for ticker in item["tickers"]]


def moving(store: Store, item: Item, user_id: str) -> list[Write]:
    """The writes that make a watchlist which waits another user's, its alerts with it.

    They fail by the key of the user's count where no place is free, and by others if the watchlist or an alert changed.
    """
    owner = owner_of(item)
    return [
        # First what tells that it is gone already: then whether there is room says nothing.
        *_moved_with_alerts(store, item, user_id),
        _taking_places(user_id, 1),
        Update(_count_key(owner), add={"active": -1}),
        *recounting((), _symbols(item)),
    ]


def leaving(store: Store, user_id: str, new_owner: str, going: Sequence[Item], waiting: Sequence[Item]) -> list[Write]:
    """The writes by which the active watchlists of a user, all of them, become another's or wait, as the user is merged.

    They fail if a watchlist or an alert came, went or changed since they were read, or if fewer places are free.
    """
    writes = [write for item in going for write in _moved_with_alerts(store, item, new_owner)]
    writes += [Check(key_of(item), Equals("tickers", item["tickers"])) for item in waiting]
    if going:
        writes.append(_taking_places(new_owner, len(going)))
    return [*writes, _all_of(user_id, len(going), len(waiting)), *forgetting(map(_symbols, waiting))]


def _moved_with_alerts(store: Store, item: Item, user_id: str) -> list[Write]:
    return [*moved(item, user_id), *moving_alerts(store, owner_of(item), str(item["config_id"]), user_id)]


def _all_of(user_id: str, going: int, waiting: int) -> Write:
    """Takes those that go off the count, which must have been of exactly these."""
    key, all_of_them = _count_key(user_id), Equals("active", going + waiting)
    if going:
        return Update(key, add={"active": -going}, when=all_of_them)
    return Check(key, all_of_them if waiting else Absent() | all_of_them)


def _taking_places(user_id: str, places: int) -> Update:
    room = Absent() | LessThan("active", MAX_ACTIVE - places + 1)
    return Update(_count_key(user_id), add={"active": places}, when=room)


def _check_there(there: Check, error: ConditionFailed) -> None:
    """Raises `Unauthenticated` if a write failed because its user was merged meanwhile: what waits is not theirs to change."""
    if error.key == there.key:
        raise Unauthenticated("The session of this credential has ended; its data is another account's") from error


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
        """Stores a new watchlist and counts it, in one write.

        Raises `TooManyActive`, or `Unauthenticated` if the user was merged into another since the request began.
        """
        item: Item = {
            "PK": user_key(user_id),
            "SK": f"CONFIG#{config_id}",
            "config_id": config_id,
            "created_at": stamp(now),
            "updated_at": stamp(now),
            **draft.values(),
        }
        counted, there = _taking_places(user_id, 1), unmerged(user_id)
        try:
            watched = recounting((), [ticker.symbol for ticker in draft.tickers])
            self.store.transact([counted, there, Put(TABLE, item, when=Absent()), *watched])
        except ConditionFailed as error:
            _check_there(there, error)
            if error.key != counted.key:
                raise
            raise TooManyActive from error
        return _configuration(item)

    def room(self, user_id: str) -> int:
        """How many more can be active."""
        item: Mapping[str, Any] | None = self.store.get(_count_key(user_id))
        return MAX_ACTIVE - (item["active"] if item else 0)

    def all(self, user_id: str) -> list[Configuration]:
        """The active watchlists of a user, newest first."""
        found = map(_configuration, self.store.query(TABLE, user_key(user_id), prefix="CONFIG#").items)
        return sorted(found, key=lambda each: (each.created_at, each.config_id), reverse=True)

    def get(self, user_id: str, config_id: str) -> Configuration | None:
        """An active watchlist of a user; another user's is none."""
        item = self.store.get(configuration_key(user_id, config_id))
        return _configuration(item) if item else None

    def get_many(self, named: Sequence[tuple[str, str]]) -> list[Configuration | None]:
        """Active watchlists, each named by its user and its id, in that order."""
        found = self.store.get_many(configuration_key(user_id, config_id) for user_id, config_id in named)
        return [_configuration(item) if item else None for item in found]

    def change(self, user_id: str, config_id: str, values: Mapping[str, Value], now: datetime) -> Configuration | None:
        """Sets the given attributes and leaves the rest; None if there is no such active watchlist.

        Raises `Unauthenticated` if its symbols were to change and the user was merged since the request began.
        """
        key, changed = configuration_key(user_id, config_id), {**values, "updated_at": stamp(now)}
        if "tickers" in values:
            return self._watch(key, user_id, config_id, changed)
        try:
            item = self.store.update(key, set=changed, when=Exists())
        except ConditionFailed:
            return None
        return _configuration(item)

    def _watch(self, key: Key, user_id: str, config_id: str, changed: Mapping[str, Any]) -> Configuration | None:
        """Changes the symbols too: the alerts on those that leave go with them."""
        symbols, there = {ticker["symbol"] for ticker in changed["tickers"]}, unmerged(user_id)
        while item := self.store.get(key):
            alerts = dropping(self.store, user_id, config_id, symbols)
            update = Update(key, set=changed, when=Equals("tickers", item["tickers"]))
            try:
                self.store.transact([update, there, *alerts, *recounting(_symbols(item), symbols)])
            except ConditionFailed as error:
                _check_there(there, error)
                # Symbols changed, or an alert came or went, since they were read: look again.
                continue
            return self.get(user_id, config_id)
        return None

    def delete(self, user_id: str, config_id: str, now: datetime) -> bool:
        """Puts a watchlist aside for 30 days, frees its place and deletes its alerts, in one write.

        Says whether there was one. Raises `Unauthenticated` if the user was merged since the request began.
        """
        key, there = configuration_key(user_id, config_id), unmerged(user_id)
        freed = Update(_count_key(user_id), add={"active": -1})
        while item := self.store.get(key):
            rest = [*dropping(self.store, user_id, config_id), *recounting(_symbols(item), ())]
            gone = Delete(key, when=Equals("tickers", item["tickers"]))
            try:
                self.store.transact([gone, there, Put(TABLE, _put_aside(item, now)), freed, *rest])
            except ConditionFailed as error:
                _check_there(there, error)
                # Symbols changed, or an alert came or went, since they were read: look again.
                continue
            return True
        return False
