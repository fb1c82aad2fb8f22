"""The outbox: every mail is sent, none twice, whoever crashes, whatever the provider answers, however many senders run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract_tests.storage.world import StillClock
from handlers.domain.mail import Mail
from handlers.storage.items import Absent, ConditionFailed, Put, Store
from handlers.storage.outbox import KEPT_SETTLED, LEASE, MOST_ATTEMPTS, Entry, Outbox, Progress, wait_after
from handlers.storage.sqlite import SqliteStore

WORKERS = 16


def mail(mail_id: str) -> Mail:
    return Mail(mail_id, "reader@example.com", "Subject ✓", "text\nof it", "<p>html</p>", "https://x.example/stop")


def waiting(outbox: Outbox, now: datetime, mail_id: str) -> Entry:
    """The due entry of a mail; tests share the tables of some engines."""
    (found,) = [entry for entry in outbox.due(now, 1000) if entry.mail.id == mail_id]
    return found


def is_due(outbox: Outbox, now: datetime, mail_id: str) -> bool:
    return any(entry.mail.id == mail_id for entry in outbox.due(now, 1000))


def claimed(outbox: Outbox, now: datetime, mail_id: str) -> Entry:
    claim = outbox.claimed(waiting(outbox, now, mail_id), now)
    assert claim is not None
    return claim


def test_a_mail_is_due_at_once_and_comes_out_as_it_went_in(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    found = waiting(outbox, clock.now(), pk)

    assert found == Entry(mail(pk), clock.now(), clock.now())
    assert outbox.progress(pk) is None
    assert not is_due(outbox, clock.now() - timedelta(microseconds=1), pk)


def test_a_mail_is_written_with_what_causes_it_or_not_at_all(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    cause = Put("users", {"PK": pk, "SK": "cause"}, Absent())
    store.transact([cause, outbox.write(mail(f"{pk}-a"), clock.now())])
    with pytest.raises(ConditionFailed):
        store.transact([cause, outbox.write(mail(f"{pk}-b"), clock.now())])

    assert is_due(outbox, clock.now(), f"{pk}-a")
    assert not is_due(outbox, clock.now(), f"{pk}-b")


def test_a_claimed_mail_is_nobody_elses_until_the_claim_runs_out(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    seen = waiting(outbox, clock.now(), pk)
    first = outbox.claimed(seen, clock.now())
    again = outbox.claimed(seen, clock.now())
    clock.advance(LEASE.total_seconds() - 1)
    before = is_due(outbox, clock.now(), pk)
    clock.advance(1)
    later = claimed(outbox, clock.now(), pk)

    assert first is not None
    assert (first.attempts, first.begun) == (1, False)
    assert again is None
    assert not before
    assert (later.attempts, later.begun) == (2, True)


def test_a_sent_mail_is_sent_for_good_also_if_it_is_written_again(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    outbox.sent(claimed(outbox, clock.now(), pk), clock.now())
    clock.advance(3600)
    outbox.put(mail(pk), clock.now())
    put = outbox.write(mail(pk), clock.now())
    store.put(put.table, put.item)
    copy = waiting(outbox, clock.now(), pk)

    assert outbox.claimed(copy, clock.now()) is None
    assert not is_due(outbox, clock.now() + timedelta(days=1), pk)
    assert outbox.progress(pk) == Progress("sent", 1, None)


def test_of_a_mail_written_twice_before_anybody_looked_one_copy_is_sent(
    store: Store, pk: str, clock: StillClock
) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    clock.advance(1)
    outbox.put(mail(pk), clock.now())
    copies = [entry for entry in outbox.due(clock.now(), 1000) if entry.mail.id == pk]
    claims = [claim for entry in copies if (claim := outbox.claimed(entry, clock.now()))]
    outbox.sent(claims[0], clock.now())

    assert (len(copies), len(claims)) == (2, 1)
    assert not is_due(outbox, clock.now() + timedelta(days=1), pk)


def test_nothing_of_a_settled_mail_is_kept_but_how_it_ended_and_that_for_thirty_days(
    store: Store, pk: str, clock: StillClock
) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    outbox.dead(claimed(outbox, clock.now(), pk), "no such mailbox", clock.now())
    mark = store.query("mails", f"MAIL#{pk}").items[0]
    clock.advance(KEPT_SETTLED.total_seconds() - 1)
    before = outbox.progress(pk)
    clock.advance(1)

    assert sorted(mark) == ["PK", "SK", "attempts", "place", "reason", "settled_at", "state", "ttl"]
    assert before == Progress("dead", 1, "no such mailbox")
    assert outbox.progress(pk) is None


def test_what_failed_waits_longer_each_time_and_is_given_up_at_last(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    waits, states = [], []
    for _ in range(MOST_ATTEMPTS):
        claim = claimed(outbox, clock.now(), pk)
        states.append(outbox.failed(claim, "status 500", clock.now()))
        if states[-1] == "waiting":
            wait = wait_after(claim.attempts)
            assert not is_due(outbox, clock.now() + wait - timedelta(seconds=1), pk)
            waits.append(wait.total_seconds() / 60)
            clock.advance(wait.total_seconds())

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]
    assert states == ["waiting"] * (MOST_ATTEMPTS - 1) + ["dead"]
    assert outbox.progress(pk) == Progress("dead", MOST_ATTEMPTS, "status 500")
    assert not is_due(outbox, clock.now() + timedelta(days=9), pk)


def test_a_provider_that_says_when_is_asked_then(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    outbox.failed(claimed(outbox, clock.now(), pk), "status 429", clock.now(), 7200)

    assert not is_due(outbox, clock.now() + timedelta(seconds=7199), pk)
    assert is_due(outbox, clock.now() + timedelta(seconds=7200), pk)
    assert not waiting(outbox, clock.now() + timedelta(seconds=7200), pk).begun


def test_after_a_lost_answer_the_mail_says_that_an_attempt_began(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    outbox.uncertain(claimed(outbox, clock.now(), pk), "timed out", clock.now())
    clock.advance(LEASE.total_seconds())

    assert claimed(outbox, clock.now(), pk).begun
    assert outbox.progress(pk) == Progress("waiting", 2, "timed out")


def test_whoever_lost_a_claim_cannot_give_the_mail_up_but_can_say_that_it_was_sent(
    store: Store, pk: str, clock: StillClock
) -> None:
    outbox = Outbox(store)
    outbox.put(mail(pk), clock.now())
    slow = claimed(outbox, clock.now(), pk)
    clock.advance(LEASE.total_seconds())
    quick = claimed(outbox, clock.now(), pk)
    gave_up = outbox.dead(slow, "too late", clock.now())
    outbox.failed(slow, "too late", clock.now())
    outbox.sent(slow, clock.now())
    outbox.failed(quick, "status 500", clock.now())

    assert not gave_up
    assert outbox.progress(pk) == Progress("sent", 2, None)
    assert not is_due(outbox, clock.now() + timedelta(days=1), pk)


def test_what_is_due_longest_comes_first_whatever_its_shard(clock: StillClock) -> None:
    outbox = Outbox(SqliteStore(":memory:", clock))
    for number in range(40):
        outbox.put(mail(f"m-{number}"), clock.now() + timedelta(seconds=(number * 7) % 40))
    found = [entry.due_at for entry in outbox.due(clock.now() + timedelta(seconds=19), 15)]

    assert found == [clock.now() + timedelta(seconds=n) for n in range(15)]
    assert len(outbox.due(clock.now() + timedelta(seconds=19), 1000)) == 20


def test_a_mail_that_somebody_waits_for_goes_before_all_others(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    for number in range(3):
        outbox.put(mail(f"{pk}-{number}"), clock.now())
    clock.advance(60)
    put = outbox.write(mail(f"{pk}-urgent"), clock.now(), urgent=True, expires_at=clock.now() + timedelta(hours=1))
    store.put(put.table, put.item)
    first, *_ = outbox.due(clock.now(), 1)
    outbox.failed(claimed(outbox, clock.now(), f"{pk}-urgent"), "status 500", clock.now())
    clock.advance(60)
    again, *_ = outbox.due(clock.now(), 1)
    claim = claimed(outbox, clock.now(), f"{pk}-urgent")
    outbox.sent(claim, clock.now())

    assert (first.mail.id, again.mail.id) == (f"{pk}-urgent", f"{pk}-urgent")
    assert first.expires_at == claim.expires_at == first.written_at + timedelta(hours=1)
    assert outbox.progress(f"{pk}-urgent") == Progress("sent", 2, None)
    assert not is_due(outbox, clock.now() + timedelta(days=1), f"{pk}-urgent")


def test_a_mail_that_was_dropped_says_why_and_is_due_no_more(store: Store, pk: str, clock: StillClock) -> None:
    outbox = Outbox(store)
    put = outbox.write(mail(pk), clock.now(), user_id="somebody")
    store.put(put.table, put.item)
    claim = claimed(outbox, clock.now(), pk)
    held = outbox.holds(claim)
    dropped, again = (outbox.dropped(claim, "unsubscribed", clock.now()) for _ in range(2))

    assert (claim.user_id, held, dropped, again, outbox.holds(claim)) == ("somebody", True, True, False, False)
    assert outbox.progress(pk) == Progress("dropped", 1, "unsubscribed")
    assert not is_due(outbox, clock.now() + timedelta(days=1), pk)


def test_of_sixteen_senders_that_see_one_mail_one_sends_it(
    store: Store, engine: str, pk: str, clock: StillClock
) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    outbox, together = Outbox(store), Barrier(WORKERS)
    outbox.put(mail(pk), clock.now())
    seen = waiting(outbox, clock.now(), pk)

    def sender(_: int) -> bool:
        together.wait()
        return outbox.claimed(seen, clock.now()) is not None

    with ThreadPoolExecutor(WORKERS) as threads:
        claims = list(threads.map(sender, range(WORKERS)))

    assert claims.count(True) == 1


def test_of_sixteen_senders_that_see_four_copies_of_a_mail_one_sends_one(
    store: Store, engine: str, pk: str, clock: StillClock
) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    outbox = Outbox(store)
    for number in range(5):
        written = [outbox.write(mail(f"{pk}-{number}"), clock.now() + timedelta(seconds=n)) for n in range(4)]
        for put in written:
            store.put(put.table, put.item)
    clock.advance(4)
    for number in range(5):
        copies = [entry for entry in outbox.due(clock.now(), 1000) if entry.mail.id == f"{pk}-{number}"]
        together = Barrier(WORKERS)

        def sender(which: int, copies: list[Entry] = copies, together: Barrier = together) -> bool:
            together.wait()
            return outbox.claimed(copies[which % 4], clock.now()) is not None

        with ThreadPoolExecutor(WORKERS) as threads:
            claims = list(threads.map(sender, range(WORKERS)))
        assert claims.count(True) == 1


@dataclass
class Mailers:
    """A provider that can be asked: what reached it, by id."""

    took: list[str] = field(default_factory=list)


Ending = Callable[["LifeOfMails", Entry], None]
IDS = st.sampled_from(["a", "b", "c"])


class LifeOfMails(RuleBasedStateMachine):
    """Senders crash before and after the provider took a mail, answers get lost, mails are written again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = StillClock(datetime(2026, 1, 5, tzinfo=UTC))
        self.outbox = Outbox(SqliteStore(":memory:", self.clock))
        self.provider = Mailers()
        self.written: set[str] = set()
        self.held: list[Entry] = []

    def can_be_sent(self, claim: Entry) -> bool:
        """What a sender does with a claim first."""
        if claim.begun and claim.mail.id in self.provider.took:
            self.outbox.sent(claim, self.clock.now())
            return False
        return True

    @rule(mail_id=IDS)
    def write(self, mail_id: str) -> None:
        self.outbox.put(mail(mail_id), self.clock.now())
        self.written.add(mail_id)

    @rule(
        ending=st.sampled_from(["sent", "failed", "lost", "lost after", "crash", "crash after", "held"]),
        stale=st.booleans(),
    )
    def send(self, ending: str, stale: bool) -> None:
        for entry in self.outbox.due(self.clock.now(), 1):
            claim = self.outbox.claimed(entry, self.clock.now())
            if stale:
                assert self.outbox.claimed(entry, self.clock.now()) is None
            if claim is None or not self.can_be_sent(claim):
                continue
            if ending in ("sent", "lost after", "crash after"):
                self.provider.took.append(claim.mail.id)
            if ending == "sent":
                self.outbox.sent(claim, self.clock.now())
            elif ending == "failed":
                self.outbox.failed(claim, "500", self.clock.now())
            elif ending.startswith("lost"):
                self.outbox.uncertain(claim, "timeout", self.clock.now())
            elif ending == "held":
                self.held.append(claim)

    @precondition(lambda self: self.held)
    @rule()
    def a_slow_sender_gives_up_what_it_may_no_longer_have(self) -> None:
        self.outbox.failed(self.held.pop(), "slow", self.clock.now())

    @rule(minutes=st.sampled_from([1, 15, 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes * 60)

    @invariant()
    def nobody_gets_a_mail_twice(self) -> None:
        assert len(self.provider.took) == len(set(self.provider.took))

    def teardown(self) -> None:
        """Once everything works again, everything arrives or was given up after twelve attempts."""
        for _ in range(20):
            self.clock.advance(3600)
            for entry in self.outbox.due(self.clock.now(), 100):
                claim = self.outbox.claimed(entry, self.clock.now())
                if claim is not None and self.can_be_sent(claim):
                    self.provider.took.append(claim.mail.id)
                    self.outbox.sent(claim, self.clock.now())
        arrived = set(self.provider.took)
        given_up = {each for each in self.written - arrived if self.outbox.progress(each) is not None}
        assert arrived | given_up == self.written
        assert all((p := self.outbox.progress(each)) and p.attempts == MOST_ATTEMPTS for each in given_up)
        assert len(self.provider.took) == len(arrived)
        assert self.outbox.due(self.clock.now() + timedelta(days=1), 100) == []


TestLifeOfMails = LifeOfMails.TestCase
TestLifeOfMails.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
