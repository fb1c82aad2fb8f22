"""Changing alerts."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._alerts import changed, found, toggled
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from models.dashboard import alert_changes as api


@serves(api.UPDATE)
def update_alert(request: api.UpdateAlert, caller: Caller, backend: Backend) -> api.ChangedAlert:
    return changed(found(request.alert_id, caller, backend), request.changes, backend, api.UPDATE_RANGE)


@serves(api.TOGGLE)
def toggle_alert(request: api.ToggleAlert, caller: Caller, backend: Backend) -> api.AlertSwitch:
    return toggled(caller, request.alert_id, backend)
