"""A bucket completes by the clock; what is made of finer ones is compared with them, and what has expired is cleared away."""

from __future__ import annotations

from datetime import timedelta

from contract_tests.jobs.world import NOW, World, told
from handlers.jobs import complete_buckets
from handlers.jobs.running import Answer, perform
from handlers.storage.buckets import Buckets
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.items import Item, Key


def analysed() -> World:
    """Two articles in the hour that is about to end."""
    world = World()
    world.watch("AAPL")
    world.clock.at = NOW - timedelta(minutes=2)
    world.collect(told("tiingo-1", minutes_ago=40), told("tiingo-2", "Apple slips", minutes_ago=4))
    world.analyze()
    return world


def completed(world: World) -> Answer:
    return perform(complete_buckets.JOB, {}, world.backend)


def bucket_item(world: World, pk: str, sk: str) -> Item:
    item = world.store.get(Key("timeseries", pk, sk))
    assert item is not None
    return item


def test_buckets_that_have_ended_are_what_the_finer_ones_make_of_them() -> None:
    world = analysed()
    world.clock.at = NOW
    answer = completed(world)

    # At three o'clock 5m, 10m, 1h and 3h have ended.
    assert answer["counts"]["BucketsCompleted"] == 4
    assert answer["outcomes"] == {"completed": 1, "purged": 1}


def test_a_bucket_that_differs_from_its_parts_is_a_dead_letter_that_names_it() -> None:
    world = analysed()
    item = bucket_item(world, "AAPL#1h", "2024-12-02T14:00:00Z")
    world.store.put("timeseries", {**item, "count": 3})
    world.clock.at = NOW
    answer = completed(world)

    (letter,) = DeadLetters(world.store).of("complete_buckets")
    assert answer["outcomes"] == {"dead": 1, "purged": 1}
    assert letter.reason == "bucket_mismatch"
    assert "AAPL#1h of 2024-12-02T14:00:00" in letter.detail


def test_an_article_that_arrives_late_changes_a_complete_bucket() -> None:
    world = analysed()
    world.clock.at = NOW
    completed(world)
    world.collect(told("tiingo-3", "Apple slips again", minutes_ago=10))
    world.analyze()

    (bucket,) = Buckets(world.store, world.clock).newest("AAPL", "1h", 5).complete
    assert bucket.count == 3
    assert completed(world)["outcomes"] == {"completed": 1, "purged": 1}


def test_what_has_expired_is_removed_and_counted() -> None:
    world = analysed()
    world.clock.at = NOW + timedelta(days=2)
    removed = completed(world)["counts"]["ItemsPurged"]

    assert removed > 0
    assert world.buckets("AAPL", "1m") == []
    assert len(world.buckets("AAPL", "1h")) == 1
    assert completed(world)["counts"]["ItemsPurged"] == 0
