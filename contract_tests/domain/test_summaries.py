"""What a digest says of a symbol: the mean over articles of one day, beside the day before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.buckets import Bucket, Score, accumulate, align
from handlers.domain.summaries import Summary, days_before, summary

NOW = datetime(2024, 12, 2, 15, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(*scores: tuple[float, int]) -> list[Bucket]:
    """Hourly buckets of scores (hours ago, ten-thousandths)."""
    found: dict[datetime, Bucket] = {}
    for number, (ago, units) in enumerate(scores):
        score = Score("AAPL", NOW - ago * HOUR, units, str(number), "tiingo")
        start = align(score.at, "1h")
        found[start] = accumulate(found.get(start), score, "1h")
    return list(found.values())


def test_the_mean_is_over_articles_not_over_hours() -> None:
    found = summary("AAPL", hours((0.1, 9000), (2, 0), (2, 0), (2.1, 0), (30, 1000)), NOW)

    assert found == Summary("AAPL", 0.225, 0.1, 0.125, "neutral", 4)


def test_where_nothing_was_said_nothing_is_made_up() -> None:
    assert summary("AAPL", [], NOW) == Summary("AAPL", None, None, None, None, 0)
    assert summary("AAPL", hours((30, 5000)), NOW) == Summary("AAPL", None, 0.5, None, None, 0)
    assert summary("AAPL", hours((3, -3300)), NOW) == Summary("AAPL", -0.33, None, None, "negative", 1)


def test_the_running_hour_is_the_last_of_the_day_and_the_days_do_not_overlap() -> None:
    before, since, end = days_before(NOW)

    assert end == datetime(2024, 12, 2, 16, tzinfo=UTC)
    assert (end - since, since - before) == (timedelta(hours=24), timedelta(hours=24))


def test_each_hour_of_the_last_two_days_belongs_to_one_of_them_and_no_other_hour_does() -> None:
    before, since, end = days_before(NOW)
    edges = [before - HOUR, before, since - HOUR, since, end - HOUR, end]
    told = [summary("AAPL", hours(((NOW - edge) / HOUR, 10_000)), NOW) for edge in edges]

    assert [(each.previous, each.score) for each in told] == [
        (None, None), (1, None), (1, None), (None, 1), (None, 1), (None, None),
    ]  # fmt: skip


def negated(value: float | None) -> float | None:
    return None if value is None else -value + 0.0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-10_000, 10_000)), max_size=20), st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_hours_changes_nothing_and_the_opposite_scores_give_the_opposite_summary(
    scores: list[tuple[int, int]], data: st.DataObject
) -> None:
    found = hours(*scores)
    told = summary("AAPL", found, NOW)
    opposite = summary("AAPL", hours(*((ago, -units) for ago, units in scores)), NOW)

    assert summary("AAPL", data.draw(st.permutations(found)), NOW) == told
    assert (opposite.score, opposite.previous) == (negated(told.score), negated(told.previous))
    assert (opposite.change, opposite.articles) == (negated(told.change), told.articles)
