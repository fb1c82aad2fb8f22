"""Notifications in the store: newest first, whoever they belong to, and a status that late news do not take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from contract_tests.storage.world import StillClock
from handlers.domain.mail import Mail
from handlers.domain.triggers import Alert
from handlers.storage.items import ConditionFailed, Store
from handlers.storage.notifications import KEPT, Notification, Notifications, notification_of
from handlers.storage.outbox import Outbox
from models.fields import NotificationStatus

LINK = "https://app.example.com/configurations/c?ticker=AAPL"


def made(pk: str, number: int, now: datetime, alert_id: str = "alert-1") -> Notification:
    alert = Alert(alert_id, pk, "c", "AAPL", "sentiment_threshold", 0.5, "above", True, None, 0, now)
    mail = Mail(f"{pk}-{number}", "reader@example.com", "Subject", f"What happened\n\nMore: {LINK}\n", "<p>")
    return notification_of(alert, 1, mail, LINK, now)


def ids(found: list[Notification]) -> list[int]:
    return [int(each.notification_id.rsplit("-")[-1]) for each in found]


def test_a_notification_is_read_as_it_was_written_by_its_owner_alone(store: Store, pk: str, clock: StillClock) -> None:
    notifications, one = Notifications(store), made(pk, 1, clock.now())
    notifications.add(one)

    assert notifications.get(pk, one.notification_id) == one
    assert notifications.get(f"not {pk}", one.notification_id) is None
    assert notifications.page(f"not {pk}", 10) == ([], None)
    assert (one.body_preview, one.triggered_value, one.status, one.sent_at) == ("What happened", 1.0, "pending", None)


def test_notification_and_mail_are_written_together_or_not_at_all(store: Store, pk: str, clock: StillClock) -> None:
    notifications, one = Notifications(store), made(pk, 1, clock.now())
    mail = Mail(one.notification_id, one.email, one.subject, "text", "html")
    writes = [*notifications.writing(one), Outbox(store).write(mail, clock.now())]
    store.transact(writes)
    clock.advance(1)
    with pytest.raises(ConditionFailed):
        store.transact([*notifications.writing(replace(one, created_at=clock.now())), *writes[2:]])

    assert notifications.page(pk, 10) == ([one], None)


def test_pages_follow_each_other_newest_first_and_none_is_empty(store: Store, pk: str, clock: StillClock) -> None:
    notifications = Notifications(store)
    for number in range(7):
        notifications.add(made(pk, number, clock.now(), f"alert-{number % 2}"))
        # Two of them in one instant.
        clock.advance(0 if number == 3 else 1)
    seen, after = [], None
    while True:
        found, after = notifications.page(pk, 3, after=after)
        seen.append(ids(found))
        if after is None:
            break
    odd, more = notifications.page(pk, 3, alert_id="alert-1")

    assert seen == [[6, 5, 4], [3, 2, 1], [0]]
    assert (ids(odd), more) == ([5, 3, 1], None)
    assert notifications.page(pk, 3, status="sent") == ([], None)


def test_a_filter_finds_what_lies_far_back(store: Store, engine: str, pk: str, clock: StillClock) -> None:
    if engine in ("moto", "external"):
        pytest.skip("two hundred writes show nothing that a few do not")
    notifications = Notifications(store)
    for number in range(205):
        notifications.add(made(pk, number, clock.now(), "rare" if number in (0, 1, 150) else "common"))
        clock.advance(1)
    first, after = notifications.page(pk, 2, alert_id="rare")
    second, end = notifications.page(pk, 2, alert_id="rare", after=after)

    assert (ids(first), ids(second), end) == ([150, 1], [0], None)


NEWS: list[NotificationStatus] = ["sent", "failed", "bounced"]


@pytest.mark.parametrize("order", list(permutations(NEWS)))
def test_late_and_repeated_news_take_nothing_back(
    store: Store, engine: str, pk: str, clock: StillClock, order: tuple[NotificationStatus, ...]
) -> None:
    notifications, one = Notifications(store), made(pk, 1, clock.now())
    notifications.add(one)
    for status in order:
        clock.advance(1)
        notifications.settled(one.notification_id, status, clock.now())
        again = notifications.settled(one.notification_id, status, clock.now())
        assert not again
    found = notifications.get(pk, one.notification_id)

    assert found is not None
    assert found.status == "bounced"
    assert (found.sent_at is not None) == (order.index("sent") < order.index("bounced"))


def test_a_mail_that_left_did_not_fail_and_one_given_up_may_turn_out_to_have_left(
    store: Store, pk: str, clock: StillClock
) -> None:
    notifications, one, other = Notifications(store), made(pk, 1, clock.now()), made(pk, 2, clock.now())
    orders: tuple[tuple[Notification, list[NotificationStatus]], ...] = (
        (one, ["sent", "failed"]),
        (other, ["failed", "sent"]),
    )
    for each, news in orders:
        notifications.add(each)
        for status in news:
            notifications.settled(each.notification_id, status, clock.now())
    found = [notifications.get(pk, each.notification_id) for each in (one, other)]

    assert [each and each.status for each in found] == ["sent", "sent"]


def test_a_mail_that_left_says_when(store: Store, pk: str, clock: StillClock) -> None:
    notifications, one = Notifications(store), made(pk, 1, clock.now())
    notifications.add(one)
    clock.advance(30)
    news = [notifications.settled(one.notification_id, "sent", clock.now() + timedelta(seconds=n)) for n in (0, 9)]
    notifications.tracked(one.notification_id, clock.now(), None)
    notifications.tracked(one.notification_id, None, clock.now() + timedelta(seconds=5))
    found = notifications.get(pk, one.notification_id)

    assert news == [True, False]
    assert found == replace(
        one,
        status="sent",
        sent_at=clock.now(),
        opened_at=clock.now(),
        clicked_at=clock.now() + timedelta(seconds=5),
    )


def test_a_mail_that_is_no_notification_is_nobodys_business(store: Store, pk: str, clock: StillClock) -> None:
    assert not Notifications(store).settled(f"{pk}-none", "sent", clock.now())
    assert not Notifications(store).tracked(f"{pk}-none", clock.now(), None)
    assert Notifications(store).page(pk, 10) == ([], None)


def test_a_notification_is_kept_for_ninety_days(store: Store, pk: str, clock: StillClock) -> None:
    notifications, one = Notifications(store), made(pk, 1, clock.now())
    notifications.add(one)
    clock.advance(KEPT.total_seconds() - 1)
    before = notifications.page(pk, 10)
    clock.advance(1)

    assert before == ([one], None)
    assert notifications.page(pk, 10) == ([], None)
    assert notifications.get(pk, one.notification_id) is None
    assert not notifications.settled(one.notification_id, "sent", clock.now())
