"""Alerts fire beyond their threshold, rest for an hour, and mail at most ten times a day, whoever evaluates them at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.jobs.delivery import MEMBER, OTHER, Delivery, watching
from contract_tests.jobs.evaluator import prepare
from contract_tests.jobs.world import NOW, SCHEDULED, printed, records
from contract_tests.logs import logged
from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.world import python, released
from handlers.assembly import Backend
from handlers.domain import days
from handlers.domain.buckets import SCORE_SCALE
from handlers.domain.candles import Candle, expected
from handlers.feeds.opening import Feeds
from handlers.jobs import collect_prices, complete_buckets, evaluate_alerts
from handlers.jobs._measures import Measures
from handlers.jobs._tickers import QUEUE, TURN, in_turn
from handlers.jobs.pumping import event_of
from handlers.jobs.running import Invocation, Job, Run, perform
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.alerts import Alerts, Draft
from handlers.storage.configurations import Configurations
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Item, Key, Page, StoreUnavailable, Write
from handlers.storage.mail_quota import MAILS_PER_DAY, MailQuota
from handlers.storage.preferences import PreferenceBook
from handlers.storage.queues import Message, open_queue
from handlers.storage.quotes import Quotes, StoredQuote
from handlers.storage.sqlite import SqliteStore
from models.fields import Direction
from tools.events import HttpCall
from tools.identities import ANONYMOUS, CONFIGURATION
from tools.stage import FEEDS, Stage

PROCESSES = 4
units = st.integers(-SCORE_SCALE, SCORE_SCALE)


def asked(stage: Stage, part: str) -> Any:
    """What the anonymous caller's watchlist shows of its first symbol."""
    call = HttpCall("GET", f"/api/v2/configurations/{CONFIGURATION}/{part}")
    return json.loads(stage.call(call, "anonymous").body)["tickers"][0]


@pytest.mark.parametrize("changes", [{}, {"timeframe_days": 1}, {"include_extended_hours": True}])
def test_an_alert_looks_at_what_its_watchlist_shows(changes: dict[str, Any]) -> None:
    # A Monday after the close: what extended hours make of the last session differs from it.
    stage = Stage(clock=FixedClock(NOW + timedelta(hours=7)))
    watchlist = Configurations(stage.store).change(ANONYMOUS, CONFIGURATION, changes, NOW)
    assert watchlist is not None
    shown, ranged = asked(stage, "sentiment"), asked(stage, "volatility")
    backend = Backend(stage.settings, stage.clock, stage.chance, FEEDS, stage.store)
    perform(collect_prices.JOB, {"items": [{"ticker": "AAPL"}]}, backend)
    measures = Measures("AAPL", stage.clock.now(), backend)
    percent = measures.volatility(watchlist.draft.include_extended_hours)

    assert measures.sentiment(watchlist.draft.timeframe_days) == shown["sentiment"]["aggregated"]["score"]
    assert ranged["includes_extended_hours"] == bool(changes.get("include_extended_hours"))
    assert percent == ranged["atr"]["percent"]


@pytest.mark.parametrize(("hour", "widens"), [(20, False), (23, True), (26, False)])
def test_only_a_price_of_the_extended_hours_after_a_session_widens_it(hour: int, widens: bool) -> None:
    # The session of this Monday closes at 21:00 UTC, its extended hours end four hours later.
    world = Delivery(feeds=Feeds())
    world.clock.at = NOW.replace(hour=0) + timedelta(hours=26)
    perform(collect_prices.JOB, {"items": [{"ticker": "AAPL"}]}, world.backend)
    made = NOW.replace(hour=0) + timedelta(hours=hour)
    Quotes(world.store).keep(StoredQuote("AAPL", "tiingo", 1000.0, None, None, None, made, "recorded"))
    measures = Measures("AAPL", world.clock.now(), world.backend)

    assert (measures.volatility(True) != measures.volatility(False)) == widens


