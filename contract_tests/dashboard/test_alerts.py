"""Alerts: whose they are, how many there may be, what they may watch, and how they go."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract_tests.client import Client, broken, value
from contract_tests.dashboard.disk import locked, on_disk
from handlers.runtime.clock import FixedClock
from handlers.storage.alerts import Alerts
from handlers.storage.mail_quota import MailQuota
from tools import identities
from tools.events import HttpCall
from tools.stage import NOW, Stage

PATH = "/api/v2/alerts"
WATCHLISTS = "/api/v2/configurations"
MINE = f"{WATCHLISTS}/{identities.MEMBER_CONFIGURATION}"
ALERT = f"{PATH}/{identities.ALERT}"
DRAFT = {
    "config_id": identities.MEMBER_CONFIGURATION,
    "ticker": "msft",
    "alert_type": "sentiment_threshold",
    "threshold_value": 0.25,
    "threshold_direction": "below",
}
JSON = (("content-type", "application/json"),)
NESTED_DRAFT = {"type": "volatility", "ticker": "MSFT", "threshold": 2, "condition": "above"}


@pytest.fixture
def member(stage: Stage) -> Client:
    return Client(stage, "member")


def ids(client: Client, path: str = PATH, **query: Any) -> list[str]:
    return [alert["alert_id"] for alert in value(client.get(path, **query))["alerts"]]


def test_a_new_alert_is_found_where_location_says_and_by_way_of_its_watchlist(member: Client) -> None:
    got = member.post(PATH, DRAFT)
    made = value(got)

    assert got.status == 201
    assert got.header("location") == f"{PATH}/{made['alert_id']}"
    assert value(member.get(got.header("location") or "")) == made
    assert made["ticker"] == "MSFT"
    assert (made["is_enabled"], made["trigger_count"], made["last_triggered_at"]) == (True, 0, None)
    assert value(member.get(f"{MINE}/alerts"))["alerts"][0] == made == value(member.get(PATH))["alerts"][0]


def test_an_alert_made_by_way_of_its_watchlist_is_the_same_to_both(member: Client) -> None:
    got = member.post(f"{MINE}/alerts", NESTED_DRAFT)
    made = value(got)
    flat = value(member.get(got.header("location") or ""))

    assert (made.pop("type"), made.pop("enabled")) == ("volatility", True)
    assert flat == made
    assert (made["alert_type"], made["threshold_value"], made["threshold_direction"]) == (
        "volatility_threshold",
        2.0,
        "above",
    )


@pytest.mark.parametrize(("enabled", "is_enabled"), [(False, False), (True, True), (None, True)])
def test_an_alert_can_be_made_disabled(member: Client, enabled: bool | None, is_enabled: bool) -> None:
    made = value(member.post(f"{MINE}/alerts", {**NESTED_DRAFT, "enabled": enabled}))

    assert made["enabled"] is made["is_enabled"] is is_enabled


def test_an_eleventh_alert_is_refused_on_either_path_and_deleting_one_makes_room(member: Client) -> None:
    for number in range(8):
        path, draft = ((PATH, DRAFT), (f"{MINE}/alerts", NESTED_DRAFT))[number % 2]
        assert member.post(path, draft).status == 201
    refused = [member.post(PATH, DRAFT), member.post(f"{MINE}/alerts", NESTED_DRAFT)]
    deleted = member.call("DELETE", ALERT)

    assert [(got.status, value(got)["code"]) for got in refused] == [(409, "ALERT_LIMIT_REACHED")] * 2
    assert deleted.status == 204
    assert deleted.body == b""
    assert [member.post(PATH, DRAFT).status for _ in range(2)] == [201, 409]


def test_ten_is_the_limit_of_each_watchlist(member: Client) -> None:
    other = value(member.post(WATCHLISTS, {"name": "Second", "tickers": ["MSFT"]}))["config_id"]
    made = [member.post(PATH, {**DRAFT, "config_id": other}).status for _ in range(11)]

    assert made == [201] * 10 + [409]
    assert member.post(PATH, DRAFT).status == 201
    assert value(member.get(PATH))["total"] == 13


def test_ten_is_the_limit_however_many_threads_create_at_once(stage: Stage) -> None:
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: Client(stage, "member").post(PATH, DRAFT).status, range(24)))

    assert statuses.count(201) == 8
    assert statuses.count(409) == 16


KINDS = {"sentiment": (-1, 1), "volatility": (0, 100)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_threshold_may_be_at_its_bounds_and_not_beyond_on_either_path(member: Client, kind: str) -> None:
    least, most = KINDS[kind]
    flat = {**DRAFT, "alert_type": f"{kind}_threshold"}
    nested = {**NESTED_DRAFT, "type": kind}
    good = [member.post(PATH, {**flat, "threshold_value": bound}).status for bound in (least, most)]
    good += [member.post(f"{MINE}/alerts", {**nested, "threshold": bound}).status for bound in (least, most)]
    bad = [broken(member.post(PATH, {**flat, "threshold_value": bound})) for bound in (least - 0.001, most + 0.001)]
    bad += [broken(member.post(f"{MINE}/alerts", {**nested, "threshold": b})) for b in (least - 0.001, most + 0.001)]

    assert good == [201] * 4
    assert [(loc, type_) for ((loc, type_),) in bad[:2]] == [
        (["body", "threshold_value"], "greater_than_equal" if least == -1 else "threshold_out_of_range"),
        (["body", "threshold_value"], "less_than_equal" if most == 100 else "threshold_out_of_range"),
    ]
    assert [loc for ((loc, _),) in bad[2:]] == [["body", "threshold"]] * 2


@pytest.mark.parametrize(("alert_id", "bounds"), [(identities.ALERT, (-1, 1)), (identities.DISABLED_ALERT, (0, 100))])
@pytest.mark.parametrize("name", ["threshold", "threshold_value"])
def test_a_changed_threshold_keeps_to_the_bounds_of_its_type(
    member: Client, alert_id: str, bounds: tuple[int, int], name: str
) -> None:
    before = value(member.get(f"{PATH}/{alert_id}"))
    bad = [
        member.call("PATCH", path, body={name: bound, "enabled": True})
        for path in (f"{PATH}/{alert_id}", f"{MINE}/alerts/{alert_id}")
        for bound in (bounds[0] - 0.5, bounds[1] + 0.5)
    ]
    after = value(member.get(f"{PATH}/{alert_id}"))
    good = [member.call("PATCH", f"{PATH}/{alert_id}", body={name: bound}) for bound in bounds]

    assert [loc for got in bad for loc, _ in broken(got)] == [["body", name]] * 4
    assert after == before
    assert [value(got)["threshold_value"] for got in good] == [float(bound) for bound in bounds]


@pytest.mark.parametrize("ticker", ["AAPL", "ZZZZZ"])
def test_an_alert_is_on_a_symbol_of_its_watchlist(member: Client, ticker: str) -> None:
    flat = member.post(PATH, {**DRAFT, "ticker": ticker})
    nested = member.post(f"{MINE}/alerts", {**NESTED_DRAFT, "ticker": ticker})

    assert broken(flat) == broken(nested) == [(["body", "ticker"], "ticker_not_watched")]
    assert ticker in value(flat)["detail"][0]["msg"]
    assert len(ids(member)) == 2


def test_the_alerts_of_a_symbol_that_leaves_the_watchlist_go_with_it(member: Client) -> None:
    member.call("PATCH", MINE, body={"tickers": ["MSFT", "AAPL"]})
    apple = value(member.post(PATH, {**DRAFT, "ticker": "AAPL"}))["alert_id"]
    replaced = member.call("PUT", MINE, body={"name": "Apple", "tickers": ["aapl"]})

    assert replaced.status == 200
    assert ids(member) == ids(member, f"{MINE}/alerts") == [apple]
    assert member.get(ALERT).status == 404


def test_the_alerts_of_a_deleted_watchlist_go_with_it(member: Client) -> None:
    member.call("DELETE", MINE)
    another = value(member.post(WATCHLISTS, {"name": "New", "tickers": ["MSFT"]}))["config_id"]

    assert value(member.get(PATH))["alerts"] == []
    assert member.get(ALERT).status == member.get(f"{MINE}/alerts").status == 404
    assert [member.post(PATH, {**DRAFT, "config_id": another}).status for _ in range(11)] == [201] * 10 + [409]


def test_filters_leave_what_fits_all_of_them(member: Client) -> None:
    member.call("PATCH", MINE, body={"tickers": ["MSFT", "AAPL"]})
    apple = value(member.post(PATH, {**DRAFT, "ticker": "AAPL"}))["alert_id"]

    assert ids(member) == [apple, identities.DISABLED_ALERT, identities.ALERT]
    assert ids(member, ticker="aapl") == [apple]
    assert ids(member, enabled="true") == [apple, identities.ALERT]
    assert ids(member, enabled="false", ticker="MSFT") == [identities.DISABLED_ALERT]
    assert ids(member, config_id=identities.MEMBER_CONFIGURATION, ticker="AAPL", enabled="true") == [apple]
    assert ids(member, config_id=identities.OPERATOR_CONFIGURATION) == []
    assert value(member.get(PATH, ticker="AAPL"))["total"] == 1


WRITES = [
    ("POST", PATH, DRAFT),
    ("PATCH", ALERT, {"enabled": False}),
    ("DELETE", ALERT, None),
    ("POST", f"{ALERT}/toggle", None),
    ("POST", f"{MINE}/alerts", NESTED_DRAFT),
    ("PATCH", f"{MINE}/alerts/{identities.ALERT}", {"enabled": False}),
    ("DELETE", f"{MINE}/alerts/{identities.ALERT}", None),
    ("POST", f"{MINE}/alerts/{identities.ALERT}/toggle", None),
]
READS = [("GET", PATH, None), ("GET", ALERT, None), ("GET", f"{PATH}/quota", None)]


@pytest.mark.parametrize(("method", "path", "body"), [*READS, *WRITES])
def test_alerts_are_for_members_and_each_is_its_owners(stage: Stage, method: str, path: str, body: Any) -> None:
    before = value(Client(stage, "member").get(PATH))
    statuses = [Client(stage, who).call(method, path, body=body).status for who in ("nobody", "anonymous", "operator")]

    assert statuses == [401, 403, 200 if path in (PATH, f"{PATH}/quota") and method == "GET" else 404]
    assert value(Client(stage, "member").get(PATH)) == before


def test_an_anonymous_caller_may_ask_for_the_alerts_of_their_own_watchlist(stage: Stage) -> None:
    own = Client(stage).get(f"{WATCHLISTS}/{identities.CONFIGURATION}/alerts")

    assert own.status == 200
    assert (value(own)["alerts"], value(own)["total"], value(own)["daily_email_quota"]["used"]) == ([], 0, 0)
    assert Client(stage).get(f"{MINE}/alerts").status == 404


@pytest.mark.parametrize(
    ("method", "rest", "body"), [("PATCH", "", {}), ("DELETE", "", None), ("POST", "/toggle", None)]
)
def test_an_alert_is_not_found_by_way_of_another_watchlist(member: Client, method: str, rest: str, body: Any) -> None:
    other = value(member.post(WATCHLISTS, {"name": "Second", "tickers": ["MSFT"]}))["config_id"]
    got = member.call(method, f"{WATCHLISTS}/{other}/alerts/{identities.ALERT}{rest}", body=body)

    assert (got.status, value(got)["code"]) == (404, "ALERT_NOT_FOUND")
    assert value(member.get(ALERT))["is_enabled"]


LONG = {"threshold_value": -0.5, "threshold_direction": "below", "is_enabled": False}
SHORT = {"threshold": -0.5, "condition": "below", "enabled": False}


@pytest.mark.parametrize("path", [ALERT, f"{MINE}/alerts/{identities.ALERT}"])
@pytest.mark.parametrize("changes", [LONG, SHORT, {**SHORT, "threshold_value": None, "is_enabled": None}])
def test_both_names_of_a_field_change_it_on_either_path(member: Client, path: str, changes: dict[str, Any]) -> None:
    before = value(member.get(ALERT))
    changed = value(member.call("PATCH", path, body=changes))
    after = value(member.get(ALERT))

    assert after == {**before, **LONG}
    assert changed == {**after, **SHORT}


@pytest.mark.parametrize(("short", "long"), list(zip(SHORT, LONG, strict=True)))
def test_a_field_is_given_under_one_of_its_names(member: Client, short: str, long: str) -> None:
    before = member.get(ALERT).body
    got = member.call("PATCH", ALERT, body={short: SHORT[short], long: LONG[long]})

    assert broken(got) == [(["body", short], "said_twice")]
    assert member.get(ALERT).body == before


def test_what_an_alert_watches_cannot_be_changed(member: Client) -> None:
    for name in ("alert_type", "type", "ticker", "config_id"):
        assert broken(member.call("PATCH", ALERT, body={name: "x"})) == [(["body", name], "extra_forbidden")]


def test_toggling_flips_and_says_so(member: Client) -> None:
    toggled = [value(member.call("POST", f"{path}/toggle")) for path in (ALERT, f"{MINE}/alerts/{identities.ALERT}")]

    assert [(each["is_enabled"], each["message"]) for each in toggled] == [
        (False, "Alert disabled"),
        (True, "Alert enabled"),
    ]
    assert value(member.get(ALERT))["is_enabled"]


def test_the_quota_counts_the_mails_of_the_utc_day(stage: Stage) -> None:
    quota, member = MailQuota(stage.store), Client(stage, "member")
    seen = []
    for _ in range(10):
        got = value(member.get(f"{PATH}/quota"))
        assert value(member.get(PATH))["daily_email_quota"] == got
        seen.append((got["used"], got["remaining"], got["is_exceeded"]))
        quota.take(identities.MEMBER, NOW.date())
    last = value(member.get(f"{PATH}/quota"))

    assert seen == [(used, 10 - used, used == 10) for used in [*range(1, 11)]]
    assert last == {"used": 10, "limit": 10, "remaining": 0, "resets_at": "2024-12-03T00:00:00Z", "is_exceeded": True}


@pytest.mark.parametrize(("at", "used"), [("2024-12-02T23:59:59Z", 1), ("2024-12-03T00:00:00Z", 0)])
def test_the_quota_begins_anew_at_midnight_in_utc(stage: Stage, at: str, used: int) -> None:
    later = Stage(clock=FixedClock(datetime.fromisoformat(at)), store=stage.store)
    got = value(Client(later, "member").get(f"{PATH}/quota"))

    assert got["used"] == used
    assert got["resets_at"] == ("2024-12-03T00:00:00Z" if used else "2024-12-04T00:00:00Z")


def test_what_an_evaluator_notes_is_shown(stage: Stage) -> None:
    alerts, member = Alerts(stage.store), Client(stage, "member")
    seen = alerts.get(identities.MEMBER, identities.ALERT)
    assert seen is not None
    alerts.fired(seen, 0.9, NOW + timedelta(minutes=1))
    shown = value(member.get(ALERT))

    assert (shown["trigger_count"], shown["last_triggered_at"]) == (2, "2024-12-02T15:01:00Z")


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_write_that_fails_leaves_everything_as_it_was_and_can_be_repeated(
    tmp_path: Path, method: str, path: str, body: Any
) -> None:
    stage, file = on_disk(tmp_path)
    client = Client(stage, "member")
    before = client.get(PATH).body
    with locked(file):
        refused = client.call(method, path, body=body)
        during = client.get(PATH).body
    after = client.get(PATH).body
    again = client.call(method, path, body=body)

    assert refused.status == 503
    assert before == during == after
    assert again.status in (200, 201, 204)


def test_bodies_are_never_coerced(member: Client) -> None:
    wrong = {**DRAFT, "ticker": 1, "alert_type": "sentiment", "threshold_value": "0.5", "threshold_direction": True}

    assert [kind for _, kind in broken(member.post(PATH, wrong))] == [
        "string_type",
        "literal_error",
        "float_type",
        "literal_error",
    ]


@pytest.mark.parametrize("number", ["-0.0", "-0", "-0e0", "-1e-400"])
def test_a_threshold_of_negative_zero_is_zero_however_it_is_given_and_read(stage: Stage, number: str) -> None:
    draft = {name: said for name, said in DRAFT.items() if name != "threshold_value"}
    calls = [
        ("POST", PATH, json.dumps(draft)[:-1] + f', "threshold_value": {number}}}'),
        ("PATCH", ALERT, f'{{"threshold": {number}}}'),
        ("GET", PATH, ""),
    ]
    bodies = [stage.call(HttpCall(m, path, "", JSON, body.encode()), "member").body for m, path, body in calls]

    assert [body.count(b'"threshold_value":0.0,') for body in bodies] == [1, 1, 2]
    assert [body for body in bodies if b":-0" in body] == []


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" + "0" * 400, "-1" + "0" * 400])
def test_a_threshold_too_large_for_a_float_is_refused_as_a_number(stage: Stage, number: str) -> None:
    body = f'{{"threshold":{number}}}'.encode()
    got = stage.call(HttpCall("PATCH", ALERT, "", (("content-type", "application/json"),), body), "member")

    assert broken(got) == [(["body", "threshold"], "finite_number")]
