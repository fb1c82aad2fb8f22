"""The caller's own session, and how a page is told of it."""

from __future__ import annotations

from datetime import datetime

from handlers.assembly import Backend
from handlers.domain.mail import masked_address
from handlers.gate.callers import Caller
from handlers.storage.sessions import Session, Sessions
from models.refusals import Unauthenticated


def live_session(caller: Caller, backend: Backend) -> Session:
    """The session that the gate found alive a moment ago. Raises `Unauthenticated` if it ended since."""
    session = Sessions(backend.store).of(caller.user_id, caller.session_id, backend.now())
    if session is None:
        raise Unauthenticated("The session of this credential has ended; start a new one")
    return session


def seconds_until(instant: datetime, backend: Backend) -> int:
    """Whole seconds left, never below zero."""
    return max(int((instant - backend.now()).total_seconds()), 0)


def masked_email(email: str | None) -> str | None:
    """The caller's address as a page shows it; None if there is none."""
    return None if email is None else masked_address(email)
