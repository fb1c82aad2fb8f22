"""What was mailed to the caller about their alerts."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.gate import cursors
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.notifications import Notification, Notifications
from models.dashboard import notifications as api
from models.refusals import NotificationNotFound


@serves(api.LIST)
def list_notifications(request: api.ListNotifications, caller: Caller, backend: Backend) -> api.NotificationPage:
    of = (api.LIST.id, caller.user_id, request.status, request.alert_id)
    after = None if request.cursor is None else cursors.read(request.cursor, of, backend.signing.accepted(), api.CURSOR)
    notifications = Notifications(backend.store)
    found, position = notifications.page(caller.user_id, request.limit, request.status, request.alert_id, after)
    return api.NotificationPage(
        notifications=[_shown(each) for each in found],
        next_cursor=None if position is None else cursors.sign(position, of, backend.signing.current),
    )


@serves(api.GET)
def get_notification(request: api.GetNotification, caller: Caller, backend: Backend) -> api.NotificationDetail:
    found = Notifications(backend.store).get(caller.user_id, request.notification_id)
    if found is None:
        raise NotificationNotFound
    return api.NotificationDetail(**dict(_shown(found)), email=found.email, tracking=_tracking(found))


def _shown(found: Notification) -> api.Notification:
    return api.Notification(
        notification_id=found.notification_id,
        alert_id=found.alert_id,
        ticker=found.ticker,
        alert_type=found.alert_type,
        triggered_value=found.triggered_value,
        threshold_value=found.threshold_value,
        threshold_direction=found.threshold_direction,
        subject=found.subject,
        body_preview=found.body_preview,
        created_at=found.created_at,
        sent_at=found.sent_at,
        status=found.status,
        deep_link=found.deep_link,
    )


def _tracking(found: Notification) -> api.Tracking | None:
    if found.opened_at is None and found.clicked_at is None:
        return None
    return api.Tracking(opened_at=found.opened_at, clicked_at=found.clicked_at)
