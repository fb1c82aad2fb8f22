"""Mails that wait are sent: at least once, never twice what is known as sent, and what becomes of them is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from contract_tests.jobs.delivery import MEMBER, Delivery, watching
from contract_tests.jobs.world import NOW, SCHEDULED, printed, records
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from handlers.domain.mail import Mail
from handlers.feeds.mail import Mailer, MailNotSent, MailRefused, MailUnavailable, MailUncertain
from handlers.jobs import send_notifications
from handlers.jobs._rounds import in_rounds
from handlers.jobs.running import Answer, Invocation, perform
from handlers.jobs.send_notifications import MOST_AT_ONCE
from handlers.runtime.clock import FixedClock
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.outbox import LEASE, MOST_ATTEMPTS, Outbox, Progress
from handlers.storage.preferences import PreferenceBook
from handlers.storage.sqlite import SqliteStore

REFUSED, UNAVAILABLE = MailRefused("the address is none"), MailUnavailable("too many requests", 90)
LOST = MailUncertain("no answer in time")


class Died(Exception):
    """What ends a process in the middle."""


@dataclass
class Scripted:
    """A provider that does what it is told, one mail after the other, and then accepts everything."""

    failures: list[Exception | None] = field(default_factory=list)
    accepts_first: bool = False
    """Whether a mail is accepted all the same before its failure."""
    knows: Callable[[bool], bool | None] = lambda was_accepted: was_accepted
    """What it says of a mail, accepted or not."""
    accepted_mails: list[str] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure is None or self.accepts_first:
            self.accepted_mails.append(mail.id)
        if failure is not None:
            raise failure

    def accepted(self, mail_id: str) -> bool | None:
        return self.knows(mail_id in self.accepted_mails)


def written() -> Delivery:
    """One alert has fired; its mail waits."""
    world = watching(0.5)
    world.alert(0.3)
    world.evaluate()
    return world


def sent(world: Delivery, by: Mailer, threads: int = 4) -> Answer:
    job = replace(
        send_notifications.JOB, do=lambda entry, run: send_notifications.sent(entry, run, by), threads=threads
    )
    return perform(job, SCHEDULED, world.backend)


def status(world: Delivery) -> str:
    (notification,) = world.notifications()
    return notification.status


def progress(world: Delivery) -> Progress | None:
    (notification,) = world.notifications()
    return Outbox(world.store).progress(notification.notification_id)


def test_a_mail_is_sent_once_and_its_notification_says_when() -> None:
    world = written()
    world.clock.sleep(30)
    first, second = world.send(), world.send()
    (kept,), (notification,) = world.mailbox(), world.notifications()
    sent_at = world.clock.now()
    world.clock.sleep(86_400)

    assert world.send()["items"] == 0
    assert progress(world) == Progress("sent", 1, None)
    assert (first["outcomes"], first["counts"]) == ({"sent": 1}, {"MailsSent": 1})
    assert second["items"] == 0
    assert (kept.mail.id, kept.mail.to) == (notification.notification_id, "reader@example.com")
    assert (notification.status, notification.sent_at) == ("sent", sent_at)


def test_a_refused_mail_is_a_dead_letter_with_the_reason_and_not_tried_again() -> None:
    world, mailer = written(), Scripted([REFUSED])
    answer = sent(world, mailer)
    world.clock.sleep(86_400)

    (letter,) = DeadLetters(world.store).of("send_notifications")
    assert answer["outcomes"] == {"dead": 1}
    assert (letter.reason, letter.detail, letter.body) == ("mail_refused", "the address is none", "")
    assert (status(world), progress(world)) == ("failed", Progress("dead", 1, "the address is none"))
    assert sent(world, mailer)["items"] == 0


def test_a_provider_that_takes_no_mails_now_is_asked_again_when_it_said() -> None:
    world, mailer = written(), Scripted([UNAVAILABLE])
    answers = []
    for seconds in (0, 89, 1):
        world.clock.sleep(seconds)
        answers.append((sent(world, mailer)["outcomes"], status(world)))

    assert answers == [({"waiting": 1}, "pending"), ({}, "pending"), ({"sent": 1}, "sent")]
    assert len(mailer.accepted_mails) == 1


def test_a_provider_that_times_out_after_accepting_is_asked_and_gets_no_second_mail() -> None:
    world, mailer = written(), Scripted([LOST], accepts_first=True)
    first = sent(world, mailer)["outcomes"]
    at_once = sent(world, mailer)["items"]
    world.clock.sleep(LEASE.total_seconds())
    later = sent(world, mailer)["outcomes"]

    assert (first, at_once, later) == ({"uncertain": 1}, 0, {"known": 1})
    assert len(mailer.accepted_mails) == 1
    assert status(world) == "sent"


def test_a_mail_that_did_not_reach_the_provider_is_sent_again() -> None:
    world, mailer = written(), Scripted([LOST])
    sent(world, mailer)
    world.clock.sleep(LEASE.total_seconds())

    assert sent(world, mailer)["outcomes"] == {"sent": 1}
    assert (len(mailer.accepted_mails), status(world)) == (1, "sent")


def test_where_the_provider_cannot_tell_an_uncertain_mail_is_given_up() -> None:
    world, mailer = written(), Scripted([LOST], knows=lambda _: None)
    sent(world, mailer)
    world.clock.sleep(LEASE.total_seconds())
    answer = sent(world, mailer)

    (letter,) = DeadLetters(world.store).of("send_notifications", "mail_refused")
    assert answer["outcomes"] == {"dead": 1}
    assert "cannot tell" in letter.detail
    assert (mailer.accepted_mails, status(world)) == ([], "failed")


def test_a_provider_that_cannot_be_asked_leaves_a_mail_as_uncertain_as_it_was() -> None:
    def silent(was_accepted: bool) -> bool:
        raise UNAVAILABLE

    world, mailer = written(), Scripted([LOST], accepts_first=True, knows=silent)
    sent(world, mailer)
    world.clock.sleep(LEASE.total_seconds())
    unasked = sent(world, mailer)["outcomes"]
    mailer.knows = lambda was_accepted: was_accepted
    world.clock.sleep(LEASE.total_seconds())

    assert unasked == {"uncertain": 1}
    assert sent(world, mailer)["outcomes"] == {"known": 1}
    assert len(mailer.accepted_mails) == 1


@pytest.mark.parametrize("accepts_first", [True, False])
def test_what_dies_in_the_middle_is_taken_up_when_its_claim_runs_out(accepts_first: bool) -> None:
    world, mailer = written(), Scripted([Died()], accepts_first=accepts_first)
    died = sent(world, mailer)
    world.clock.sleep(LEASE.total_seconds() - 1)
    claimed = sent(world, mailer)["items"]
    world.clock.sleep(1)
    later = sent(world, mailer)["outcomes"]

    assert (died["status"], claimed) == ("failed", 0)
    assert later == ({"known": 1} if accepts_first else {"sent": 1})
    assert (len(mailer.accepted_mails), status(world)) == (1, "sent")


@pytest.mark.parametrize(
    ("failure", "attempts"), [(UNAVAILABLE, MOST_ATTEMPTS), (LOST, MOST_ATTEMPTS), (Died(), MOST_ATTEMPTS + 1)]
)
def test_a_mail_that_never_leaves_is_given_up_after_twelve_attempts(failure: Exception, attempts: int) -> None:
    world, mailer = written(), Scripted([failure] * 100)
    for _ in range(attempts):
        sent(world, mailer)
        world.clock.sleep(timedelta(hours=1).total_seconds())

    (letter,) = DeadLetters(world.store).of("send_notifications")
    assert letter.reason == "mail_tried_too_often"
    assert len(mailer.failures) == 100 - MOST_ATTEMPTS
    assert status(world) == "failed"
    assert sent(world, mailer)["items"] == 0


def test_one_mail_that_fails_harms_no_other() -> None:
    world = watching(0.5)
    for threshold in (0.1, 0.2, 0.3, 0.4):
        world.alert(threshold)
    world.evaluate()
    answer = sent(world, Scripted([REFUSED, UNAVAILABLE, LOST]))

    assert answer["outcomes"] == {"dead": 1, "sent": 1, "uncertain": 1, "waiting": 1}
    assert sorted(each.status for each in world.notifications()) == ["failed", "pending", "pending", "sent"]


def test_senders_at_the_same_time_send_each_mail_once() -> None:
    world, mailer = watching(0.5), Scripted()
    for number in range(10):
        world.alert(number / 100)
    world.evaluate()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: sent(world, mailer), range(8)))

    assert sum(answer["outcomes"].get("sent", 0) for answer in answers) == 10
    assert len(mailer.accepted_mails) == len(set(mailer.accepted_mails)) == 10


def test_who_took_longer_than_its_claim_takes_nothing_back() -> None:
    world, quick = written(), Scripted()

    class Slow(Scripted):
        def send(self, mail: Mail) -> None:
            world.clock.sleep(LEASE.total_seconds())
            sent(world, quick)
            raise REFUSED

    answer = sent(world, Slow())

    assert answer["outcomes"] == {"taken": 1}
    assert len(quick.accepted_mails) == 1
    assert status(world) == "sent"
    assert DeadLetters(world.store).of("send_notifications") == []


def hurried(world: Delivery, mail_id: str = "sign-in") -> None:
    """A mail that somebody waits for is written; it is worth something for an hour."""
    mail = Mail(mail_id, "new@example.com", "Sign in", "text", "<p>html</p>")
    ends = world.clock.now() + timedelta(hours=1)
    put = world.outbox.write(mail, world.clock.now(), urgent=True, expires_at=ends)
    world.store.put(put.table, put.item)


def test_a_sign_in_link_is_sent_before_what_waited_longer() -> None:
    world, mailer = written(), Scripted()
    world.clock.sleep(60)
    hurried(world)
    sent(world, mailer, threads=1)

    assert len(mailer.accepted_mails) == 2
    assert mailer.accepted_mails[0] == "sign-in"


@pytest.mark.parametrize(("failure", "asked"), [(UNAVAILABLE, False), (LOST, True)])
def test_a_mail_whose_time_is_over_is_dropped_and_not_sent(failure: Exception, asked: bool) -> None:
    world, mailer = Delivery(), Scripted([failure])
    hurried(world)
    sent(world, mailer)
    world.clock.sleep(3600)
    with logged() as found:
        answer = sent(world, mailer)

    assert answer["outcomes"] == {"dropped": 1}
    assert answer["counts"] == {"MailsDropped": 1}
    assert [line["reason"] for line in found.lines("INFO")] == ["expired"]
    assert mailer.accepted_mails == []
    assert world.outbox.progress("sign-in") == Progress("dropped", 2, "expired")
    assert DeadLetters(world.store).of("send_notifications") == []


def test_a_mail_that_had_left_before_its_time_was_over_counts_as_sent() -> None:
    world, mailer = Delivery(), Scripted([LOST], accepts_first=True)
    hurried(world)
    sent(world, mailer)
    world.clock.sleep(3600)

    assert sent(world, mailer)["outcomes"] == {"known": 1}
    assert world.outbox.progress("sign-in") == Progress("sent", 2, None)


def test_who_unsubscribed_while_mails_waited_gets_none_of_them_but_what_they_ask_for() -> None:
    world, mailer = written(), Scripted()
    PreferenceBook(world.store).change(
        MEMBER, "UTC", {"digest_enabled": True, "timezone": "UTC", "digest_time": "16:00"}, NOW
    )
    world.clock.sleep(3600)
    world.digest()
    hurried(world)
    PreferenceBook(world.store).change(MEMBER, "UTC", {"email_enabled": False}, world.clock.now())
    answer = sent(world, mailer)

    assert answer["outcomes"] == {"dropped": 2, "sent": 1}
    assert mailer.accepted_mails == ["sign-in"]
    assert (status(world), progress(world)) == ("failed", Progress("dropped", 1, "unsubscribed"))


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_whichever_write_fails_a_mail_that_is_given_up_leaves_a_dead_letter(fails_at: int) -> None:
    store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
    world, mailer = watching(0.5, store=store), Scripted([REFUSED, REFUSED])
    world.alert(0.3)
    world.evaluate()
    store.fails_at = store.writes + fails_at
    failed = sent(world, mailer)["outcomes"]
    world.clock.sleep(LEASE.total_seconds())
    sent(world, mailer)

    assert failed == {"failed": 1}
    assert [letter.reason for letter in DeadLetters(store).of("send_notifications")] == ["mail_refused"]
    assert status(world) == "failed"


def test_a_backlog_is_sent_in_one_call_as_long_as_there_is_time() -> None:
    world = Delivery()
    for number in range(MOST_AT_ONCE + 20):
        world.outbox.put(Mail(f"m-{number}", "a@example.com", "s", "t", "h"), NOW)
    handler = in_rounds(lambda event, _: perform(send_notifications.JOB, event, world.backend), MOST_AT_ONCE)
    with logged(), printed():
        answer = handler({}, None)

    assert answer["outcomes"] == {"sent": 20}
    assert (len(world.mailbox()), world.waiting()) == (MOST_AT_ONCE + 20, [])


def test_when_time_is_over_a_backlog_waits_for_the_next_call() -> None:
    world, over = Delivery(), Invocation("request", "trace", lambda: 1.0)
    for number in range(MOST_AT_ONCE):
        world.outbox.put(Mail(f"m-{number}", "a@example.com", "s", "t", "h"), NOW)
    handler = in_rounds(lambda event, _: perform(send_notifications.JOB, event, world.backend, over), MOST_AT_ONCE)
    with logged(), printed():
        answer = handler({}, None)

    assert answer["outcomes"] == {"left": MOST_AT_ONCE}
    assert len(world.waiting()) == MOST_AT_ONCE


def test_messages_are_not_what_it_reads() -> None:
    world = written()
    answer = perform(send_notifications.JOB, records([{"mail_id": "m"}]), world.backend)

    assert answer == {"batchItemFailures": []}
    assert [letter.reason for letter in DeadLetters(world.store).of("send_notifications")] == ["not_taken"]


def test_lines_and_metrics_name_neither_addresses_nor_links() -> None:
    world = written()
    (notification,) = world.notifications()
    with logged() as found, printed() as metrics:
        sent(world, Scripted([UNAVAILABLE]))

    (item,) = found.lines("INFO")
    assert (item["item"], item["outcome"]) == (notification.notification_id[:8], "waiting")
    assert (item["reason"], item["attempts"]) == ("too many requests", 1)
    assert not any(secret in found.text for secret in ("reader@", "token=", notification.notification_id))
    assert metrics()[0]["MailsWaiting"] == [1.0]


def test_every_failure_of_a_provider_is_handled() -> None:
    assert set(MailNotSent.__subclasses__()) == {MailRefused, MailUnavailable, MailUncertain}
