"""A day adds up the same in any order, and sources count together by their weights."""

from __future__ import annotations

import statistics
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import days
from handlers.domain.buckets import Score
from handlers.domain.days import SourceDay

NOON = datetime(2024, 12, 2, 12, tzinfo=UTC)
law = settings(max_examples=60, deadline=None)
units = st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12)


def day(said: list[int], source: str = "tiingo") -> SourceDay:
    scores = [Score("AAPL", NOON, value, f"article-{n}", source) for n, value in enumerate(said)]
    summed = reduce(days.accumulate, scores, None)
    assert summed is not None
    return summed


@law
@given(units, st.randoms(use_true_random=False))
def test_a_day_is_the_same_in_any_order(said: list[int], order: st.DataObject) -> None:
    shuffled = said.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    assert day(shuffled) == day(said)


@law
@given(units)
def test_mean_and_agreement_are_those_of_the_scores(said: list[int]) -> None:
    scores = [value / 10_000 for value in said]
    summed = day(said)

    assert summed.mean == pytest.approx(statistics.fmean(scores), abs=1e-12)
    if len(said) == 1:
        assert summed.agreement is None
    else:
        assert summed.agreement == pytest.approx(1 - statistics.pvariance(scores) / 2, abs=1e-9)


@law
@given(units)
def test_a_day_comes_back_from_its_row_as_it_was(said: list[int]) -> None:
    assert days.from_row(days.to_row(day(said))) == day(said)


@law
@given(st.dictionaries(st.sampled_from(["tiingo", "finnhub", "our_model"]), units, min_size=1))
def test_the_aggregate_lies_among_the_sources_whatever_their_order(said: dict[str, list[int]]) -> None:
    spoke = [day(values, source) for source, values in said.items()]
    together = days.aggregated(spoke)

    assert together == days.aggregated(spoke[::-1])
    assert min(d.mean for d in spoke) - 1e-4 <= together.score <= max(d.mean for d in spoke) + 1e-4
    assert (together.confidence is None) == (len(spoke) == 1)


def test_weights_are_scaled_to_those_that_spoke() -> None:
    spoke = [day([10_000], "finnhub"), day([0], "tiingo")]

    assert days.aggregated(spoke).score == 0.6154
    assert days.aggregated([*spoke, day([0], "our_model")]).score == 0.4


def test_nothing_cannot_be_aggregated() -> None:
    with pytest.raises(ValueError, match="cannot aggregate empty"):
        days.aggregated([])


def test_days_are_days_in_utc_and_kept_four_hundred_after_they_end() -> None:
    evening_in_new_york = datetime.fromisoformat("2024-12-01T20:00:00-05:00")

    assert days.day_of(evening_in_new_york) == date(2024, 12, 2)
    assert days.expires_at(date(2024, 12, 2)) == datetime(2024, 12, 3, tzinfo=UTC) + timedelta(days=400)


@law
@given(units, units, st.integers(0, 300))
def test_days_pooled_are_as_if_all_had_been_said_on_one(one: list[int], other: list[int], apart: int) -> None:
    earlier, later = day(one), replace(day(other), day=NOON.date() + timedelta(days=apart))
    together = days.pooled([later, earlier])

    assert together == days.pooled([earlier, later]) == replace(day(one + other), day=later.day)


def test_nothing_pooled_is_nothing() -> None:
    assert days.pooled([]) is None
    assert days.pooled([day([5])]) == day([5])
