"""Alerts as every operation on them makes, changes and shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from handlers.backend import Backend
from handlers.domain.triggers import Alert
from handlers.gate.callers import Caller
from handlers.storage.alerts import Alerts, Draft, NoSuchWatchlist, NotWatched, TooManyAlerts
from handlers.storage.items import Value
from handlers.storage.mail_quota import MAILS_PER_DAY, MailQuota, resets_at
from models.dashboard import alert_changes
from models.dashboard import alerts as api
from models.operation import Rule
from models.refusals import AlertLimitReached, AlertNotFound, ConfigurationNotFound, broken

A = TypeVar("A", bound=api.Alert)


def created(draft: Draft, caller: Caller, backend: Backend, watched: Rule) -> Alert:
    """A new alert. Raises what the store refuses as what a client is told; `watched` is the rule on its symbol."""
    try:
        unsigned = replace(draft, threshold_value=_unsigned(draft.threshold_value))
        return Alerts(backend.store).create(caller.user_id, backend.chance.uuid(), unsigned, backend.now())
    except NoSuchWatchlist as error:
        raise ConfigurationNotFound from error
    except NotWatched as error:
        raise broken(watched, ticker=draft.ticker) from error
    except TooManyAlerts as error:
        raise AlertLimitReached("The watchlist has ten alerts already; delete one to make room") from error


def found(alert_id: str, caller: Caller, backend: Backend, config_id: str | None = None) -> Alert:
    """An alert of the caller, of one watchlist if one is given. Raises `AlertNotFound`."""
    alert = Alerts(backend.store).get(caller.user_id, alert_id)
    if alert is None or config_id not in (None, alert.config_id):
        raise AlertNotFound
    return alert


def changed(
    alert: Alert, changes: alert_changes.AlertChanges, backend: Backend, ranges: tuple[Rule, Rule]
) -> alert_changes.ChangedAlert:
    """The alert after a change. Raises `AlertNotFound`, or `Invalid` by the one of `ranges` whose field was given."""
    values = _values(changes)
    threshold = values.get("threshold_value")
    if isinstance(threshold, float):
        rule = ranges[0] if changes.threshold is not None else ranges[1]
        api.check_range(rule, alert.alert_type, threshold)
        values["threshold_value"] = _unsigned(threshold)
    now_is = Alerts(backend.store).change(alert.user_id, alert.alert_id, values)
    if now_is is None:
        raise AlertNotFound
    return shown(
        now_is,
        alert_changes.ChangedAlert,
        threshold=now_is.threshold_value,
        condition=now_is.threshold_direction,
        enabled=now_is.is_enabled,
    )


def _unsigned(threshold: float) -> float:
    """Adding zero turns -0.0, which JSON can say, into 0.0: they are one threshold."""
    return threshold + 0.0


def _values(changes: alert_changes.AlertChanges) -> dict[str, Value]:
    """What a change sets, by the long names."""
    given: dict[str, Value] = changes.model_dump(exclude_none=True)
    longs = dict(alert_changes.PAIRS)
    return {longs.get(name, name): value for name, value in given.items()}


def deleted(alert: Alert, backend: Backend) -> None:
    """Raises `AlertNotFound`."""
    if not Alerts(backend.store).delete(alert.user_id, alert.alert_id):
        raise AlertNotFound


def toggled(caller: Caller, alert_id: str, backend: Backend) -> alert_changes.AlertSwitch:
    """Raises `AlertNotFound`."""
    is_enabled = Alerts(backend.store).toggle(caller.user_id, alert_id)
    if is_enabled is None:
        raise AlertNotFound
    message = "Alert enabled" if is_enabled else "Alert disabled"
    return alert_changes.AlertSwitch(alert_id=alert_id, is_enabled=is_enabled, message=message)


def listed(alerts: Sequence[Alert], caller: Caller, backend: Backend) -> api.AlertList:
    return api.AlertList(
        alerts=[shown(alert, api.Alert) for alert in alerts],
        total=len(alerts),
        daily_email_quota=quota(caller, backend),
    )


def quota(caller: Caller, backend: Backend) -> api.AlertQuota:
    """What is left of the caller's mails of this UTC day."""
    today = backend.now().date()
    used = MailQuota(backend.store).used(caller.user_id, today)
    return api.AlertQuota(
        used=used,
        limit=MAILS_PER_DAY,
        remaining=MAILS_PER_DAY - used,
        resets_at=resets_at(today),
        is_exceeded=used >= MAILS_PER_DAY,
    )


def shown(alert: Alert, kind: type[A], **more: Any) -> A:
    """The alert as a response, with what its kind says beside."""
    return kind(
        alert_id=alert.alert_id,
        config_id=alert.config_id,
        ticker=alert.ticker,
        alert_type=alert.alert_type,
        threshold_value=alert.threshold_value,
        threshold_direction=alert.threshold_direction,
        is_enabled=alert.is_enabled,
        last_triggered_at=alert.last_triggered_at,
        trigger_count=alert.trigger_count,
        created_at=alert.created_at,
        **more,
    )
