"""Digests come at everybody's own time of day, once on each local day, and tell what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.delivery import MEMBER, OTHER, Delivery
from contract_tests.jobs.world import NOW, SCHEDULED
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from handlers.domain.digests import local_day
from handlers.domain.zones import zone
from handlers.jobs import send_digests
from handlers.jobs.running import MOST_FAILURES, Run, perform
from handlers.jobs.send_digests import Ready
from handlers.runtime.clock import FixedClock
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Item, Key, Page, Store, Value
from handlers.storage.preferences import Due, PreferenceBook
from handlers.storage.sqlite import SqliteStore

STEP = timedelta(minutes=5)


def reading(at: datetime = NOW, /, store: Store | None = None, **changes: Value) -> Delivery:
    """A member with a watchlist who wants a digest, from an instant on."""
    world = Delivery(store)
    world.clock.at = at
    world.join()
    world.watchlist("AAPL", "MSFT")
    subscribe(world, **changes)
    return world


def subscribe(world: Delivery, member: str = MEMBER, /, **changes: Value) -> None:
    wanted: dict[str, Value] = {"digest_enabled": True, "timezone": "UTC", "digest_time": "16:00", **changes}
    PreferenceBook(world.store).change(member, "UTC", wanted, world.clock.now())


def came(world: Delivery, until: datetime) -> list[datetime]:
    """The instants at which a digest was written, looked for every five minutes."""
    found = []
    while world.clock.now() < until:
        found += [world.clock.now()] * world.digest()["outcomes"].get("written", 0)
        world.clock.sleep(STEP.total_seconds())
    return found


def test_a_digest_is_written_when_it_is_due_and_not_before() -> None:
    world = reading()
    world.clock.at = NOW + timedelta(minutes=59)
    early = world.digest()["items"]
    world.clock.at = NOW + timedelta(hours=1)
    due = perform(send_digests.JOB, SCHEDULED, world.backend)
    again = world.digest()

    assert early == again["items"] == 0
    assert (due["outcomes"], due["counts"]) == ({"written": 1}, {"DigestsWritten": 1})
    assert PreferenceBook(world.store).due(NOW + timedelta(days=2), 9) == [Due(MEMBER, NOW + timedelta(hours=25))]


def test_it_tells_the_last_day_beside_the_day_before_from_what_is_stored() -> None:
    world = reading()
    for hours_ago, score in ((2, 0.5), (3, 0.3), (30, -0.2), (60, -1.0)):
        world.hear(score, NOW - timedelta(hours=hours_ago))
    world.clock.at = NOW + timedelta(hours=1)
    world.digest()
    world.send()

    (kept,) = world.mailbox()
    assert kept.mail.subject == "Daily Sentiment Digest - December 02"
    assert "AAPL: +0.40 positive, +0.60 on the day before, 2 articles" in kept.mail.text
    assert "MSFT: no articles" in kept.mail.text
    assert "/api/v2/notifications/unsubscribe?token=" in kept.mail.text


@pytest.mark.parametrize(
    ("timezone", "time", "day", "expected"),
    [
        ("Asia/Kathmandu", "07:30", date(2024, 12, 3), "2024-12-03T01:45:00+00:00"),
        ("Pacific/Chatham", "09:00", date(2024, 12, 4), "2024-12-03T19:15:00+00:00"),
        ("America/New_York", "09:00", date(2024, 12, 3), "2024-12-03T14:00:00+00:00"),
        # 02:30 does not exist on this day, and exists twice on the other one.
        ("America/New_York", "02:30", date(2025, 3, 9), "2025-03-09T07:30:00+00:00"),
        ("Europe/Berlin", "02:30", date(2024, 10, 27), "2024-10-27T00:30:00+00:00"),
    ],
)
def test_it_comes_at_the_local_time_of_any_zone(timezone: str, time: str, day: date, expected: str) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone(timezone)).astimezone(UTC)
    world = reading(midnight, timezone=timezone, digest_time=time)

    assert came(world, midnight + timedelta(hours=20)) == [datetime.fromisoformat(expected)]


@given(
    st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]),
    st.times().map(lambda time: f"{time.hour:02}:{time.minute:02}"),
    st.sampled_from([date(2024, 3, 8), date(2024, 3, 29), date(2024, 10, 4), date(2024, 10, 25), date(2024, 11, 1)]),
)
@settings(max_examples=12, deadline=None)
@pytest.mark.exhaustive
def test_once_on_each_local_day_whatever_the_clocks_do(timezone: str, time: str, first: date) -> None:
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    world = reading(begin, timezone=timezone, digest_time=time)
    instants = came(world, begin + timedelta(days=4))
    days = [local_day(instant, timezone) for instant in instants]

    # The first and the last day may be cut.
    assert days == sorted(set(days))
    assert set(days) >= {local_day(begin, timezone) + timedelta(days=n) for n in (1, 2, 3)}


def test_one_that_comes_days_late_comes_once() -> None:
    world = reading()
    world.clock.at = NOW + timedelta(days=3)
    world.digest()
    late = world.digest()["items"]

    assert late == 0
    assert [entry.mail.subject for entry in world.waiting()] == ["Daily Sentiment Digest - December 05"]


def test_who_has_no_address_or_nothing_to_read_gets_none_and_is_asked_again_tomorrow() -> None:
    world = reading()
    world.join(OTHER, None)
    world.watchlist("AAPL", user_id=OTHER, config_id="other")
    subscribe(world, OTHER)
    subscribe(world, "9d1dddeb-ee92-4f01-8aee-90a2cad2d30a")
    reader = world.join("7bfcbbc9-cc7a-4def-8ecc-7e8adadab108", "empty@example.com")
    subscribe(world, reader)
    world.clock.at = NOW + timedelta(hours=1)
    with logged() as found:
        answer = world.digest()
    tomorrow = PreferenceBook(world.store).due(NOW + timedelta(hours=25), 9)

    assert answer["outcomes"] == {"skipped": 3, "written": 1}
    assert sorted(line.get("reason", "") for line in found.lines("INFO")) == [
        "",
        "no_address",
        "no_address",
        "nothing_watched",
    ]
    assert [entry.mail.to for entry in world.waiting()] == ["reader@example.com"]
    assert len(tomorrow) == 4
    assert "reader@" not in found.text
    assert MEMBER not in found.text


def test_who_unsubscribed_gets_none() -> None:
    world = reading()
    subscribe(world, email_enabled=False)
    world.clock.at = NOW + timedelta(hours=1)

    assert world.digest()["items"] == 0


def test_of_jobs_at_the_same_time_one_writes() -> None:
    world = reading()
    world.clock.at = NOW + timedelta(hours=1)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: world.digest(), range(8)))

    assert sum(answer["outcomes"].get("written", 0) for answer in answers) == 1
    assert len(world.waiting()) == 1


def test_what_somebody_else_did_meanwhile_is_not_done_again() -> None:
    world = reading()
    world.clock.at = NOW + timedelta(hours=1)
    (due,) = PreferenceBook(world.store).due(world.clock.now(), 9)
    world.digest()
    job = replace(send_digests.JOB, find=lambda run: [Ready(due, "mail-2")])

    assert perform(job, {}, world.backend)["outcomes"] == {"taken": 1}
    assert len(world.waiting()) == 1


def test_preferences_that_change_while_a_digest_is_made_count() -> None:
    store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
    world = reading(store=store)
    world.clock.at = NOW + timedelta(hours=1)
    store.meanwhile = {store.writes + 1: lambda: subscribe(world, digest_time="18:00")}
    answer = world.digest()

    assert answer["outcomes"] == {"taken": 1}
    assert world.waiting() == []
    assert PreferenceBook(store).due(NOW + timedelta(days=1), 9) == [Due(MEMBER, NOW + timedelta(hours=3))]


def test_it_names_the_day_that_it_is_for_its_reader() -> None:
    # Five past midnight in Kathmandu.
    world = reading(timezone="Asia/Kathmandu", digest_time="00:05")
    world.clock.at = datetime(2024, 12, 2, 18, 20, tzinfo=UTC)
    world.digest()

    assert [entry.mail.subject for entry in world.waiting()] == ["Daily Sentiment Digest - December 03"]


def test_one_record_that_cannot_be_read_harms_no_other() -> None:
    world = reading()
    # A zone that the database no longer has.
    broken = world.join(OTHER, "broken@example.com")
    world.watchlist("AAPL", user_id=broken, config_id="broken")
    subscribe(world, broken)
    book = PreferenceBook(world.store)
    world.store.update(Key("users", f"USER#{broken}", "PREFERENCES"), set={"timezone": "Mars/Olympus_Mons"})
    world.clock.at = NOW + timedelta(hours=1)
    outcomes = [world.digest()["outcomes"] for _ in range(MOST_FAILURES + 1)]

    (letter,) = DeadLetters(world.store).of("send_digests")
    assert outcomes[0] == {"failed": 1, "written": 1}
    assert outcomes[1:] == [{"failed": 1}] * (MOST_FAILURES - 2) + [{"dead": 1}, {}]
    assert (letter.identifier, letter.reason) == (broken, "failed_too_often")
    assert [entry.mail.to for entry in world.waiting()] == ["reader@example.com"]
    assert sorted(due.user_id for due in book.due(NOW + timedelta(hours=25), 9)) == sorted((MEMBER, broken))


def test_a_store_that_does_not_answer_makes_no_dead_letter_of_a_digest() -> None:
    store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
    world = reading(store=store)
    world.clock.at = NOW + timedelta(hours=1)
    store.fails_at = store.writes + 1
    failed, later = world.digest(), world.digest()

    assert (failed["outcomes"], later["outcomes"]) == ({"failed": 1}, {"written": 1})
    assert DeadLetters(store).of("send_digests") == []


def test_one_that_comes_past_midnight_costs_the_next_one_nothing() -> None:
    world = reading(digest_time="23:58")
    for days in range(1, 4):
        world.clock.at = NOW.replace(hour=0, minute=1) + timedelta(days=days)
        world.digest()

    assert [entry.mail.subject[-2:] for entry in world.waiting()] == ["02", "03", "04"]


class Counted(SqliteStore):
    """Counts what it is asked for."""

    calls = 0

    def get(self, key: Key) -> Item | None:
        self.calls += 1
        return super().get(key)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        self.calls += 1
        return super().get_many(keys)

    def query(self, *asked: Any, **more: Any) -> Page:
        self.calls += 1
        return super().query(*asked, **more)


def test_what_digests_tell_of_a_symbol_is_read_once_for_all_of_them() -> None:
    store = Counted(":memory:", FixedClock(NOW))
    world = reading(store=store)
    others = [world.join(world.backend.chance.uuid(), f"{number}@example.com") for number in range(4)]
    for number, other in enumerate(others):
        world.watchlist("MSFT", "AAPL", user_id=other, config_id=f"of-{number}")
        subscribe(world, other)
    world.hear(0.5)
    world.clock.at = NOW + timedelta(hours=1)
    store.calls = 0
    for ready in send_digests.due(run := Run(world.backend, "send_digests", "trace", "request")):
        send_digests.tell(ready, run)
    calls = store.calls

    texts = [entry.mail.text for entry in world.waiting()]
    assert all("AAPL: +0.50 positive, 1 article" in text and "MSFT: no articles" in text for text in texts)
    assert len(texts) == 5
    # Eight lists of what is due; of each user the preferences, the profile and the watchlists; the hours once.
    assert calls == 8 + 3 * 5 + 1
