"""Devices that sign in as a page does: by a link in a mail, or at a recorded provider."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from contract_tests.client import JSON, value
from handlers.storage.outbox import Outbox
from handlers.storage.sessions import Sessions
from tools.events import HttpCall, Pairs, Received
from tools.stage import Stage

AUTH = "/api/v2/auth"
CSRF: Pairs = (("Cookie", "csrf_token=t"), ("X-CSRF-Token", "t"))
_token = re.compile(r"token=([A-Za-z0-9_.-]+)")


def called(stage: Stage, credential: str | None, method: str, path: str, body: Any = None, query: str = "") -> Received:
    """What a page receives that sends a credential and the double-submitted token."""
    sent = CSRF if credential is None else (*CSRF, ("Authorization", f"Bearer {credential}"))
    data = None if body is None else json.dumps(body).encode()
    return stage.call(HttpCall(method, path, query, sent if data is None else (*sent, JSON), data))


def started(stage: Stage) -> str:
    """The token of a new anonymous session."""
    got = called(stage, None, "POST", f"{AUTH}/anonymous")
    assert got.status == 201, got
    return str(value(got)["token"])


def signed_in(stage: Stage, email: str, anonymous: str | None = None) -> str:
    """The credential of who opens the link that was mailed to an address, a second after the one before.

    An `anonymous` session asks for it, if one is given.
    """
    stage.clock.sleep(1)
    assert called(stage, anonymous, "POST", f"{AUTH}/magic-link", {"email": email}).status == 202
    mails = [entry for entry in Outbox(stage.store).due(stage.clock.now(), 1000) if entry.mail.to == email]
    newest = _token.search(max(mails, key=lambda entry: entry.written_at).mail.text)
    assert newest is not None
    got = called(stage, None, "GET", f"{AUTH}/magic-link/verify", query=f"token={newest[1]}")
    assert got.status == 200, got
    return str(value(got)["tokens"]["access_token"])


def at_provider(stage: Stage, provider: str, person: str, credential: str | None = None) -> Received:
    """What a page receives that comes back from a recorded provider."""
    begun = value(called(stage, credential, "GET", f"{AUTH}/oauth/urls"))
    page = stage.settings.sign_in_pages[0]
    returned = {
        "code": f"recorded-{person}",
        "provider": provider,
        "redirect_uri": page,
        "state": begun["providers"][provider]["state"],
    }
    return called(stage, credential, "POST", f"{AUTH}/oauth/callback", returned)


def extended(stage: Stage, anonymous_user_id: str) -> None:
    """The anonymous session is prolonged: what was read of its user is not true any more."""
    sessions, now = Sessions(stage.store), stage.clock.now()
    session = sessions.anonymous(anonymous_user_id, now)
    assert session is not None
    sessions.extend(session, now + timedelta(seconds=1))
