"""An alert fires beyond its threshold, once in an hour, and never while it is disabled."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.triggers import COOL_DOWN, Alert, measured, rests, triggered
from models.fields import AlertType, Direction

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
ALERT = Alert("a", "u", "c", "AAPL", "sentiment_threshold", 0.5, "above", True, None, 0, NOW)
VALUES = st.floats(-100, 100)
ALERTS = st.builds(
    Alert,
    alert_id=st.just("a"),
    user_id=st.just("u"),
    config_id=st.just("c"),
    ticker=st.just("AAPL"),
    alert_type=st.sampled_from(get_args(AlertType)),
    threshold_value=VALUES,
    threshold_direction=st.sampled_from(get_args(Direction)),
    is_enabled=st.booleans(),
    last_triggered_at=st.none() | st.timedeltas(timedelta(hours=-3), timedelta(hours=3)).map(lambda past: NOW - past),
    trigger_count=st.integers(0, 5),
    created_at=st.just(NOW),
)


@pytest.mark.parametrize(
    ("direction", "value", "fires"),
    [
        ("above", 0.5, False),
        ("above", 0.5000000000000001, True),
        ("above", 0.49, False),
        ("below", 0.5, False),
        ("below", 0.49999999999999994, True),
        ("below", 0.51, False),
    ],
)
def test_the_threshold_itself_never_fires(direction: Direction, value: float, fires: bool) -> None:
    alert = replace(ALERT, threshold_direction=direction)

    assert triggered(alert, value, None, NOW) is fires


def test_each_type_looks_at_its_own_value() -> None:
    volatility = replace(ALERT, alert_type="volatility_threshold")

    assert (measured(ALERT, 0.9, 0.1), measured(volatility, 0.9, 0.1)) == (0.9, 0.1)
    assert (triggered(ALERT, 0.9, 0.1, NOW), triggered(volatility, 0.9, 0.1, NOW)) == (True, False)


@pytest.mark.parametrize(
    ("ago", "rested"),
    [
        (timedelta(0), False),
        (COOL_DOWN - MOMENT, False),
        (COOL_DOWN, True),
        (COOL_DOWN + MOMENT, True),
        (timedelta(days=-1), False),
    ],
)
def test_an_alert_rests_for_an_hour_and_fires_again_when_it_is_over(ago: timedelta, rested: bool) -> None:
    alert = replace(ALERT, last_triggered_at=NOW - ago)

    assert rests(alert, NOW) is not rested
    assert triggered(alert, 0.9, None, NOW) is rested


@settings(max_examples=200, deadline=None)
@given(ALERTS, st.none() | VALUES, st.none() | VALUES)
def test_what_fires_is_enabled_rested_and_beyond_its_threshold(
    alert: Alert, sentiment: float | None, volatility: float | None
) -> None:
    value = sentiment if alert.alert_type == "sentiment_threshold" else volatility
    beyond = value is not None and (
        (alert.threshold_direction == "above" and value > alert.threshold_value)
        or (alert.threshold_direction == "below" and value < alert.threshold_value)
    )
    rested = alert.last_triggered_at is None or alert.last_triggered_at + timedelta(hours=1) <= NOW

    assert triggered(alert, sentiment, volatility, NOW) is (alert.is_enabled and rested and beyond)


@settings(max_examples=100, deadline=None)
@given(ALERTS, VALUES)
def test_no_value_fires_in_both_directions(alert: Alert, value: float) -> None:
    above, below = (replace(alert, threshold_direction=direction) for direction in ("above", "below"))
    fired = [triggered(each, value, value, NOW) for each in (above, below)]

    assert fired != [True, True]
    assert any(fired) is (alert.is_enabled and not rests(alert, NOW) and value != alert.threshold_value)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.timedeltas(timedelta(0), timedelta(minutes=45)), max_size=30))
def test_however_often_it_is_evaluated_it_fires_at_most_once_in_any_hour(pauses: list[timedelta]) -> None:
    alert, now, fired = ALERT, NOW, []
    for pause in pauses:
        now += pause
        if triggered(alert, 0.9, None, now):
            fired.append(now)
            alert = replace(alert, last_triggered_at=now)

    assert all(later - earlier >= COOL_DOWN for earlier, later in itertools.pairwise(fired))
    assert bool(fired) is bool(pauses)
