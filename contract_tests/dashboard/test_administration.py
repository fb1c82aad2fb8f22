"""What operators may do to others: end their sessions, and look them up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.devices import AUTH, called, signed_in, started
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from handlers.runtime.clock import FixedClock
from handlers.storage.sessions import Sessions
from handlers.storage.sqlite import SqliteStore
from handlers.storage.users import Users
from tools import identities
from tools.stage import NOW, Stage

REVOKE = "/api/v2/admin/sessions/revoke"
LOOKUP = "/api/v2/users/lookup"
NOBODYS = "9d1eddeb-ee92-4f01-80ee-90a2cfd2d30a"
SECOND_SESSION = "5e550009-1111-4222-8333-444455556666"


def revoked(stage: Stage, *user_ids: str, reason: str = "leaked") -> Any:
    got = Client(stage, "operator").post(REVOKE, {"user_ids": list(user_ids), "reason": reason})
    assert got.status == 200, got
    return value(got)


def outcomes(report: Any) -> list[str]:
    return [each["outcome"] for each in report["outcomes"]]


def test_every_session_of_a_revoked_account_ends_at_once(stage: Stage) -> None:
    Sessions(stage.store).start(identities.MEMBER, SECOND_SESSION, NOW)
    before = Users(stage.store).get(identities.MEMBER)
    report = revoked(stage, identities.MEMBER)
    after = Users(stage.store).get(identities.MEMBER)

    assert outcomes(report) == ["revoked"]
    assert before is not None
    assert after is not None
    assert after.revocation_id == before.revocation_id + 1
    assert Client(stage, "member").get(f"{AUTH}/me").status == 401
    assert [
        Sessions(stage.store).member(after.user_id, each, NOW) for each in (identities.SESSION, SECOND_SESSION)
    ] == [
        None,
        None,
    ]


def test_a_revoked_account_can_sign_in_again_and_its_old_tokens_stay_dead(stage: Stage) -> None:
    old = signed_in(stage, "newcomer@example.com")
    user = Users(stage.store).by_email("newcomer@example.com")
    assert user is not None
    revoked(stage, user.user_id)
    new = signed_in(stage, "newcomer@example.com")

    assert [called(stage, each, "GET", f"{AUTH}/me").status for each in (old, new)] == [401, 200]
    assert outcomes(revoked(stage, user.user_id)) == ["revoked"]
    assert called(stage, new, "GET", f"{AUTH}/me").status == 401


def test_a_revoked_anonymous_session_is_over_for_good(stage: Stage) -> None:
    token = started(stage)
    report = revoked(stage, token)

    assert outcomes(report) == ["revoked"]
    assert called(stage, token, "POST", f"{AUTH}/session/refresh").status == 401
    assert Client(stage, "member").post(f"{AUTH}/merge", {"anonymous_user_id": token}).status == 404


def test_the_outcome_of_each_user_is_told_in_the_order_of_the_request(stage: Stage) -> None:
    users = (NOBODYS, identities.MEMBER, identities.EXPIRED, identities.MEMBER, identities.REVOKED, identities.MERGED)
    report = revoked(stage, *users)

    assert [each["user_id"] for each in report["outcomes"]] == list(dict.fromkeys(users))
    assert outcomes(report) == ["not_found", "revoked", "not_found", "already_revoked", "already_revoked"]
    assert (report["revoked_count"], report["failed_count"]) == (3, 2)
    assert report["failed_user_ids"] == [NOBODYS, identities.EXPIRED]


def test_revoking_again_raises_the_revision_once(stage: Stage) -> None:
    reports = [revoked(stage, identities.MEMBER) for _ in range(3)]
    user = Users(stage.store).get(identities.MEMBER)

    assert [outcomes(report) for report in reports] == [["revoked"], ["already_revoked"], ["already_revoked"]]
    assert user is not None
    assert user.revocation_id == identities.REVISION + 1


def test_a_hundred_users_are_the_most(stage: Stage) -> None:
    got = Client(stage, "operator").post(REVOKE, {"user_ids": [NOBODYS] * 101, "reason": "all"})

    assert broken(got) == [(["body", "user_ids"], "too_long")]
    assert revoked(stage)["outcomes"] == []


@pytest.mark.parametrize("who", ["member", "anonymous"])
def test_only_operators_may(stage: Stage, who: str) -> None:
    client = Client(stage, who)

    assert client.post(REVOKE, {"user_ids": [identities.MEMBER], "reason": "x"}).status == 403
    assert client.get(LOOKUP, email="reader@example.com").status == 403
    assert Client(stage, "member").get(f"{AUTH}/me").status == 200


def test_an_operator_can_end_the_own_sessions(stage: Stage) -> None:
    report = revoked(stage, identities.OPERATOR)

    assert outcomes(report) == ["revoked"]
    assert Client(stage, "operator").post(REVOKE, {"user_ids": [], "reason": "x"}).status == 401


@pytest.mark.parametrize("answer_lost", [False, True])
def test_a_list_that_was_interrupted_anywhere_is_finished_by_repeating_it(answer_lost: bool) -> None:
    users = (identities.ANONYMOUS, identities.MEMBER, identities.FULL)
    for n in range(1, 4):
        stage = Stage(store=Interrupted(Stage().store, n, answer_lost))
        refused = Client(stage, "operator").post(REVOKE, {"user_ids": list(users), "reason": "leaked"})
        report = revoked(stage, *users)
        found = [Users(stage.store).get(user_id) for user_id in users]

        assert refused.status == 503
        assert report["revoked_count"] == 3
        assert outcomes(report).count("already_revoked") == n - 1 + answer_lost
        assert [user and (user.revoked, user.revocation_id) for user in found] == [(True, 1), (True, 2), (True, 1)]


def test_all_five_sessions_end_in_the_write_that_revokes(
    tmp_path: Path,
) -> None:
    store = SqliteStore(str(tmp_path / "store.db"), FixedClock(NOW), busy_timeout_seconds=30)
    identities.enrol(store, NOW)
    stage = Stage(clock=FixedClock(NOW), store=store)
    for number in range(5):
        Sessions(store).start(identities.MEMBER, f"5e55001{number}-1111-4222-8333-444455556666", NOW)
    report = revoked(stage, identities.MEMBER)
    left = store.query("users", f"USER#{identities.MEMBER}", prefix="SESSION#").items
    store.close()

    assert outcomes(report) == ["revoked"]
    assert left == []


def test_each_revocation_is_logged_with_who_did_it_and_without_the_reason(stage: Stage) -> None:
    with logged() as log:
        revoked(stage, identities.MEMBER, NOBODYS, reason="mails of reader@example.com were read")
    lines = [line for line in log.lines("INFO") if line["message"] == "sessions revoked"]

    assert [(line["operator"], line["user"], line["outcome"]) for line in lines] == [
        (identities.OPERATOR[:8], identities.MEMBER[:8], "revoked"),
        (identities.OPERATOR[:8], NOBODYS[:8], "not_found"),
    ]
    assert [secret for secret in ("reader@", identities.MEMBER, NOBODYS) if secret in log.text] == []


def test_an_account_is_found_by_its_address_in_any_case_and_shown_masked(stage: Stage) -> None:
    got = Client(stage, "operator").get(LOOKUP, email="READER@example.com")

    assert value(got) == {
        "found": True,
        "user_id": identities.MEMBER,
        "auth_type": "google",
        "email_masked": "r***@example.com",
    }
    assert got.header("cache-control") == "no-store"


def test_an_address_that_nobody_has_is_no_error(stage: Stage) -> None:
    got = Client(stage, "operator").get(LOOKUP, email="nobody+tag@example.com")

    assert (got.status, value(got)["found"], value(got)["user_id"]) == (200, False, None)


def test_each_lookup_is_logged_with_who_asked_and_without_the_address(stage: Stage) -> None:
    with logged() as log:
        for email in ("reader@example.com", "nobody@example.com"):
            Client(stage, "operator").get(LOOKUP, email=email)
    lines = [line for line in log.lines("INFO") if line["message"] == "user looked up"]

    assert [(line["operator"], line.get("user")) for line in lines] == [
        (identities.OPERATOR[:8], identities.MEMBER[:8]),
        (identities.OPERATOR[:8], None),
    ]
    assert "example.com" not in log.text
