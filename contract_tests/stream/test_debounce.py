"""Debouncing: rarely, but never the last value lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.stream.debounce import Debounce

START = datetime(2024, 12, 2, 15, tzinfo=UTC)
PAUSE = timedelta(milliseconds=100)


def at(milliseconds: int) -> datetime:
    return START + timedelta(milliseconds=milliseconds)


def test_the_first_value_leaves_at_once() -> None:
    debounce: Debounce[str, int] = Debounce(PAUSE)
    debounce.put("AAPL", 1)

    assert (debounce.take(at(0)), debounce.due()) == ([1], None)


def test_within_the_pause_only_the_last_value_waits() -> None:
    debounce: Debounce[str, int] = Debounce(PAUSE)
    debounce.put("AAPL", 1)
    debounce.take(at(0))
    debounce.put("AAPL", 2)
    debounce.put("AAPL", 3)
    debounce.put("MSFT", 9)

    assert debounce.take(at(99)) == [9]
    assert debounce.due() == at(100)
    assert debounce.take(at(100)) == [3]
    assert debounce.take(at(500)) == []


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 80)), max_size=30))
def test_values_leave_a_pause_apart_and_the_last_one_always_leaves(offers: list[tuple[str, int]]) -> None:
    debounce: Debounce[str, tuple[str, int]] = Debounce(PAUSE)
    now, left, last = 0, [], {}
    for number, (key, later) in enumerate(offers):
        now += later
        debounce.put(key, (key, number))
        last[key] = number
        left += [(now, *value) for value in debounce.take(at(now))]
    while due := debounce.due():
        left += [((due - START) // timedelta(milliseconds=1), *value) for value in debounce.take(due)]

    for key in "ab":
        times = [moment for moment, of, _ in left if of == key]
        assert all(later - earlier >= 100 for earlier, later in pairwise(times))
        assert {of: number for _, of, number in left}.get(key) == last.get(key)
