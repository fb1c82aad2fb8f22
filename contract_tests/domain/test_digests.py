"""When is a digest due? Once on every local day of every zone, at the time that clocks show there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.digests import LATE, day_done, due_on, local_day, next_due
from handlers.domain.zones import zone, zone_names

ZONES = sorted(zone_names())
DAYS = st.dates(date(1975, 1, 1), date(2037, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ONE_DAY = timedelta(days=1)


def exists(day: date, zone_name: str) -> bool:
    """Whether clocks of a zone ever show a day, by looking at every quarter of an hour around it."""
    start = datetime.combine(day, time(), UTC) - timedelta(hours=26)
    return any(local_day(start + timedelta(minutes=15 * n), zone_name) == day for n in range(4 * 78))


def shown(instant: datetime, zone_name: str) -> str:
    return instant.astimezone(zone(zone_name)).strftime("%Y-%m-%d %H:%M")


@given(st.sampled_from(ZONES), DAYS, TIMES)
@settings(max_examples=300, deadline=None)
def test_each_local_day_has_one_due_instant_which_is_on_that_day(zone_name: str, day: date, at: time) -> None:
    due = due_on(day, at, zone_name)

    assert (due is not None) == exists(day, zone_name)
    assert due is None or local_day(due, zone_name) == day


@given(st.sampled_from(ZONES), DAYS, TIMES)
@settings(max_examples=300, deadline=None)
def test_due_instants_follow_each_other_as_days_do(zone_name: str, first: date, at: time) -> None:
    found = [due_on(first + n * ONE_DAY, at, zone_name) for n in range(5)]
    dues = [due for due in found if due is not None]

    assert dues == sorted(set(dues))
    assert len(dues) >= 4


@given(st.sampled_from(ZONES), DAYS, TIMES)
@settings(max_examples=300, deadline=None)
def test_clocks_show_the_time_wherever_they_show_it_at_all(zone_name: str, day: date, at: time) -> None:
    due, wanted = due_on(day, at, zone_name), datetime.combine(day, at)
    rules = zone(zone_name)
    candidates = [wanted.replace(tzinfo=rules, fold=fold).astimezone(UTC) for fold in (0, 1)]
    real = [each for each in candidates if each.astimezone(rules).replace(tzinfo=None) == wanted]

    if real:
        assert due == min(real)
    else:
        assert due is None or due in candidates


@given(st.sampled_from(ZONES), st.datetimes(datetime(1975, 1, 1), datetime(2037, 1, 1)), TIMES, st.booleans())
@settings(max_examples=300, deadline=None)
def test_the_next_is_in_the_future_and_no_due_instant_is_left_out(
    zone_name: str, naive: datetime, at: time, had_one: bool
) -> None:
    now = naive.replace(tzinfo=UTC)
    done = local_day(now, zone_name) if had_one else None
    due = next_due(now, at, zone_name, done)
    between = [due_on(local_day(now, zone_name) + n * ONE_DAY, at, zone_name) for n in range(-2, 3)]
    sooner = [each for each in between if each is not None and now < each < due]

    assert due > now
    assert [each for each in sooner if done is None or local_day(each, zone_name) > done] == []
    assert done is None or local_day(due, zone_name) > done


def test_a_year_of_digests_in_every_zone_skips_no_day_and_repeats_none() -> None:
    told = {zone_name: days_of_digests(zone_name) for zone_name in ZONES}

    assert [name for name, days in told.items() if days != [days[0] + n * ONE_DAY for n in range(300)]] == []


@given(st.sampled_from(ZONES), DAYS, TIMES, st.lists(st.integers(0, 12 * 60), min_size=5, max_size=5))
@settings(max_examples=100, deadline=None)
def test_digests_that_are_up_to_half_a_day_late_come_for_every_local_day(
    zone_name: str, first: date, at: time, late: list[int]
) -> None:
    due = next_due(datetime.combine(first, time(), UTC), at, zone_name)
    days = []
    for minutes in late:
        now = due + timedelta(minutes=minutes)
        days.append(day_done(due, now, zone_name))
        due = next_due(now, at, zone_name, days[-1])

    # A day that the zone skipped is nobody's.
    assert days == [each for n in range(7) if due_on(each := days[0] + n * ONE_DAY, at, zone_name)][:5]


@given(st.sampled_from(ZONES), DAYS, TIMES, st.integers(12 * 60 + 1, 4 * 24 * 60))
@settings(max_examples=100, deadline=None)
def test_a_digest_later_than_that_is_the_one_of_the_day_on_which_it_comes(
    zone_name: str, day: date, at: time, minutes: int
) -> None:
    due = next_due(datetime.combine(day, time(), UTC), at, zone_name)
    now = due + timedelta(minutes=minutes)

    assert now - due > LATE
    assert day_done(due, now, zone_name) == local_day(now, zone_name)
    assert local_day(next_due(now, at, zone_name, local_day(now, zone_name)), zone_name) > local_day(now, zone_name)


def days_of_digests(zone_name: str) -> list[date]:
    now, done = datetime(2024, 2, 27, tzinfo=UTC), None
    days = []
    for _ in range(300):
        now = next_due(now, time(1, 30), zone_name, done)
        done = local_day(now, zone_name)
        days.append(done)
    return days


@pytest.mark.parametrize(
    ("zone_name", "day", "at", "local"),
    [
        ("America/New_York", date(2024, 3, 10), time(2, 30), "2024-03-10 03:30"),  # skipped: 02:00 became 03:00
        ("America/New_York", date(2024, 11, 3), time(1, 30), "2024-11-03 01:30"),
        ("Africa/Cairo", date(2024, 4, 26), time(0, 0), "2024-04-26 01:00"),  # midnight itself was skipped
        ("America/Nuuk", date(2024, 3, 30), time(23, 30), "2024-03-30 22:30"),  # the day ended at 23:00
        ("America/Nuuk", date(2024, 3, 31), time(0, 0), "2024-03-31 00:00"),
        ("Australia/Lord_Howe", date(2024, 10, 6), time(2, 15), "2024-10-06 02:45"),  # by half an hour
        ("Asia/Kathmandu", date(2024, 6, 1), time(9, 0), "2024-06-01 09:00"),
    ],
)
def test_a_time_that_clocks_skip_is_moved_by_what_they_skip_within_its_day(
    zone_name: str, day: date, at: time, local: str
) -> None:
    due = due_on(day, at, zone_name)

    assert due is not None
    assert shown(due, zone_name) == local


def test_of_two_times_alike_the_first_counts() -> None:
    assert due_on(date(2024, 11, 3), time(1, 30), "America/New_York") == datetime(2024, 11, 3, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone_name", "day"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_a_day_that_a_zone_skipped_has_no_digest(zone_name: str, day: date) -> None:
    before = due_on(day - ONE_DAY, time(9), zone_name)

    assert due_on(day, time(9), zone_name) is None
    assert before is not None
    assert next_due(before, time(9), zone_name) == due_on(day + ONE_DAY, time(9), zone_name)


def test_a_digest_that_was_had_today_comes_tomorrow_however_the_time_was_changed() -> None:
    noon = datetime(2024, 6, 3, 12, tzinfo=UTC)

    assert next_due(noon, time(15), "UTC") == datetime(2024, 6, 3, 15, tzinfo=UTC)
    assert next_due(noon, time(15), "UTC", date(2024, 6, 3)) == datetime(2024, 6, 4, 15, tzinfo=UTC)
    # Sent in Tokyo on the 4th, and flown to Honolulu, where it is the 3rd: the 4th had its digest.
    assert next_due(noon, time(9), "Pacific/Honolulu", date(2024, 6, 4)) == datetime(2024, 6, 5, 19, tzinfo=UTC)
