"""When an alert fires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.fields import AlertType, Direction

COOL_DOWN = timedelta(hours=1)
"""How long an alert rests once it has fired; at the end of the hour itself it may fire again."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold that a user watches on a symbol of a watchlist.

    Sentiment thresholds are signed scores in −1..1, volatility thresholds the average true range in percent of the price.
    """

    alert_id: str
    user_id: str
    config_id: str
    ticker: str
    alert_type: AlertType
    threshold_value: float
    threshold_direction: Direction
    is_enabled: bool
    last_triggered_at: datetime | None
    trigger_count: int
    created_at: datetime


def measured(alert: Alert, sentiment: float | None, volatility: float | None) -> float | None:
    """The one of both values that the alert looks at; None if it is not known."""
    return sentiment if alert.alert_type == "sentiment_threshold" else volatility


def rests(alert: Alert, now: datetime) -> bool:
    """Whether it fired less than an hour ago; also while clocks say that it fires in the future."""
    return alert.last_triggered_at is not None and now - alert.last_triggered_at < COOL_DOWN


def triggered(alert: Alert, sentiment: float | None, volatility: float | None, now: datetime) -> bool:
    """Whether it fires: enabled, rested, and its value known and beyond the threshold, never at it."""
    value = measured(alert, sentiment, volatility)
    if value is None or not alert.is_enabled or rests(alert, now):
        return False
    if alert.threshold_direction == "above":
        return value > alert.threshold_value
    return value < alert.threshold_value
