"""The ways in as a page takes them: asking for a link, reading the mail, opening it; signing in at a provider; refreshing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from contract_tests.client import JSON, Client, value
from handlers.storage.magic_links import MagicLinks
from handlers.storage.outbox import Outbox
from tools.events import HttpCall, Pairs, Received, encoded_query
from tools.stage import Stage

LINK, VERIFY, REFRESH = "/api/v2/auth/magic-link", "/api/v2/auth/magic-link/verify", "/api/v2/auth/refresh"
URLS, CALLBACK = "/api/v2/auth/oauth/urls", "/api/v2/auth/oauth/callback"
PAGE = "http://localhost:8000/auth/callback"


def cookie(got: Received, name: str) -> str:
    """The value that an answer sets a cookie to."""
    (line,) = (line for line in got.cookies if line.startswith(f"{name}="))
    return line.partition("=")[2].partition(";")[0]


def mailed(stage: Stage, email: str) -> list[str]:
    """The tokens of all links that wait to be mailed to an address."""
    due = Outbox(stage.store).due(stage.clock.now(), 1000)
    texts = [entry.mail.text for entry in due if entry.mail.to == email]
    return [token for text in texts for token in re.findall(r"[?&]token=([A-Za-z0-9_-]+)", text)]


def state_of(stage: Stage, token: str) -> str:
    """What the store says of a link."""
    link = MagicLinks(stage.store).find(token, stage.clock.now())
    return link.state if link else "unknown"


def newest(stage: Stage, email: str) -> str:
    """The token of the one link of an address that opens."""
    (token,) = (token for token in mailed(stage, email) if state_of(stage, token) == "good")
    return token


def asked(stage: Stage, email: str, caller: str = "nobody", **more: Any) -> Received:
    """The answer to asking for a link."""
    return Client(stage, caller).post(LINK, {"email": email, **more})


def opened(stage: Stage, token: str, method: str = "GET", **more: str) -> Received:
    """The answer to opening a link."""
    return stage.call(HttpCall(method, VERIFY, encoded_query({"token": token, **more})))


def refreshed(stage: Stage, token: str) -> Received:
    """The answer to refreshing with the cookie."""
    return stage.call(HttpCall("POST", REFRESH, "", (("Cookie", f"refresh_token={token}"),)))


def as_bearer(stage: Stage, access_token: str, method: str, path: str) -> Received:
    headers: Pairs = (("Authorization", f"Bearer {access_token}"), ("Cookie", "csrf_token=t"), ("X-CSRF-Token", "t"))
    return stage.call(HttpCall(method, path, "", headers))


@dataclass
class Device:
    """A browser that signed in: what it holds."""

    access: str
    refresh: str

    @classmethod
    def of(cls, got: Received) -> Device:
        body = value(got)
        return cls((body.get("tokens") or body)["access_token"], cookie(got, "refresh_token"))


def signed_in(stage: Stage, email: str) -> Device:
    """A browser that has signed in with a link."""
    assert asked(stage, email).status == 202
    return Device.of(opened(stage, newest(stage, email)))


def returned(stage: Stage, code: str, provider: str = "google", caller: str = "nobody", **changed: str) -> Received:
    """The answer to what a provider sent back, for a sign-in that this begins."""
    begun = value(Client(stage, caller).get(URLS))["providers"][provider]
    body = {"provider": provider, "code": code, "state": begun["state"], "redirect_uri": PAGE, **changed}
    return Client(stage, caller).call("POST", CALLBACK, body=body, headers=(JSON,))
