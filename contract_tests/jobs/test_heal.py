"""What is collected and not judged an hour later is sent again, a few times, and then given up aloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from contract_tests.jobs.world import NOW, World, told
from handlers.jobs import heal
from handlers.jobs._analysis import STUCK
from handlers.jobs.running import Answer, perform
from handlers.runtime.clock import FixedClock
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Page, StoreUnavailable
from handlers.storage.sqlite import SqliteStore
from handlers.storage.stories import PENDING

HOUR = STUCK.total_seconds()


def lost(world: World, count: int = 1, **more: Any) -> None:
    """Articles that are collected, and whose messages are lost."""
    world.watch("AAPL")
    world.collect(*(told(f"tiingo-{n}", f"Apple story {n}", **more) for n in range(count)))
    world.queue.delete(world.queue.receive(1000))


def healed(world: World) -> Answer:
    return perform(heal.JOB, {}, world.backend)


def test_what_waits_for_an_hour_is_sent_again_and_judged() -> None:
    world = World()
    lost(world)
    world.clock.sleep(HOUR)
    answer = healed(world)
    world.analyze()

    assert answer["counts"] == {"ArticlesRepublished": 1, "ArticlesStuck": 1}
    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [1]
    assert healed(world)["counts"] == {"ArticlesStuck": 0}


def test_age_is_counted_from_the_collection_not_from_the_publication() -> None:
    world = World()
    lost(world, minutes_ago=3 * 24 * 60)
    world.clock.sleep(HOUR - 1)

    assert healed(world)["items"] == 0


def test_what_is_judged_is_never_sent_again() -> None:
    world = World()
    world.watch("AAPL")
    world.collect(told("tiingo-1"))
    world.analyze()
    world.clock.sleep(2 * HOUR)

    assert healed(world)["items"] == 0


class Overtaken(SqliteStore):
    """A store in which somebody else acts between listing what waits and reading it."""

    then: Callable[[], object] | None = None

    def query(self, table: str, pk: str, *asked: Any, **more: Any) -> Page:
        page = super().query(table, pk, *asked, **more)
        then, self.then = (None, self.then) if pk != PENDING else (self.then, None)
        if then is not None:
            then()
        return page


def test_what_is_judged_while_it_is_looked_for_is_not_sent_without_its_tickers() -> None:
    store = Overtaken(":memory:", FixedClock(NOW))
    world = World(store)
    world.watch("AAPL")
    world.collect(told("tiingo-1"))
    world.clock.sleep(HOUR)
    store.then = world.analyze
    answer = healed(world)
    world.analyze()

    assert answer["counts"] == {"ArticlesStuck": 0}
    assert DeadLetters(store).of("analyze_news") == []
    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [1]


def test_a_message_that_was_only_late_counts_once() -> None:
    world = World()
    world.watch("AAPL")
    world.collect(told("tiingo-1"))
    world.clock.sleep(HOUR)
    healed(world)

    assert world.analyze() == 2
    assert [bucket.count for bucket in world.buckets("AAPL", "24h")] == [1]


def test_a_run_sends_at_most_a_hundred() -> None:
    world = World()
    lost(world, 130)
    world.clock.sleep(HOUR)

    assert [healed(world)["counts"]["ArticlesRepublished"] for _ in range(2)] == [100, 30]
    assert healed(world)["counts"] == {"ArticlesStuck": 0}


def test_what_is_sent_again_has_another_hour_each_time_and_is_given_up_after_three() -> None:
    world = World()
    lost(world)
    sent = []
    for _ in range(10):
        world.clock.sleep(HOUR / 2)
        sent.append(healed(world)["counts"].get("ArticlesRepublished", 0))
        world.queue.delete(world.queue.receive(100))

    assert sent == [0, 1, 0, 1, 0, 1, 0, 0, 0, 0]
    (letter,) = DeadLetters(world.store).of("heal")
    assert (letter.reason, letter.identifier, letter.body) == ("never_analysed", "tiingo-0", "AAPL")
    assert letter.buried_at == NOW + timedelta(hours=4)


class Deaf(SqliteStore):
    """A store whose queue takes nothing."""

    deaf = False

    def put_many(self, table: str, items: Any) -> None:
        if self.deaf and table == "queues":
            raise StoreUnavailable("throttled")
        super().put_many(table, items)


def test_what_the_queue_does_not_take_is_not_counted_as_sent() -> None:
    store = Deaf(":memory:", World().clock)
    world = World(store)
    lost(world)
    world.clock.sleep(HOUR)
    store.deaf = True
    refused = healed(world)
    store.deaf = False

    assert refused["status"] == "failed"
    assert healed(world)["counts"]["ArticlesRepublished"] == 1
