"""The daily digest: when it says that it comes, what it covers, and the sample of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.client import Client, broken, value
from handlers.backend import Backend
from handlers.domain.buckets import Score
from handlers.domain.zones import zone, zone_names
from handlers.jobs import send_digests
from handlers.jobs.running import perform
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.outbox import Entry, Outbox
from models.operation import Given
from tools import identities
from tools.stage import FEEDS, NOW, Stage

PATH = "/api/v2/notifications/digest"
TEST = f"{PATH}/test"
MINE = identities.MEMBER_CONFIGURATION
NOT_MINE = identities.OPERATOR_CONFIGURATION


def patch(client: Client, **changes: Any) -> Any:
    return client.call("PATCH", PATH, body=changes)


def mails(stage: Stage) -> list[Entry]:
    return Outbox(stage.store).due(stage.clock.now(), 100)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, "2024-12-03T14:00:00Z"),
        ({"time": "10:00"}, "2024-12-03T15:00:00Z"),  # it is ten o'clock: not in the future any more
        ({"time": "10:01"}, "2024-12-02T15:01:00Z"),
        ({"timezone": "UTC", "time": "15:30"}, "2024-12-02T15:30:00Z"),
        ({"timezone": "Asia/Kathmandu"}, "2024-12-03T03:15:00Z"),
        ({"timezone": "Pacific/Kiritimati", "time": "05:00"}, "2024-12-03T15:00:00Z"),
        ({"timezone": "Pacific/Kiritimati", "time": "05:01"}, "2024-12-02T15:01:00Z"),
    ],
)
def test_the_next_digest_is_at_the_users_local_time(stage: Stage, changes: dict[str, str], due: str) -> None:
    assert value(patch(Client(stage, "member"), **changes))["next_scheduled"] == due


@given(st.sampled_from(sorted(zone_names())), st.integers(0, 23), st.integers(0, 59))
@settings(max_examples=60, deadline=None)
def test_every_zone_is_accepted_and_its_clocks_show_the_time_when_the_digest_is_due(
    name: str, hour: int, minute: int
) -> None:
    got = patch(Client(Stage(), "member"), timezone=name, time=f"{hour:02}:{minute:02}")
    due = datetime.fromisoformat(value(got)["next_scheduled"])
    shown = due.astimezone(zone(name))

    assert got.status == 200
    assert NOW < due <= NOW + timedelta(days=1)
    assert (shown.hour, shown.minute, shown.second) == (hour, minute, 0)


@pytest.mark.parametrize(
    "name", ["Mars/Olympus_Mons", "localtime", "europe/berlin", "../../etc/passwd", "EST5EDT4", "Factory"]
)
def test_a_zone_that_is_none_is_refused(stage: Stage, name: str) -> None:
    got = patch(Client(stage, "member"), timezone=name)

    assert [(loc, kind in ("timezone_unknown", "string_pattern_mismatch")) for loc, kind in broken(got)] == [
        (["body", "timezone"], True)
    ]


def test_who_never_said_has_the_zone_of_the_profile(stage: Stage) -> None:
    found = value(Client(stage, "member").get(PATH))

    assert found["timezone"] == "America/New_York"
    assert ZoneInfo(found["timezone"])


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"include_all_configs": False}, [(["body", "config_ids"], "configurations_missing")]),
        ({"include_all_configs": False, "config_ids": []}, [(["body", "config_ids"], "configurations_missing")]),
        ({"include_all_configs": False, "config_ids": None}, [(["body", "config_ids"], "configurations_missing")]),
        ({"config_ids": [MINE, NOT_MINE]}, [(["body", "config_ids", 1], "configuration_unknown")]),
        ({"config_ids": [MINE, MINE]}, [(["body", "config_ids", 1], "configuration_repeated")]),
        ({"config_ids": [MINE, MINE, MINE]}, [(["body", "config_ids"], "too_long")]),
        ({"config_ids": ["x"]}, [(["body", "config_ids", 0], "string_pattern_mismatch")]),
        ({"timezone": "Mars/Olympus_Mons", "time": "9"}, [(["body", "time"], "string_pattern_mismatch")]),
    ],
)
def test_what_it_covers_is_checked_and_nothing_changes(
    stage: Stage, changes: dict[str, Any], errors: list[Any]
) -> None:
    client = Client(stage, "member")
    before = value(client.get(PATH))
    got = patch(client, **changes, enabled=True)

    assert broken(got) == errors
    assert value(client.get(PATH)) == before


def test_an_unknown_configuration_looks_like_somebody_elses(stage: Stage) -> None:
    unknown, foreign = "c0ffee99-1111-4222-8333-444455556666", NOT_MINE
    texts = [patch(Client(stage, "member"), config_ids=[each]).body.decode() for each in (unknown, foreign)]

    assert texts[0].replace(unknown, "") == texts[1].replace(foreign, "")


def second_watchlist(client: Client, ticker: str = "NVDA") -> str:
    return str(value(client.post("/api/v2/configurations", {"name": "Second", "tickers": [ticker]}))["config_id"])


def test_a_watchlist_that_was_deleted_is_covered_no_more(stage: Stage) -> None:
    client = Client(stage, "member")
    second = second_watchlist(client)
    patch(client, include_all_configs=False, config_ids=[MINE, second])
    client.call("DELETE", f"/api/v2/configurations/{MINE}")
    found = value(client.get(PATH))

    assert (found["include_all_configs"], found["config_ids"]) == (False, [second])


def test_a_digest_whose_only_watchlist_was_deleted_covers_all_and_comes_when_it_says(stage: Stage) -> None:
    client = Client(stage, "member")
    second_watchlist(client)
    named = value(patch(client, enabled=True, include_all_configs=False, config_ids=[MINE]))
    client.call("DELETE", f"/api/v2/configurations/{MINE}")
    found = value(client.get(PATH))
    clock = FixedClock(datetime.fromisoformat(found["next_scheduled"]))
    counts = perform(send_digests.JOB, {}, Backend(stage.settings, clock, stage.chance, FEEDS, stage.store))["counts"]
    (entry,) = Outbox(stage.store).due(clock.now(), 100)

    assert (named["include_all_configs"], named["config_ids"]) == (False, [MINE])
    assert found == {**named, "include_all_configs": True, "config_ids": []}
    assert counts["DigestsWritten"] == 1
    assert "NVDA" in entry.mail.text


def test_what_is_shown_after_a_watchlist_was_deleted_can_be_sent_back(stage: Stage) -> None:
    client = Client(stage, "member")
    second = second_watchlist(client)
    patch(client, include_all_configs=False, config_ids=[MINE])
    client.call("DELETE", f"/api/v2/configurations/{MINE}")
    found = value(client.get(PATH))
    back = patch(client, **{name: said for name, said in found.items() if name != "next_scheduled"})
    named = value(patch(client, include_all_configs=False, config_ids=[second]))

    assert (back.status, value(back)) == (200, found)
    assert (named["include_all_configs"], named["config_ids"]) == (False, [second])


def test_naming_a_watchlist_where_all_are_covered_for_want_of_one_still_covers_all(stage: Stage) -> None:
    client = Client(stage, "member")
    second = second_watchlist(client)
    patch(client, include_all_configs=False, config_ids=[MINE])
    client.call("DELETE", f"/api/v2/configurations/{MINE}")
    named = value(patch(client, config_ids=[second]))

    assert (named["include_all_configs"], named["config_ids"]) == (True, [second])


def test_covering_all_again_needs_no_names_and_keeps_them(stage: Stage) -> None:
    client = Client(stage, "member")
    patch(client, include_all_configs=False, config_ids=[MINE])
    found = value(patch(client, include_all_configs=True))

    assert (found["include_all_configs"], found["config_ids"]) == (True, [MINE])


def test_a_sample_is_one_mail_in_the_outbox_to_the_callers_address(stage: Stage) -> None:
    got = Client(stage, "member").post(TEST)
    (entry,) = mails(stage)

    assert (got.status, value(got)["status"]) == (202, "test_queued")
    assert "1 minute" in value(got)["message"]
    assert entry.mail.to == "reader@example.com"
    assert entry.mail.subject == "[Sample] Daily Sentiment Digest - December 02"


def articles_told(stage: Stage, symbol: str) -> int:
    """How many articles a sample tells of about a symbol."""
    Client(stage, "member").post(TEST)
    (told,) = {line for entry in mails(stage) for line in entry.mail.text.splitlines() if f"  {symbol}: " in line}
    return int(told.split(", ")[-1].split()[0])


def test_a_sample_tells_what_is_stored_of_the_last_24_hours(stage: Stage) -> None:
    start, end = (at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in (NOW - timedelta(hours=23), NOW))
    series = Client(stage, "member").get("/api/v2/timeseries/MSFT", resolution="1h", start=start, end=end, limit=100)
    stored = sum(bucket["count"] for bucket in value(series)["buckets"])

    assert stored > 0
    assert articles_told(stage, "MSFT") == stored
    assert "Mine" in mails(stage)[0].mail.text.splitlines()
    assert "AAPL" not in mails(stage)[0].mail.text


def test_a_sample_tells_of_the_running_hour_too(stage: Stage) -> None:
    before = articles_told(Stage(), "MSFT")
    Buckets(stage.store, stage.clock).record(Score("MSFT", NOW, 5000, "just-now", "tiingo"))

    assert articles_told(stage, "MSFT") == before + 1


def test_a_sample_covers_what_the_digest_covers(stage: Stage) -> None:
    client = Client(stage, "member")
    second = value(client.post("/api/v2/configurations", {"name": "Second", "tickers": ["NVDA"]}))
    patch(client, include_all_configs=False, config_ids=[second["config_id"]])
    client.post(TEST)
    (entry,) = mails(stage)

    assert "NVDA" in entry.mail.text
    assert "MSFT" not in entry.mail.text


def test_a_sample_goes_out_whether_or_not_mails_are_wanted_and_changes_no_plan(stage: Stage) -> None:
    client = Client(stage, "member")
    client.post("/api/v2/notifications/disable-all")
    before = value(client.get(PATH))
    client.post(TEST)

    assert len(mails(stage)) == 1
    assert value(client.get(PATH)) == before


def test_the_link_in_a_sample_unsubscribes(stage: Stage) -> None:
    client = Client(stage, "member")
    client.post(TEST)
    (entry,) = mails(stage)
    link = next(word for word in entry.mail.text.split() if "unsubscribe?token=" in word)
    got = Client(stage, "nobody").get("/api/v2/notifications/unsubscribe", token=link.partition("token=")[2])

    assert got.status == 200
    assert link.startswith(f"{stage.settings.api_url}/api/v2/notifications/unsubscribe?")
    assert not value(client.get("/api/v2/notifications/preferences"))["email_notifications_enabled"]


def test_without_an_address_there_is_no_sample(stage: Stage) -> None:
    got = Client(stage, "unaddressed").post(TEST)

    assert (got.status, value(got)["code"]) == (409, "NO_MAIL_ADDRESS")
    assert mails(stage) == []


def test_five_samples_an_hour_are_enough() -> None:
    stage = Stage(Given(limits=True))
    statuses = [Client(stage, "member").post(TEST).status for _ in range(7)]

    assert statuses == [202] * 5 + [429] * 2
    assert len(mails(stage)) == 5