@given(units, units, st.sampled_from(["above", "below"]))
@settings(max_examples=40, deadline=None)
def test_a_value_fires_beyond_the_threshold_and_never_at_it(said: int, limit: int, direction: Direction) -> None:
    world = watching(said / SCORE_SCALE)
    alert_id = world.alert(limit / SCORE_SCALE, direction)
    world.evaluate(SCHEDULED)

    assert world.fired([alert_id]) == [said > limit if direction == "above" else said < limit]


def test_at_the_threshold_nothing_fires() -> None:
    world = watching(0.25)
    alerts = [world.alert(0.25, "above"), world.alert(0.25, "below"), world.alert(0.2499, "above")]
    answer = world.evaluate()

    assert world.fired(alerts) == [0, 0, 1]
    assert answer["counts"] == {"AlertsEvaluated": 3, "AlertsMailed": 1, "AlertsQuiet": 2}


def test_what_fires_is_counted_mailed_and_told_together() -> None:
    world = watching(0.5)
    alert_id = world.alert(0.3)
    world.evaluate()
    alert, (entry,), (notification,) = world.of(alert_id), world.waiting(), world.notifications()

    assert (alert.trigger_count, alert.last_triggered_at) == (1, NOW)
    assert entry.mail.to == "reader@example.com"
    assert entry.mail.subject == "AAPL sentiment exceeded 0.30: 0.50"
    assert "http://localhost:8000/configurations/mine?ticker=AAPL" in entry.mail.text
    assert (notification.notification_id, notification.alert_id) == (entry.mail.id, alert_id)
    assert (notification.status, notification.triggered_value) == ("pending", 0.5)
    assert MailQuota(world.store).used(MEMBER, NOW.date()) == 1


def test_an_alert_that_fired_rests_for_an_hour() -> None:
    world = watching(0.5)
    alert_id = world.alert(0.3)
    counts = []
    for seconds in (0, 3599, 1):
        world.clock.sleep(seconds)
        world.evaluate()
        counts += world.fired([alert_id])

    assert counts == [1, 1, 2]
    assert len(world.notifications()) == 2


def test_without_a_mail_left_nothing_happens_until_the_next_day() -> None:
    world = watching(0.5)
    alert_id = world.alert(0.3)
    for _ in range(MAILS_PER_DAY):
        MailQuota(world.store).take(MEMBER, NOW.date())
    answer = world.evaluate()
    exhausted = (world.fired([alert_id]), world.of(alert_id).last_triggered_at, world.waiting(), world.notifications())
    world.clock.at = (NOW + timedelta(days=1)).replace(hour=0)
    world.evaluate()

    assert answer["counts"]["AlertsExhausted"] == 1
    assert exhausted == ([0], None, [], [])
    assert world.fired([alert_id]) == [1]
    assert len(world.waiting()) == 1


def test_an_alert_of_somebody_who_gets_no_mails_fires_without_one() -> None:
    world = watching(0.5)
    world.join(OTHER, None)
    world.watchlist("AAPL", user_id=OTHER, config_id="other")
    unsubscribed, unaddressed = world.alert(0.3), world.alert(0.3, user_id=OTHER, config_id="other")
    PreferenceBook(world.store).change(MEMBER, "UTC", {"email_enabled": False}, NOW)
    answer = world.evaluate()

    assert answer["counts"] == {"AlertsEvaluated": 2, "AlertsMuted": 2}
    assert [world.of(unsubscribed).trigger_count, world.of(unaddressed, OTHER).trigger_count] == [1, 1]
    assert world.waiting() == []
    assert world.notifications() == world.notifications(OTHER) == []
    assert MailQuota(world.store).used(MEMBER, NOW.date()) == 0


