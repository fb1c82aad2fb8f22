"""What the caller wants to be mailed."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._live import live_session
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.alerts import Alerts
from handlers.storage.items import Value
from handlers.storage.preferences import PreferenceBook, Preferences
from handlers.storage.users import User
from models.dashboard import preferences as api


@serves(api.GET)
def get_preferences(request: api.GetPreferences, caller: Caller, backend: Backend) -> api.NotificationPreferences:
    user = live_session(caller, backend).user
    return _shown(user, PreferenceBook(backend.store).get(user.user_id, user.timezone))


@serves(api.UPDATE)
def update_preferences(request: api.UpdatePreferences, caller: Caller, backend: Backend) -> api.NotificationPreferences:
    user = live_session(caller, backend).user
    changed = PreferenceBook(backend.store).change(
        user.user_id, user.timezone, _changes(request.changes), backend.now()
    )
    return _shown(user, changed)


@serves(api.DISABLE_ALL)
def disable_all(request: api.DisableAll, caller: Caller, backend: Backend) -> api.AllDisabled:
    user = live_session(caller, backend).user
    off: dict[str, Value] = {"email_enabled": False, "digest_enabled": False}
    PreferenceBook(backend.store).change(user.user_id, user.timezone, off, backend.now())
    disabled = Alerts(backend.store).disable_all(user.user_id)
    alerts = "1 alert" if disabled == 1 else f"{disabled} alerts"
    return api.AllDisabled(status="disabled", alerts_disabled=disabled, message=f"All mails and {alerts} are disabled")


def _changes(changes: api.PreferenceChanges) -> dict[str, Value]:
    """What a change sets, by the short names."""
    given: dict[str, Value] = changes.model_dump(exclude_none=True)
    shorts = {long: short for short, long in api.PAIRS}
    return {shorts.get(name, name): value for name, value in given.items()}


def _shown(user: User, wanted: Preferences) -> api.NotificationPreferences:
    return api.NotificationPreferences(
        email_notifications_enabled=wanted.email_enabled,
        daily_digest_enabled=wanted.digest_enabled,
        digest_time=wanted.digest_time,
        timezone=wanted.timezone,
        email=user.email,
        email_verified=user.email is not None and user.verification == "verified",
    )
