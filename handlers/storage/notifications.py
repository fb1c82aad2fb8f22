"""What was mailed to whom about which alert, newest first, for ninety days. A notification has the id of its mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.domain.mail import Mail
from handlers.domain.mails import preview
from handlers.domain.triggers import Alert
from handlers.storage.items import Absent, ConditionFailed, Equals, Exists, Item, Key, Put, Store, Update, Value, Write
from handlers.storage.ownership import moved
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import TABLE, user_key
from models.fields import AlertType, Direction, NotificationStatus

KEPT: Final = timedelta(days=90)
CHUNK: Final = 100
PREFIX: Final = "NOTIFICATION#"
SETTLES: Final[Mapping[NotificationStatus, tuple[NotificationStatus, ...]]] = {
    "pending": (),
    "sent": ("pending", "failed"),
    "failed": ("pending",),
    "bounced": ("pending", "sent", "failed"),
}
"""Status → what it may follow: news that come late or twice take nothing back."""


@dataclass(frozen=True, slots=True)
class Notification:
    """An alert that fired and the mail about it. `sent_at` is null until the mail has left."""

    notification_id: str
    user_id: str
    alert_id: str
    config_id: str
    ticker: str
    alert_type: AlertType
    triggered_value: float
    threshold_value: float
    threshold_direction: Direction
    subject: str
    body_preview: str
    email: str
    deep_link: str
    created_at: datetime
    status: NotificationStatus = "pending"
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    clicked_at: datetime | None = None

    @property
    def position(self) -> str:
        """Its sort key among its user's: in the order of time."""
        return f"{PREFIX}{stamp(self.created_at)}#{self.notification_id}"

    @property
    def key(self) -> Key:
        return Key(TABLE, user_key(self.user_id), self.position)


def notification_of(alert: Alert, value: float, mail: Mail, link: str, now: datetime) -> Notification:
    """That of an alert which fired at a value, and the mail about it."""
    return Notification(
        notification_id=mail.id,
        user_id=alert.user_id,
        alert_id=alert.alert_id,
        config_id=alert.config_id,
        ticker=alert.ticker,
        alert_type=alert.alert_type,
        triggered_value=value,
        threshold_value=alert.threshold_value,
        threshold_direction=alert.threshold_direction,
        subject=mail.subject,
        body_preview=preview(mail.text),
        email=mail.to,
        deep_link=link,
        created_at=now,
    )


def _pointer_key(notification_id: str) -> Key:
    return Key(TABLE, f"NOTIFICATION#{notification_id}", "NOTIFICATION")


def _item(notification: Notification) -> Item:
    return {
        "PK": notification.key.pk,
        "SK": notification.position,
        "notification_id": notification.notification_id,
        "user_id": notification.user_id,
        "alert_id": notification.alert_id,
        "config_id": notification.config_id,
        "ticker": notification.ticker,
        "alert_type": notification.alert_type,
        "triggered_value": float(notification.triggered_value),
        "threshold_value": float(notification.threshold_value),
        "threshold_direction": notification.threshold_direction,
        "subject": notification.subject,
        "body_preview": notification.body_preview,
        "email": notification.email,
        "deep_link": notification.deep_link,
        "created_at": stamp(notification.created_at),
        "status": notification.status,
        "sent_at": _stamp(notification.sent_at),
        "opened_at": _stamp(notification.opened_at),
        "clicked_at": _stamp(notification.clicked_at),
        "ttl": expiry(notification.created_at + KEPT),
    }


def _stamp(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)


def _notification(item: Mapping[str, Any]) -> Notification:
    return Notification(
        notification_id=item["notification_id"],
        user_id=item["user_id"],
        alert_id=item["alert_id"],
        config_id=item["config_id"],
        ticker=item["ticker"],
        alert_type=item["alert_type"],
        triggered_value=item["triggered_value"],
        threshold_value=item["threshold_value"],
        threshold_direction=item["threshold_direction"],
        subject=item["subject"],
        body_preview=item["body_preview"],
        email=item["email"],
        deep_link=item["deep_link"],
        created_at=instant(item["created_at"]),
        status=item["status"],
        sent_at=_instant(item["sent_at"]),
        opened_at=_instant(item["opened_at"]),
        clicked_at=_instant(item["clicked_at"]),
    )


