"""Going on with a signed-in session: tokens that replace each other, and copies of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract_tests.client import Client, value
from contract_tests.dashboard.disk import locked, on_disk
from contract_tests.dashboard.doors import REFRESH, Device, as_bearer, cookie, refreshed, signed_in
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from handlers.runtime.clock import FixedClock
from handlers.storage.hashes import hashed
from handlers.storage.items import Key
from handlers.storage.revocations import Revocations
from handlers.storage.users import Users, user_key
from models.dashboard import refresh as api
from tools import identities
from tools.events import HttpCall, Received
from tools.stage import NOW, Stage

DAY = timedelta(days=1).total_seconds()
SOMEBODY = "somebody@example.com"
ME = "/api/v2/auth/me"


def code(got: Received) -> str | None:
    found = value(got).get("code")
    return None if found is None else str(found)


def lives(stage: Stage, access: str) -> bool:
    """Whether a credential speaks for somebody."""
    return as_bearer(stage, access, "GET", ME).status == 200


def test_a_refresh_gives_a_credential_of_the_same_session_and_a_new_refresh_token(stage: Stage) -> None:
    device = signed_in(stage, SOMEBODY)
    got = refreshed(stage, device.refresh)
    newer = Device.of(got)

    assert got.status == 200
    assert newer.refresh != device.refresh
    assert newer.access != device.access
    assert lives(stage, newer.access)
    assert value(got)["id_token"] == newer.access
    assert cookie(got, "csrf_token")


def test_the_cookies_of_a_refresh_are_as_declared(stage: Stage) -> None:
    csrf, refresh = refreshed(stage, api.RECORDED).cookies

    assert csrf.partition("; ")[2] == "Max-Age=86400; Path=/api/v2; SameSite=None; Secure"
    assert refresh.partition("; ")[2] == "Max-Age=2592000; Path=/api/v2/auth; SameSite=Strict; Secure; HttpOnly"


def test_a_credential_that_has_expired_is_replaced(stage: Stage, clock: FixedClock) -> None:
    device = signed_in(stage, SOMEBODY)
    clock.sleep(900 + 60)
    newer = Device.of(refreshed(stage, device.refresh))

    assert not lives(stage, device.access)
    assert lives(stage, newer.access)


def test_tokens_replace_each_other_for_as_long_as_the_session_lives(stage: Stage, clock: FixedClock) -> None:
    device = signed_in(stage, SOMEBODY)
    for _ in range(29):
        clock.sleep(DAY)
        device = Device.of(refreshed(stage, device.refresh))

    assert lives(stage, device.access)
    clock.sleep(DAY)
    assert code(refreshed(stage, device.refresh)) == "INVALID_REFRESH_TOKEN"


def test_refreshing_does_not_prolong_the_session_and_prolonging_it_does(stage: Stage, clock: FixedClock) -> None:
    device = signed_in(stage, SOMEBODY)
    clock.sleep(20 * DAY)
    device = Device.of(refreshed(stage, device.refresh))
    left = value(as_bearer(stage, device.access, "GET", ME))["session_expires_in_seconds"]
    as_bearer(stage, device.access, "POST", "/api/v2/auth/extend")
    clock.sleep(20 * DAY)

    assert left == 10 * DAY
    assert refreshed(stage, device.refresh).status == 200


def test_a_token_unused_for_30_days_is_worth_nothing_though_the_session_lives(stage: Stage, clock: FixedClock) -> None:
    device = signed_in(stage, SOMEBODY)
    clock.sleep(29 * DAY)
    other = Device.of(refreshed(stage, device.refresh))
    as_bearer(stage, other.access, "POST", "/api/v2/auth/extend")
    clock.sleep(29.5 * DAY)
    in_time = refreshed(stage, other.refresh)
    clock.sleep(30 * DAY)

    assert in_time.status == 200
    assert code(refreshed(stage, cookie(in_time, "refresh_token"))) == "INVALID_REFRESH_TOKEN"


def test_an_older_token_ends_its_session_for_everybody_and_no_other(stage: Stage, clock: FixedClock) -> None:
    stolen, other = signed_in(stage, SOMEBODY), signed_in(stage, SOMEBODY)
    mine = Device.of(refreshed(stage, stolen.refresh))
    clock.sleep(60)
    theft = refreshed(stage, stolen.refresh)

    assert (theft.status, code(theft), theft.cookies) == (401, "REFRESH_TOKEN_REUSED", ())
    assert not lives(stage, mine.access)
    assert code(refreshed(stage, mine.refresh)) == "INVALID_REFRESH_TOKEN"
    assert lives(stage, other.access)
    assert refreshed(stage, other.refresh).status == 200


def test_a_token_older_than_the_last_ends_its_session_at_once(stage: Stage) -> None:
    first = signed_in(stage, SOMEBODY)
    second = Device.of(refreshed(stage, first.refresh))
    third = Device.of(refreshed(stage, second.refresh))

    assert code(refreshed(stage, first.refresh)) == "REFRESH_TOKEN_REUSED"
    assert not lives(stage, third.access)


def test_a_thief_who_is_first_loses_the_session_when_its_owner_comes(stage: Stage, clock: FixedClock) -> None:
    owner = signed_in(stage, SOMEBODY)
    thief = Device.of(refreshed(stage, owner.refresh))
    clock.sleep(60)

    assert code(refreshed(stage, owner.refresh)) == "REFRESH_TOKEN_REUSED"
    assert not lives(stage, thief.access)
    assert refreshed(stage, thief.refresh).status == 401


@pytest.mark.parametrize("seconds", [0, 10])
def test_a_second_use_ends_the_session_however_soon_it_comes(stage: Stage, clock: FixedClock, seconds: int) -> None:
    device = signed_in(stage, SOMEBODY)
    first = Device.of(refreshed(stage, device.refresh))
    clock.sleep(seconds)
    second = refreshed(stage, device.refresh)

    assert (second.status, code(second), second.cookies) == (401, "REFRESH_TOKEN_REUSED", ())
    assert not lives(stage, first.access)
    assert code(refreshed(stage, first.refresh)) == "INVALID_REFRESH_TOKEN"


def test_a_client_that_never_got_the_answer_signs_in_again(tmp_path: Path) -> None:
    stage, _ = on_disk(tmp_path)
    unanswered = Stage(clock=stage.clock, store=Interrupted(stage.store, fails_at=1, answer_lost=True))
    statuses = [refreshed(each, api.RECORDED).status for each in (unanswered, stage)]
    again = signed_in(stage, "reader@example.com")

    assert statuses == [503, 401]
    assert lives(stage, again.access)


@pytest.mark.parametrize("rotations", [0, 2])
@pytest.mark.parametrize("made_up", ["", "never-issued", "never.issued", "..", "{secret}x", "{secret}.x", "x{secret}"])
def test_a_token_that_was_never_issued_ends_no_session(stage: Stage, rotations: int, made_up: str) -> None:
    device = signed_in(stage, SOMEBODY)
    for _ in range(rotations):
        device = Device.of(refreshed(stage, device.refresh))
    family, _, secret = device.refresh.partition(".")
    with logged(logging.INFO) as log:
        got = refreshed(stage, f"{family}.{made_up.format(secret=secret)}")

    assert (got.status, code(got)) == (401, "INVALID_REFRESH_TOKEN")
    assert log.lines("WARNING") == []
    assert lives(stage, device.access)
    assert refreshed(stage, device.refresh).status == 200


def test_the_mark_of_another_session_proves_nothing(stage: Stage) -> None:
    mine, other = (Device.of(refreshed(stage, signed_in(stage, SOMEBODY).refresh)) for _ in range(2))
    family, mixed = mine.refresh.partition(".")[0], other.refresh.partition(".")[2]

    assert code(refreshed(stage, f"{family}.{mixed}")) == "INVALID_REFRESH_TOKEN"
    assert [lives(stage, each.access) for each in (mine, other)] == [True, True]


@pytest.mark.parametrize("token", ["x", ".", "never.made", f"{api.RECORDED_FAMILY}", f".{api.RECORDED}"])
def test_a_token_that_we_never_made_is_refused(stage: Stage, token: str) -> None:
    assert code(refreshed(stage, token)) == "INVALID_REFRESH_TOKEN"
    assert refreshed(stage, api.RECORDED).status == 200


def test_the_cookie_wins_over_the_body(stage: Stage) -> None:
    headers = (("Cookie", f"refresh_token={api.RECORDED}"), ("Content-Type", "application/json"))
    body = b'{"refresh_token":"worth.nothing"}'

    assert stage.call(HttpCall("POST", REFRESH, "", headers, body)).status == 200


def test_a_client_without_cookies_sends_the_token_in_the_body(stage: Stage) -> None:
    got = Client(stage, "nobody").post(REFRESH, {"refresh_token": api.RECORDED})

    assert got.status == 200


def test_without_a_token_nobody_goes_on(stage: Stage) -> None:
    got = Client(stage, "member").post(REFRESH, {"refresh_token": None})

    assert (got.status, code(got)) == (401, "UNAUTHENTICATED")


def test_a_token_of_a_session_that_was_signed_out_is_worth_nothing(stage: Stage) -> None:
    device = signed_in(stage, SOMEBODY)
    as_bearer(stage, device.access, "POST", "/api/v2/auth/signout")

    assert code(refreshed(stage, device.refresh)) == "INVALID_REFRESH_TOKEN"


def test_no_token_from_before_a_revocation_goes_on_even_after_signing_in_again(stage: Stage) -> None:
    before = signed_in(stage, SOMEBODY)
    user = Users(stage.store).by_email(SOMEBODY)
    assert user is not None
    Revocations(stage.store).revoke(user.user_id, "a test", NOW)
    during = refreshed(stage, before.refresh)
    after = signed_in(stage, SOMEBODY)

    assert code(during) == code(refreshed(stage, before.refresh)) == "INVALID_REFRESH_TOKEN"
    assert refreshed(stage, after.refresh).status == 200


@pytest.mark.parametrize("change", [{"revoked": True}, {"merged_to": identities.OPERATOR}])
def test_a_user_who_was_revoked_or_merged_does_not_go_on(stage: Stage, change: dict[str, bool | str]) -> None:
    stage.store.update(Key("users", user_key(identities.MEMBER), "PROFILE"), set=change)

    assert code(refreshed(stage, api.RECORDED)) == "INVALID_REFRESH_TOKEN"


def test_a_raised_revocation_id_ends_what_was_issued_before(stage: Stage) -> None:
    stage.store.update(Key("users", user_key(identities.MEMBER), "PROFILE"), add={"revocation_id": 1})

    assert code(refreshed(stage, api.RECORDED)) == "INVALID_REFRESH_TOKEN"


def test_only_hashes_of_a_token_are_stored(stage: Stage) -> None:
    device = signed_in(stage, SOMEBODY)
    family, _, secret = device.refresh.partition(".")
    kept = stage.store.get(Key("users", f"REFRESH#{hashed(family)}", "FAMILY"))

    assert kept is not None
    assert kept["newest"] == hashed(secret)
    assert not any(part in repr(kept) for part in (family, secret))


def test_a_reuse_is_in_the_log_without_the_token(stage: Stage, clock: FixedClock) -> None:
    device = signed_in(stage, SOMEBODY)
    refreshed(stage, device.refresh)
    clock.sleep(60)
    with logged(logging.INFO) as log:
        refreshed(stage, device.refresh)

    assert [line["message"] for line in log.lines("WARNING")] == ["refresh token reused, session ended"]
    assert not any(part in log.text for part in device.refresh.split("."))


def test_a_token_is_as_good_as_it_was_if_the_store_does_not_take_its_replacement(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = refreshed(stage, api.RECORDED)

    assert (refused.status, refused.cookies) == (503, ())
    assert refreshed(stage, api.RECORDED).status == 200


def test_two_devices_go_on_side_by_side_and_a_sixth_ends_the_oldest(stage: Stage, clock: FixedClock) -> None:
    devices = []
    for _ in range(5):
        clock.sleep(1)
        devices.append(signed_in(stage, SOMEBODY))
    oldest, second = devices[:2]
    for _ in range(3):
        oldest, second = (Device.of(refreshed(stage, each.refresh)) for each in (oldest, second))
    sixth = signed_in(stage, SOMEBODY)

    assert [lives(stage, each.access) for each in (oldest, second, sixth)] == [False, True, True]
    assert code(refreshed(stage, oldest.refresh)) == "INVALID_REFRESH_TOKEN"
    assert [refreshed(stage, each.refresh).status for each in (second, sixth)] == [200, 200]


@dataclass
class Life:
    """A session as it has to be: its tokens, the newest last."""

    began_at: datetime
    ends_at: datetime
    tokens: list[str]
    rotated_at: datetime
    access: str
    ended: bool = False


class LifeOfFamilies(RuleBasedStateMachine):
    """Sessions of one user on many devices: refreshed, shown old tokens, signed out, prolonged, revoked, evicted, expired."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        self.lives: list[Life] = []

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def alive(self, life: Life) -> bool:
        return not life.ended and self.now < life.ends_at

    def refreshes(self, life: Life) -> bool:
        """Whether the newest token of a session is good: its 30 days count from when it was made."""
        return self.alive(life) and self.now < life.rotated_at + timedelta(days=30)

    def went_on(self, life: Life, got: Received) -> None:
        device = Device.of(got)
        life.tokens.append(device.refresh)
        life.access, life.rotated_at = device.access, self.now

    @rule()
    def sign_in(self) -> None:
        # Of two that began at the same instant the smaller id is the older: not for this model to know.
        self.clock.sleep(1)
        device = signed_in(self.stage, SOMEBODY)
        living = sorted((life for life in self.lives if self.alive(life)), key=lambda life: life.began_at)
        for life in living[: max(len(living) - 4, 0)]:
            life.ended = True
        ends_at = self.now + timedelta(days=30)
        self.lives.append(Life(self.now, ends_at, [device.refresh], self.now, device.access))

    @precondition(lambda self: self.lives)
    @rule(data=st.data())
    def refresh(self, data: st.DataObject) -> None:
        life = data.draw(st.sampled_from(self.lives))
        good = self.refreshes(life)
        got = refreshed(self.stage, life.tokens[-1])
        assert (got.status, code(got)) == ((200, None) if good else (401, "INVALID_REFRESH_TOKEN"))
        if good:
            self.went_on(life, got)

    @precondition(lambda self: any(len(life.tokens) > 1 for life in self.lives))
    @rule(data=st.data())
    def show_an_older_token(self, data: st.DataObject) -> None:
        life = data.draw(st.sampled_from([life for life in self.lives if len(life.tokens) > 1]))
        token = data.draw(st.sampled_from(life.tokens[:-1]))
        got = refreshed(self.stage, token)
        if not self.refreshes(life):
            assert (got.status, code(got)) == (401, "INVALID_REFRESH_TOKEN")
        else:
            assert (got.status, code(got)) == (401, "REFRESH_TOKEN_REUSED")
            life.ended = True

    @precondition(lambda self: self.lives)
    @rule(data=st.data(), secret=st.from_regex(r"\A[A-Za-z0-9_-]{0,50}(\.[A-Za-z0-9_-]{0,22})?\Z"))
    def show_a_made_up_token(self, data: st.DataObject, secret: str) -> None:
        family = data.draw(st.sampled_from(self.lives)).tokens[0].partition(".")[0]
        assert code(refreshed(self.stage, f"{family}.{secret}")) == "INVALID_REFRESH_TOKEN"

    @precondition(lambda self: any(self.refreshes(life) for life in self.lives))
    @rule(data=st.data(), path=st.sampled_from(["signout", "extend", "session/refresh"]))
    def use_the_session(self, data: st.DataObject, path: str) -> None:
        life = data.draw(st.sampled_from([life for life in self.lives if self.refreshes(life)]))
        self.went_on(life, refreshed(self.stage, life.tokens[-1]))
        assert as_bearer(self.stage, life.access, "POST", f"/api/v2/auth/{path}").status == 200
        if path == "signout":
            life.ended = True
        else:
            life.ends_at = self.now + timedelta(days=30)

    @precondition(lambda self: self.lives)
    @rule()
    def revoke(self) -> None:
        user = Users(self.stage.store).by_email(SOMEBODY)
        assert user is not None
        Revocations(self.stage.store).revoke(user.user_id, "a test", self.now)
        for life in self.lives:
            life.ended = True

    @rule(seconds=st.sampled_from([1, 5, 10, 11, 600, DAY, 9 * DAY, 21 * DAY]))
    def wait(self, seconds: float) -> None:
        self.clock.sleep(seconds)

    @invariant()
    def at_most_five_live_and_each_is_known_by_its_fresh_credential(self) -> None:
        assert sum(self.alive(life) for life in self.lives) <= 5
        for life in self.lives:
            fresh = self.now < life.rotated_at + timedelta(seconds=960)
            assert lives(self.stage, life.access) == (self.alive(life) and fresh)


TestLifeOfFamilies = LifeOfFamilies.TestCase
TestLifeOfFamilies.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
