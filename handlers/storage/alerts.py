"""Alerts in the store: ten a watchlist at most, whatever races, and each on a symbol of its watchlist.

An alert lies beside its watchlist, under its user. A pointer under its symbol leads an evaluator to it, and each watchlist
has a tally: how many alerts it has (`alerts`), and how often one came or went (`changes`), by which a write that read them
all knows whether they still are all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.domain.triggers import Alert
from handlers.storage.items import (
    Absent,
    Check,
    Condition,
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
from handlers.storage.ownership import moved
from handlers.storage.stamps import instant, stamp
from handlers.storage.users import TABLE, configuration_key, user_key
from models.fields import AlertType, Direction

MAX_ALERTS = 10
AT_ONCE = 100
"""Alerts of a symbol that are read together: what one call of a store holds."""


class NoSuchWatchlist(Exception):
    """The user has no active watchlist with this id; nothing was written."""


class NotWatched(Exception):
    """The symbol is not on the watchlist; nothing was written."""


class TooManyAlerts(Exception):
    """The watchlist has as many alerts as are allowed; nothing was written."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a user decides about an alert."""

    config_id: str
    ticker: str
    alert_type: AlertType
    threshold_value: float
    threshold_direction: Direction
    is_enabled: bool = True


def place_of(alert: Alert) -> str:
    """Where an alert stands among all on its symbol, which are in the order of users and ids."""
    return pointer_key(alert.ticker, alert.user_id, alert.alert_id).sk


def alert_key(user_id: str, alert_id: str) -> Key:
    return Key(TABLE, user_key(user_id), f"ALERT#{alert_id}")


def tally_key(user_id: str, config_id: str) -> Key:
    return Key(TABLE, user_key(user_id), f"ALERTS#{config_id}")


def pointer_key(ticker: str, user_id: str, alert_id: str) -> Key:
    return Key(TABLE, f"WATCHING#{ticker}", f"{user_id}#{alert_id}")


def dropping(store: Store, user_id: str, config_id: str, kept: Collection[str] | None = None) -> list[Write]:
    """What deletes the alerts of a watchlist that are on none of the `kept` symbols, to join the write that changes it.

    Without `kept` the watchlist goes, and its tally with it. The last write fails, by the key of the tally, if an alert
    came or went since they were read: read them again.
    """
    key = tally_key(user_id, config_id)
    tally = store.get(key)
    of_watchlist = [alert for alert in Alerts(store).all(user_id) if alert.config_id == config_id]
    gone = [alert for alert in of_watchlist if kept is None or alert.ticker not in kept]
    unchanged: Condition = Equals("changes", tally["changes"]) if tally else Absent()
    removals: list[Write] = [Delete(key) for alert in gone for key in _keys(alert)]
    if kept is None:
        return [*removals, Delete(key, unchanged)]
    if not gone:
        return [Check(key, unchanged)]
    return [*removals, Update(key, add={"alerts": -len(gone), "changes": 1}, when=unchanged)]


def moving(store: Store, user_id: str, config_id: str, new_owner: str) -> list[Write]:
    """What takes the alerts of a watchlist along when it becomes another user's, to join the write that moves it.

    A write of it fails if an alert came, went or changed since they were read: read them again.
    """
    tally = store.get(tally_key(user_id, config_id))
    if tally is None:
        return [Check(tally_key(user_id, config_id), Absent())]
    found = store.query(TABLE, user_key(user_id), prefix="ALERT#").items
    writes = moved(tally, new_owner)
    for item in found:
        if item["config_id"] == config_id:
            ticker, alert_id = str(item["ticker"]), str(item["alert_id"])
            pointer = Put(TABLE, _pointer(new_owner, alert_id, ticker))
            writes += [*moved(item, new_owner), Delete(pointer_key(ticker, user_id, alert_id)), pointer]
    return writes


def _keys(alert: Alert) -> tuple[Key, Key]:
    return alert_key(alert.user_id, alert.alert_id), pointer_key(alert.ticker, alert.user_id, alert.alert_id)


