"""Alerts of the caller."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._alerts import created, deleted, found, listed, quota, shown
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.alerts import Alerts, Draft
from models.dashboard import alerts as api
from models.operation import NoContent


@serves(api.CREATE)
def create_alert(request: api.CreateAlert, caller: Caller, backend: Backend) -> Reply[api.Alert]:
    asked = request.draft
    draft = Draft(asked.config_id, asked.ticker, asked.alert_type, asked.threshold_value, asked.threshold_direction)
    made = created(draft, caller, backend, api.CREATE_WATCHED)
    return Reply(shown(made, api.Alert), headers={"Location": f"{api.PATH}/{made.alert_id}"})


@serves(api.LIST)
def list_alerts(request: api.ListAlerts, caller: Caller, backend: Backend) -> api.AlertList:
    fitting = [
        alert
        for alert in Alerts(backend.store).all(caller.user_id)
        if request.config_id in (None, alert.config_id)
        and request.ticker in (None, alert.ticker)
        and request.enabled in (None, alert.is_enabled)
    ]
    return listed(fitting, caller, backend)


@serves(api.QUOTA)
def get_alert_quota(request: api.GetAlertQuota, caller: Caller, backend: Backend) -> api.AlertQuota:
    return quota(caller, backend)


@serves(api.GET)
def get_alert(request: api.GetAlert, caller: Caller, backend: Backend) -> api.Alert:
    return shown(found(request.alert_id, caller, backend), api.Alert)


@serves(api.DELETE)
def delete_alert(request: api.DeleteAlert, caller: Caller, backend: Backend) -> NoContent:
    deleted(found(request.alert_id, caller, backend), backend)
    return NoContent()
