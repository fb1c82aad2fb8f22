"""Sessions: starting, validating, prolonging, ending; cookies; what a page is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.disk import locked, on_disk
from handlers.dashboard._live import masked_email
from handlers.runtime.clock import FixedClock
from handlers.storage.sessions import Sessions
from handlers.storage.users import Users
from tools import identities
from tools.events import HttpCall, Received
from tools.stage import NOW, Stage

DAY = timedelta(days=1).total_seconds()


def as_bearer(stage: Stage, token: str, method: str, path: str) -> Received:
    headers = (("Authorization", f"Bearer {token}"), ("Cookie", "csrf_token=t"), ("X-CSRF-Token", "t"))
    return stage.call(HttpCall(method, path, "", headers))


def cookies(got: Received) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in got.cookies:
        parsed: SimpleCookie = SimpleCookie()
        parsed.load(line)
        found |= dict(parsed.items())
    return found


def started(stage: Stage, body: Any = None) -> dict[str, Any]:
    got = Client(stage, "nobody").post("/api/v2/auth/anonymous", body)
    assert got.status == 201, got
    answer: dict[str, Any] = value(got)
    return answer


def test_an_anonymous_session_is_known_by_its_token_for_thirty_days() -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    session = started(stage)
    clock.sleep(30 * DAY - 1)
    before = as_bearer(stage, session["token"], "GET", "/api/v2/auth/validate")
    clock.sleep(1)
    after = as_bearer(stage, session["token"], "GET", "/api/v2/auth/validate")

    assert before.status == 200
    assert value(before)["expires_at"] == session["session_expires_at"]
    assert after.status == 401


def test_less_than_a_second_of_a_session_is_told_as_none() -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    token = started(stage)["token"]
    clock.sleep(30 * DAY - 0.5)

    assert value(as_bearer(stage, token, "GET", "/api/v2/auth/me"))["session_expires_in_seconds"] == 0


def test_every_start_is_a_user_of_its_own(stage: Stage) -> None:
    found = [started(stage, {"device_fingerprint": "the same"})["user_id"] for _ in range(3)]

    assert len(set(found)) == 3


def test_the_csrf_cookie_is_readable_and_the_attributes_are_as_declared(stage: Stage) -> None:
    got = Client(stage, "nobody").post("/api/v2/auth/anonymous")
    cookie = cookies(got)["csrf_token"]

    assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/api/v2", "None", "86400")
    assert cookie["secure"]
    assert not cookie["httponly"]
    assert len(cookie.value) >= 43


def test_signing_out_ends_the_session_and_removes_both_cookies(stage: Stage) -> None:
    token = started(stage)["token"]
    got = as_bearer(stage, token, "POST", "/api/v2/auth/signout")
    removed = cookies(got)

    assert got.status == 200
    assert {name: (c.value, c["max-age"], c["path"]) for name, c in removed.items()} == {
        "csrf_token": ("", "0", "/api/v2"),
        "refresh_token": ("", "0", "/api/v2/auth"),
    }
    assert as_bearer(stage, token, "GET", "/api/v2/auth/validate").status == 401


def test_signing_out_ends_one_session_of_a_member_only(stage: Stage) -> None:
    other = "5e550009-1111-4222-8333-444455556666"
    Sessions(stage.store).start(identities.MEMBER, other, NOW)
    Client(stage, "member").post("/api/v2/auth/signout")

    assert Client(stage, "member").get("/api/v2/auth/me").status == 401
    assert Sessions(stage.store).member(identities.MEMBER, other, NOW) is not None


@pytest.mark.parametrize("path", ["/api/v2/auth/extend", "/api/v2/auth/session/refresh"])
def test_prolonging_starts_the_thirty_days_again(path: str) -> None:
    clock = FixedClock(NOW)
    stage = Stage(clock=clock)
    token = started(stage)["token"]
    clock.sleep(20 * DAY)
    got = as_bearer(stage, token, "POST", path)
    clock.sleep(29 * DAY)

    assert got.status == 200
    assert as_bearer(stage, token, "GET", "/api/v2/auth/validate").status == 200


def test_extending_needs_the_double_submitted_token(stage: Stage) -> None:
    without = Client(stage, "anonymous_without_csrf").post("/api/v2/auth/extend")
    differing = stage.call(
        HttpCall("POST", "/api/v2/auth/extend", "", (("Cookie", "csrf_token=a"), ("X-CSRF-Token", "b"))),
        "anonymous_without_csrf",
    )

    assert [without.status, differing.status] == [403, 403]
    assert value(without)["code"] == "AUTH_019"
    assert Client(stage).post("/api/v2/auth/extend").status == 200


def test_a_page_is_told_neither_ids_nor_the_whole_address(stage: Stage) -> None:
    me = Client(stage, "member").get("/api/v2/auth/me")

    assert value(me)["email_masked"] == "r***@example.com"
    assert b"reader@" not in me.body
    assert identities.MEMBER.encode() not in me.body


@pytest.mark.parametrize(
    ("email", "masked"), [("a@b.c", "*@b.c"), ("ab@b.c", "a***@b.c"), ("nonsense", "***"), ("@b", "***"), (None, None)]
)
def test_addresses_are_masked(email: str | None, masked: str | None) -> None:
    assert masked_email(email) == masked


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "Asia/Kathmandu", "America/Argentina/Buenos_Aires"])
def test_any_iana_zone_is_accepted(stage: Stage, zone: str) -> None:
    user_id = started(stage, {"timezone": zone})["user_id"]
    user = Users(stage.store).get(user_id)

    assert user is not None
    assert user.timezone == zone


@pytest.mark.parametrize(
    "zone", ["Mars/Base", "europe/berlin", "../UTC", "/etc/localtime", "localtime", "posix/UTC", "Europe"]
)
def test_other_zones_are_refused(stage: Stage, zone: str) -> None:
    got = Client(stage, "nobody").post("/api/v2/auth/anonymous", {"timezone": zone})

    assert broken(got)[0][0] == ["body", "timezone"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v2/auth/extend"),
        ("POST", "/api/v2/auth/session/refresh"),
        ("POST", "/api/v2/auth/signout"),
        ("GET", "/api/v2/auth/validate"),
    ],
)
@pytest.mark.parametrize("who", ["anonymous", "member"])
def test_a_session_is_as_it_was_if_the_store_does_not_take_a_change(
    tmp_path: Path, who: str, method: str, path: str
) -> None:
    stage, file = on_disk(tmp_path)
    client = Client(stage, who)
    before = client.get("/api/v2/auth/me")
    with locked(file):
        refused = client.call(method, path)
        during = client.get("/api/v2/auth/me")

    assert refused.status == 503
    assert refused.header("retry-after") == "1"
    assert refused.cookies == ()
    assert before.body == during.body == client.get("/api/v2/auth/me").body
    assert client.call(method, path).status == 200


def test_no_session_starts_if_the_store_does_not_take_it(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = Client(stage, "nobody").post("/api/v2/auth/anonymous")

    assert refused.status == 503
    assert refused.cookies == ()


@pytest.mark.parametrize("path", ["validate", "extend", "session", "session/refresh", "signout", "me", "anonymous"])
def test_nothing_about_a_session_is_kept_by_a_cache(stage: Stage, path: str) -> None:
    method = "GET" if path in ("validate", "session", "me") else "POST"
    got = Client(stage).call(method, f"/api/v2/auth/{path}")

    assert got.status in (200, 201)
    assert got.header("cache-control") == "no-store"


def test_looking_at_a_session_gives_a_page_a_csrf_token_that_works(stage: Stage) -> None:
    got = Client(stage).get("/api/v2/auth/session")
    token = cookies(got)["csrf_token"].value
    headers = (("Cookie", f"csrf_token={token}"), ("X-CSRF-Token", token))
    extended = stage.call(HttpCall("POST", "/api/v2/auth/extend", "", headers), "anonymous_without_csrf")

    assert token != cookies(Client(stage).get("/api/v2/auth/session"))["csrf_token"].value
    assert extended.status == 200


def test_validating_notes_when_the_user_was_active_and_prolongs_nothing(stage: Stage) -> None:
    before = Users(stage.store).get(identities.ANONYMOUS)
    got = Client(stage).call("HEAD", "/api/v2/auth/validate")
    after = Users(stage.store).get(identities.ANONYMOUS)

    assert got.status == 200
    assert before is not None
    assert after == replace(before, last_active_at=NOW)


def test_an_expired_session_leaves_no_row(stage: Stage) -> None:
    assert Users(stage.store).get(identities.EXPIRED) is None
    assert Client(stage, "expired").post("/api/v2/auth/session/refresh").status == 401


class LifeOfASession(RuleBasedStateMachine):
    """One anonymous session: it lives until 30 days after it was last prolonged, or until it is ended."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        self.token = started(self.stage)["token"]
        self.ends = NOW + timedelta(days=30)
        self.ended = False

    @property
    def lives(self) -> bool:
        return not self.ended and self.clock.now() < self.ends

    def answer(self, method: str, path: str) -> Received:
        got = as_bearer(self.stage, self.token, method, path)
        assert got.status == (200 if self.lives else 401), got
        return got

    @rule(path=st.sampled_from(["/api/v2/auth/extend", "/api/v2/auth/session/refresh"]))
    def prolong(self, path: str) -> None:
        alive = self.lives
        self.answer("POST", path)
        if alive:
            self.ends = self.clock.now() + timedelta(days=30)

    @rule(path=st.sampled_from(["/api/v2/auth/me", "/api/v2/auth/session", "/api/v2/auth/validate"]))
    def look(self, path: str) -> None:
        got = self.answer("GET", path)
        if got.status == 200 and "expires_at" in value(got):
            assert datetime.fromisoformat(value(got)["expires_at"]).astimezone(UTC) == self.ends

    @rule(days=st.floats(0.01, 16))
    def wait(self, days: float) -> None:
        self.clock.sleep(round(days * DAY))

    @precondition(lambda self: self.lives)
    @rule()
    def sign_out(self) -> None:
        self.answer("POST", "/api/v2/auth/signout")
        self.ended = True


TestLifeOfASession = LifeOfASession.TestCase
TestLifeOfASession.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
