"""Preferences, digest and subscriptions: five ways to change one record, which all say the same."""

from __future__ import annotations

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
from handlers.domain.unsubscribing import VALID_FOR, token_of
from handlers.runtime.clock import FixedClock
from handlers.storage.preferences import PreferenceBook
from tools import identities
from tools.stage import NOW, SIGNING_KEY, Stage

PATH = "/api/v2/notifications/preferences"
DIGEST = "/api/v2/notifications/digest"
DISABLE = "/api/v2/notifications/disable-all"
RESUBSCRIBE = "/api/v2/notifications/resubscribe"
UNSUBSCRIBE = "/api/v2/notifications/unsubscribe"


def patched(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    got = client.call("PATCH", path, body=changes)
    assert got.status == 200, got
    answer: dict[str, Any] = value(got)
    return answer


def enabled_alerts(client: Client) -> list[str]:
    return [each["alert_id"] for each in value(client.get("/api/v2/alerts"))["alerts"] if each["is_enabled"]]


def test_setting_one_is_visible_in_the_other(stage: Stage) -> None:
    client = Client(stage, "member")
    patched(client, PATH, digest_enabled=True, digest_time="18:45")
    seen = value(client.get(DIGEST))
    patched(client, DIGEST, enabled=False, time="07:30", timezone="Europe/Berlin")
    back = value(client.get(PATH))

    assert (seen["enabled"], seen["time"]) == (True, "18:45")
    assert (back["daily_digest_enabled"], back["digest_time"]) == (False, "07:30")
    assert back["timezone"] == "Europe/Berlin"


def test_a_change_answers_what_reading_answers_then(stage: Stage) -> None:
    client = Client(stage, "member")

    assert patched(client, PATH, email_enabled=False, digest_time="23:59") == value(client.get(PATH))
    assert patched(client, DIGEST, enabled=True, timezone="Asia/Kathmandu") == value(client.get(DIGEST))


def test_what_is_absent_or_null_stays(stage: Stage) -> None:
    client = Client(stage, "member")
    before = patched(client, PATH, digest_enabled=True, digest_time="18:45")

    assert patched(client, PATH) == before
    assert patched(client, PATH, digest_time=None, email_enabled=None) == before


def test_preferences_are_each_callers_own(stage: Stage) -> None:
    patched(Client(stage, "member"), PATH, email_enabled=False)

    assert value(Client(stage, "operator").get(PATH))["email_notifications_enabled"]


def test_the_address_is_shown_to_its_owner_and_null_without_one(stage: Stage) -> None:
    member, unaddressed = (value(Client(stage, who).get(PATH)) for who in ("member", "unaddressed"))

    assert (member["email"], member["email_verified"]) == ("reader@example.com", True)
    assert (unaddressed["email"], unaddressed["email_verified"]) == (None, False)


@pytest.mark.parametrize(
    "time", ["24:00", "9:00", "09:60", "09:00:00", "09:00Z", " 09:00", "09:00\n", "٠٩:٠٠", "", "09.00"]
)
def test_a_time_is_hh_mm_of_24_hours(stage: Stage, time: str) -> None:
    client = Client(stage, "member")

    assert broken(client.call("PATCH", PATH, body={"digest_time": time})) == [
        (["body", "digest_time"], "string_pattern_mismatch")
    ]
    assert broken(client.call("PATCH", DIGEST, body={"time": time})) == [(["body", "time"], "string_pattern_mismatch")]


@pytest.mark.parametrize("short", ["email_enabled", "digest_enabled"])
def test_what_was_read_is_sent_back_by_the_names_under_which_it_was_read(stage: Stage, short: str) -> None:
    client, long = Client(stage, "member"), FIELDS[short]
    before = value(client.get(PATH))
    changed = patched(client, PATH, **{long: not before[long]})
    back = patched(client, PATH, **{short: before[long]})

    assert changed == {**before, long: not before[long]}
    assert back == before


@pytest.mark.parametrize("short", ["email_enabled", "digest_enabled"])
def test_a_field_said_under_both_its_names_is_refused_and_nothing_changes(stage: Stage, short: str) -> None:
    client = Client(stage, "member")
    before = value(client.get(PATH))
    got = client.call("PATCH", PATH, body={short: True, FIELDS[short]: False, "digest_time": "23:59"})

    assert broken(got) == [(["body", short], "said_twice")]
    assert value(client.get(PATH)) == before


def test_disabling_all_turns_off_mails_digest_and_each_enabled_alert_once(stage: Stage) -> None:
    client = Client(stage, "member")
    patched(client, PATH, digest_enabled=True)
    before = enabled_alerts(client)
    counts = [value(client.post(DISABLE))["alerts_disabled"] for _ in range(2)]
    after = value(client.get(PATH))

    assert before == [identities.ALERT]
    assert counts == [1, 0]
    assert enabled_alerts(client) == []
    assert (after["email_notifications_enabled"], after["daily_digest_enabled"]) == (False, False)
    assert value(client.get(DIGEST))["enabled"] is False
    assert enabled_alerts(Client(stage, "operator")) == [identities.OPERATOR_ALERT]


def test_disabling_all_at_once_counts_each_alert_once(stage: Stage) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: value(Client(stage, "member").post(DISABLE)), range(8)))

    assert sum(answer["alerts_disabled"] for answer in answers) == 1


