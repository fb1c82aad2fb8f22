"""Does the calendar know when the NYSE trades?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import calendar
from handlers.domain.calendar import NEW_YORK, CalendarRangeError, MarketStatus, Session

# exchange_calendars reads its schedule in a way that pandas is about to change.
pytestmark = pytest.mark.filterwarnings("ignore:Series.values returning an ndarray")

SECOND = timedelta(seconds=1)
FIRST, LAST = date(2000, 1, 1), date(2035, 12, 31)

days = st.dates(FIRST, LAST)
instants = st.datetimes(datetime(2000, 1, 2), datetime(2035, 12, 30), timezones=st.just(UTC))


def at(text: str) -> datetime:
    """A wall-clock time in New York, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def session_of(text: str) -> Session:
    session = calendar.session_on(date.fromisoformat(text))
    assert session is not None
    return session


@pytest.fixture(scope="module")
def exchange() -> Any:
    library = pytest.importorskip(
        "exchange_calendars", reason="exchange_calendars is not installed: nothing to compare with"
    )
    return library.get_calendar("XNYS", start=str(FIRST), end=str(LAST))


def test_every_session_of_36_years_opens_and_closes_as_the_exchange_says(exchange: Any) -> None:
    theirs = [(row.Index.date(), row.open, row.close) for row in exchange.schedule.itertuples()]
    ours = [(session.day, session.opens, session.closes) for session in calendar.sessions(FIRST, LAST)]

    assert ours == theirs


def test_the_market_is_open_from_the_first_second_of_every_session_to_the_last(exchange: Any) -> None:
    for row in exchange.schedule.itertuples():
        opens, closes = row.open.to_pydatetime(), row.close.to_pydatetime()
        edges = [calendar.is_open(edge) for edge in (opens - SECOND, opens, opens + SECOND, closes - SECOND, closes)]

        assert edges == [False, True, True, True, False], row.Index


def test_half_days_are_the_exchanges_early_closes(exchange: Any) -> None:
    half_days = [session.day for session in calendar.sessions(FIRST, LAST) if session.is_half_day]

    assert half_days == [day.date() for day in exchange.early_closes]


@pytest.mark.parametrize(
    ("instant", "status", "reason", "extended"),
    [
        ("2025-11-25T03:59:59", "closed", "premarket", False),
        ("2025-11-25T04:00:00", "closed", "premarket", True),
        ("2025-11-25T09:29:59", "closed", "premarket", True),
        ("2025-11-25T09:30:00", "open", None, False),
        ("2025-11-25T15:59:59", "open", None, False),
        ("2025-11-25T16:00:00", "closed", "after_hours", True),
        ("2025-11-25T19:59:59", "closed", "after_hours", True),
        ("2025-11-25T20:00:00", "closed", "after_hours", False),
        ("2025-11-25T23:59:59", "closed", "after_hours", False),
        ("2025-11-27T12:00:00", "closed", "holiday", False),
        ("2025-11-28T12:59:59", "open", None, False),
        ("2025-11-28T13:00:00", "closed", "after_hours", True),
        ("2025-11-28T16:59:59", "closed", "after_hours", True),
        ("2025-11-28T17:00:00", "closed", "after_hours", False),
        ("2025-11-29T12:00:00", "closed", "weekend", False),
    ],
)
def test_a_day_passes_from_premarket_to_after_hours(
    instant: str, status: str, reason: str | None, extended: bool
) -> None:
    market = calendar.status(at(instant))

    assert (market.status, market.reason, market.is_extended_hours) == (status, reason, extended)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2001-09-11", "Attacks on the World Trade Center"),
        ("2001-09-14", "Attacks on the World Trade Center"),
        ("2004-06-11", "National Day of Mourning for Ronald Reagan"),
        ("2007-01-02", "National Day of Mourning for Gerald Ford"),
        ("2012-10-29", "Hurricane Sandy"),
        ("2012-10-30", "Hurricane Sandy"),
        ("2018-12-05", "National Day of Mourning for George H. W. Bush"),
        ("2025-01-09", "National Day of Mourning for Jimmy Carter"),
        ("2021-12-24", "Christmas Day"),
        ("2022-06-20", "Juneteenth National Independence Day"),
        ("2026-07-03", "Independence Day"),
        ("2035-03-23", "Good Friday"),
    ],
)
def test_a_closed_weekday_says_why(day: str, name: str) -> None:
    market = calendar.status(at(f"{day}T12:00:00"))

    assert (market.reason, market.is_holiday, market.holiday_name) == ("holiday", True, name)
    assert (market.market_open, market.market_close) == (None, None)


@pytest.mark.parametrize("day", ["2001-09-10", "2001-09-17", "2021-06-18", "2021-12-31", "2012-10-31"])
def test_days_that_one_might_take_for_holidays_are_sessions(day: str) -> None:
    assert session_of(day).opens == at(f"{day}T09:30:00")


