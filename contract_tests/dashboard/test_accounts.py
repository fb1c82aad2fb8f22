"""Several ways into one account: what an address tells, and who may add a way in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.devices import AUTH, at_provider, called, signed_in, started
from contract_tests.logs import logged
from handlers.storage.users import Users
from models.dashboard import accounts as api
from models.operation import Given
from tools import identities
from tools.events import HttpCall
from tools.stage import Stage

CHECK = f"{AUTH}/check-email"
LINK = f"{AUTH}/link-accounts"
NEWCOMER = "newcomer@example.com"


def asked(stage: Stage, email: str, provider: str) -> Any:
    got = called(stage, None, "POST", CHECK, {"email": email, "current_provider": provider})
    assert got.status == 200, got
    return value(got)


def link(token: str, email: str = "reader@example.com", **more: Any) -> dict[str, Any]:
    return {"email": email, "confirmation_token": token, "confirmation": True, **more}


def waiting(stage: Stage, person: str = "newcomer") -> str:
    """The token under which a GitHub identity waits for the owner of its address."""
    got = at_provider(stage, "github", person)
    assert value(got)["status"] == "conflict", got
    return str(value(got)["confirmation_token"])


@pytest.mark.parametrize("email", ["subscriber@example.com", "SUBSCRIBER@Example.Com"])
def test_a_way_in_that_has_to_be_confirmed_is_a_conflict_in_any_case(stage: Stage, email: str) -> None:
    answers = [asked(stage, email, provider) for provider in ("email", "github", "google")]

    assert [answer["conflict"] for answer in answers] == [False, True, True]
    assert [answer["existing_provider"] for answer in answers] == [None, "email", "email"]


@pytest.mark.parametrize("provider", ["google", "github"])
@pytest.mark.parametrize("ways", [(), ("email",), ("google",), ("github",), ("google", "email"), ("github", "google")])
def test_a_conflict_is_told_where_signing_in_is_one(stage: Stage, ways: tuple[str, ...], provider: str) -> None:
    for way in ways:
        if way == "email":
            signed_in(stage, NEWCOMER)
        else:
            assert value(at_provider(stage, way, "newcomer"))["status"] == "authenticated"
    told = asked(stage, NEWCOMER, provider)
    came = value(at_provider(stage, provider, "newcomer"))

    assert (told["conflict"], told["existing_provider"]) == (came["conflict"], came["existing_provider"])
    assert came["conflict"] == (ways == ("email",))


@pytest.mark.parametrize("email", ["reader@example.com", "subscriber@example.com"])
def test_a_mailed_link_never_conflicts_and_opens_the_account_of_its_address(stage: Stage, email: str) -> None:
    told = asked(stage, email, "email")
    before = Users(stage.store).by_email(email)
    me = value(called(stage, signed_in(stage, email), "GET", f"{AUTH}/me"))

    assert told == {"conflict": False, "existing_provider": None, "message": None}
    assert before is not None
    assert me["linked_providers"] == list(dict.fromkeys([*before.linked_providers, "email"]))


def test_google_vouches_for_an_address_at_gmail_and_github_does_not(stage: Stage) -> None:
    signed_in(stage, "someone@gmail.com")

    assert not asked(stage, "someone@gmail.com", "google")["conflict"]
    assert asked(stage, "someone@gmail.com", "github")["conflict"]


def test_no_conflict_tells_nothing_of_whether_the_address_is_known(stage: Stage) -> None:
    body = {"current_provider": "google"}
    known, unknown = (
        called(stage, None, "POST", CHECK, {**body, "email": email}).body
        for email in ("reader@example.com", "nobody@example.com")
    )

    assert known == unknown


def test_anybody_may_ask_a_few_times_an_hour() -> None:
    stage = Stage(Given(limits=True))
    body = {"email": "reader@example.com", "current_provider": "email"}
    statuses = [called(stage, None, "POST", CHECK, body).status for _ in range(21)]

    assert statuses == [200] * 20 + [429]


def test_asking_needs_the_double_submitted_token_and_no_credential(stage: Stage) -> None:
    body = b'{"email": "reader@example.com", "current_provider": "email"}'
    got = stage.call(HttpCall("POST", CHECK, "", (("content-type", "application/json"),), body))

    assert (got.status, value(got)["code"]) == (403, "AUTH_019")


@pytest.mark.parametrize(
    "email", ["", "reader", "reader@", "@example.com", "a b@example.com", "reader@example.com\r\nBcc: x@y.zz", "ü@x.de"]
)
def test_what_is_no_address_is_refused(stage: Stage, email: str) -> None:
    got = called(stage, None, "POST", CHECK, {"email": email, "current_provider": "email"})

    assert broken(got) == [(["body", "email"], "string_pattern_mismatch")]


def test_a_provider_that_conflicts_opens_the_account_once_its_owner_said_yes(stage: Stage) -> None:
    owner = signed_in(stage, NEWCOMER)
    token = waiting(stage)
    got = called(stage, owner, "POST", LINK, link(token, "NEWCOMER@example.com"))
    opened = value(at_provider(stage, "github", "newcomer"))

    assert (got.status, value(got)["status"], value(got)["linked_providers"]) == (200, "linked", ["email", "github"])
    assert opened["status"] == "authenticated"
    assert opened["linked_providers"] == ["email", "github"]
    assert value(called(stage, owner, "GET", f"{AUTH}/me"))["linked_providers"] == ["email", "github"]
    assert not asked(stage, NEWCOMER, "github")["conflict"]


def test_a_token_is_good_for_one_use_and_a_quarter_of_an_hour(stage: Stage) -> None:
    owner, token = signed_in(stage, NEWCOMER), waiting(stage)
    first = called(stage, owner, "POST", LINK, link(token, NEWCOMER)).status
    second = called(stage, owner, "POST", LINK, link(token, NEWCOMER)).status
    late = Stage()
    late_owner, late_token = signed_in(late, NEWCOMER), waiting(late)
    late.clock.sleep(900)

    assert (first, second) == (200, 404)
    assert called(late, late_owner, "POST", LINK, link(late_token, NEWCOMER)).status == 404


def test_only_the_owner_of_the_account_can_say_yes_and_nobody_learns_why_not(stage: Stage) -> None:
    signed_in(stage, NEWCOMER)
    token = waiting(stage)
    stranger = Client(stage, "member").post(LINK, link(token, NEWCOMER))
    address = called(stage, signed_in(stage, NEWCOMER), "POST", LINK, link(token, "else@example.com"))
    unknown = Client(stage, "member").post(LINK, link(api.NO_CONFIRMATION))

    assert [stranger.status, address.status, unknown.status] == [404] * 3
    assert stranger.body == address.body == unknown.body
    assert value(at_provider(stage, "github", "newcomer"))["status"] == "conflict"


def test_an_unverified_address_is_never_linked(stage: Stage) -> None:
    signed_in(stage, "unverified@example.com")
    got = at_provider(stage, "github", "unverified")
    user = Users(stage.store).by_email("unverified@example.com")

    assert (got.status, value(got)["code"]) == (409, "AUTH_022")
    assert user is not None
    assert user.linked_providers == ("email",)


def test_an_identity_that_another_account_got_meanwhile_is_refused(stage: Stage) -> None:
    got = Client(stage, "member").post(LINK, link(api.TAKEN_CONFIRMATION))
    user = Users(stage.store).get(identities.MEMBER)

    assert (got.status, value(got)["code"]) == (409, "AUTH_023")
    assert user is not None
    assert user.linked_providers == ("google",)


@pytest.mark.parametrize(
    ("said", "why"),
    [(False, "confirmation_required"), (None, "bool_type"), (1, "bool_type"), ("true", "bool_type")],
)
def test_linking_needs_an_explicit_yes(stage: Stage, said: Any, why: str) -> None:
    got = Client(stage, "member").post(LINK, link(api.CONFIRMATION, confirmation=said))

    assert broken(got) == [(["body", "confirmation"], why)]
    assert Client(stage, "member").post(LINK, link(api.CONFIRMATION)).status == 200


def test_an_anonymous_session_cannot_link(stage: Stage) -> None:
    token = started(stage)

    assert called(stage, token, "POST", LINK, link(api.CONFIRMATION)).status == 403


def test_of_devices_that_use_one_token_at_once_one_links(stage: Stage) -> None:
    with ThreadPoolExecutor(8) as threads:
        statuses = list(
            threads.map(lambda _: Client(stage, "member").post(LINK, link(api.CONFIRMATION)).status, range(8))
        )
    user = Users(stage.store).get(identities.MEMBER)

    assert sorted(statuses) == [200] + [404] * 7
    assert user is not None
    assert user.linked_providers == ("google", "github")


def test_neither_addresses_nor_tokens_are_logged(stage: Stage) -> None:
    with logged() as log:
        asked(stage, "reader@example.com", "email")
        Client(stage, "member").post(LINK, link(api.CONFIRMATION))
        Client(stage, "member").post(LINK, link(api.NO_CONFIRMATION))

    assert len(log.lines("INFO")) >= 4
    assert [secret for secret in ("reader@", api.CONFIRMATION, api.NO_CONFIRMATION) if secret in log.text] == []