def test_resubscribing_turns_on_mails_alone(stage: Stage) -> None:
    client = Client(stage, "member")
    client.post(DISABLE)
    answer = value(client.post(RESUBSCRIBE))
    after = value(client.get(PATH))

    assert answer["status"] == "resubscribed"
    assert "re-enabled" in answer["message"]
    assert (after["email_notifications_enabled"], after["daily_digest_enabled"]) == (True, False)
    assert enabled_alerts(client) == []


def test_changes_of_different_fields_at_once_lose_none(stage: Stage) -> None:
    changes = [
        (PATH, {"email_enabled": False}),
        (PATH, {"digest_time": "23:59"}),
        (DIGEST, {"enabled": True}),
        (DIGEST, {"timezone": "Asia/Tokyo"}),
    ]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda change: patched(Client(stage, "member"), change[0], **change[1]), changes))
    found = value(Client(stage, "member").get(PATH))

    assert (found["email_notifications_enabled"], found["digest_time"]) == (False, "23:59")
    assert (found["daily_digest_enabled"], found["timezone"]) == (True, "Asia/Tokyo")


WRITES = [
    ("PATCH", PATH, {"email_enabled": False}),
    ("PATCH", DIGEST, {"enabled": True}),
    ("POST", DISABLE, None),
    ("POST", f"{DIGEST}/test", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_write_that_fails_leaves_everything_as_it_was_and_can_be_repeated(
    tmp_path: Path, method: str, path: str, body: Any
) -> None:
    stage, file = on_disk(tmp_path)
    client = Client(stage, "member")
    before = (client.get(PATH).body, client.get(DIGEST).body, enabled_alerts(client))
    with locked(file):
        refused = client.call(method, path, body=body)
    after = (client.get(PATH).body, client.get(DIGEST).body, enabled_alerts(client))

    assert refused.status == 503
    assert before == after
    assert client.call(method, path, body=body).status in (200, 202)


Shown = dict[str, Any]
FIELDS = {
    "email_enabled": "email_notifications_enabled",
    "digest_enabled": "daily_digest_enabled",
    "digest_time": "digest_time",
}
LONG = ("email_notifications_enabled", "daily_digest_enabled")
TIMES = st.sampled_from(["00:00", "02:30", "09:00", "23:59"])
ZONES = st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Africa/Cairo"])
PREFERENCES = st.fixed_dictionaries(
    {},
    optional={
        "email_enabled": st.booleans() | st.none(),
        "digest_enabled": st.booleans() | st.none(),
        "digest_time": TIMES | st.none(),
    },
)
LONG_PREFERENCES = st.fixed_dictionaries({}, optional={name: st.booleans() | st.none() for name in LONG})
SETTINGS = st.fixed_dictionaries(
    {},
    optional={"enabled": st.booleans() | st.none(), "time": TIMES | st.none(), "timezone": ZONES | st.none()},
)


class LifeOfPreferences(RuleBasedStateMachine):
    """A member changes preferences and digest, unsubscribes by mail, resubscribes, disables all: one record says it all."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        self.client = Client(self.stage, "member")
        self.prefs: Shown = value(self.client.get(PATH))
        self.others = value(Client(self.stage, "operator").get(PATH))
        self.enabled = enabled_alerts(self.client)
        made = (NOW, NOW - VALID_FOR + timedelta(hours=2))
        self.tokens = [(token_of(identities.MEMBER, each, SIGNING_KEY), each) for each in made]

    @rule(changes=PREFERENCES)
    def change_preferences(self, changes: Shown) -> None:
        self.prefs |= {FIELDS[name]: given for name, given in changes.items() if given is not None}
        assert patched(self.client, PATH, **changes) == self.prefs

    @rule(changes=LONG_PREFERENCES)
    def change_preferences_by_the_names_of_the_answer(self, changes: Shown) -> None:
        self.prefs |= {name: given for name, given in changes.items() if given is not None}
        assert patched(self.client, PATH, **changes) == self.prefs

    @rule(changes=SETTINGS)
    def change_digest(self, changes: Shown) -> None:
        names = {"enabled": "daily_digest_enabled", "time": "digest_time", "timezone": "timezone"}
        self.prefs |= {names[name]: given for name, given in changes.items() if given is not None}
        patched(self.client, DIGEST, **changes)

    @rule()
    def a_mail_is_written(self) -> None:
        now = self.clock.now()
        self.tokens.append((token_of(identities.MEMBER, now, SIGNING_KEY), now))

    @rule(data=st.data())
    def unsubscribe(self, data: st.DataObject) -> None:
        token, made = data.draw(st.sampled_from(self.tokens))
        works = self.clock.now() - made < VALID_FOR
        for _ in range(2):
            got = Client(self.stage, "nobody").get(UNSUBSCRIBE, token=token)
            assert got.status == (200 if works else 422)
        if works:
            self.prefs["email_notifications_enabled"] = False

    @rule()
    def resubscribe(self) -> None:
        assert self.client.post(RESUBSCRIBE).status == 200
        self.prefs["email_notifications_enabled"] = True

    @rule()
    def disable_all(self) -> None:
        assert value(self.client.post(DISABLE))["alerts_disabled"] == len(self.enabled)
        self.enabled = []
        self.prefs |= {"email_notifications_enabled": False, "daily_digest_enabled": False}

    @rule()
    def toggle_an_alert(self) -> None:
        shown = value(self.client.post(f"/api/v2/alerts/{identities.ALERT}/toggle"))
        self.enabled = [identities.ALERT] if shown["is_enabled"] else []

    @rule(hours=st.sampled_from([1, 7, 23]))
    def time_passes(self, hours: int) -> None:
        # A month of it would end the session.
        if (self.clock.now() - NOW).days < 20:
            self.clock.sleep(hours * 3600)

    @invariant()
    def the_record_is_the_same_from_both_sides(self) -> None:
        assert value(self.client.get(PATH)) == self.prefs
        digest = value(self.client.get(DIGEST))
        same = (self.prefs["daily_digest_enabled"], self.prefs["digest_time"], self.prefs["timezone"])
        assert (digest["enabled"], digest["time"], digest["timezone"]) == same
        assert digest["next_scheduled"] > self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    @invariant()
    def a_digest_is_planned_exactly_if_mails_and_digest_are_wanted(self) -> None:
        wanted = self.prefs["email_notifications_enabled"] and self.prefs["daily_digest_enabled"]
        assert (PreferenceBook(self.stage.store).get(identities.MEMBER, "UTC").due_at is not None) == wanted

    @invariant()
    def nobody_else_notices(self) -> None:
        assert value(Client(self.stage, "operator").get(PATH)) == self.others
        assert enabled_alerts(self.client) == self.enabled


TestLifeOfPreferences = LifeOfPreferences.TestCase
TestLifeOfPreferences.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
