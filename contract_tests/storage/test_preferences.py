"""Preferences in the store: one record, and a due list that always agrees with it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.domain.mail import Mail
from handlers.storage.items import ConditionFailed, Item, Key, Store, Value
from handlers.storage.outbox import Outbox
from handlers.storage.preferences import Due, PreferenceBook, Preferences
from handlers.storage.sqlite import SqliteStore

ON: dict[str, Value] = {"digest_enabled": True}
NINE = MIDNIGHT + timedelta(hours=9)


def due_of(book: PreferenceBook, user_id: str, now: datetime) -> list[Due]:
    return [due for due in book.due(now, 1000) if due.user_id == user_id]


def test_who_never_said_has_the_defaults_and_nothing_is_stored(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)

    assert book.get(pk, "Asia/Tokyo") == Preferences("Asia/Tokyo")
    assert book.change(pk, "Asia/Tokyo", {}, clock.now()) == Preferences("Asia/Tokyo")
    assert store.query("users", f"USER#{pk}").items == []


def test_what_is_changed_is_read_and_the_rest_stays(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    changes: dict[str, Value] = {"include_all_configs": False, "config_ids": ["1", "2"], "digest_time": "18:45"}
    book.change(pk, "UTC", {"email_enabled": False}, clock.now())
    changed = book.change(pk, "Asia/Tokyo", changes, clock.now())

    assert changed == book.get(pk, "Asia/Tokyo")
    assert changed == Preferences(
        "UTC", email_enabled=False, digest_time="18:45", include_all_configs=False, config_ids=("1", "2")
    )
    assert [changed.covers(each) for each in ("1", "3")] == [True, False]


def test_a_digest_is_due_once_enabled_and_no_more_once_not_wanted(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", ON, clock.now())
    due = due_of(book, pk, NINE)
    early = due_of(book, pk, NINE - timedelta(microseconds=1))
    book.change(pk, "UTC", {"email_enabled": False}, clock.now())
    silent = due_of(book, pk, NINE + timedelta(days=9))
    book.change(pk, "UTC", {"email_enabled": True}, clock.now())

    assert (due, early, silent) == ([Due(pk, NINE)], [], [])
    assert due_of(book, pk, NINE) == due


def test_what_does_not_concern_the_time_skips_no_digest_that_is_due(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", ON, clock.now())
    later = NINE + timedelta(minutes=1)
    book.change(pk, "UTC", {"config_ids": ["1"], **ON}, later)
    kept = due_of(book, pk, later)
    book.change(pk, "UTC", {"digest_time": "08:00"}, later)

    assert kept == [Due(pk, NINE)]
    assert due_of(book, pk, later) == []
    assert due_of(book, pk, later + timedelta(days=1)) == [Due(pk, MIDNIGHT + timedelta(days=1, hours=8))]


def test_a_digest_and_its_mail_are_written_together_once(store: Store, pk: str, clock: StillClock) -> None:
    book, outbox = PreferenceBook(store), Outbox(store)
    book.change(pk, "UTC", ON, clock.now())
    (due,) = due_of(book, pk, NINE)
    first, second = book.advancing(due, NINE), book.advancing(due, NINE)
    assert first is not None
    assert second is not None
    store.transact([*first.writes, outbox.write(Mail(pk, "a@b.c", "s", "t", "h"), NINE)])
    with pytest.raises(ConditionFailed):
        store.transact([*second.writes, outbox.write(Mail(f"{pk}-2", "a@b.c", "s", "t", "h"), NINE)])

    assert book.advancing(due, NINE) is None
    assert due_of(book, pk, NINE) == []
    assert due_of(book, pk, NINE + timedelta(days=1)) == [Due(pk, NINE + timedelta(days=1))]
    assert [entry.mail.id for entry in outbox.due(NINE, 1000) if entry.mail.id.startswith(pk)] == [pk]


def test_a_digest_a_day_late_is_that_days(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", ON, clock.now())
    late = NINE + timedelta(days=1, minutes=-5)
    (due,) = due_of(book, pk, late)
    advance = book.advancing(due, late)
    assert advance is not None
    store.transact(advance.writes)

    assert book.get(pk, "UTC").last_digest_on == date(2026, 1, 6)
    assert due_of(book, pk, NINE + timedelta(days=1)) == []
    assert book.get(pk, "UTC").due_at == NINE + timedelta(days=2)


def test_a_digest_past_midnight_is_that_of_the_day_before(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", {**ON, "digest_time": "23:58"}, clock.now())
    past = MIDNIGHT + timedelta(days=1, minutes=1)
    (due,) = due_of(book, pk, past)
    advance = book.advancing(due, past)
    assert advance is not None
    store.transact(advance.writes)

    assert advance.day == book.get(pk, "UTC").last_digest_on == MIDNIGHT.date()
    assert book.get(pk, "UTC").due_at == MIDNIGHT + timedelta(days=1, hours=23, minutes=58)


@pytest.mark.parametrize(("late", "days"), [(timedelta(0), 1), (timedelta(hours=30), 2), (timedelta(days=2), 3)])
def test_what_is_put_off_is_due_whole_days_later_and_changes_nothing_else(
    store: Store, pk: str, clock: StillClock, late: timedelta, days: int
) -> None:
    book = PreferenceBook(store)
    wanted = book.change(pk, "UTC", ON, clock.now())
    (due,) = due_of(book, pk, NINE)
    book.put_off(due, NINE + late)
    book.put_off(due, NINE + late)
    later = NINE + timedelta(days=days)

    assert book.get(pk, "UTC") == replace(wanted, due_at=later)
    assert due_of(book, pk, later - timedelta(seconds=1)) == []
    assert due_of(book, pk, later) == [Due(pk, later)]
    assert book.change(pk, "UTC", {"digest_time": "10:00"}, NINE).due_at == NINE + timedelta(hours=1)
    assert due_of(book, pk, later) == [Due(pk, NINE + timedelta(hours=1))]


def test_an_entry_to_which_no_record_belongs_is_taken_off_the_list(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", ON, clock.now())
    (due,) = due_of(book, pk, NINE)
    (record,) = store.query("users", f"USER#{pk}").items
    store.put("users", {**record, "due_at": None})
    gone = book.advancing(due, NINE)

    assert gone is None
    assert due_of(book, pk, NINE) == []


def test_a_list_read_before_a_change_takes_nothing_off_it(store: Store, pk: str, clock: StillClock) -> None:
    book = PreferenceBook(store)
    book.change(pk, "UTC", ON, clock.now())
    (due,) = due_of(book, pk, NINE)
    book.change(pk, "UTC", {"digest_time": "10:00"}, clock.now())

    assert book.advancing(due, NINE) is None
    assert due_of(book, pk, NINE + timedelta(hours=1)) == [Due(pk, NINE + timedelta(hours=1))]


def test_changes_of_different_fields_at_once_lose_none(store: Store, engine: str, pk: str, clock: StillClock) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    book, together = PreferenceBook(store), Barrier(4)
    fields: list[dict[str, Value]] = [
        {"email_enabled": False},
        {"digest_time": "23:59"},
        {"timezone": "Asia/Tokyo"},
        {"config_ids": ["1"]},
    ]

    def change(given: dict[str, Value]) -> None:
        together.wait()
        book.change(pk, "UTC", given, clock.now())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(change, fields))

    assert book.get(pk, "UTC") == Preferences("Asia/Tokyo", email_enabled=False, digest_time="23:59", config_ids=("1",))


def test_a_job_that_looks_at_an_old_list_while_the_user_decides_loses_no_digest(
    store: Store, engine: str, pk: str, clock: StillClock
) -> None:
    if engine == "moto":
        pytest.skip("moto restores whole tables when a transaction fails, other writers' work included")
    book, rounds, together = PreferenceBook(store), 15, Barrier(2)

    def user() -> None:
        together.wait()
        for number in range(rounds):
            book.change(pk, "UTC", {"digest_enabled": number % 2 == 0}, clock.now())

    def job() -> None:
        together.wait()
        for _ in range(rounds):
            # Nothing that was due is written: as if the job died before.
            book.advancing(Due(pk, NINE), clock.now())

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(user), threads.submit(job)]:
            done.result()

    assert book.get(pk, "UTC").due_at == NINE
    assert due_of(book, pk, NINE) == [Due(pk, NINE)]


class Overtaken(SqliteStore):
    """A store in which somebody else acts right after the next read."""

    then: Callable[[], object] | None = None

    def get(self, key: Key) -> Item | None:
        found = super().get(key)
        then, self.then = self.then, None
        if then is not None:
            then()
        return found


def test_a_user_who_decides_while_an_old_entry_is_looked_at_keeps_the_new_one(clock: StillClock) -> None:
    store = Overtaken(":memory:", clock)
    book = PreferenceBook(store)
    book.change("u", "UTC", ON, clock.now())
    (due,) = due_of(book, "u", NINE)
    book.change("u", "UTC", {"digest_enabled": False}, clock.now())
    store.then = lambda: book.change("u", "UTC", ON, clock.now())

    assert book.advancing(due, NINE) is None
    assert due_of(book, "u", NINE) == [due]


def test_what_is_due_longest_comes_first_whatever_its_shard(clock: StillClock) -> None:
    book = PreferenceBook(SqliteStore(":memory:", clock))
    for number in range(30):
        book.change(f"u-{number}", "UTC", {**ON, "digest_time": f"09:{number * 7 % 30:02}"}, clock.now())
    found = book.due(NINE + timedelta(minutes=19), 15)

    assert [due.due_at for due in found] == [NINE + timedelta(minutes=n) for n in range(15)]
    assert len(book.due(NINE + timedelta(minutes=19), 1000)) == 20


ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu", "Africa/Cairo"]
TIMES = ["00:00", "02:30", "09:00", "23:59"]
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "email_enabled": st.booleans(),
        "digest_enabled": st.booleans(),
        "digest_time": st.sampled_from(TIMES),
        "timezone": st.sampled_from(ZONES),
    },
)


class LifeOfPreferences(RuleBasedStateMachine):
    """A user changes their mind while digests are sent, over a change of clocks: the record is a dictionary of changes."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = StillClock(datetime(2026, 3, 6, 12, tzinfo=UTC))
        self.store = SqliteStore(":memory:", self.clock)
        self.book = PreferenceBook(self.store)
        self.wanted = Preferences("UTC")
        self.days: list[date] = []

    @rule(changes=CHANGES)
    def change(self, changes: dict[str, Value]) -> None:
        self.wanted = replace(self.wanted, **changes)  # type: ignore[arg-type]
        self.book.change("user", "UTC", changes, self.clock.now())

    @rule(twice=st.booleans())
    def send_what_is_due(self, twice: bool) -> None:
        for due in self.book.due(self.clock.now(), 10):
            advance = self.book.advancing(due, self.clock.now())
            assert advance is not None
            self.store.transact(advance.writes)
            self.days.append(advance.day)
            assert not twice or self.book.advancing(due, self.clock.now()) is None

    @rule(minutes=st.sampled_from([1, 60, 60 * 7, 60 * 24, 60 * 50]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes * 60)

    @invariant()
    def the_record_is_what_was_said(self) -> None:
        found = self.book.get("user", "UTC")
        assert replace(found, due_at=None, last_digest_on=None) == self.wanted

    @invariant()
    def the_due_list_agrees_with_the_record(self) -> None:
        listed = self.book.due(self.clock.now() + timedelta(days=4), 10)
        found = self.book.get("user", "UTC")
        assert [due.due_at for due in listed] == ([found.due_at] if found.wants_digest else [])
        assert found.next_scheduled(self.clock.now()) > self.clock.now()

    @invariant()
    def no_local_day_has_two_digests(self) -> None:
        assert self.days == sorted(set(self.days))


TestLifeOfPreferences = LifeOfPreferences.TestCase
TestLifeOfPreferences.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