def test_who_wants_no_mails_needs_none_to_be_left() -> None:
    world = watching(0.5)
    world.alert(0.3)
    for _ in range(MAILS_PER_DAY):
        MailQuota(world.store).take(MEMBER, NOW.date())
    exhausted = world.evaluate()["counts"]
    PreferenceBook(world.store).change(MEMBER, "UTC", {"email_enabled": False}, NOW)

    assert exhausted == {"AlertsEvaluated": 1, "AlertsExhausted": 1}
    assert world.evaluate()["counts"] == {"AlertsEvaluated": 1, "AlertsMuted": 1}


def test_an_alert_on_volatility_fires_once_prices_are_there() -> None:
    world = Delivery(feeds=Feeds())
    world.join()
    world.watchlist("AAPL")
    alert_id = world.alert(0, alert_type="volatility_threshold")
    unknown = world.evaluate()["counts"]
    perform(collect_prices.JOB, {}, world.backend)
    world.evaluate()

    assert unknown == {"AlertsEvaluated": 1, "AlertsUnknown": 1}
    assert world.fired([alert_id]) == [1]
    assert world.notifications()[0].subject.startswith("AAPL volatility exceeded 0.00 %: ")


SESSIONS = expected(NOW.date() - timedelta(days=365), NOW.date(), NOW, "D")
CLOSED = datetime(2024, 12, 2, 21, 30, tzinfo=UTC)
"""Half an hour after the session: its candle is not published yet."""


@pytest.mark.parametrize(
    ("had", "at", "is_known"),
    [
        (SESSIONS[-84:], NOW, True),
        (SESSIONS, CLOSED, True),
        (SESSIONS[-84:], CLOSED, True),
        (SESSIONS[-84:], CLOSED + timedelta(days=1), False),
        (SESSIONS, CLOSED + timedelta(days=1), False),
        (SESSIONS[-13:], NOW, False),
    ],
)
def test_an_alert_on_volatility_looks_at_what_is_kept_of_young_listings_and_before_candles_are_published(
    had: list[datetime], at: datetime, is_known: bool
) -> None:
    world = Delivery()
    world.join()
    world.watchlist("AAPL")
    world.alert(0.01, "above", "volatility_threshold")
    world.said.priced.said = {"D": [Candle(start, 10.0, 12.0, 9.0, 11.0, 5) for start in had]}
    perform(collect_prices.JOB, {}, world.backend)
    world.clock.at = at
    answer = world.evaluate()

    assert (answer["counts"].get("AlertsUnknown", 0) == 0) == is_known


def test_an_alert_on_volatility_compares_and_tells_what_its_watchlist_shows() -> None:
    world = Delivery(feeds=Feeds())
    world.join()
    world.watchlist("AAPL")
    perform(collect_prices.JOB, {}, world.backend)
    shown = Measures("AAPL", NOW, world.backend).volatility(False)
    assert shown is not None
    at, below = (world.alert(threshold, alert_type="volatility_threshold") for threshold in (shown, shown - 0.01))
    world.evaluate()
    (told,) = world.notifications()

    assert world.fired([at, below]) == [0, 1]
    assert told.triggered_value == shown == round(shown, 2)


def test_only_the_symbol_of_a_message_is_evaluated_and_half_a_bad_batch_harms_nothing() -> None:
    world = watching(0.5)
    world.watchlist("MSFT", config_id="other")
    world.hear(0.5, ticker="MSFT")
    apple, microsoft = world.alert(0.3), world.alert(0.3, ticker="MSFT", config_id="other")
    answer = world.evaluate(records(["no json", {"ticker": "AAPL"}, {"ticker": "aapl; DROP"}, {}, {"ticker": "ZZZZ"}]))

    assert answer == {"batchItemFailures": []}
    assert world.fired([apple, microsoft]) == [1, 0]
    letters = DeadLetters(world.store).of("evaluate_alerts")
    assert [(letter.identifier, letter.reason) for letter in letters] == [
        ("m-0", "not_json"),
        ("m-2", "wrong_shape"),
        ("m-3", "wrong_shape"),
    ]