def _item(user_id: str, alert_id: str, draft: Draft, now: datetime) -> Item:
    key = alert_key(user_id, alert_id)
    return {
        "PK": key.pk,
        "SK": key.sk,
        "alert_id": alert_id,
        "user_id": user_id,
        "config_id": draft.config_id,
        "ticker": draft.ticker,
        "alert_type": draft.alert_type,
        "threshold_value": draft.threshold_value,
        "threshold_direction": draft.threshold_direction,
        "is_enabled": draft.is_enabled,
        "last_triggered_at": None,
        "last_triggered_value": None,
        "trigger_count": 0,
        "created_at": stamp(now),
    }


def _pointer(user_id: str, alert_id: str, ticker: str) -> Item:
    key = pointer_key(ticker, user_id, alert_id)
    return {"PK": key.pk, "SK": key.sk, "user_id": user_id, "alert_id": alert_id}


def _alert(item: Mapping[str, Any]) -> Alert:
    fired = item["last_triggered_at"]
    return Alert(
        alert_id=item["alert_id"],
        user_id=item["user_id"],
        config_id=item["config_id"],
        ticker=item["ticker"],
        alert_type=item["alert_type"],
        threshold_value=item["threshold_value"],
        threshold_direction=item["threshold_direction"],
        is_enabled=item["is_enabled"],
        last_triggered_at=instant(fired) if fired else None,
        trigger_count=item["trigger_count"],
        created_at=instant(item["created_at"]),
    )


def _newest_first(found: Iterable[Alert]) -> list[Alert]:
    return sorted(found, key=lambda each: (each.created_at, each.alert_id), reverse=True)


