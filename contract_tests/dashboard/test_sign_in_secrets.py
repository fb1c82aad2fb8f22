"""What signing in keeps to itself: tokens, codes, states, verifiers and addresses are in no log and in no refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.doors import (
    CALLBACK,
    LINK,
    PAGE,
    REFRESH,
    URLS,
    VERIFY,
    Device,
    asked,
    cookie,
    newest,
    opened,
    refreshed,
)
from contract_tests.logs import logged
from handlers.storage.hashes import hashed
from handlers.storage.items import Key
from models.operation import Given
from tools.events import HttpCall, Pairs
from tools.stage import Stage

SECRET = "s3cr3t-mark-0123456789abcdef0123456789abcdef"
ADDRESS = f"{SECRET}@example.com"
JSON: Pairs = (("Content-Type", "application/json"),)
RETURNED = {"provider": "google", "code": SECRET, "state": SECRET, "redirect_uri": PAGE}


def post(path: str, body: Any, headers: Pairs = ()) -> HttpCall:
    return HttpCall("POST", path, "", (*JSON, *headers), json.dumps(body).encode())


MARKED = [
    post(LINK, {"email": ADDRESS, "redirect_url": f"https://elsewhere.example.com/{SECRET}"}),
    post(LINK, {"email": f"{SECRET}@"}),
    post(LINK, {"email": ADDRESS, "unknown": SECRET}),
    post(LINK, {"email": "a@example.com"}, (("Authorization", f"Bearer {SECRET}"),)),
    HttpCall("GET", VERIFY, f"token={SECRET}&utm={SECRET}"),
    HttpCall("GET", VERIFY, f"token={SECRET}!"),
    HttpCall("HEAD", VERIFY, f"token={SECRET}"),
    HttpCall("GET", URLS, f"redirect_uri=https://{SECRET}.example.com/"),
    HttpCall("GET", URLS, f"{SECRET[:5]}=1", (("Authorization", SECRET),)),
    post(CALLBACK, RETURNED),
    post(CALLBACK, {**RETURNED, "code": f"{SECRET}\u00e9"}),
    post(CALLBACK, {**RETURNED, "provider": SECRET}),
    HttpCall("POST", REFRESH, "", (("Cookie", f"refresh_token={SECRET}.{SECRET}"),)),
    HttpCall("POST", REFRESH, "", (("Cookie", f"refresh_token={SECRET} {SECRET}"),)),
    post(REFRESH, {"refresh_token": f"{SECRET}.{SECRET}"}),
]


@pytest.mark.parametrize("store", ["seeded", "unavailable"])
@pytest.mark.parametrize("call", MARKED, ids=lambda call: f"{call.method} {call.path}")
def test_what_was_sent_is_in_no_log_and_no_refusal(call: HttpCall, store: str) -> None:
    stage = Stage(Given("nobody", store=store))
    with logged() as log:
        got = stage.call(call)

    assert got.status >= 400 or call.path == LINK
    assert SECRET not in log.text
    assert SECRET not in got.body.decode() or got.status < 400


def test_a_code_that_the_provider_refuses_is_repeated_nowhere() -> None:
    stage = Stage()
    state = value(Client(stage, "nobody").get(URLS))["state"]
    with logged() as log:
        got = stage.call(post(CALLBACK, {**RETURNED, "state": state}))

    assert broken(got) == [(["body", "code"], "code_refused")]
    assert SECRET not in log.text + got.body.decode()


def test_nothing_that_signing_in_makes_is_logged() -> None:
    """Every way in once, with what each gave."""
    stage = Stage()
    with logged() as log:
        asked(stage, "somebody@example.com", "anonymous")
        link = newest(stage, "somebody@example.com")
        first = opened(stage, link)
        second = refreshed(stage, cookie(first, "refresh_token"))
        begun = value(Client(stage, "nobody").get(URLS))["providers"]["google"]
        kept = stage.store.get(Key("users", f"OAUTH_STATE#{hashed(begun['state'])}", "STATE"))
        body = {**RETURNED, "code": "recorded-reader", "state": begun["state"]}
        third = stage.call(post(CALLBACK, body))
        conflict = stage.call(post(CALLBACK, {**body, "code": "recorded-subscriber", "state": _state(stage)}))
        theft = refreshed(stage, cookie(first, "refresh_token"))
    assert kept is not None
    devices = [Device.of(got) for got in (first, second, third)]
    tokens = [secret for device in devices for secret in (device.access, *device.refresh.split("."))]
    others = [link, begun["state"], str(kept["verifier"]), value(conflict)["confirmation_token"], "recorded-reader"]
    cookies = [cookie(got, "csrf_token") for got in (first, second, third, conflict)]
    addresses = ["somebody@example.com", "reader@example.com", "subscriber@example.com"]

    assert [got.status for got in (first, second, third, conflict, theft)] == [200, 200, 200, 200, 401]
    assert [secret for secret in (*tokens, *others, *cookies, *addresses) if secret in log.text] == []
    assert len(log.lines("INFO")) >= 9


def _state(stage: Stage) -> str:
    return str(value(Client(stage, "nobody").get(URLS))["state"])


def test_every_sign_in_is_in_the_log_by_who_and_how() -> None:
    stage = Stage()
    asked(stage, "somebody@example.com")
    with logged() as log:
        opened(stage, newest(stage, "somebody@example.com"))
    (line,) = (line for line in log.lines("INFO") if line["message"] == "signed in")

    assert (line["provider"], line["new"], len(line["user"])) == ("email", True, 8)
