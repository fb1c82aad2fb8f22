"""Alerts of one watchlist."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._alerts import changed, created, deleted, found, listed, shown, toggled
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.alerts import Alerts, Draft
from handlers.storage.configurations import Configurations
from models.dashboard import nested_alerts as api
from models.dashboard.alert_changes import AlertSwitch, ChangedAlert
from models.dashboard.alerts import PATH
from models.operation import NoContent
from models.refusals import ConfigurationNotFound


@serves(api.LIST)
def list_configuration_alerts(
    request: api.ListConfigurationAlerts, caller: Caller, backend: Backend
) -> api.ConfigurationAlertList:
    if Configurations(backend.store).get(caller.user_id, request.config_id) is None:
        raise ConfigurationNotFound
    alerts = Alerts(backend.store).all(caller.user_id)
    page = listed([alert for alert in alerts if alert.config_id == request.config_id], caller, backend)
    return api.ConfigurationAlertList(alerts=page.alerts, total=page.total, daily_email_quota=page.daily_email_quota)


@serves(api.CREATE)
def create_configuration_alert(
    request: api.CreateConfigurationAlert, caller: Caller, backend: Backend
) -> Reply[api.ConfigurationAlert]:
    asked = request.draft
    is_enabled = asked.enabled is not False
    draft = Draft(request.config_id, asked.ticker, api.TYPES[asked.type], asked.threshold, asked.condition, is_enabled)
    made = created(draft, caller, backend, api.CREATE_WATCHED)
    body = shown(made, api.ConfigurationAlert, type=asked.type, enabled=made.is_enabled)
    return Reply(body, headers={"Location": f"{PATH}/{made.alert_id}"})


@serves(api.UPDATE)
def update_configuration_alert(request: api.UpdateConfigurationAlert, caller: Caller, backend: Backend) -> ChangedAlert:
    alert = found(request.alert_id, caller, backend, request.config_id)
    return changed(alert, request.changes, backend, api.UPDATE_RANGE)


@serves(api.DELETE)
def delete_configuration_alert(request: api.DeleteConfigurationAlert, caller: Caller, backend: Backend) -> NoContent:
    deleted(found(request.alert_id, caller, backend, request.config_id), backend)
    return NoContent()


@serves(api.TOGGLE)
def toggle_configuration_alert(request: api.ToggleConfigurationAlert, caller: Caller, backend: Backend) -> AlertSwitch:
    found(request.alert_id, caller, backend, request.config_id)
    return toggled(caller, request.alert_id, backend)
