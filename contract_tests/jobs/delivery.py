"""What the tests of alerts, mails and digests share: members, their watchlists and alerts, and what reached them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from contract_tests.jobs.world import NOW, World
from handlers.domain.buckets import Score, to_units
from handlers.domain.triggers import Alert
from handlers.jobs import evaluate_alerts, send_digests, send_notifications
from handlers.jobs.running import Answer, perform
from handlers.storage.alerts import Alerts, Draft
from handlers.storage.buckets import Buckets
from handlers.storage.configurations import Configurations, WatchedTicker
from handlers.storage.configurations import Draft as Watchlist
from handlers.storage.items import Store
from handlers.storage.mailbox import Kept, Mailbox
from handlers.storage.notifications import Notification, Notifications
from handlers.storage.outbox import Entry, Outbox
from handlers.storage.users import User, Users
from models.fields import AlertType, Direction, Verification

MEMBER = "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9f06"
OTHER = "6aebaab8-bb6f-4cde-9dbb-6d7fcf8fa007"


class Delivery(World):
    """A world in which somebody watches."""

    def join(self, user_id: str = MEMBER, email: str | None = "reader@example.com", **changed: Any) -> str:
        verification: Verification = "verified" if email else "none"
        given: dict[str, Any] = {
            "user_id": user_id,
            "auth_type": "email",
            "role": "free",
            "verification": verification,
            "email": email,
            "linked_providers": ("email",),
            "last_provider_used": "email",
            "timezone": "America/New_York",
            "created_at": NOW,
            "last_active_at": NOW,
            "session_expires_at": NOW + timedelta(days=30),
            "revoked": False,
            "revocation_id": 0,
            "merged_to": None,
        }
        Users(self.store).add(User(**{**given, **changed}))
        return user_id

    def watchlist(self, *tickers: str, user_id: str = MEMBER, config_id: str = "mine", days: int = 7) -> str:
        watched = tuple(WatchedTicker(ticker, ticker, "NASDAQ", NOW) for ticker in tickers)
        Configurations(self.store).create(user_id, config_id, Watchlist(config_id, watched, days, False), NOW)
        return config_id

    def alert(
        self,
        threshold: float,
        direction: Direction = "above",
        alert_type: AlertType = "sentiment_threshold",
        *,
        ticker: str = "AAPL",
        user_id: str = MEMBER,
        config_id: str = "mine",
    ) -> str:
        draft = Draft(config_id, ticker, alert_type, threshold, direction)
        return Alerts(self.store).create(user_id, self.backend.chance.uuid(), draft, NOW).alert_id

    def hear(self, score: float, at: datetime = NOW - timedelta(minutes=5), ticker: str = "AAPL") -> None:
        """An article of our own judgement; another one each time."""
        said = Score(ticker, at, to_units(score), self.backend.chance.uuid(), "our_model")
        Buckets(self.store, self.clock).record(said)

    def of(self, alert_id: str, user_id: str = MEMBER) -> Alert:
        alert = Alerts(self.store).get(user_id, alert_id)
        assert alert is not None
        return alert

    def fired(self, alert_ids: Sequence[str]) -> list[int]:
        """How often each alert has."""
        return [self.of(alert_id).trigger_count for alert_id in alert_ids]

    def evaluate(self, event: object = None) -> Answer:
        return perform(evaluate_alerts.JOB, {} if event is None else event, self.backend)

    def send(self) -> Answer:
        return perform(send_notifications.JOB, {}, self.backend)

    def digest(self) -> Answer:
        return perform(send_digests.JOB, {}, self.backend)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.store)

    def waiting(self) -> list[Entry]:
        """The mails that could be sent now."""
        return self.outbox.due(self.clock.now(), 1000)

    def mailbox(self) -> list[Kept]:
        """The mails that left."""
        return Mailbox(self.store, self.clock).all()

    def notifications(self, user_id: str = MEMBER) -> list[Notification]:
        """Newest first."""
        return Notifications(self.store).page(user_id, 100)[0]


def watching(*scores: float, store: Store | None = None) -> Delivery:
    """A member who watches AAPL, about which articles said this."""
    world = Delivery(store)
    world.join()
    world.watchlist("AAPL")
    for score in scores:
        world.hear(score)
    return world