def test_a_message_fails_alone_when_the_store_does() -> None:
    world = watching(0.5)
    world.alert(0.3)
    world.store.close()
    answer = world.evaluate(records([{"ticker": "AAPL"}]))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-0"}]}


def test_a_store_that_fails_half_way_buries_nothing_and_the_rest_fires_when_it_is_back() -> None:
    store = Interrupted(SqliteStore(":memory:", FixedClock(NOW)))
    world = watching(0.5, store=store)
    alerts = [world.alert(number / 10) for number in range(3)]
    store.fails_at = store.writes + 2
    failed = world.evaluate()
    fired = world.fired(alerts)
    world.evaluate()

    assert (failed["status"], sum(fired)) == ("failed", 1)
    assert world.fired(alerts) == [1, 1, 1]
    assert DeadLetters(store).of("evaluate_alerts") == []


def test_an_alert_that_cannot_be_evaluated_is_a_dead_letter_and_the_others_fire() -> None:
    world = watching(0.5)
    # Unsubscribe links can be made only for ids that we mint.
    world.join("aaa-no-uuid", "broken@example.com")
    world.watchlist("AAPL", user_id="aaa-no-uuid", config_id="broken")
    broken = world.alert(0.3, user_id="aaa-no-uuid", config_id="broken")
    whole = world.alert(0.3)
    world.evaluate()

    (letter,) = DeadLetters(world.store).of("evaluate_alerts")
    assert (letter.identifier, letter.reason) == (broken, "not_evaluated")
    assert world.of(broken, "aaa-no-uuid").trigger_count == 0
    assert world.fired([whole]) == [1]


class Watched(SqliteStore):
    """Counts what it is asked for and what is written together, and which watchlists were read.

    Its queues take nothing while it is deaf.
    """

    deaf = False
    calls = 0
    transactions = 0

    def __init__(self) -> None:
        super().__init__(":memory:", FixedClock(NOW))
        self.watchlists: Counter[Key] = Counter()

    def query(self, *asked: Any, **more: Any) -> Page:
        self.calls += 1
        return super().query(*asked, **more)

    def get(self, key: Key) -> Item | None:
        self.calls += 1
        return super().get(key)

    def get_many(self, keys: Iterable[Key]) -> list[Item | None]:
        self.calls += 1
        wanted = list(keys)
        self.watchlists.update(key for key in wanted if key.sk.startswith("CONFIG#"))
        return super().get_many(wanted)

    def transact(self, writes: Sequence[Write]) -> None:
        self.transactions += 1
        super().transact(writes)

    def put_many(self, table: str, items: Iterable[Item]) -> None:
        if self.deaf:
            raise StoreUnavailable("throttled")
        super().put_many(table, items)


def crowd(users: int, threshold: float, enabled: Callable[[int], bool] = lambda _: True) -> tuple[Delivery, list[str]]:
    """Users who get no mails, each with ten alerts on one symbol, of which 0.5 was said; the ids of those enabled."""
    world = watching(0.5, store=Watched())
    for number in range(users):
        user = f"user-{number:03}"
        world.watchlist("AAPL", user_id=user)
        for alert in range(10 * number, 10 * number + 10):
            draft = Draft("mine", "AAPL", "sentiment_threshold", threshold, "above", enabled(alert))
            Alerts(world.store).create(user, f"{user}-{alert:04}", draft, NOW)
    ids = [f"user-{alert // 10:03}-{alert:04}" for alert in range(10 * users)]
    return world, [each for alert, each in enumerate(ids) if enabled(alert)]


def times_fired(world: Delivery, ids: Iterable[str]) -> list[int]:
    return [world.of(each, each[:8]).trigger_count for each in ids]


