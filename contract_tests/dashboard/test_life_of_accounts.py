"""Two devices and two people, from anonymous over linked to merged: at every step the API says what a model of it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contract_tests.client import value
from contract_tests.dashboard.devices import AUTH, at_provider, called, signed_in, started
from tools.stage import Stage

LISTS = "/api/v2/configurations"
DEVICES = ("laptop", "phone")
PEOPLE = ("newcomer", "subscriber")
DEVICE = st.sampled_from(DEVICES)
PERSON = st.sampled_from(PEOPLE)


@dataclass
class Device:
    """An anonymous session: what it has, and whose account it was merged into."""

    token: str
    lists: list[str] = field(default_factory=list)
    merged_into: str | None = None


@dataclass
class Account:
    """Somebody's account: how it opens, what it has, and which tokens wait for its owner to say yes."""

    credential: str
    providers: list[str]
    lists: list[str] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    """Token of a merged session → how many watchlists came from it."""
    waiting: list[str] = field(default_factory=list)


class LifeOfAccounts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.devices = {name: Device(started(self.stage)) for name in DEVICES}
        # One of the two has an account from the beginning, the other one does not.
        credential = signed_in(self.stage, "subscriber@example.com")
        self.accounts = {"subscriber": Account(credential, ["email"], sorted(self.lists_of(credential)))}
        self.before: list[Device] = []
        self.made: dict[str, tuple[str, str]] = {}
        """Watchlist → when it was made, then its id: of two made at one instant the smaller id is the older one."""

    def lists_of(self, credential: str) -> set[str]:
        got = called(self.stage, credential, "GET", LISTS)
        assert got.status == 200, got
        return {each["config_id"] for each in value(got)["configurations"]}

    def create(self, credential: str, lists: list[str]) -> None:
        got = called(self.stage, credential, "POST", LISTS, {"name": "w", "tickers": ["AAPL"]})
        assert got.status == (201 if len(lists) < 2 else 409)
        if got.status == 201:
            made = value(got)
            lists.append(made["config_id"])
            self.made[made["config_id"]] = (made["created_at"], made["config_id"])

    @rule(name=DEVICE)
    def watch(self, name: str) -> None:
        device = self.devices[name]
        if device.merged_into is None:
            self.create(device.token, device.lists)

    @rule(name=DEVICE)
    def start_over(self, name: str) -> None:
        """A session that was merged is replaced by a new one; one that was not is left behind."""
        self.before.append(self.devices[name])
        self.devices[name] = Device(started(self.stage))

    @rule(person=PERSON, device=st.none() | DEVICE)
    def open_a_mailed_link(self, person: str, device: str | None) -> None:
        """Asked for by a device that somebody has used before, or by one that nobody has: what it had goes along."""
        came = self.devices[device] if device else None
        token = came.token if came and came.merged_into is None else None
        credential = signed_in(self.stage, f"{person}@example.com", token)
        account = self.accounts.setdefault(person, Account(credential, ["email"]))
        account.credential = credential
        if "email" not in account.providers:
            account.providers.append("email")
        if came and token:
            self.move(came, person, account)

    @rule(person=PERSON, device=DEVICE)
    def come_back_from_github(self, person: str, device: str) -> None:
        """What the device had before goes along, if the person gets in."""
        came = self.devices[device]
        answer = value(at_provider(self.stage, "github", person, None if came.merged_into else came.token))
        account = self.accounts.get(person)
        if account is not None and "github" not in account.providers:
            assert (answer["status"], answer["tokens"]) == ("conflict", None)
            account.waiting.append(answer["confirmation_token"])
            return
        assert (answer["status"], answer["is_new_user"]) == ("authenticated", account is None)
        credential = answer["tokens"]["access_token"]
        account = self.accounts.setdefault(person, Account(credential, ["github"]))
        account.credential = credential
        expected = came.merged_into is None and self.move(came, person, account) == "completed"
        assert answer["merged_anonymous_data"] is expected

    @rule(owner=PERSON, who=PERSON, data=st.data())
    def say_yes(self, owner: str, who: str, data: st.DataObject) -> None:
        if not (owner in self.accounts and who in self.accounts and self.accounts[owner].waiting):
            return
        account = self.accounts[owner]
        token = data.draw(st.sampled_from(account.waiting))
        body = {"email": f"{owner}@example.com", "confirmation_token": token, "confirmation": True}
        got = called(self.stage, self.accounts[who].credential, "POST", f"{AUTH}/link-accounts", body)
        assert got.status == (200 if who == owner else 404), got
        if who == owner:
            account.waiting.remove(token)
            account.providers += ["github"] if "github" not in account.providers else []
            assert value(got)["linked_providers"] == account.providers

    @rule(person=PERSON)
    def watch_signed_in(self, person: str) -> None:
        if person in self.accounts:
            account = self.accounts[person]
            self.create(account.credential, account.lists)

    @rule(person=PERSON, data=st.data())
    def make_room(self, person: str, data: st.DataObject) -> None:
        account = self.accounts.get(person)
        if account and account.lists:
            gone = data.draw(st.sampled_from(account.lists))
            assert called(self.stage, account.credential, "DELETE", f"{LISTS}/{gone}").status == 204
            account.lists.remove(gone)

    @rule(name=DEVICE, person=PERSON)
    def merge(self, name: str, person: str) -> None:
        device, account = self.devices[name], self.accounts.get(person)
        if account is None:
            return
        body = {"anonymous_user_id": device.token}
        got = called(self.stage, account.credential, "POST", f"{AUTH}/merge", body)
        if device.merged_into not in (None, person):
            assert (got.status, value(got)["code"]) == (409, "MERGED_ELSEWHERE")
            return
        assert got.status == 200, got
        self.settle(device, person, account, value(got))

    def settle(self, device: Device, person: str, account: Account, answer: Any) -> None:
        expected = self.move(device, person, account)
        assert (answer["status"], answer["configurations"]) == (expected, account.moved[device.token])
        assert {each["config_id"] for each in answer["skipped"]} == set(device.lists)

    def move(self, device: Device, person: str, account: Account) -> str:
        """The oldest watchlists find the places that are free; the others wait."""
        device.lists.sort(key=self.made.__getitem__)
        is_first, waited = device.merged_into is None, bool(device.lists)
        device.merged_into = person
        room = 2 - len(account.lists)
        moving, device.lists = device.lists[:room], device.lists[room:]
        account.lists += moving
        moved = account.moved[device.token] = account.moved.get(device.token, 0) + len(moving)
        if not is_first and not waited:
            return "already_merged" if account.moved[device.token] else "no_data"
        return "partial" if device.lists else "completed" if moved else "no_data"

    @rule(name=DEVICE, person=PERSON)
    def ask_how_far(self, name: str, person: str) -> None:
        device, account = self.devices[name], self.accounts.get(person)
        if account is None:
            return
        query = f"anonymous_user_id={device.token}"
        got = value(called(self.stage, account.credential, "GET", f"{AUTH}/merge-status", query=query))
        if device.merged_into == person:
            waiting = "partial" if len(account.lists) == 2 else "pending"
            moved = "completed" if account.moved[device.token] else "no_data"
            assert got["status"] == (waiting if device.lists else moved)
            assert got["items_merged"]["configurations"] == account.moved[device.token]
        else:
            expected = "pending" if device.lists and device.merged_into is None else "no_data"
            assert (got["status"], got["merged_at"]) == (expected, None)

    @rule(person=PERSON, provider=st.sampled_from(["email", "github", "google"]))
    def check_the_address(self, person: str, provider: str) -> None:
        body = {"email": f"{person}@Example.com", "current_provider": provider}
        got = value(called(self.stage, None, "POST", f"{AUTH}/check-email", body))
        account = self.accounts.get(person)
        only_mailed = account is not None and account.providers == ["email"]
        assert got["conflict"] == (only_mailed and provider != "email")

    @invariant()
    def each_watchlist_is_where_the_model_has_it(self) -> None:
        for device in (*self.devices.values(), *self.before):
            if device.merged_into is None:
                assert self.lists_of(device.token) == set(device.lists)
            else:
                assert called(self.stage, device.token, "GET", LISTS).status == 401
        for account in self.accounts.values():
            assert self.lists_of(account.credential) == set(account.lists)


TestLifeOfAccounts = LifeOfAccounts.TestCase
TestLifeOfAccounts.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
