"""An anonymous session's data becomes an account's: over HTTP, interrupted, repeated, and from two devices at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.devices import AUTH, called, extended, signed_in, started
from contract_tests.dashboard.disk import locked, on_disk
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from models.operation import Given
from tools import identities
from tools.stage import Stage

MERGE = f"{AUTH}/merge"
STATUS = f"{AUTH}/merge-status"
LISTS = "/api/v2/configurations"


def merged(stage: Stage, source: str, caller: str = "member") -> Any:
    got = Client(stage, caller).post(MERGE, {"anonymous_user_id": source})
    assert got.status == 200, got
    return value(got)


def names(stage: Stage, caller: str = "member") -> list[str]:
    return [each["name"] for each in value(Client(stage, caller).get(LISTS))["configurations"]]


def status(stage: Stage, caller: str = "member", **query: str) -> Any:
    got = Client(stage, caller).get(STATUS, **query)
    assert got.status == 200, got
    return value(got)


def test_a_watchlist_is_as_it_was_but_somebody_elses(stage: Stage) -> None:
    path = f"{LISTS}/{identities.CONFIGURATION}"
    before = value(Client(stage).get(path))
    report = merged(stage, identities.ANONYMOUS)

    assert (report["status"], report["configurations"], report["skipped"]) == ("completed", 1, [])
    assert value(Client(stage, "member").get(path)) == before
    assert sorted(names(stage)) == ["Big tech", "Mine"]
    assert value(Client(stage, "member").get(f"{AUTH}/me"))["configs_count"] == 2


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", f"{AUTH}/validate"), ("POST", f"{AUTH}/extend"), ("GET", LISTS), ("GET", STATUS), ("GET", f"{AUTH}/me")],
)
def test_the_anonymous_token_speaks_for_nobody_afterwards(stage: Stage, method: str, path: str) -> None:
    before = Client(stage).call(method, path).status
    merged(stage, identities.ANONYMOUS)

    assert (before, Client(stage).call(method, path).status) == (200, 401)


def test_a_repeat_says_the_same_whenever_it_comes(stage: Stage) -> None:
    first = merged(stage, identities.ANONYMOUS)
    stage.clock.sleep(600)
    again = merged(stage, identities.ANONYMOUS)

    assert again["status"] == "already_merged"
    assert {**again, "status": "", "message": ""} == {**first, "status": "", "message": ""}
    assert len(names(stage)) == 2


def test_what_finds_no_place_is_listed_kept_and_moves_once_one_is_free(stage: Stage) -> None:
    first = merged(stage, identities.FULL)
    told = status(stage)
    Client(stage, "member").call("DELETE", f"{LISTS}/{identities.MEMBER_CONFIGURATION}")
    second = merged(stage, identities.FULL)

    assert first["status"] == told["status"] == "partial"
    assert first["configurations"] + len(first["skipped"]) == 2
    assert first["skipped"] == [{"config_id": identities.FULL_CONFIGURATION, "name": "Chips"}]
    assert (second["status"], second["skipped"], second["merged_at"]) == ("completed", [], first["merged_at"])
    assert sorted(names(stage)) == ["Chips", "Nothing yet"]
    assert status(stage)["status"] == "completed"


def test_of_a_session_that_had_nothing_every_answer_says_so(stage: Stage) -> None:
    first, again = merged(stage, identities.OTHER), merged(stage, identities.OTHER)
    told, newest = status(stage, anonymous_user_id=identities.OTHER), status(stage)

    assert first == again
    assert told == newest
    assert first["status"] == told["status"] == "no_data"
    assert first["merged_at"] == told["merged_at"]
    assert told["items_merged"] == {"configurations": 0, "alert_rules": 0, "preferences": 0}


def test_each_is_told_how_they_can_merge(stage: Stage) -> None:
    session, account = status(stage, "anonymous"), status(stage, anonymous_user_id=identities.ANONYMOUS)

    assert session["status"] == account["status"] == "pending"
    assert "sign in" in session["message"]
    assert "sign in" not in account["message"]
    assert "this session" not in account["message"]


def test_another_account_cannot_have_it_and_is_told_so(stage: Stage) -> None:
    merged(stage, identities.ANONYMOUS)
    got = Client(stage, "operator").post(MERGE, {"anonymous_user_id": identities.ANONYMOUS})
    told = status(stage, "operator", anonymous_user_id=identities.ANONYMOUS)

    assert (got.status, value(got)["code"]) == (409, "MERGED_ELSEWHERE")
    assert told["status"] == "no_data"
    assert "Big tech" not in names(stage, "operator")


@pytest.mark.parametrize("caller", ["anonymous", "other", "nobody"])
def test_only_an_account_can_get_anything(stage: Stage, caller: str) -> None:
    got = Client(stage, caller).post(MERGE, {"anonymous_user_id": identities.ANONYMOUS})

    assert got.status == (401 if caller == "nobody" else 403)
    assert Client(stage).get(f"{AUTH}/validate").status == 200


def test_merging_needs_the_double_submitted_token(stage: Stage) -> None:
    got = Client(stage, "member_without_csrf").post(MERGE, {"anonymous_user_id": identities.ANONYMOUS})

    assert (got.status, value(got)["code"]) == (403, "AUTH_019")


@pytest.mark.parametrize(
    "source", ["", "not-a-uuid", identities.ANONYMOUS.upper(), identities.ANONYMOUS.replace("-", "")]
)
def test_what_is_no_token_is_refused(stage: Stage, source: str) -> None:
    got = Client(stage, "member").post(MERGE, {"anonymous_user_id": source})

    assert broken(got) == [(["body", "anonymous_user_id"], "string_pattern_mismatch")]


def test_merging_is_limited() -> None:
    stage = Stage(Given(limits=True))
    body = {"anonymous_user_id": identities.MERGED}
    statuses = [Client(stage, "member").post(MERGE, body).status for _ in range(31)]

    assert statuses == [409] * 30 + [429]


def test_an_anonymous_session_is_told_of_itself_only(stage: Stage) -> None:
    own = status(stage)
    of_itself = status(stage, "anonymous", anonymous_user_id=identities.ANONYMOUS)
    of_another = status(stage, "anonymous", anonymous_user_id=identities.FULL)

    assert own["status"] == of_another["status"] == "no_data"
    assert (of_itself["status"], of_itself["merged_at"], of_itself["items_merged"]) == ("pending", None, None)


def test_an_account_is_told_of_its_newest_merge(stage: Stage) -> None:
    merged(stage, identities.OTHER)
    stage.clock.sleep(1)
    merged(stage, identities.ANONYMOUS)
    newest, earlier = status(stage), status(stage, anonymous_user_id=identities.OTHER)

    assert newest["merged_at"] == "2024-12-02T15:00:01Z"
    assert newest["items_merged"] == {"configurations": 1, "alert_rules": 0, "preferences": 0}
    assert earlier["merged_at"] == "2024-12-02T15:00:00Z"


def test_a_merge_that_the_store_does_not_take_changes_nothing(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = Client(stage, "member").post(MERGE, {"anonymous_user_id": identities.ANONYMOUS})

    assert refused.status == 503
    assert Client(stage).get(LISTS).status == 200
    assert merged(stage, identities.ANONYMOUS)["status"] == "completed"


@pytest.mark.parametrize(
    ("disturbed", "answer_lost", "writes", "told"),
    [
        (False, False, 1, {"not begun"}),
        (False, True, 1, {"completed"}),
        (True, False, 5, {"not begun", "pending", "completed"}),
        (True, True, 5, {"pending", "completed"}),
    ],
)
def test_a_merge_that_stopped_at_any_write_is_finished_by_a_repeat(
    disturbed: bool, answer_lost: bool, writes: int, told: set[str]
) -> None:
    """One write does it, unless something changed before it: then each thing moves in its own."""
    seen = set()
    for n in range(1, 20):
        before = Stage()
        Client(before, "member").call("DELETE", f"{LISTS}/{identities.MEMBER_CONFIGURATION}")
        store = Interrupted(before.store, n, answer_lost)
        if disturbed:
            store.meanwhile[1] = partial(extended, before, identities.FULL)
        stage = Stage(store=store)
        got = Client(stage, "member").post(MERGE, {"anonymous_user_id": identities.FULL})
        if store.writes < n:
            break
        seen.add(status(stage)["status"] if Client(stage, "full").get(LISTS).status == 401 else "not begun")
        repeated = merged(stage, identities.FULL)

        # A write that the store refuses has no answer to lose.
        assert got.status == (200 if disturbed and answer_lost and n == 1 else 503)
        assert repeated["status"] in ("completed", "already_merged")
        assert (repeated["configurations"], repeated["skipped"]) == (2, [])
        assert names(stage) == ["Chips", "Nothing yet"]

    assert store.writes == writes
    assert seen == told


def test_of_accounts_that_merge_one_session_at_once_one_gets_all_of_it(stage: Stage) -> None:
    owners = [signed_in(stage, f"owner{n}@example.com") for n in range(6)]

    def merge(owner: str) -> Any:
        return called(stage, owner, "POST", MERGE, {"anonymous_user_id": identities.FULL})

    with ThreadPoolExecutor(len(owners)) as threads:
        got = list(threads.map(merge, owners))
    lists = [len(value(called(stage, owner, "GET", LISTS))["configurations"]) for owner in owners]

    assert sorted(each.status for each in got) == [200] + [409] * 5
    assert lists == [2 if each.status == 200 else 0 for each in got]


def test_devices_of_one_account_that_merge_one_session_at_once_agree(stage: Stage) -> None:
    Client(stage, "member").call("DELETE", f"{LISTS}/{identities.MEMBER_CONFIGURATION}")
    with ThreadPoolExecutor(6) as threads:
        reports = list(threads.map(lambda _: merged(stage, identities.FULL), range(6)))

    assert {report["status"] for report in reports} <= {"completed", "already_merged"}
    assert sorted(names(stage)) == ["Chips", "Nothing yet"]
    assert merged(stage, identities.FULL)["configurations"] == 2


def test_two_sessions_merge_into_one_account_one_after_the_other(stage: Stage) -> None:
    first, second = started(stage), started(stage)
    for token in (first, second):
        called(stage, token, "POST", LISTS, {"name": token[:4], "tickers": ["AAPL"]})
    reports = [merged(stage, token) for token in (first, second)]

    assert [report["status"] for report in reports] == ["completed", "partial"]
    assert sorted(names(stage)) == sorted(["Mine", first[:4]])
    assert [each["name"] for each in reports[1]["skipped"]] == [second[:4]]


def test_neither_session_is_logged(stage: Stage) -> None:
    with logged() as log:
        merged(stage, identities.ANONYMOUS)
        status(stage, anonymous_user_id=identities.ANONYMOUS)
    [line] = [line for line in log.lines("INFO") if line["message"] == "anonymous data merged"]

    assert (line["status"], line["user"], line["source"]) == (
        "completed",
        identities.MEMBER[:8],
        identities.ANONYMOUS[:8],
    )
    assert identities.ANONYMOUS not in log.text
