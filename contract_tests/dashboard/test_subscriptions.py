"""The way out of mails: a link that needs no session, works as often as it is followed, and tells nothing when it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract_tests.client import Client, broken, value
from handlers.domain.unsubscribing import token_of
from handlers.runtime.clock import FixedClock
from handlers.storage.preferences import PreferenceBook
from handlers.storage.users import profile_key
from tools import identities
from tools.events import HttpCall
from tools.stage import NOW, SIGNING_KEY, Stage

PATH = "/api/v2/notifications/unsubscribe"
PREFERENCES = "/api/v2/notifications/preferences"


def token(user_id: str = identities.MEMBER, minutes_ago: int = 0) -> str:
    return token_of(user_id, NOW - timedelta(minutes=minutes_ago), SIGNING_KEY)


def mails_wanted(stage: Stage, who: str = "member") -> bool:
    return bool(value(Client(stage, who).get(PREFERENCES))["email_notifications_enabled"])


def test_the_link_stops_the_mails_of_its_user_alone(stage: Stage) -> None:
    got = Client(stage, "nobody").get(PATH, token=token())

    assert value(got)["user_id"] == identities.MEMBER
    assert [mails_wanted(stage, who) for who in ("member", "operator")] == [False, True]


def test_the_same_link_twice_is_the_same_answer(stage: Stage) -> None:
    answers = [Client(stage, "nobody").get(PATH, token=token()) for _ in range(3)]

    assert [answer.status for answer in answers] == [200] * 3
    assert len({answer.body for answer in answers}) == 1


def test_the_link_leaves_the_digest_settings_but_no_digest_leaves(stage: Stage) -> None:
    client = Client(stage, "member")
    client.call("PATCH", "/api/v2/notifications/digest", body={"enabled": True})
    Client(stage, "nobody").get(PATH, token=token())
    found = PreferenceBook(stage.store).get(identities.MEMBER, "UTC")
    client.post("/api/v2/notifications/resubscribe")
    again = PreferenceBook(stage.store).get(identities.MEMBER, "UTC")

    assert (found.digest_enabled, found.due_at) == (True, None)
    assert again.due_at is not None


@pytest.mark.parametrize("who", ["nobody", "anonymous", "expired", "forged", "operator"])
def test_whoever_follows_the_link_no_credential_is_looked_at(stage: Stage, who: str) -> None:
    got = Client(stage, who).get(PATH, token=token())

    assert (got.status, value(got)["user_id"]) == (200, identities.MEMBER)
    assert got.header("cache-control") == "no-store"


def test_the_link_works_for_30_days() -> None:
    statuses = []
    for minutes in (30 * 24 * 60 - 1, 30 * 24 * 60):
        stage = Stage(clock=FixedClock(NOW + timedelta(minutes=minutes)))
        statuses.append(Client(stage, "nobody").get(PATH, token=token()).status)

    assert statuses == [200, 422]


def test_what_is_wrong_with_a_link_is_not_told(stage: Stage) -> None:
    good = token()
    other = token_of(identities.MEMBER, NOW, SIGNING_KEY + "!")
    flipped = good[:-1] + ("A" if good[-1] != "A" else "B")
    answers = [
        Client(stage, "nobody").get(PATH, token=each)
        for each in (other, flipped, "A" * 48, token(minutes_ago=30 * 24 * 60))
    ]

    assert [broken(answer) for answer in answers] == [[(["query", "token"], "unsubscribe_token_invalid")]] * 4
    assert len({answer.body for answer in answers}) == 1
    assert b"invalid or expired" in answers[0].body
    assert mails_wanted(stage)


@pytest.mark.parametrize("text", ["", "x", "A" * 47, "A" * 49, "A" * 47 + "=", "A" * 47 + "+", "A" * 48 + "\n"])
def test_what_has_not_the_form_of_a_token_is_refused(stage: Stage, text: str) -> None:
    assert broken(Client(stage, "nobody").get(PATH, token=text)) == [(["query", "token"], "string_pattern_mismatch")]


def test_what_mail_programs_add_to_a_link_is_ignored(stage: Stage) -> None:
    got = Client(stage, "nobody").get(PATH, token=token(), utm_source="digest", fbclid="1")

    assert got.status == 200


def test_a_scanner_that_looks_at_heads_stops_nothing(stage: Stage) -> None:
    got = stage.call(HttpCall("HEAD", PATH, f"token={token()}"))

    assert (got.status, got.header("allow")) == (405, "GET, OPTIONS, POST")
    assert mails_wanted(stage)


BUTTON = ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click")
PART = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'


@pytest.mark.parametrize(("media_type", "body"), [BUTTON, ("multipart/form-data; boundary=x", PART), (None, b"")])
def test_the_button_of_a_mail_program_stops_the_mails_as_often_as_it_is_pressed(
    stage: Stage, media_type: str | None, body: bytes
) -> None:
    headers = (("content-type", media_type),) if media_type else ()
    answers = [stage.call(HttpCall("POST", PATH, f"token={token()}", headers, body)) for _ in range(2)]

    assert [(got.status, value(got)["user_id"]) for got in answers] == [(200, identities.MEMBER)] * 2
    assert not mails_wanted(stage)


def test_the_button_of_an_old_mail_stops_nothing(stage: Stage) -> None:
    old = f"token={token(minutes_ago=30 * 24 * 60)}"
    got = stage.call(HttpCall("POST", PATH, old, (("content-type", BUTTON[0]),), BUTTON[1]))

    assert broken(got) == [(["query", "token"], "unsubscribe_token_invalid")]
    assert mails_wanted(stage)


def test_the_link_of_an_account_that_was_merged_stops_the_mails_of_where_it_went(stage: Stage) -> None:
    stage.store.update(profile_key(identities.OTHER), set={"merged_to": identities.MEMBER})
    got = Client(stage, "nobody").get(PATH, token=token(identities.OTHER))

    assert value(got)["user_id"] == identities.MEMBER
    assert not mails_wanted(stage)


def test_the_link_of_a_user_who_is_gone_is_no_error_and_writes_nothing(stage: Stage) -> None:
    gone = "5fda9fa7-aa5e-4bcd-8caa-5c6ebe7e9fff"
    got = Client(stage, "nobody").get(PATH, token=token(gone))

    assert (got.status, value(got)["user_id"]) == (200, gone)
    assert stage.store.query("users", f"USER#{gone}").items == []