def test_what_many_alerts_on_a_symbol_cost_does_not_depend_on_who_has_them() -> None:
    world, ids = crowd(25, 0.9)
    for _ in range(5):
        # So that somebody's alerts are on two pages.
        world.alert(0.9)
    store = world.store
    assert isinstance(store, Watched)
    store.calls = store.transactions = 0
    perform(evaluate_alerts.JOB, {"items": [{"ticker": "AAPL"}]}, world.backend)

    assert len(ids) == 250
    assert set(store.watchlists.values()) == {1}
    # Three pages of pointers, alerts and watchlists, and what each source said.
    assert (store.calls, store.transactions) == (3 * 3 + len(days.WEIGHTS), 0)


class Hurried:
    """A function's time: it is nearly over whenever somebody has looked so often."""

    def __init__(self, looks: Iterator[int]) -> None:
        self._looks = looks
        self._left = 0

    def begin(self) -> Callable[[], float]:
        self._left = next(self._looks)
        return self.remaining

    def remaining(self) -> float:
        self._left -= 1
        return 600.0 if self._left >= 0 else 0.0


@given(st.lists(st.integers(2, 120), min_size=1, max_size=6), st.sets(st.integers(0, 229), max_size=40))
@settings(max_examples=10, deadline=None)
def test_wherever_time_ends_nobody_is_evaluated_twice_or_left_out(looks: list[int], disabled: set[int]) -> None:
    world, ids = crowd(23, 0.3, lambda alert: alert not in disabled)
    time = Hurried(cycle(looks))
    queue = open_queue(QUEUE, world.store, world.clock, world.backend.chance)
    queue.send([Message({"ticker": "AAPL"}, "trace-7")])
    outcomes: Counter[str] = Counter()
    with logged() as found:
        while received := queue.receive(1):
            invocation = Invocation("request", "trace", time.begin())
            answer = perform(evaluate_alerts.JOB, event_of(received), world.backend, invocation)
            assert answer == {"batchItemFailures": []}
            queue.delete(received)
    for line in found.lines("INFO"):
        outcomes.update({word: line[word] for word in ("muted", "resting", "quiet") if word in line})
    traces = {line["trace_id"] for line in found.lines("INFO")}

    assert times_fired(world, ids) == [1] * len(ids)
    assert outcomes == {"muted": len(ids)}
    assert traces == {"trace-7"}


def test_a_message_that_goes_on_begins_where_it_says() -> None:
    world, ids = crowd(2, 0.3)
    answer = world.evaluate({"items": [{"ticker": "AAPL", "after": "user-000#user-000-0006"}]})

    assert answer["counts"]["AlertsMuted"] == 13
    assert times_fired(world, ids) == [0] * 7 + [1] * 13


def test_where_nobody_takes_the_message_that_goes_on_the_first_is_delivered_again() -> None:
    world, ids = crowd(1, 0.3)
    assert isinstance(world.store, Watched)
    world.store.deaf = True
    hurried = Invocation("request", "trace", Hurried(iter([3])).begin())
    with logged():
        answer = perform(evaluate_alerts.JOB, records([{"ticker": "AAPL"}]), world.backend, hurried)
    stopped = sum(times_fired(world, ids))
    world.evaluate(records([{"ticker": "AAPL"}], received=2))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-0"}]}
    assert stopped == 3
    assert times_fired(world, ids) == [1] * 10


def test_who_has_no_mails_left_costs_no_write_for_the_rest_of_the_day() -> None:
    store = Watched()
    world = watching(0.5, store=store)
    ids = [world.alert(0.3) for _ in range(5)]
    for _ in range(MAILS_PER_DAY):
        MailQuota(store).take(MEMBER, NOW.date())
    store.calls = store.transactions = 0
    first, calls = world.evaluate(), store.calls
    second, more = world.evaluate(), store.calls - calls

    assert first["counts"]["AlertsExhausted"] == second["counts"]["AlertsExhausted"] == 5
    assert store.transactions == 0
    # The count itself is asked for once; the watched symbols are remembered too.
    assert calls - more == 2
    assert world.fired(ids) == [0] * 5


