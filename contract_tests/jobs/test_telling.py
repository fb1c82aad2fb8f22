"""What an article changes reaches the alerts on it at once; the sweep finds what was not told."""

from __future__ import annotations

from typing import Any

import orjson

from contract_tests.jobs.delivery import Delivery
from contract_tests.jobs.test_analyze_news import entry_of
from contract_tests.jobs.world import NOW, SCHEDULED, told
from contract_tests.logs import logged
from handlers.jobs import analyze_news, collect_news, evaluate_alerts
from handlers.jobs._tickers import QUEUE
from handlers.jobs.pumping import pump
from handlers.jobs.running import Invocation, perform
from handlers.runtime.clock import FixedClock
from handlers.storage.items import StoreUnavailable
from handlers.storage.queues import Queue, open_queue
from handlers.storage.sqlite import SqliteStore

TRACE = "1-67890abc-000000000000000000000001"
SOARING = told("tiingo-1", "Apple shares soar after a great record quarter")


def watched(store: SqliteStore | None = None) -> Delivery:
    """A member whom any good word about AAPL alerts, before anything was said."""
    world = Delivery(store)
    world.join()
    world.watchlist("AAPL", "MSFT")
    world.alert(0.01)
    return world


def telling(world: Delivery) -> Queue:
    return open_queue(QUEUE, world.store, world.clock, world.backend.chance)


def changed(world: Delivery) -> list[str]:
    """The symbols that alerts are told about, taken from their queue."""
    return sorted(orjson.loads(each.text)["ticker"] for each in telling(world).receive(100))


def test_an_article_becomes_a_mail_without_a_sweep_under_one_trace() -> None:
    world = watched()
    world.said.say(SOARING)
    with logged() as lines:
        perform(collect_news.JOB, dict(SCHEDULED), world.backend, Invocation("request-1", TRACE))
        world.analyze()
        pump(evaluate_alerts.JOB, telling(world), world.backend)
        (entry,) = world.waiting()
        world.send()

    assert entry.mail.subject.startswith("AAPL sentiment exceeded 0.01: ")
    assert entry.trace_id == TRACE
    assert [kept.mail for kept in world.mailbox()] == [entry.mail]
    items = [line for line in lines.lines("INFO") if line["message"] == "item"]
    assert [(line["job"], line["trace_id"]) for line in items] == [
        (job, TRACE)
        for job in ("collect_news", "collect_news", "analyze_news", "evaluate_alerts", "send_notifications")
    ]


def test_a_mail_that_has_to_wait_keeps_its_trace() -> None:
    world = watched()
    world.hear(0.9)
    perform(evaluate_alerts.JOB, {"items": [{"ticker": "AAPL"}]}, world.backend, Invocation("request-1", TRACE))
    (entry,) = world.waiting()
    world.outbox.claimed(entry, NOW)
    world.clock.sleep(3600)

    assert [(each.begun, each.trace_id) for each in world.waiting()] == [(True, TRACE)]


def test_each_symbol_that_changed_is_told_once_for_a_message_and_not_again_when_it_is_delivered_again() -> None:
    world = watched()
    said = [SOARING, told("tiingo-2", "Apple and Microsoft slip", tickers=("AAPL", "MSFT"))]
    world.collect(*said)
    event: dict[str, Any] = {"items": [{"articles": [entry_of(each) for each in said]}]}
    perform(analyze_news.JOB, event, world.backend)
    first = changed(world)
    perform(analyze_news.JOB, event, world.backend)

    assert first == ["AAPL", "MSFT"]
    assert changed(world) == []


class Unheard(SqliteStore):
    """A store whose queues take nothing once it is deaf."""

    deaf = False

    def put_many(self, table: str, items: Any) -> None:
        if self.deaf and table == "queues":
            raise StoreUnavailable("throttled")
        super().put_many(table, items)


def test_what_alerts_are_not_told_is_counted_and_found_by_the_sweep() -> None:
    store = Unheard(":memory:", FixedClock(NOW))
    world = watched(store)
    world.collect(SOARING)
    store.deaf = True
    answer = perform(analyze_news.JOB, {"items": [{"articles": [entry_of(SOARING)]}]}, world.backend)

    assert (answer["status"], answer["counts"]["MessagesNotTaken"]) == ("done", 1)
    assert (changed(world), world.waiting()) == ([], [])
    world.evaluate(SCHEDULED)
    assert len(world.waiting()) == 1