def moving(store: Store, item: Item, user_id: str) -> list[Write]:
    """The writes that make a notification another user's, the way from its id to it included."""
    pointer = Update(_pointer_key(str(item["notification_id"])), set={"user_id": user_id}, when=Exists())
    return [*moved(item, user_id), pointer]


@dataclass(frozen=True, slots=True)
class Notifications:
    """`PK=USER#{user}`, `SK=NOTIFICATION#{created_at}#{id}` lists them; `NOTIFICATION#{id}` leads there from the id alone."""

    store: Store

    def writing(self, notification: Notification) -> list[Write]:
        """The writes that make a notification, to join the transaction that puts its mail into the outbox."""
        pointer_key = _pointer_key(notification.notification_id)
        pointer: Item = {
            "PK": pointer_key.pk,
            "SK": pointer_key.sk,
            "user_id": notification.user_id,
            "position": notification.position,
            "ttl": expiry(notification.created_at + KEPT),
        }
        return [Put(TABLE, pointer, Absent()), Put(TABLE, _item(notification))]

    def add(self, notification: Notification) -> None:
        """Stores a notification. Raises `ConditionFailed` if the id is taken."""
        self.store.transact(self.writing(notification))

    def get(self, user_id: str, notification_id: str) -> Notification | None:
        """A notification of a user; another user's is none."""
        pointer = self.store.get(_pointer_key(notification_id))
        if pointer is None:
            return None
        # Under the asking user: another one has nothing there.
        item = self.store.get(Key(TABLE, user_key(user_id), str(pointer["position"])))
        return None if item is None else _notification(item)

    def page(
        self,
        user_id: str,
        limit: int,
        status: NotificationStatus | None = None,
        alert_id: str | None = None,
        after: str | None = None,
    ) -> tuple[list[Notification], str | None]:
        """At most `limit` that match, newest first, beyond a position; the position to go on after, None at the end."""
        wanted = {name: value for name, value in (("status", status), ("alert_id", alert_id)) if value is not None}
        found: list[Notification] = []
        while True:
            page = self.store.query(
                TABLE, user_key(user_id), prefix=PREFIX, limit=CHUNK, newest_first=True, after=after
            )
            for item in page.items:
                if any(item[name] != value for name, value in wanted.items()):
                    continue
                if len(found) == limit:
                    return found, found[-1].position
                found.append(_notification(item))
            after = page.next
            if after is None:
                return found, None

    def settled(self, notification_id: str, status: NotificationStatus, now: datetime) -> bool:
        """Notes what became of the mail of this id; a status is never taken back by an earlier one. Whether it is new.

        A mail that is no notification's is nobody's business here.
        """
        changes: dict[str, Value] = {"status": status, **({"sent_at": stamp(now)} if status == "sent" else {})}
        return any(self._changed(notification_id, changes, before) for before in SETTLES[status])

    def tracked(self, notification_id: str, opened_at: datetime | None, clicked_at: datetime | None) -> bool:
        """Notes when the mail was opened and a link of it followed, as far as given. Whether there is such a mail."""
        times = {"opened_at": opened_at, "clicked_at": clicked_at}
        return self._changed(notification_id, {name: stamp(at) for name, at in times.items() if at is not None})

    def _changed(
        self, notification_id: str, changes: Mapping[str, Value], before: NotificationStatus | None = None
    ) -> bool:
        pointer = self.store.get(_pointer_key(notification_id))
        if pointer is None or not changes:
            return False
        key = Key(TABLE, user_key(str(pointer["user_id"])), str(pointer["position"]))
        try:
            self.store.transact(
                [Update(key, set=changes, when=Exists() if before is None else Equals("status", before))]
            )
        except ConditionFailed:
            return False
        return True
