"""Notifications: what was mailed to the caller about their alerts, in pages, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from handlers.storage.notifications import Notifications
from tools import identities
from tools.stage import NOW, Stage

PATH = "/api/v2/notifications"
OF_THE_MEMBER = [
    identities.NOTIFICATION,
    identities.PENDING_NOTIFICATION,
    identities.FAILED_NOTIFICATION,
    identities.BOUNCED_NOTIFICATION,
]


def ids(page: dict[str, Any]) -> list[str]:
    return [each["notification_id"] for each in page["notifications"]]


def pages(client: Client, **query: Any) -> list[list[str]]:
    """The ids of every page of a list."""
    found, cursor = [], None
    while True:
        page = value(client.get(PATH, **query, **({"cursor": cursor} if cursor else {})))
        found.append(ids(page))
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_the_list_is_the_callers_own_newest_first(stage: Stage) -> None:
    assert ids(value(Client(stage, "member").get(PATH))) == OF_THE_MEMBER
    assert ids(value(Client(stage, "operator").get(PATH))) == [identities.OPERATOR_NOTIFICATION]
    assert value(Client(stage, "unaddressed").get(PATH)) == {"notifications": [], "next_cursor": None}


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
def test_pages_together_are_the_list_and_the_last_is_never_empty(stage: Stage, limit: int) -> None:
    found = pages(Client(stage, "member"), limit=limit)

    assert [each for page in found for each in page] == OF_THE_MEMBER
    assert all(found)
    assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)


def test_a_page_goes_on_where_the_one_before_ended_though_a_newer_one_came(stage: Stage) -> None:
    client = Client(stage, "member")
    first = value(client.get(PATH, limit=2))
    newest = Notifications(stage.store).get(identities.MEMBER, identities.NOTIFICATION)
    assert newest is not None
    newer = replace(newest, notification_id="0071f0aa-1111-4222-8333-444455556666", created_at=NOW)
    Notifications(stage.store).add(newer)

    assert ids(value(client.get(PATH, limit=2, cursor=first["next_cursor"]))) == OF_THE_MEMBER[2:]
    assert ids(value(client.get(PATH)))[0] == newer.notification_id


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"status": "sent"}, OF_THE_MEMBER[:1]),
        ({"status": "pending"}, OF_THE_MEMBER[1:2]),
        ({"status": "failed"}, OF_THE_MEMBER[2:3]),
        ({"status": "bounced"}, OF_THE_MEMBER[3:]),
        ({"alert_id": identities.ALERT}, OF_THE_MEMBER[:1]),
        ({"alert_id": identities.DELETED_ALERT}, OF_THE_MEMBER[1:]),
        ({"alert_id": identities.DELETED_ALERT, "status": "failed"}, OF_THE_MEMBER[2:3]),
        ({"alert_id": identities.OPERATOR_ALERT}, []),
    ],
)
def test_filters_hold_together_on_every_page(stage: Stage, filters: dict[str, str], found: list[str]) -> None:
    assert [each for page in pages(Client(stage, "member"), limit=1, **filters) for each in page] == found


@pytest.mark.parametrize(
    ("who", "changed"),
    [("operator", {}), ("member", {"status": "sent"}), ("member", {"alert_id": identities.ALERT})],
)
def test_a_cursor_serves_its_own_list_alone(stage: Stage, who: str, changed: dict[str, str]) -> None:
    cursor = value(Client(stage, "member").get(PATH, limit=1))["next_cursor"]
    got = Client(stage, who).get(PATH, cursor=cursor, **changed)

    assert broken(got) == [(["query", "cursor"], "cursor_invalid")]


def test_a_cursor_does_not_show_where_it_points(stage: Stage) -> None:
    cursor = value(Client(stage, "member").get(PATH, limit=1))["next_cursor"]

    assert identities.MEMBER not in cursor


@pytest.mark.parametrize("notification_id", OF_THE_MEMBER)
def test_the_detail_is_what_the_list_says_and_where_it_went(stage: Stage, notification_id: str) -> None:
    client = Client(stage, "member")
    listed = {each["notification_id"]: each for each in value(client.get(PATH))["notifications"]}
    detail = value(client.get(f"{PATH}/{notification_id}"))

    assert {**listed[notification_id], "email": detail["email"], "tracking": detail["tracking"]} == detail
    assert detail["email"].startswith("reader@example.")


def test_tracking_is_what_is_known_and_null_before(stage: Stage) -> None:
    client, path = Client(stage, "member"), f"{PATH}/{identities.PENDING_NOTIFICATION}"
    before = value(client.get(path))["tracking"]
    Notifications(stage.store).tracked(identities.PENDING_NOTIFICATION, None, NOW - timedelta(minutes=1))

    assert before is None
    assert value(client.get(path))["tracking"] == {"opened_at": None, "clicked_at": "2024-12-02T14:59:00Z"}


@pytest.mark.parametrize("who", ["operator", "unaddressed"])
def test_the_notification_of_somebody_else_is_not_found(stage: Stage, who: str) -> None:
    got = Client(stage, who).get(f"{PATH}/{identities.NOTIFICATION}")

    assert got.status == 404
    assert value(got)["code"] == "NOTIFICATION_NOT_FOUND"
    assert b"reader" not in got.body


@pytest.mark.parametrize("path", [PATH, f"{PATH}/{identities.NOTIFICATION}", f"{PATH}/preferences", f"{PATH}/digest"])
def test_only_members_have_notifications_and_no_cache_keeps_them(stage: Stage, path: str) -> None:
    got = Client(stage, "member").get(path)

    assert [Client(stage, who).get(path).status for who in ("nobody", "anonymous", "expired")] == [401, 403, 401]
    assert (got.status, got.header("cache-control")) == (200, "no-store")


def test_what_leaves_the_outbox_shows_in_the_list(stage: Stage) -> None:
    client = Client(stage, "member")
    Notifications(stage.store).settled(identities.PENDING_NOTIFICATION, "sent", NOW)
    found = value(client.get(f"{PATH}/{identities.PENDING_NOTIFICATION}"))

    assert (found["status"], found["sent_at"]) == ("sent", "2024-12-02T15:00:00Z")
    assert pages(client, status="pending") == [[]]
