"""What the log has to say at any level, and what it may say at none."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from contract_tests.logs import logged
from handlers.runtime.clock import FixedClock
from models.operation import Given
from tools import identities, probe
from tools.artefacts import ROOT
from tools.events import HttpCall, Pairs, received, rest_event
from tools.goldens.play import Theatre
from tools.goldens.replay import call_in, given_in
from tools.identities import credentials_of
from tools.stage import NOW, SIGNING_KEY, Stage

LEVELS = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR]
GATE = probe.gate(FixedClock(NOW))
POST = rest_event(HttpCall("POST", "/probe/rows", "", (), b"{}"))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "event",
    [None, {"Records": []}, POST | {"body": "%", "isBase64Encoded": True}, POST | {"multiValueHeaders": [1]}],
    ids=["nothing", "records", "no base64", "no map"],
)
def test_what_is_no_proxy_event_is_an_error_in_the_log_at_every_level(event: Any, level: int) -> None:
    with logged(level) as log:
        got = received(GATE(event))

    assert got.status == 400
    assert [(line["code"], line["request_id"]) for line in log.lines("ERROR")] == [
        ("NOT_A_PROXY_EVENT", got.header("x-request-id"))
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_a_failure_is_in_the_log_with_its_traceback_and_only_there(level: int) -> None:
    with logged(level) as log:
        got = received(GATE(rest_event(HttpCall("GET", "/probe/failure"))))
    [line] = log.lines("ERROR")

    assert "on purpose" in line["exception"]
    assert line["request_id"] == json.loads(got.body)["request_id"] == got.header("x-request-id")
    assert b"on purpose" not in got.body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("PUT", "/probe/rows", 405), ("POST", "/probe/rows", 422)],
)
def test_what_a_client_did_wrong_is_in_the_log_and_no_error(method: str, path: str, status: int) -> None:
    with logged(logging.INFO) as log:
        received(GATE(rest_event(HttpCall(method, path))))

    assert [line["status"] for line in log.lines("INFO")] == [status, status]
    assert log.lines("ERROR") == []


STREAM = f"/api/v2/configurations/{identities.CONFIGURATION}/stream"
SECRET = "s3cr3t-mark-0123456789abcdef"
COOKIES = ("Cookie", f"csrf_token={SECRET}; refresh_token={SECRET}")
CREDENTIALS: list[Pairs] = [
    (("Authorization", SECRET),),
    (("Authorization", f"Bearer {SECRET}"),),
    (("Authorization", f"Bearer {SECRET}\u00e9"),),
    (("Authorization", f"Bearer {SECRET}\ud800"),),
    (("Authorization", f"Bearer {SECRET}.{SECRET}.{SECRET}"),),
    (("Authorization", f"Basic {SECRET}"),),
    (("X-User-ID", SECRET),),
    (("Authorization", f"Bearer {identities.ANONYMOUS}"), ("X-CSRF-Token", SECRET + "!")),
]
BODIES = [
    f'{{"name":"{SECRET}"}}'.encode(),
    f'{{"name":"{SECRET}"'.encode(),
    f'{{"name":"{SECRET}'.encode() + b"\xff\xfe",
    f'"{SECRET}" {"9" * 4301}'.encode(),
    f'["{SECRET}", NaN]'.encode(),
    f'{"[" * 1001}"{SECRET}"'.encode(),
]


def told(stage: Stage, call: HttpCall, function: str) -> str:
    """All that anybody is told of a call: the log, and the answer unless it is a success."""
    with logged() as log:
        got = stage.call(call, function=function)
    return log.text + (got.body.decode() if got.status >= 400 else "")


def asked_with_secrets() -> list[tuple[str, HttpCall]]:
    calls: list[tuple[str, HttpCall]] = []
    for credential in CREDENTIALS:
        headers = (*credential, COOKIES, ("Content-Type", "application/json"))
        calls.append(("dashboard", HttpCall("GET", "/api/v2/auth/me", f"user_token={SECRET}", headers)))
        calls.append(("dashboard", HttpCall("POST", "/api/v2/auth/extend", "", headers)))
        calls.append(("stream", HttpCall("GET", STREAM, "", headers)))
        calls += [("dashboard", HttpCall("POST", "/api/v2/configurations", "", headers, body)) for body in BODIES]
    calls.append(("stream", HttpCall("GET", STREAM, f"user_token={SECRET}")))
    calls.append(("dashboard", HttpCall("GET", "/api/v2/articles", f"cursor={SECRET}", CREDENTIALS[-1])))
    return calls


@pytest.mark.parametrize("store", ["seeded", "unavailable"])
def test_no_credential_cookie_body_or_query_is_repeated_in_the_log_or_a_refusal(store: str) -> None:
    stage = Stage(Given(store=store))
    repeated = [call for function, call in asked_with_secrets() if SECRET in told(stage, call, function)]

    assert repeated == []


def test_no_key_token_or_anonymous_session_is_ever_logged() -> None:
    theatre = Theatre()
    settings = Stage(Given()).settings
    callers = [credentials_of(name, settings, NOW) for name in identities.NAMES]
    secrets = {SIGNING_KEY, *(value.rpartition(" ")[2] for pairs in callers for _, value in pairs)}
    with logged() as log:
        for file in sorted((ROOT / "golden" / "dashboard").rglob("*.json")):
            content = json.loads(file.read_bytes())
            theatre.play(given_in(content), call_in(content), "dashboard", "v1", content["response"]["status"])

    assert len(secrets) > len(identities.ANONYMOUS_IDS)
    assert len(log.lines("INFO")) > 300
    assert [secret for secret in secrets if secret in log.text] == []
