"""Two articles tell one story if their headlines are the same but for punctuation, and their days are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.domain.headlines import normalised, story_key


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Apple Reports Q4 Earnings Beat", "apple reports q4 earnings beat"),
        ("  Apple   reports\n\tQ4 ", "apple reports q4"),
        ("Year-End Sell-Off", "yearend selloff"),
        ('Apple\'s $3.5bn deal: "done"!', "apples 35bn deal done"),
        ("ÜBER_Größe – naïve 日本", "über_größe naïve 日本"),
        ("की – का", "की का"),
        ("Cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("Apple \N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "apple"),
        ("— ! —", ""),
        ("", ""),
    ],
)
def test_punctuation_case_and_blanks_do_not_matter(headline: str, expected: str) -> None:
    assert normalised(headline) == expected


def test_keys_are_those_that_the_collectors_before_made() -> None:
    day = date(2025, 12, 21)

    assert story_key("Apple Reports Q4 Earnings Beat", day) == "69bf5b1ca5285723262580a77f0adecb"
    assert story_key("", day) == "e291c9cbdde58a80dfe2974ea87e9814"


def test_headlines_without_letters_or_that_differ_in_marks_are_stories_of_their_own() -> None:
    told = ["🚀🚀🚀", "📉📉", "???", "", "की", "का"]

    assert len({story_key(headline, date(2025, 12, 21)) for headline in told}) == len(told)


def test_the_day_is_that_of_utc() -> None:
    evening = datetime(2025, 12, 20, 20, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert story_key("Apple", evening) == story_key("Apple", date(2025, 12, 21))


@given(st.text(max_size=50), st.datetimes(timezones=st.just(UTC)), st.integers(0, 86_399))
def test_the_minute_does_not_matter(headline: str, at: datetime, second: int) -> None:
    other = at.replace(hour=0, minute=0, second=0) + timedelta(seconds=second)

    assert story_key(headline, at) == story_key(headline, other)


@given(st.text(max_size=50))
def test_what_is_normalised_stays_as_it_is(headline: str) -> None:
    once = normalised(headline)

    assert normalised(once) == once
