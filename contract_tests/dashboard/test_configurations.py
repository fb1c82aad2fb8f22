"""Watchlists: their life, their limits, and whose they are."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.disk import locked, on_disk
from handlers.runtime.clock import FixedClock
from tools import identities
from tools.events import Received
from tools.stage import NOW, Stage

PATH = "/api/v2/configurations"
DRAFT = {"name": "Tech", "tickers": ["aapl", "MSFT"]}
DEFAULTS = {"timeframe_days": 7, "include_extended_hours": False}


def plain(shown: dict[str, Any]) -> dict[str, Any]:
    """A watchlist with its tickers as (symbol, when it was added)."""
    return {**shown, "tickers": [(ticker["symbol"], ticker["added_at"]) for ticker in shown["tickers"]]}


def made(client: Client, draft: Any = None) -> dict[str, Any]:
    got = client.post(PATH, draft or DRAFT)
    assert got.status == 201, got
    answer: dict[str, Any] = value(got)
    return answer


def symbols(configuration: dict[str, Any]) -> list[str]:
    return [ticker["symbol"] for ticker in configuration["tickers"]]


def test_a_new_watchlist_is_found_where_location_says(stage: Stage) -> None:
    client = Client(stage, "other")
    got = client.post(PATH, DRAFT)
    location = got.header("location")

    assert location == f"{PATH}/{value(got)['config_id']}"
    assert value(client.get(location)) == value(got)
    assert symbols(value(got)) == ["AAPL", "MSFT"]


def test_a_third_active_watchlist_is_refused_and_deleting_one_makes_room(stage: Stage) -> None:
    client = Client(stage, "other")
    first = made(client)
    made(client)

    assert client.post(PATH, DRAFT).status == 409
    assert client.call("DELETE", f"{PATH}/{first['config_id']}").status == 204
    assert client.post(PATH, DRAFT).status == 201


def test_deleting_twice_frees_one_place_only(stage: Stage) -> None:
    client = Client(stage, "other")
    first = made(client)
    made(client)
    statuses = [client.call("DELETE", f"{PATH}/{first['config_id']}").status for _ in range(2)]
    made(client)

    assert statuses == [204, 404]
    assert client.post(PATH, DRAFT).status == 409


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_the_watchlist_of_somebody_else_is_not_found(stage: Stage, method: str) -> None:
    body = {"PUT": DRAFT, "PATCH": {"name": "mine now"}}.get(method)
    got = Client(stage, "other").call(method, f"{PATH}/{identities.CONFIGURATION}", body=body)

    assert got.status == 404
    assert value(got)["code"] == "CONFIGURATION_NOT_FOUND"
    assert value(Client(stage).get(f"{PATH}/{identities.CONFIGURATION}"))["name"] == "Big tech"


def test_putting_replaces_and_patching_merges(stage: Stage) -> None:
    client = Client(stage)
    path = f"{PATH}/{identities.CONFIGURATION}"
    client.call("PATCH", path, body={"timeframe_days": 30, "include_extended_hours": True})
    patched = value(client.get(path))
    replaced = value(client.call("PUT", path, body={"name": "New", "tickers": []}))

    assert (patched["name"], patched["timeframe_days"], patched["include_extended_hours"]) == ("Big tech", 30, True)
    assert symbols(patched) == ["AAPL", "MSFT"]
    assert (replaced["name"], replaced["timeframe_days"], replaced["include_extended_hours"]) == ("New", 7, False)
    assert symbols(replaced) == []


def test_a_symbol_that_stays_keeps_when_it_was_added(stage: Stage) -> None:
    client = Client(stage)
    got = value(client.call("PATCH", f"{PATH}/{identities.CONFIGURATION}", body={"tickers": ["NVDA", "AAPL"]}))
    added = {ticker["symbol"]: ticker["added_at"] for ticker in got["tickers"]}

    assert added == {"NVDA": "2024-12-02T15:00:00Z", "AAPL": "2024-12-01T15:00:00Z"}
    assert got["updated_at"] == "2024-12-02T15:00:00Z"


@pytest.mark.parametrize(
    ("tickers", "errors"),
    [
        (["AAPL", "ZZZZZ"], [(["body", "tickers", 1], "ticker_not_listed")]),
        (
            ["FB", "AAPL", "ZZZZZ"],
            [(["body", "tickers", 0], "ticker_not_listed"), (["body", "tickers", 2], "ticker_not_listed")],
        ),
        (["AAPL", "MSFT", "aapl"], [(["body", "tickers", 2], "ticker_repeated")]),
        (["AAPL"] * 6, [(["body", "tickers"], "too_long")]),
        (["!"], [(["body", "tickers", 0], "string_pattern_mismatch")]),
    ],
)
def test_tickers_have_to_be_listed_and_distinct(stage: Stage, tickers: list[str], errors: list[Any]) -> None:
    got = Client(stage, "other").post(PATH, {"name": "x", "tickers": tickers})

    assert broken(got) == errors
    assert value(Client(stage, "other").get(PATH))["configurations"] == []


def test_a_full_user_can_still_change_what_there_is(stage: Stage) -> None:
    client = Client(stage, "full")
    got = client.call("PATCH", f"{PATH}/{identities.FULL_CONFIGURATION}", body={"name": "Renamed"})

    assert got.status == 200
    assert [each["name"] for each in value(client.get(PATH))["configurations"]] == ["Renamed", "Nothing yet"]


WRITES = [
    ("other", "POST", PATH, DRAFT, 201),
    ("anonymous", "PUT", f"{PATH}/{identities.CONFIGURATION}", DRAFT, 200),
    ("anonymous", "PATCH", f"{PATH}/{identities.CONFIGURATION}", {"name": "Renamed"}, 200),
    ("anonymous", "DELETE", f"{PATH}/{identities.CONFIGURATION}", None, 204),
]


@pytest.mark.parametrize(("who", "method", "path", "body", "status"), WRITES)
def test_a_write_that_fails_leaves_everything_as_it_was_and_can_be_repeated(
    tmp_path: Path, who: str, method: str, path: str, body: Any, status: int
) -> None:
    stage, file = on_disk(tmp_path)
    client = Client(stage, who)
    before = client.get(PATH).body
    with locked(file):
        refused = client.call(method, path, body=body)
        during = client.get(PATH).body
    after = client.get(PATH).body
    again = client.call(method, path, body=body)

    assert refused.status == 503
    assert refused.header("retry-after") == "1"
    assert b"sqlite" not in refused.body.lower()
    assert before == during == after
    assert again.status == status


def test_a_creation_that_fails_takes_no_place(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    client = Client(stage, "other")
    with locked(file):
        refused = [client.post(PATH, DRAFT).status for _ in range(3)]

    assert refused == [503] * 3
    assert [client.post(PATH, DRAFT).status for _ in range(3)] == [201, 201, 409]


def test_two_is_the_limit_however_many_threads_create_at_once(stage: Stage) -> None:
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: Client(stage, "other").post(PATH, DRAFT).status, range(24)))

    assert statuses.count(201) == 2
    assert statuses.count(409) == 22


Shown = dict[str, Any]
NAMES = st.sampled_from(["", "Tech", "Ünïcode ✓", "x" * 50])
SYMBOLS = ["AAPL", "MSFT", "NVDA", "BRK.B", "XOM"]
TICKERS = st.lists(st.sampled_from(SYMBOLS), unique=True, max_size=5)
UNLISTED = st.tuples(TICKERS.filter(lambda tickers: len(tickers) < 5), st.sampled_from(["ZZZZZ", "FB"]))
OWNERS = st.sampled_from(["other", "member"])
DRAFTS = st.fixed_dictionaries(
    {"name": NAMES, "tickers": TICKERS},
    optional={"timeframe_days": st.integers(1, 365), "include_extended_hours": st.booleans()},
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES | st.none(),
        "tickers": TICKERS | st.none(),
        "timeframe_days": st.integers(1, 365) | st.none(),
        "include_extended_hours": st.booleans() | st.none(),
    },
)


class LifeOfWatchlists(RuleBasedStateMachine):
    """Two users create, read, replace, change and delete; each sees what a dictionary of their own would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        mine = value(Client(self.stage, "member").get(PATH))["configurations"]
        self.owned: dict[str, dict[str, Shown]] = {"other": {}, "member": {c["config_id"]: c for c in mine}}
        self.ever = [c["config_id"] for c in mine]

    def call(self, who: str, method: str, path: str, body: Any = None) -> Received:
        self.clock.sleep(1)
        return Client(self.stage, who).call(method, path, body=body)

    def any_id(self, data: st.DataObject) -> str:
        """Of either user, deleted or not."""
        chosen: str = data.draw(st.sampled_from(self.ever))
        return chosen

    def expect(self, present: Shown, changes: Shown) -> Shown:
        """What a watchlist becomes: symbols that stay keep when they were added."""
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        changes = {name: given for name, given in changes.items() if given is not None}
        added = {ticker["symbol"]: ticker["added_at"] for ticker in present["tickers"]}
        changes["tickers"] = [(symbol, added.get(symbol, now)) for symbol in changes.get("tickers", symbols(present))]
        return {**present, **changes, "updated_at": now}

    def settle(self, who: str, config_id: str, got: Received, changes: Shown) -> None:
        """A change of a watchlist succeeds exactly if the user has it."""
        mine = self.owned[who]
        assert got.status == (200 if config_id in mine else 404)
        if config_id in mine:
            assert plain(value(got)) == self.expect(mine[config_id], changes)
            mine[config_id] = value(got)

    @rule(who=OWNERS, draft=DRAFTS)
    def create(self, who: str, draft: Shown) -> None:
        mine = self.owned[who]
        got = self.call(who, "POST", PATH, draft)
        assert got.status == (201 if len(mine) < 2 else 409)
        if got.status == 201:
            made = value(got)
            new = {"config_id": made["config_id"], "tickers": [], "created_at": made["updated_at"]}
            assert plain(made) == self.expect(new, DEFAULTS | draft)
            mine[made["config_id"]] = made
            self.ever.append(made["config_id"])

    @rule(who=OWNERS, data=st.data())
    def get(self, who: str, data: st.DataObject) -> None:
        config_id = self.any_id(data)
        got = self.call(who, "GET", f"{PATH}/{config_id}")
        if config_id in self.owned[who]:
            assert value(got) == self.owned[who][config_id]
        else:
            assert got.status == 404

    @rule(who=OWNERS, data=st.data(), draft=DRAFTS)
    def put(self, who: str, data: st.DataObject, draft: Shown) -> None:
        config_id = self.any_id(data)
        self.settle(who, config_id, self.call(who, "PUT", f"{PATH}/{config_id}", draft), DEFAULTS | draft)

    @rule(who=OWNERS, data=st.data(), changes=CHANGES)
    def patch(self, who: str, data: st.DataObject, changes: Shown) -> None:
        config_id = self.any_id(data)
        self.settle(who, config_id, self.call(who, "PATCH", f"{PATH}/{config_id}", changes), changes)

    @rule(who=OWNERS, data=st.data(), tickers=UNLISTED)
    def patch_badly(self, who: str, data: st.DataObject, tickers: tuple[list[str], str]) -> None:
        config_id, (good, bad) = self.any_id(data), tickers
        got = self.call(who, "PATCH", f"{PATH}/{config_id}", {"name": "never", "tickers": [*good, bad]})
        assert got.status == (422 if config_id in self.owned[who] else 404)

    @rule(who=OWNERS, data=st.data())
    def delete(self, who: str, data: st.DataObject) -> None:
        config_id = self.any_id(data)
        got = self.call(who, "DELETE", f"{PATH}/{config_id}")
        assert got.status == (204 if self.owned[who].pop(config_id, None) else 404)

    @rule()
    def time_passes(self) -> None:
        self.clock.sleep(timedelta(hours=5).total_seconds())

    @invariant()
    def each_sees_their_own_newest_first(self) -> None:
        for who, mine in self.owned.items():
            newest_first = sorted(mine.values(), key=lambda each: str(each["created_at"]), reverse=True)
            assert value(Client(self.stage, who).get(PATH)) == {"configurations": newest_first, "max_allowed": 2}
            assert value(Client(self.stage, who).get("/api/v2/auth/me"))["configs_count"] == len(mine)


TestLifeOfWatchlists = LifeOfWatchlists.TestCase
TestLifeOfWatchlists.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_bodies_are_never_coerced(stage: Stage) -> None:
    got = Client(stage, "other").post(
        PATH, {"name": 1, "tickers": "AAPL", "timeframe_days": "7", "include_extended_hours": 1}
    )

    assert [kind for _, kind in broken(got)] == ["string_type", "list_type", "int_type", "bool_type"]


def test_an_integral_float_is_an_integer(stage: Stage) -> None:
    got = Client(stage, "other").post(PATH, {"name": "x", "tickers": [], "timeframe_days": 30.0})

    assert json.loads(got.body)["timeframe_days"] == 30
    assert b'"timeframe_days":30,' in got.body
