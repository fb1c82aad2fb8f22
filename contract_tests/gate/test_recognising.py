"""Public operations that look who is calling: a caller is known if they can be, and never refused for who they are."""

from __future__ import annotations

import pytest

from contract_tests.client import Client
from contract_tests.dashboard.doors import URLS
from handlers.storage.hashes import hashed
from handlers.storage.items import Key
from models.operation import Level
from models.registry import entries
from tools import identities
from tools.events import HttpCall, Pairs, Received
from tools.openapi.document import document
from tools.stage import Stage


def remembered(stage: Stage, got: Received) -> object:
    """The anonymous user that a sign-in was begun by."""
    state = got.body.decode().rpartition('"state":"')[2].partition('"')[0]
    kept = stage.store.get(Key("users", f"OAUTH_STATE#{hashed(state)}", "STATE"))
    assert kept is not None
    return kept["anonymous_user_id"]


@pytest.mark.parametrize(
    ("caller", "expected"),
    [
        ("anonymous", identities.ANONYMOUS),
        ("other", identities.OTHER),
        *(
            (caller, None)
            for caller in ("nobody", "expired", "revoked", "merged", "forged", "stale", "member", "operator")
        ),
    ],
)
def test_a_live_anonymous_session_is_recognised_and_nobody_is_refused(caller: str, expected: str | None) -> None:
    stage = Stage()
    got = Client(stage, caller).get(URLS)

    assert got.status == 200
    assert remembered(stage, got) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("X-User-ID", identities.ANONYMOUS),), identities.ANONYMOUS),
        ((("Authorization", f"Bearer {identities.OTHER}"), ("X-User-ID", identities.ANONYMOUS)), identities.OTHER),
        ((("Authorization", "Basic abc"), ("X-User-ID", identities.ANONYMOUS)), None),
        ((("Authorization", "Bearer nonsense"),), None),
        ((("Authorization", "Bearer \ud800"),), None),
        ((("Authorization", ""),), None),
    ],
)
def test_credentials_are_found_where_they_always_are(headers: Pairs, expected: str | None) -> None:
    stage = Stage()
    got = stage.call(HttpCall("GET", URLS, "", headers))

    assert got.status == 200
    assert remembered(stage, got) == expected


def test_only_public_operations_recognise_and_the_document_says_that_a_credential_is_optional() -> None:
    recognising = {entry.operation.id: entry.operation for entry in entries() if entry.operation.recognises}
    security = {
        operation["operationId"]: operation["security"]
        for path in document()["paths"].values()
        for operation in path.values()
    }

    assert set(recognising) == {"requestMagicLink", "getOauthUrls", "signInWithProvider"}
    assert {operation.level for operation in recognising.values()} == {Level.PUBLIC}
    assert all(security[name] == [{}, {"session": []}, {"userId": []}] for name in recognising)