@dataclass(frozen=True, slots=True)
class Alerts:
    store: Store

    def create(self, user_id: str, alert_id: str, draft: Draft, now: datetime) -> Alert:
        """Stores a new alert, counts it and lets its symbol lead to it, in one write.

        Raises `NoSuchWatchlist`, `NotWatched` or `TooManyAlerts`.
        """
        item, watchlist = _item(user_id, alert_id, draft, now), configuration_key(user_id, draft.config_id)
        tally = tally_key(user_id, draft.config_id)
        room: Condition = Absent() | LessThan("alerts", MAX_ALERTS)
        while True:
            writes: list[Write] = [
                Check(watchlist, Equals("tickers", self._watched(watchlist, draft.ticker))),
                Update(tally, add={"alerts": 1, "changes": 1}, when=room),
                Put(TABLE, item, Absent()),
                Put(TABLE, _pointer(user_id, alert_id, draft.ticker)),
            ]
            try:
                self.store.transact(writes)
            except ConditionFailed as error:
                if error.key == tally:
                    raise TooManyAlerts from error
                if error.key != watchlist:
                    raise
                # The watchlist changed since it was read: look again.
                continue
            return _alert(item)

    def _watched(self, watchlist: Key, ticker: str) -> Value:
        """The symbols of a watchlist, as they are stored, among which the given one has to be."""
        item: Mapping[str, Any] | None = self.store.get(watchlist)
        if item is None:
            raise NoSuchWatchlist
        if ticker not in [each["symbol"] for each in item["tickers"]]:
            raise NotWatched
        tickers: Value = item["tickers"]
        return tickers

    def all(self, user_id: str) -> list[Alert]:
        """The alerts of a user, newest first."""
        return _newest_first(map(_alert, self.store.query(TABLE, user_key(user_id), prefix="ALERT#").items))

    def get(self, user_id: str, alert_id: str) -> Alert | None:
        """An alert of a user; another user's is none."""
        item = self.store.get(alert_key(user_id, alert_id))
        return _alert(item) if item else None

    def change(self, user_id: str, alert_id: str, values: Mapping[str, Value]) -> Alert | None:
        """Sets the given attributes and leaves the rest; None if there is no such alert."""
        if not values:
            return self.get(user_id, alert_id)
        try:
            return _alert(self.store.update(alert_key(user_id, alert_id), set=values, when=Exists()))
        except ConditionFailed:
            return None

    def toggle(self, user_id: str, alert_id: str) -> bool | None:
        """Enables a disabled alert and the other way round, as often as it is asked, at once too.

        Returns whether it is enabled now; None if there is no such alert.
        """
        key = alert_key(user_id, alert_id)
        while item := self.store.get(key):
            was_enabled = bool(item["is_enabled"])
            flipped = Update(key, set={"is_enabled": not was_enabled}, when=Equals("is_enabled", was_enabled))
            try:
                # A transaction flips once though its answer be lost and it be sent again.
                self.store.transact([flipped])
            except ConditionFailed:
                continue
            return not was_enabled
        return None

    def delete(self, user_id: str, alert_id: str) -> bool:
        """Removes an alert and frees its place, in one write. Says whether there was one."""
        alert = self.get(user_id, alert_id)
        if alert is None:
            return False
        key, pointer = _keys(alert)
        freed = Update(tally_key(user_id, alert.config_id), add={"alerts": -1, "changes": 1}, when=Exists())
        try:
            self.store.transact([Delete(key, Exists()), Delete(pointer), freed])
        except ConditionFailed:
            return False
        return True

    def disable_all(self, user_id: str) -> int:
        """Disables every enabled alert of a user, in one write; how many there were."""
        while True:
            enabled = [alert for alert in self.all(user_id) if alert.is_enabled]
            if not enabled:
                return 0
            keys = [alert_key(user_id, alert.alert_id) for alert in enabled]
            try:
                self.store.transact(
                    [Update(key, set={"is_enabled": False}, when=Equals("is_enabled", True)) for key in keys]
                )
            except ConditionFailed:
                # One of them was disabled or deleted since they were read: look again.
                continue
            return len(enabled)

    def watching(self, ticker: str) -> list[Alert]:
        """The enabled alerts of all users on a symbol, by user and id."""
        return [alert for page in self.pages(ticker) for alert in page]

    def pages(self, ticker: str, after: str | None = None) -> Iterator[list[Alert]]:
        """The same beyond a place, at most a hundred at a time, each page read when it is asked for."""
        while True:
            page = self.store.query(TABLE, f"WATCHING#{ticker}", limit=AT_ONCE, after=after)
            keys = [alert_key(str(pointer["user_id"]), str(pointer["alert_id"])) for pointer in page.items]
            found = [_alert(item) for item in self.store.get_many(keys) if item]
            yield [alert for alert in found if alert.is_enabled]
            after = page.next
            if after is None:
                return

    def firing(self, alert: Alert, value: float, now: datetime) -> Update:
        """The write that notes that an alert fired at a value, to join a transaction with what follows from it.

        It fails, by the alert's key, unless the alert is as it was read: of several evaluators one succeeds, and one that
        was changed, disabled or deleted meanwhile does not fire.
        """
        unchanged = (
            Equals("trigger_count", alert.trigger_count)
            & Equals("is_enabled", alert.is_enabled)
            & Equals("threshold_value", alert.threshold_value)
            & Equals("threshold_direction", alert.threshold_direction)
        )
        return Update(
            alert_key(alert.user_id, alert.alert_id),
            set={"last_triggered_at": stamp(now), "last_triggered_value": float(value)},
            add={"trigger_count": 1},
            when=unchanged,
        )

    def fired(self, alert: Alert, value: float, now: datetime, following: Sequence[Write] = ()) -> bool:
        """Notes that an alert fired and writes what follows, all or nothing. False if it may not fire any more.

        Raises `ConditionFailed` where a condition of what follows does not hold; then nothing was written either.
        """
        firing = self.firing(alert, value, now)
        try:
            self.store.transact([firing, *following])
        except ConditionFailed as error:
            if error.key != firing.key:
                raise
            return False
        return True
