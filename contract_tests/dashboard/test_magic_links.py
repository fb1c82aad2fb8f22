"""Signing in by a link in a mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from contract_tests.client import Client, value
from contract_tests.dashboard.devices import extended
from contract_tests.dashboard.disk import locked, on_disk
from contract_tests.dashboard.doors import (
    LINK,
    Device,
    as_bearer,
    asked,
    cookie,
    mailed,
    newest,
    opened,
    refreshed,
    signed_in,
    state_of,
)
from contract_tests.storage.interrupted import Interrupted
from handlers.runtime.clock import FixedClock
from handlers.storage.hashes import hashed
from handlers.storage.items import Key
from handlers.storage.magic_links import LIFETIME
from handlers.storage.merging import Merging
from handlers.storage.outbox import Outbox
from handlers.storage.sessions import Sessions
from handlers.storage.users import Users
from models.dashboard import magic_links as api
from models.operation import Given
from tools import identities
from tools.events import HttpCall, Received, received, rest_event
from tools.stage import NOW, Stage

LISTS = "/api/v2/configurations"
KNOWN, UNKNOWN = "reader@example.com", "nobody@example.com"


def code(got: Received) -> str:
    return str(value(got)["code"])


def test_the_answer_is_the_same_for_every_address_known_or_not(stage: Stage) -> None:
    known, unknown = asked(stage, KNOWN), asked(stage, UNKNOWN)

    assert known.status == unknown.status == 202
    assert known.headers == unknown.headers
    assert known.body.replace(KNOWN.encode(), b"") == unknown.body.replace(UNKNOWN.encode(), b"")
    assert known.cookies == unknown.cookies == ()
    assert len(mailed(stage, KNOWN)) == len(mailed(stage, UNKNOWN)) == 1


def test_asking_never_looks_a_user_up(stage: Stage) -> None:
    read: list[Key] = []

    class Watched:
        def get(self, key: Key) -> Any:
            read.append(key)
            return stage.store.get(key)

        def __getattr__(self, name: str) -> Any:
            return getattr(stage.store, name)

    got = asked(Stage(clock=stage.clock, store=Watched()), KNOWN)

    assert got.status == 202
    assert [key for key in read if key.pk.startswith(("USER#", "EMAIL#"))] == []


def test_the_mailed_link_signs_in(stage: Stage) -> None:
    asked(stage, UNKNOWN)
    got = opened(stage, mailed(stage, UNKNOWN)[0])
    device = Device.of(got)
    me = value(as_bearer(stage, device.access, "GET", "/api/v2/auth/me"))

    assert got.status == 200
    assert (value(got)["is_new_user"], value(got)["email_masked"]) == (True, "n***@example.com")
    assert (me["auth_type"], me["role"], me["verification"]) == ("email", "free", "verified")
    assert me["linked_providers"] == ["email"]
    assert refreshed(stage, device.refresh).status == 200


def test_signing_in_sets_both_cookies_as_declared(stage: Stage) -> None:
    csrf, refresh = opened(stage, api.RECORDED).cookies

    assert csrf.partition("; ")[2] == "Max-Age=86400; Path=/api/v2; SameSite=None; Secure"
    assert refresh.partition("; ")[2] == "Max-Age=2592000; Path=/api/v2/auth; SameSite=Strict; Secure; HttpOnly"


def test_the_csrf_cookie_of_a_sign_in_works(stage: Stage) -> None:
    got = opened(stage, api.RECORDED)
    token = cookie(got, "csrf_token")
    headers = (
        ("Authorization", f"Bearer {Device.of(got).access}"),
        ("Cookie", f"csrf_token={token}"),
        ("X-CSRF-Token", token),
    )

    assert stage.call(HttpCall("POST", "/api/v2/auth/extend", "", headers)).status == 200


def test_the_refresh_token_is_in_no_body(stage: Stage) -> None:
    got = opened(stage, api.RECORDED)

    assert cookie(got, "refresh_token").encode() not in got.body


def test_an_account_that_knew_the_address_another_way_gains_this_one(stage: Stage) -> None:
    got = opened(stage, api.RECORDED)
    user = Users(stage.store).get(identities.MEMBER)

    assert value(got)["is_new_user"] is False
    assert user is not None
    assert (user.auth_type, user.linked_providers, user.last_provider_used) == ("google", ("google", "email"), "email")


def test_the_same_address_is_the_same_account_whatever_its_case(stage: Stage) -> None:
    signed_in(stage, "somebody@example.com")
    asked(stage, "SomeBody@Example.COM")
    got = opened(stage, newest(stage, "somebody@example.com"))

    assert value(got)["is_new_user"] is False


def test_a_link_opens_once(stage: Stage) -> None:
    first, again = opened(stage, api.RECORDED), opened(stage, api.RECORDED)

    assert (first.status, again.status, code(again)) == (200, 409, "MAGIC_LINK_USED")
    assert again.cookies == ()


def test_a_mail_scanner_that_only_looks_burns_nothing(stage: Stage) -> None:
    looked = opened(stage, api.RECORDED, method="HEAD")

    assert (looked.status, looked.header("allow")) == (405, "GET, OPTIONS")
    assert opened(stage, api.RECORDED).status == 200


def test_what_mailers_and_trackers_add_to_a_link_is_ignored(stage: Stage) -> None:
    assert opened(stage, api.RECORDED, utm_source="mail", fbclid="1").status == 200


def test_the_newest_link_ends_the_older_ones_of_its_address_only(stage: Stage) -> None:
    for email in (UNKNOWN, UNKNOWN, "else@example.com"):
        asked(stage, email)
    good = newest(stage, UNKNOWN)
    (older,) = set(mailed(stage, UNKNOWN)) - {good}

    assert code(opened(stage, older)) == "MAGIC_LINK_SUPERSEDED"
    assert opened(stage, good).status == 200
    assert opened(stage, mailed(stage, "else@example.com")[0]).status == 200


@pytest.mark.parametrize(
    ("seconds", "status", "says"),
    [(3599.999, 200, None), (3600, 410, "MAGIC_LINK_EXPIRED"), (3600 + 86_400, 404, "MAGIC_LINK_NOT_FOUND")],
)
def test_a_link_lasts_an_hour_and_a_day_longer_it_is_told_why_it_opens_nothing(
    stage: Stage, clock: FixedClock, seconds: float, status: int, says: str | None
) -> None:
    asked(stage, UNKNOWN)
    token = mailed(stage, UNKNOWN)[0]
    clock.sleep(seconds)
    got = opened(stage, token)

    assert (got.status, value(got).get("code")) == (status, says)


def test_only_the_hash_of_a_token_is_with_its_link(stage: Stage) -> None:
    asked(stage, UNKNOWN)
    token = mailed(stage, UNKNOWN)[0]
    link = stage.store.get(Key("users", f"MAGIC_LINK#{hashed(token)}", "LINK"))

    assert link is not None
    assert token not in repr(link)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (None, "http://localhost:8000/auth/verify"),
        ("http://localhost:8000/auth/callback", "http://localhost:8000/auth/callback"),
    ],
)
def test_the_link_leads_to_the_page_that_was_asked_for(stage: Stage, page: str | None, address: str) -> None:
    asked(stage, UNKNOWN, redirect_url=page)
    (mail,) = (entry.mail for entry in Outbox(stage.store).due(NOW, 100) if entry.mail.to == UNKNOWN)
    (link,) = (word for word in mail.text.split() if word.startswith("http"))
    parts = urlsplit(link)

    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == address
    assert parts.query.startswith("token=")


def test_its_mail_goes_before_others_and_not_at_all_once_the_link_is_dead(stage: Stage) -> None:
    asked(stage, UNKNOWN)
    (entry,) = (entry for entry in Outbox(stage.store).due(NOW, 100) if entry.mail.to == UNKNOWN)

    assert entry.urgent
    assert entry.expires_at == NOW + LIFETIME


def test_no_link_leads_to_a_page_of_somebody_else(stage: Stage) -> None:
    got = asked(stage, UNKNOWN, redirect_url="https://elsewhere.example.com/auth/callback")

    assert got.status == 422
    assert mailed(stage, UNKNOWN) == []


@pytest.mark.parametrize("caller", ["nobody", "expired", "revoked", "forged", "stale", "member"])
def test_who_is_no_anonymous_session_is_not_remembered_and_not_refused(stage: Stage, caller: str) -> None:
    got = asked(stage, UNKNOWN, caller)
    opened(stage, mailed(stage, UNKNOWN)[0])

    assert got.status == 202


def lists_of(stage: Stage, got: Received) -> list[str]:
    """The names of the watchlists of who has just signed in, newest first."""
    shown = as_bearer(stage, Device.of(got).access, "GET", LISTS)
    return [each["name"] for each in value(shown)["configurations"]]


def test_what_the_anonymous_session_had_that_asked_moves_to_the_account(stage: Stage) -> None:
    before = [each["name"] for each in value(Client(stage, "full").get(LISTS))["configurations"]]
    asked(stage, UNKNOWN, "full")
    got = opened(stage, newest(stage, UNKNOWN))

    assert value(got)["merged_anonymous_data"] is True
    assert lists_of(stage, got) == before != []
    assert Client(stage, "full").get(LISTS).status == 401
    assert identities.FULL.encode() not in got.body


def test_signing_in_without_an_anonymous_session_moves_nothing(stage: Stage) -> None:
    asked(stage, UNKNOWN)
    got = opened(stage, newest(stage, UNKNOWN))

    assert (value(got)["merged_anonymous_data"], lists_of(stage, got)) == (False, [])


def test_an_anonymous_session_that_had_nothing_ends_and_nothing_is_said_to_have_moved(stage: Stage) -> None:
    asked(stage, UNKNOWN, "other")
    got = opened(stage, newest(stage, UNKNOWN))

    assert (value(got)["merged_anonymous_data"], lists_of(stage, got)) == (False, [])
    assert Client(stage, "other").get(LISTS).status == 401


def test_an_anonymous_session_that_ended_before_the_link_was_opened_is_left_alone(
    stage: Stage, clock: FixedClock
) -> None:
    asked(stage, UNKNOWN, "full")
    session = Sessions(stage.store).anonymous(identities.FULL, clock.now())
    assert session is not None
    Sessions(stage.store).end(session, clock.now())
    got = opened(stage, newest(stage, UNKNOWN))

    assert (got.status, value(got)["merged_anonymous_data"], lists_of(stage, got)) == (200, False, [])


def test_what_was_merged_before_the_link_was_opened_is_said_to_be_there(stage: Stage) -> None:
    asked(stage, KNOWN, "anonymous")
    Merging(stage.store).merge(identities.ANONYMOUS, identities.MEMBER, NOW)

    assert value(opened(stage, newest(stage, KNOWN)))["merged_anonymous_data"] is True


@pytest.mark.parametrize("answer_lost", [False, True])
def test_a_merge_that_fails_after_signing_in_ends_no_session_and_is_finished_at_the_next(answer_lost: bool) -> None:
    finished = set()
    for n in range(1, 20):
        undisturbed = Stage()
        store = Interrupted(undisturbed.store)
        stage = Stage(store=store)
        before = [each["name"] for each in value(Client(stage, "full").get(LISTS))["configurations"]]
        asked(stage, UNKNOWN, "full")
        # The first write is the sign-in; at the second, the merge, something changed: then each thing moves in its own.
        store.writes, store.fails_at, store.answer_lost = 0, n + 2, answer_lost
        store.meanwhile[2] = partial(extended, undisturbed, identities.FULL)
        first = opened(stage, newest(stage, UNKNOWN))
        if store.writes < n + 2:
            break
        store.fails_at = None
        asked(stage, UNKNOWN, "full")
        second = opened(stage, newest(stage, UNKNOWN))
        finished.add(value(second)["merged_anonymous_data"])

        assert (first.status, value(first)["merged_anonymous_data"]) == (200, False)
        assert lists_of(stage, second) == before != []

    assert store.writes == 6
    # A session that the first time ended is no anonymous one the second time: its data is finished all the same.
    assert finished == ({False} if answer_lost else {False, True})


def test_what_went_to_another_account_is_not_said_to_be_in_this_one(stage: Stage) -> None:
    asked(stage, KNOWN, "anonymous")
    Merging(stage.store).merge(identities.ANONYMOUS, identities.OPERATOR, NOW)

    assert value(opened(stage, newest(stage, KNOWN)))["merged_anonymous_data"] is False


@pytest.mark.parametrize("newer", [True, False])
def test_who_opens_a_link_that_ends_meanwhile_is_told_how_it_ended(
    stage: Stage, clock: FixedClock, newer: bool
) -> None:
    between = Interrupted(stage.store)
    between.meanwhile[1] = lambda: asked(stage, KNOWN) if newer else opened(stage, api.RECORDED)
    got = opened(Stage(clock=clock, store=between), api.RECORDED)

    assert (got.status, code(got)) == (409, "MAGIC_LINK_SUPERSEDED" if newer else "MAGIC_LINK_USED")


def test_who_was_revoked_signs_in_again_and_what_was_ended_stays_ended(stage: Stage) -> None:
    stage.store.update(
        Key("users", f"USER#{identities.MEMBER}", "PROFILE"), set={"revoked": True}, add={"revocation_id": 1}
    )
    before = Client(stage, "member").get("/api/v2/auth/me")
    device = Device.of(opened(stage, api.RECORDED))

    assert before.status == 401
    assert as_bearer(stage, device.access, "GET", "/api/v2/auth/me").status == 200
    assert Client(stage, "member").get("/api/v2/auth/me").status == 401


def from_address(source: str) -> Callable[[Stage, str], Received]:
    """Asks for a link as a client at an address of the network."""

    def ask(stage: Stage, email: str) -> Received:
        body = f'{{"email":"{email}"}}'.encode()
        event = rest_event(HttpCall("POST", LINK, "", (("Content-Type", "application/json"),), body))
        event["requestContext"]["identity"]["sourceIp"] = source
        return received(stage.gates["dashboard"](event, None))

    return ask


def test_one_client_asks_five_times_in_five_minutes(clock: FixedClock) -> None:
    stage = Stage(Given("nobody", limits=True), clock)
    statuses = [from_address("203.0.113.9")(stage, f"user{n}@example.com").status for n in range(6)]
    other = from_address("203.0.113.10")(stage, "user9@example.com").status
    clock.sleep(300)

    assert statuses == [202] * 5 + [429]
    assert other == 202
    assert from_address("203.0.113.9")(stage, "user0@example.com").status == 202


def test_an_anonymous_session_gives_no_allowance_of_its_own(clock: FixedClock) -> None:
    stage = Stage(Given("nobody", limits=True), clock)
    callers = ["anonymous", "other", "full", "nobody", "member", "anonymous"]

    assert [asked(stage, UNKNOWN, caller).status for caller in callers] == [202] * 5 + [429]


def test_a_mailbox_gets_five_links_in_five_minutes_whoever_asks_and_nobody_learns_of_it(clock: FixedClock) -> None:
    stage = Stage(Given("nobody", limits=True), clock)
    answers = [from_address(f"203.0.113.{n}")(stage, UNKNOWN) for n in range(7)]
    tokens = mailed(stage, UNKNOWN)

    assert {(got.status, got.body) for got in answers} == {(202, answers[0].body)}
    assert len(tokens) == 5
    assert sorted(state_of(stage, token) for token in tokens) == ["good"] + ["superseded"] * 4


def test_nothing_is_mailed_if_the_link_cannot_be_stored(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = asked(stage, UNKNOWN)

    assert refused.status == 503
    assert mailed(stage, UNKNOWN) == []


def test_a_link_is_as_good_as_it_was_if_the_store_does_not_take_the_sign_in(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = opened(stage, api.RECORDED_NEWCOMER)

    assert (refused.status, refused.cookies) == (503, ())
    assert Users(stage.store).by_email("newcomer@example.com") is None
    assert opened(stage, api.RECORDED_NEWCOMER).status == 200


ADDRESSES = ["one@example.com", "other@example.com"]


class LifeOfLinks(RuleBasedStateMachine):
    """Links of two addresses: a link opens once, within its hour, while it is the newest of its address."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        self.links: list[dict[str, Any]] = []
        self.users: set[str] = set()

    def is_newest(self, link: dict[str, Any]) -> bool:
        return link is [each for each in self.links if each["email"] == link["email"]][-1]

    def expected(self, link: dict[str, Any]) -> tuple[int, str | None]:
        age = self.clock.now() - link["made_at"]
        if age >= timedelta(hours=25):
            return 404, "MAGIC_LINK_NOT_FOUND"
        if link["used"]:
            return 409, "MAGIC_LINK_USED"
        if age >= timedelta(hours=1):
            return 410, "MAGIC_LINK_EXPIRED"
        return (200, None) if self.is_newest(link) else (409, "MAGIC_LINK_SUPERSEDED")

    @rule(email=st.sampled_from(ADDRESSES))
    def ask(self, email: str) -> None:
        known = {link["token"] for link in self.links}
        assert asked(self.stage, email).status == 202
        (token,) = set(mailed(self.stage, email)) - known
        self.links.append({"email": email, "token": token, "made_at": self.clock.now(), "used": False})

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def open(self, data: st.DataObject) -> None:
        link = data.draw(st.sampled_from(self.links))
        status, says = self.expected(link)
        got = opened(self.stage, link["token"])
        assert (got.status, value(got).get("code")) == (status, says)
        if status == 200:
            link["used"] = True
            assert value(got)["is_new_user"] == (link["email"] not in self.users)
            self.users.add(link["email"])

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        assert opened(self.stage, data.draw(st.sampled_from(self.links))["token"], method="HEAD").status == 405

    @rule(minutes=st.sampled_from([1, 10, 30, 59, 61, 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.clock.sleep(minutes * 60)


TestLifeOfLinks = LifeOfLinks.TestCase
TestLifeOfLinks.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
