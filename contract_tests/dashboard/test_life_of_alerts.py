"""The life of alerts over everything that changes them: two members, whose every answer a model foretells."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract_tests.client import Client, value
from handlers.domain.triggers import triggered
from handlers.runtime.clock import FixedClock
from handlers.storage.alerts import Alerts
from handlers.storage.mail_quota import MailQuota
from tools import identities
from tools.events import Received
from tools.stage import NOW, Stage

PATH = "/api/v2/alerts"
WATCHLISTS = "/api/v2/configurations"
Shown = dict[str, Any]
USERS = {"member": identities.MEMBER, "operator": identities.OPERATOR}
OWNERS = st.sampled_from(sorted(USERS))
STRANGERS = st.sampled_from(["anonymous", "nobody"])
SYMBOLS = ["AAPL", "MSFT", "NVDA"]
TICKERS = st.lists(st.sampled_from(SYMBOLS), unique=True, max_size=3)
KINDS = {"sentiment": st.floats(-1, 1), "volatility": st.floats(0, 100)}
DRAFTS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {
            "type": st.just(kind),
            "ticker": st.sampled_from(SYMBOLS),
            "threshold": KINDS[kind],
            "condition": st.sampled_from(["above", "below"]),
        },
        optional={"enabled": st.booleans() | st.none()},
    )
)
LONG = {
    "type": "alert_type",
    "ticker": "ticker",
    "threshold": "threshold_value",
    "condition": "threshold_direction",
    "enabled": "is_enabled",
}
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "threshold": st.none() | st.floats(-1, 1) | st.floats(0, 100),
        "condition": st.none() | st.sampled_from(["above", "below"]),
        "enabled": st.none() | st.booleans(),
    },
)
WAYS = st.sampled_from(["flat", "nested"])


def longer(short: Shown) -> Shown:
    """The same by the long names, with what is null left out."""
    return {LONG[name]: given for name, given in short.items() if given is not None}


def fits(kind: str, threshold: float) -> bool:
    return -1 <= threshold <= 1 if kind == "sentiment_threshold" else 0 <= threshold <= 100


class LifeOfAlerts(RuleBasedStateMachine):
    """Members make, change, toggle and delete alerts and their watchlists, while an evaluator fires them."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(NOW)
        self.stage = Stage(clock=self.clock)
        self.watchlists: dict[str, dict[str, list[str]]] = {}
        self.alerts: dict[str, dict[str, Shown]] = {}
        for who in USERS:
            lists = value(Client(self.stage, who).get(WATCHLISTS))["configurations"]
            self.watchlists[who] = {c["config_id"]: [t["symbol"] for t in c["tickers"]] for c in lists}
            self.alerts[who] = {a["alert_id"]: a for a in value(Client(self.stage, who).get(PATH))["alerts"]}
        self.mails = {(identities.MEMBER, NOW.date()): 1}
        self.ever = [alert_id for mine in self.alerts.values() for alert_id in mine]
        self.ever_watched = [config_id for mine in self.watchlists.values() for config_id in mine]

    def call(self, who: str, method: str, path: str, body: Any = None) -> Received:
        self.clock.sleep(1)
        return Client(self.stage, who).call(method, path, body=body)

    def now(self) -> str:
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def any_alert(self, data: st.DataObject) -> str:
        """Of either user, deleted or not."""
        chosen: str = data.draw(st.sampled_from(self.ever))
        return chosen

    def any_watchlist(self, data: st.DataObject) -> str:
        chosen: str = data.draw(st.sampled_from(self.ever_watched))
        return chosen

    def path_of(self, who: str, alert_id: str, way: str, data: st.DataObject) -> tuple[str, bool]:
        """A path to an alert, and whether the user finds it there."""
        alert = self.alerts[who].get(alert_id)
        if way == "flat":
            return f"{PATH}/{alert_id}", alert is not None
        config_id = self.any_watchlist(data)
        return f"{WATCHLISTS}/{config_id}/alerts/{alert_id}", alert is not None and alert["config_id"] == config_id

    def of_watchlist(self, who: str, config_id: str) -> list[Shown]:
        return [alert for alert in self.alerts[who].values() if alert["config_id"] == config_id]

    def expected(self, who: str, config_id: str, draft: Shown) -> int:
        watched = self.watchlists[who].get(config_id)
        if watched is None:
            return 404
        if draft["ticker"] not in watched:
            return 422
        return 409 if len(self.of_watchlist(who, config_id)) == 10 else 201

    @rule(who=OWNERS, draft=DRAFTS, way=WAYS, data=st.data())
    def create(self, who: str, draft: Shown, way: str, data: st.DataObject) -> None:
        config_id = self.any_watchlist(data)
        flat = {**longer(draft), "config_id": config_id, "alert_type": f"{draft['type']}_threshold"}
        is_enabled = flat.pop("is_enabled", True)
        if way == "flat":
            is_enabled, got = True, self.call(who, "POST", PATH, flat)
        else:
            got = self.call(who, "POST", f"{WATCHLISTS}/{config_id}/alerts", draft)
        assert got.status == self.expected(who, config_id, draft)
        if got.status == 201:
            made = {name: given for name, given in value(got).items() if name not in ("type", "enabled")}
            new = {"last_triggered_at": None, "trigger_count": 0, "created_at": self.now(), "is_enabled": is_enabled}
            assert made == {**flat, **new, "alert_id": made["alert_id"]}
            self.keep(who, made)

    @precondition(lambda self: any(self.watchlists.values()))
    @rule(who=OWNERS, draft=DRAFTS, data=st.data())
    def fill(self, who: str, draft: Shown, data: st.DataObject) -> None:
        """Alerts on one watchlist until there is no room."""
        config_id = self.any_watchlist(data)
        room = 10 - len(self.of_watchlist(who, config_id))
        for left in range(room, -1, -1):
            expected = self.expected(who, config_id, draft)
            got = self.call(who, "POST", f"{WATCHLISTS}/{config_id}/alerts", draft)
            assert got.status == expected
            if got.status != 201:
                assert got.status != 409 or left == 0
                return
            self.keep(who, value(got))

    def keep(self, who: str, made: Shown) -> None:
        alert = {name: given for name, given in made.items() if name not in ("type", "enabled")}
        self.alerts[who][alert["alert_id"]] = alert
        self.ever.append(alert["alert_id"])

    @rule(who=OWNERS, changes=CHANGES, way=WAYS, long=st.booleans(), data=st.data())
    def update(self, who: str, changes: Shown, way: str, long: bool, data: st.DataObject) -> None:
        alert_id = self.any_alert(data)
        path, found = self.path_of(who, alert_id, way, data)
        got = self.call(who, "PATCH", path, longer(changes) if long else changes)
        if not found:
            assert got.status == 404
            return
        alert, threshold = self.alerts[who][alert_id], changes.get("threshold")
        if threshold is not None and not fits(alert["alert_type"], threshold):
            assert got.status == 422
            return
        alert |= longer(changes)
        assert value(got) == {**alert, **{short: alert[LONG[short]] for short in ("threshold", "condition", "enabled")}}

    @rule(who=OWNERS, way=WAYS, data=st.data())
    def toggle(self, who: str, way: str, data: st.DataObject) -> None:
        alert_id = self.any_alert(data)
        path, found = self.path_of(who, alert_id, way, data)
        got = self.call(who, "POST", f"{path}/toggle")
        assert got.status == (200 if found else 404)
        if found:
            alert = self.alerts[who][alert_id]
            alert["is_enabled"] = not alert["is_enabled"]
            assert value(got)["is_enabled"] is alert["is_enabled"]

    @rule(who=OWNERS, way=WAYS, data=st.data())
    def delete(self, who: str, way: str, data: st.DataObject) -> None:
        alert_id = self.any_alert(data)
        path, found = self.path_of(who, alert_id, way, data)
        assert self.call(who, "DELETE", path).status == (204 if found else 404)
        if found:
            del self.alerts[who][alert_id]

    @rule(who=OWNERS, tickers=TICKERS)
    def watch(self, who: str, tickers: list[str]) -> None:
        got = self.call(who, "POST", WATCHLISTS, {"name": "New", "tickers": tickers})
        assert got.status == (201 if len(self.watchlists[who]) < 2 else 409)
        if got.status == 201:
            self.watchlists[who][value(got)["config_id"]] = tickers
            self.ever_watched.append(value(got)["config_id"])

    @rule(who=OWNERS, tickers=TICKERS, method=st.sampled_from(["PUT", "PATCH"]), data=st.data())
    def watch_others(self, who: str, tickers: list[str], method: str, data: st.DataObject) -> None:
        config_id = self.any_watchlist(data)
        got = self.call(who, method, f"{WATCHLISTS}/{config_id}", {"name": "Other", "tickers": tickers})
        assert got.status == (200 if config_id in self.watchlists[who] else 404)
        if got.status == 200:
            self.watchlists[who][config_id] = tickers
            self.forget(who, [a for a in self.of_watchlist(who, config_id) if a["ticker"] not in tickers])

    @rule(who=OWNERS, data=st.data())
    def watch_no_more(self, who: str, data: st.DataObject) -> None:
        config_id = self.any_watchlist(data)
        got = self.call(who, "DELETE", f"{WATCHLISTS}/{config_id}")
        assert got.status == (204 if self.watchlists[who].pop(config_id, None) is not None else 404)
        if got.status == 204:
            self.forget(who, self.of_watchlist(who, config_id))

    def forget(self, who: str, alerts: list[Shown]) -> None:
        for alert in alerts:
            del self.alerts[who][alert["alert_id"]]

    @rule(who=STRANGERS, draft=DRAFTS, data=st.data())
    def write_as_a_stranger(self, who: str, draft: Shown, data: st.DataObject) -> None:
        status = {"nobody": 401, "anonymous": 403}[who]
        one, nested = f"{PATH}/{self.any_alert(data)}", f"{WATCHLISTS}/{self.any_watchlist(data)}/alerts"
        got = [
            self.call(who, "POST", nested, draft),
            self.call(who, "PATCH", one, {}),
            self.call(who, "POST", f"{one}/toggle"),
            self.call(who, "DELETE", one),
        ]
        assert [each.status for each in got] == [status] * 4

    @rule(ticker=st.sampled_from(SYMBOLS), sentiment=st.floats(-1, 1), volatility=st.floats(0, 100))
    def evaluate(self, ticker: str, sentiment: float, volatility: float) -> None:
        """As the job does: what is beyond its threshold fires with a mail, while one is left."""
        self.clock.sleep(1)
        alerts, quota, now = Alerts(self.stage.store), MailQuota(self.stage.store), self.clock.now()
        for alert in alerts.watching(ticker):
            if not triggered(alert, sentiment, volatility, now):
                continue
            if quota.used(alert.user_id, now.date()) < 10:
                value_ = sentiment if alert.alert_type == "sentiment_threshold" else volatility
                assert alerts.fired(alert, value_, now, [quota.taking(alert.user_id, now.date())])
        self.foretell(ticker, {"sentiment_threshold": sentiment, "volatility_threshold": volatility})

    def foretell(self, ticker: str, values: dict[str, float]) -> None:
        for who, user_id in sorted(USERS.items(), key=lambda each: each[1]):
            day = (user_id, self.clock.now().date())
            for alert in sorted(self.alerts[who].values(), key=lambda each: str(each["alert_id"])):
                if alert["ticker"] == ticker and self.is_due(alert, values) and self.mails.get(day, 0) < 10:
                    alert |= {"last_triggered_at": self.now(), "trigger_count": alert["trigger_count"] + 1}
                    self.mails[day] = self.mails.get(day, 0) + 1

    def is_due(self, alert: Shown, values: dict[str, float]) -> bool:
        measured, threshold = values[alert["alert_type"]], alert["threshold_value"]
        beyond = measured > threshold if alert["threshold_direction"] == "above" else measured < threshold
        last = alert["last_triggered_at"]
        rested = last is None or self.clock.now() - datetime.fromisoformat(last) >= timedelta(hours=1)
        return bool(alert["is_enabled"] and beyond and rested)

    @rule(hours=st.integers(1, 9))
    def time_passes(self, hours: int) -> None:
        self.clock.sleep(timedelta(hours=hours).total_seconds())

    @precondition(lambda self: any(self.alerts.values()))
    @rule(who=OWNERS)
    def disable_all(self, who: str) -> None:
        enabled = [alert for alert in self.alerts[who].values() if alert["is_enabled"]]
        assert Alerts(self.stage.store).disable_all(USERS[who]) == len(enabled)
        for alert in enabled:
            alert["is_enabled"] = False

    @invariant()
    def each_sees_their_own_newest_first_with_what_is_left_of_the_mails(self) -> None:
        for who, user_id in USERS.items():
            client, used = Client(self.stage, who), self.mails.get((user_id, self.clock.now().date()), 0)
            mine = sorted(self.alerts[who].values(), key=lambda each: str(each["created_at"]), reverse=True)
            got = value(client.get(PATH))
            assert got["alerts"] == mine
            assert got["total"] == len(mine)
            assert (got["daily_email_quota"]["used"], got["daily_email_quota"]["remaining"]) == (used, 10 - used)
            for config_id in self.watchlists[who]:
                there = value(client.get(f"{WATCHLISTS}/{config_id}/alerts"))
                assert there["alerts"] == [alert for alert in mine if alert["config_id"] == config_id]

    @invariant()
    def an_evaluator_finds_exactly_the_enabled_ones(self) -> None:
        found = [alert.alert_id for symbol in SYMBOLS for alert in Alerts(self.stage.store).watching(symbol)]
        enabled = [a["alert_id"] for mine in self.alerts.values() for a in mine.values() if a["is_enabled"]]
        assert sorted(found) == sorted(enabled)


TestLifeOfAlerts = LifeOfAlerts.TestCase
TestLifeOfAlerts.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