def test_sweeps_take_turns_so_that_none_is_always_left_out() -> None:
    for symbols in (1, 3, 5, 7, 14, 60):
        tickers = [f"{number:02}" for number in range(symbols)]
        for reached in range(1, symbols + 1):
            turns = [in_turn(tickers, NOW + turn * TURN)[:reached] for turn in range(2 * symbols // reached + 1)]
            assert {ticker for turn in turns for ticker in turn} == set(tickers)

    assert in_turn([], NOW) == []
    assert sorted(in_turn(["A", "B", "C"], NOW + TURN)) == ["A", "B", "C"]


@pytest.mark.parametrize("job", [evaluate_alerts.JOB, complete_buckets.JOB])
def test_jobs_over_all_symbols_begin_elsewhere_in_the_next_turn(job: Job[Any]) -> None:
    world = Delivery()
    world.watchlist("AAPL", "AMZN", "META", "MSFT", "TSLA")
    assert job.find is not None
    found = []
    for _ in range(2):
        items = list(job.find(Run(world.backend, job.name, "trace", "request")))
        found.append([item for item in items if item != complete_buckets.EXPIRED])
        world.clock.sleep(TURN.total_seconds())

    assert found[0] != found[1]
    assert sorted(found[0]) == sorted(found[1])


def test_an_alert_that_was_changed_since_it_was_read_does_not_fire() -> None:
    world = watching(0.5)
    alert = world.of(world.alert(0.3))
    Alerts(world.store).change(MEMBER, alert.alert_id, {"threshold_value": 0.9})

    assert Alerts(world.store).fired(alert, 0.5, NOW) is False
    assert world.evaluate()["counts"] == {"AlertsEvaluated": 1, "AlertsQuiet": 1}


def test_a_line_for_each_symbol_and_each_alert_that_fires_names_nobody() -> None:
    world = watching(0.5)
    alert_id = world.alert(0.3)
    with logged() as found, printed() as metrics:
        world.evaluate()

    fired, item = found.lines("INFO")
    assert (fired["message"], fired["alert"], fired["user"], fired["mailed"]) == (
        "alert fired",
        alert_id[:8],
        MEMBER[:8],
        True,
    )
    assert (item["item"], item["outcome"], item["mailed"]) == ("AAPL", "evaluated", 1)
    assert item["trace_id"] == fired["trace_id"]
    assert not any(secret in found.text for secret in (MEMBER, alert_id, "reader@", "token="))
    assert metrics()[0]["AlertsMailed"] == [1.0]


def test_processes_that_evaluate_at_once_mail_ten_times_and_fire_nothing_twice(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    store = SqliteStore(path, FixedClock(NOW), busy_timeout_seconds=30)
    alerts = prepare(store)
    with ExitStack() as stack:
        running = [
            stack.enter_context(python("-m", "contract_tests.jobs.evaluator", path, str(n))) for n in range(PROCESSES)
        ]
        ready = [process.stdout.readline() for process in running if process.stdout is not None]
        # Below what they log.
        told = [said.splitlines()[-1].split() for said in released(running)]
    world = Delivery(store)
    world.send()

    assert ready == ["ready\n"] * PROCESSES
    assert sum(int(mailed) for mailed, _ in told) == MAILS_PER_DAY
    assert sorted(world.fired(alerts)) == [0] * 10 + [1] * 10
    assert len(world.mailbox()) == len(world.notifications()) == MAILS_PER_DAY
    assert {notification.status for notification in world.notifications()} == {"sent"}
    assert MailQuota(store).used(MEMBER, NOW.date()) == MAILS_PER_DAY
    store.close()


def test_the_same_run_leaves_the_same_mails() -> None:
    def played() -> list[Any]:
        world = watching(0.5)
        world.backend.chance = CountedChance("again")
        for threshold in (0.1, 0.2, 0.3):
            world.alert(threshold)
        world.evaluate()
        world.send()
        return world.mailbox()

    assert played() == played() != []
