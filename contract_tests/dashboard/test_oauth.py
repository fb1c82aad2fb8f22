"""Signing in at a provider."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from contract_tests.client import JSON, Client, broken, value
from contract_tests.dashboard.disk import locked, on_disk
from contract_tests.dashboard.doors import (
    CALLBACK,
    PAGE,
    URLS,
    Device,
    as_bearer,
    asked,
    cookie,
    newest,
    opened,
    refreshed,
    returned,
    signed_in,
)
from handlers.assembly import assemble
from handlers.domain.linking import Identity
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.confirmations import Confirmations
from handlers.storage.hashes import hashed
from handlers.storage.identities import Identities
from handlers.storage.items import Key
from handlers.storage.merging import Merging
from handlers.storage.oauth_states import Begun
from handlers.storage.users import Users
from models.dashboard import oauth as api
from models.operation import Given
from tools import identities
from tools.events import HttpCall, received, rest_event
from tools.sign_ins import SUBSCRIBER, VERIFIER
from tools.stage import NOW, Stage, settings

LISTS = "/api/v2/configurations"
CODE_REFUSED = [(["body", "code"], "code_refused")]
STATE_INVALID = [(["body", "state"], "state_invalid")]


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_each_call_begins_a_sign_in_of_its_own_at_each_provider(stage: Stage) -> None:
    first, second = (value(Client(stage, "nobody").get(URLS)) for _ in range(2))
    begun = [answer["providers"][name] for answer in (first, second) for name in ("google", "github")]
    queries = [query_of(each["authorize_url"]) for each in begun]

    assert [urlsplit(each["authorize_url"]).netloc for each in begun[:2]] == ["accounts.google.com", "github.com"]
    assert [query["state"] for query in queries] == [each["state"] for each in begun]
    assert len({query["state"] for query in queries}) == len({query["code_challenge"] for query in queries}) == 4
    assert {query["code_challenge_method"] for query in queries} == {"S256"}
    assert {query["redirect_uri"] for query in queries} == {PAGE}
    assert first["state"] == first["providers"]["google"]["state"]


def test_the_verifier_never_leaves_and_the_state_is_stored_hashed(stage: Stage) -> None:
    got = Client(stage, "nobody").get(URLS)
    state = value(got)["state"]
    kept = stage.store.get(Key("users", f"OAUTH_STATE#{hashed(state)}", "STATE"))

    assert kept is not None
    assert str(kept["verifier"]).encode() not in got.body
    assert state not in repr(kept)


def test_the_verifier_that_the_provider_gets_is_that_of_the_challenge_it_was_given(stage: Stage) -> None:
    begun = value(Client(stage, "nobody").get(URLS))["providers"]["google"]
    challenge = query_of(begun["authorize_url"])["code_challenge"]
    body = {"provider": "google", "state": begun["state"], "redirect_uri": PAGE}
    right = Client(stage, "nobody").post(CALLBACK, {**body, "code": f"recorded-reader.{challenge}"})

    assert right.status == 200
    assert broken(returned(stage, f"recorded-reader.{challenge}")) == CODE_REFUSED


def test_looking_at_the_addresses_begins_nothing(stage: Stage) -> None:
    assert stage.call(HttpCall("HEAD", URLS)).status == 405


def test_a_sign_in_leads_back_to_pages_that_are_set_up_only(stage: Stage) -> None:
    got = Client(stage, "nobody").get(URLS, redirect_uri="https://elsewhere.example.com/auth/callback")

    assert broken(got) == [(["query", "redirect_uri"], "redirect_not_allowed")]


def test_an_identity_signs_in_the_account_it_belongs_to(stage: Stage) -> None:
    got = returned(stage, "recorded-reader")
    device = Device.of(got)

    assert (value(got)["status"], value(got)["is_new_user"]) == ("authenticated", False)
    assert value(got)["email_masked"] == "r***@example.com"
    assert as_bearer(stage, device.access, "GET", "/api/v2/auth/me").status == 200
    assert refreshed(stage, device.refresh).status == 200


def test_a_newcomer_gets_an_account_and_comes_back_to_it(stage: Stage) -> None:
    first, again = value(returned(stage, "recorded-newcomer")), value(returned(stage, "recorded-newcomer"))

    assert (first["is_new_user"], again["is_new_user"]) == (True, False)
    assert (first["role"], first["verification"], first["linked_providers"]) == ("free", "verified", ["google"])


def test_providers_stand_for_each_other_where_both_verified_the_address(stage: Stage) -> None:
    joined = value(returned(stage, "recorded-reader", "github"))
    owner = Identities(stage.store).owner("github", "recorded-github-reader")

    assert (joined["status"], joined["linked_providers"]) == ("authenticated", ["google", "github"])
    assert joined["last_provider_used"] == "github"
    assert owner is not None
    assert owner.user_id == identities.MEMBER


def test_a_mailed_link_opens_the_account_that_a_provider_made(stage: Stage) -> None:
    returned(stage, "recorded-newcomer", "github")
    asked(stage, "newcomer@example.com")
    got = opened(stage, newest(stage, "newcomer@example.com"))

    assert value(got)["is_new_user"] is False


@pytest.mark.parametrize("provider", ["google", "github"])
def test_an_account_of_mailed_links_is_not_opened_until_its_holder_confirms(stage: Stage, provider: str) -> None:
    got = returned(stage, "recorded-subscriber", provider)
    conflict = value(got)
    user = Users(stage.store).get(SUBSCRIBER)

    assert (conflict["status"], conflict["conflict"], conflict["existing_provider"]) == ("conflict", True, "email")
    assert (conflict["tokens"], conflict["role"], conflict["linked_providers"]) == (None, None, [])
    assert [line.partition("=")[0] for line in got.cookies] == ["csrf_token"]
    assert user is not None
    assert user.linked_providers == ("email",)


def test_a_holder_who_confirms_can_sign_in_at_the_provider_from_then_on(stage: Stage) -> None:
    conflict = returned(stage, "recorded-subscriber", "github")
    device = signed_in(stage, "subscriber@example.com")
    csrf = cookie(conflict, "csrf_token")
    body = (
        f'{{"email":"subscriber@example.com","confirmation":true,'
        f'"confirmation_token":"{value(conflict)["confirmation_token"]}"}}'
    )
    headers = (
        ("Authorization", f"Bearer {device.access}"),
        ("Content-Type", "application/json"),
        ("Cookie", f"csrf_token={csrf}"),
        ("X-CSRF-Token", csrf),
    )
    linked = stage.call(HttpCall("POST", "/api/v2/auth/link-accounts", "", headers, body.encode()))
    after = value(returned(stage, "recorded-subscriber", "github"))

    assert linked.status == 200, linked
    assert (after["status"], after["linked_providers"]) == ("authenticated", ["email", "github"])


def test_a_confirmation_waits_for_15_minutes(stage: Stage, clock: FixedClock) -> None:
    token = value(returned(stage, "recorded-subscriber", "github"))["confirmation_token"]
    found = Confirmations(stage.store)
    clock.sleep(15 * 60 - 1)
    before = found.find(token, clock.now())
    clock.sleep(1)

    assert before is not None
    assert (before.user_id, before.identity.email) == (SUBSCRIBER, "subscriber@example.com")
    assert found.find(token, clock.now()) is None


@pytest.mark.parametrize("code", ["recorded-unverified", "recorded-hidden"])
def test_an_unverified_address_makes_no_account(stage: Stage, code: str) -> None:
    got = returned(stage, code)

    assert (got.status, value(got)["code"], got.cookies) == (409, "AUTH_022", ())
    assert Users(stage.store).by_email("unverified@example.com") is None


def test_who_gives_no_address_is_not_told_of_one(stage: Stage) -> None:
    unverified, hidden = (value(returned(stage, f"recorded-{who}"))["detail"] for who in ("unverified", "hidden"))

    assert unverified.startswith("The provider has not verified the mail address")
    assert hidden.startswith("The provider gives no mail address")


def test_an_unverified_address_joins_no_account(stage: Stage) -> None:
    signed_in(stage, "unverified@example.com")
    got = returned(stage, "recorded-unverified")

    assert (got.status, value(got)["code"]) == (409, "AUTH_022")
    assert Identities(stage.store).owner("google", "recorded-google-unverified") is None


def test_an_identity_of_somebody_else_opens_neither_account(stage: Stage) -> None:
    got = returned(stage, "recorded-moved", "github")

    assert (got.status, value(got)["code"], got.cookies) == (409, "AUTH_023", ())


def test_a_state_works_once(stage: Stage) -> None:
    begun = value(Client(stage, "nobody").get(URLS))["providers"]["google"]
    body = {"provider": "google", "code": "recorded-reader", "state": begun["state"], "redirect_uri": PAGE}
    answers = [Client(stage, "nobody").post(CALLBACK, body).status for _ in range(2)]

    assert answers == [200, 422]


def test_a_state_works_once_even_if_its_code_was_refused(stage: Stage) -> None:
    body = {"provider": "google", "state": api.RECORDED_GOOGLE_STATE, "redirect_uri": PAGE}
    refused, again = (
        Client(stage, "nobody").post(CALLBACK, {**body, "code": code}) for code in ("x", "recorded-reader")
    )

    assert [broken(got) for got in (refused, again)] == [CODE_REFUSED, STATE_INVALID]


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (300, 422)])
def test_a_state_lasts_300_seconds(stage: Stage, clock: FixedClock, seconds: int, status: int) -> None:
    clock.sleep(seconds)
    body = {"provider": "google", "code": "recorded-reader", "state": api.RECORDED_GOOGLE_STATE, "redirect_uri": PAGE}

    assert Client(stage, "nobody").post(CALLBACK, body).status == status


@pytest.mark.parametrize(
    "changed",
    [{"provider": "github"}, {"redirect_uri": "http://localhost:8000/auth/other"}, {"state": "never-made"}],
    ids=["provider", "page", "state"],
)
def test_a_state_is_bound_to_provider_and_page_and_a_wrong_guess_does_not_burn_it(
    stage: Stage, changed: dict[str, str]
) -> None:
    body = {"provider": "google", "code": "recorded-reader", "state": api.RECORDED_GOOGLE_STATE, "redirect_uri": PAGE}
    wrong, right = (Client(stage, "nobody").post(CALLBACK, each) for each in ({**body, **changed}, body))

    assert broken(wrong) == STATE_INVALID
    assert right.status == 200


def test_why_a_state_is_refused_is_not_told(stage: Stage) -> None:
    body = {"provider": "google", "code": "recorded-reader", "state": api.RECORDED_GOOGLE_STATE, "redirect_uri": PAGE}
    wrongs = [{"provider": "github"}, {"redirect_uri": "http://localhost:8000/x"}, {"state": "never-made"}]
    told = {Client(stage, "nobody").post(CALLBACK, {**body, **wrong}).body for wrong in wrongs}
    Client(stage, "nobody").post(CALLBACK, body)
    told.add(Client(stage, "nobody").post(CALLBACK, body).body)

    assert len(told) == 1


@pytest.mark.parametrize(("began", "returns"), [("full", "nobody"), ("nobody", "full"), ("other", "full")])
def test_what_the_anonymous_session_had_that_began_or_ended_the_sign_in_moves_to_the_account(
    stage: Stage, began: str, returns: str
) -> None:
    before = [each["name"] for each in value(Client(stage, "full").get(LISTS))["configurations"]]
    begun = value(Client(stage, began).get(URLS))["providers"]["google"]
    body = {"provider": "google", "code": "recorded-newcomer", "state": begun["state"], "redirect_uri": PAGE}
    got = Client(stage, returns).call("POST", CALLBACK, body=body, headers=(JSON,))
    shown = value(as_bearer(stage, Device.of(got).access, "GET", LISTS))

    assert value(got)["merged_anonymous_data"] is True
    assert [each["name"] for each in shown["configurations"]] == before != []
    assert Client(stage, "full").get(LISTS).status == 401


def test_what_finds_no_place_waits_and_is_not_said_to_be_there(stage: Stage) -> None:
    got = value(returned(stage, "recorded-reader", caller="full"))
    merge = Merging(stage.store).newest(identities.MEMBER)

    assert (got["status"], got["merged_anonymous_data"]) == ("authenticated", False)
    assert merge is not None
    assert (merge.status, merge.counted.configurations, len(merge.skipped)) == ("partial", 1, 1)


def test_a_conflict_moves_nothing(stage: Stage) -> None:
    got = value(returned(stage, "recorded-subscriber", "github", caller="full"))

    assert (got["status"], got["merged_anonymous_data"]) == ("conflict", False)
    assert Client(stage, "full").get(LISTS).status == 200


def test_what_was_merged_before_coming_back_is_said_to_be_there(stage: Stage) -> None:
    begun = value(Client(stage, "anonymous").get(URLS))["providers"]["google"]
    Merging(stage.store).merge(identities.ANONYMOUS, identities.MEMBER, NOW)
    body = {"provider": "google", "code": "recorded-reader", "state": begun["state"], "redirect_uri": PAGE}

    assert value(Client(stage, "nobody").post(CALLBACK, body))["merged_anonymous_data"] is True


def test_the_merged_account_of_an_identity_is_the_one_it_went_to(stage: Stage) -> None:
    returned(stage, "recorded-newcomer")
    newcomer = Users(stage.store).by_email("newcomer@example.com")
    assert newcomer is not None
    stage.store.update(Key("users", f"USER#{newcomer.user_id}", "PROFILE"), set={"merged_to": SUBSCRIBER})
    got = value(returned(stage, "recorded-newcomer"))

    assert (got["status"], got["email_masked"]) == ("authenticated", "s***@example.com")


def test_a_provider_that_is_not_set_up_is_null(clock: FixedClock) -> None:
    store = Stage(clock=clock).store
    live = settings(identity="live", github_client_id="github-client", redirect_uris=("https://app.example.com/in",))
    gate = assemble("dashboard", live, clock, CountedChance("live"), store)
    answer = value(received(gate(rest_event(HttpCall("GET", URLS)), None)))
    query = query_of(answer["providers"]["github"]["authorize_url"])

    assert answer["providers"]["google"] is answer["state"] is None
    assert (query["client_id"], query["redirect_uri"]) == ("github-client", "https://app.example.com/in")


def test_no_sign_in_begins_or_ends_where_the_store_does_not_take_it(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    body = {"provider": "google", "code": "recorded-newcomer", "state": api.RECORDED_GOOGLE_STATE, "redirect_uri": PAGE}
    with locked(file):
        begun = Client(stage, "nobody").get(URLS)
        ended = Client(stage, "nobody").post(CALLBACK, body)

    assert (begun.status, ended.status, ended.cookies) == (503, 503, ())
    assert Client(stage, "nobody").post(CALLBACK, body).status == 200


def test_one_client_signs_in_so_often_and_no_oftener(clock: FixedClock) -> None:
    stage = Stage(Given("nobody", limits=True), clock)
    body = {"provider": "google", "code": "x", "state": "never-made", "redirect_uri": PAGE}
    statuses = [Client(stage, "nobody").post(CALLBACK, body).status for _ in range(21)]

    assert statuses == [422] * 20 + [429]


def test_what_is_kept_of_a_sign_in_shows_no_secret() -> None:
    assert VERIFIER not in repr(Begun("google", PAGE, VERIFIER, None))
    assert "reader" not in repr(Identity("google", "recorded-google-reader", "reader@example.com", True))
