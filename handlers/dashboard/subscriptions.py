"""Stopping mails from a link in one of them, and starting them again."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._live import live_session
from handlers.domain.unsubscribing import user_of
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.preferences import PreferenceBook
from handlers.storage.users import Users
from models.dashboard import subscriptions as api
from models.refusals import broken


@serves(api.UNSUBSCRIBE)
def unsubscribe_from_mails(request: api.UnsubscribeFromMails, caller: Caller, backend: Backend) -> api.Unsubscribed:
    return _stopped(request.token, backend)


@serves(api.ONE_CLICK)
def unsubscribe_in_one_click(request: api.UnsubscribeInOneClick, caller: Caller, backend: Backend) -> api.Unsubscribed:
    return _stopped(request.token, backend)


@serves(api.RESUBSCRIBE)
def resubscribe_to_mails(request: api.ResubscribeToMails, caller: Caller, backend: Backend) -> api.Resubscribed:
    user = live_session(caller, backend).user
    PreferenceBook(backend.store).change(user.user_id, user.timezone, {"email_enabled": True}, backend.now())
    return api.Resubscribed(status="resubscribed", message="Mails are re-enabled")


def _stopped(token: str, backend: Backend) -> api.Unsubscribed:
    """Stops the mails of whom a token names. Raises `Invalid`."""
    user_id = user_of(token, backend.now(), backend.signing.accepted())
    if user_id is None:
        raise broken(api.VALID)
    user = Users(backend.store).standing(user_id)
    if user is not None:
        PreferenceBook(backend.store).change(user.user_id, user.timezone, {"email_enabled": False}, backend.now())
        user_id = user.user_id
    message = "You will get no more mails. Sign in and resubscribe whenever you want them again"
    return api.Unsubscribed(status="unsubscribed", user_id=user_id, message=message)