def test_a_holiday_on_a_weekend_is_a_holiday_first() -> None:
    market = calendar.status(at("2022-01-01T12:00:00"))

    assert (market.reason, market.holiday_name) == ("holiday", "New Year's Day")


def test_a_session_keeps_new_yorks_hours_across_the_change_of_clocks() -> None:
    winter, summer = session_of("2025-03-07"), session_of("2025-03-10")

    assert winter.opens == datetime(2025, 3, 7, 14, 30, tzinfo=UTC)
    assert summer.opens == datetime(2025, 3, 10, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2025-11-25T09:29:59", "2025-11-25T09:30:00"),
        ("2025-11-25T09:30:00", "2025-11-26T09:30:00"),
        ("2025-11-26T12:00:00", "2025-11-28T09:30:00"),
        ("2001-09-10T16:00:00", "2001-09-17T09:30:00"),
        ("2035-12-31T16:00:00", "2036-01-02T09:30:00"),
    ],
)
def test_the_next_open_is_the_next_instant_the_market_opens(instant: str, expected: str) -> None:
    assert calendar.status(at(instant)).next_open == at(expected)


@given(instants)
@settings(max_examples=60, deadline=None)
def test_the_market_opens_at_the_next_open_and_at_no_time_before(instant: datetime) -> None:
    opens = calendar.next_open(instant)
    between = [session.opens for session in calendar.sessions(calendar.local_date(instant), calendar.local_date(opens))]

    assert opens > instant
    assert calendar.is_open(opens)
    assert not calendar.is_open(opens - SECOND)
    assert [other for other in between if instant < other < opens] == []


@given(instants)
@settings(max_examples=60, deadline=None)
def test_a_closed_market_always_has_a_reason_and_an_open_one_never(instant: datetime) -> None:
    market: MarketStatus = calendar.status(instant)

    assert (market.reason is None) == (market.status == "open") == calendar.is_open(instant)
    assert market.is_holiday == (market.holiday_name is not None) == (market.reason == "holiday")
    assert (market.market_open is None) == (market.reason in ("holiday", "weekend"))
    assert not market.is_extended_hours or market.reason in ("premarket", "after_hours")


@given(days)
@settings(max_examples=60, deadline=None)
def test_previous_and_next_session_lead_to_each_other(day: date) -> None:
    session = calendar.session_on(day)
    if session is None:
        assert calendar.next_session(day).day > day > calendar.previous_session(day).day
    elif day < date(2035, 12, 31):
        assert calendar.previous_session(calendar.next_session(day).day) == session


def test_the_first_and_the_last_covered_session_have_neighbours() -> None:
    assert calendar.previous_session(date(2000, 1, 3)).day == date(1999, 12, 31)
    assert calendar.next_session(date(2035, 12, 31)).day == date(2036, 1, 2)


def test_every_weekday_is_a_session_or_has_a_name() -> None:
    weekdays = [day for n in range((LAST - FIRST).days + 1) if (day := FIRST + timedelta(days=n)).weekday() < 5]
    unexplained = [day for day in weekdays if (calendar.session_on(day) is None) != bool(calendar.holiday_name(day))]

    assert unexplained == []


def test_extended_hours_run_from_four_to_eight_and_on_half_days_to_five() -> None:
    whole, half = session_of("2025-11-25"), session_of("2025-11-28")

    assert calendar.extended_hours(whole) == (at("2025-11-25T04:00:00"), at("2025-11-25T20:00:00"))
    assert calendar.extended_hours(half) == (at("2025-11-28T04:00:00"), at("2025-11-28T17:00:00"))
    assert (whole.minutes, half.minutes) == (390, 210)


def test_an_instant_outside_the_table_is_refused_with_its_range() -> None:
    for instant in (at("1999-12-31T12:00:00"), at("2036-01-01T00:00:00")):
        with pytest.raises(CalendarRangeError, match="covers 2000-01-01 to 2035-12-31"):
            calendar.status(instant)


def test_the_last_instant_of_the_table_has_a_status() -> None:
    market = calendar.status(at("2036-01-01T00:00:00") - SECOND)

    assert (market.reason, market.next_open.astimezone(NEW_YORK).time()) == ("after_hours", time(9, 30))


def test_a_naive_instant_is_refused() -> None:
    for question in (calendar.status, calendar.is_open, calendar.next_open, calendar.local_date):
        with pytest.raises(ValueError, match="naive"):
            question(datetime(2025, 11, 25, 12))


def test_any_time_zone_names_the_same_instant() -> None:
    instant = at("2025-11-25T10:00:00")

    assert calendar.status(instant.astimezone(NEW_YORK)) == calendar.status(instant)
