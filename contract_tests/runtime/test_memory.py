"""What a process remembers is bounded, ends in time, and is counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from handlers.runtime.memory import Memory

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
SOON = NOW + timedelta(seconds=60)


def test_an_entry_ends_at_its_instant_exactly() -> None:
    memory: Memory[str, int] = Memory()
    memory.keep("key", 1, SOON)

    assert memory.get("key", SOON - timedelta(microseconds=1)) == 1
    assert memory.get("key", SOON) is None
    assert memory.get("key", NOW) is None


def test_the_least_recently_used_entry_makes_room() -> None:
    memory: Memory[int, int] = Memory(size=3)
    for key in (1, 2, 3):
        memory.keep(key, key, SOON)
    memory.get(1, NOW)
    memory.keep(4, 4, SOON)

    assert [memory.get(key, NOW) for key in (1, 2, 3, 4)] == [1, None, 3, 4]


def test_hits_and_misses_are_counted() -> None:
    memory: Memory[str, int] = Memory()
    rate_when_idle = memory.hit_rate
    memory.get("key", NOW)
    memory.keep("key", 1, SOON)
    for _ in range(3):
        memory.get("key", NOW)

    assert rate_when_idle == 0
    assert (memory.hits, memory.misses, memory.hit_rate) == (3, 1, 0.75)


def test_threads_share_it_without_losing_count_or_bound() -> None:
    memory: Memory[int, int] = Memory(size=16)

    def use(offset: int) -> None:
        for n in range(400):
            key = (n * 7 + offset) % 32
            found = memory.get(key, NOW)
            assert found in (None, key)
            memory.keep(key, key, SOON)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(use, range(4)))

    assert memory.hits + memory.misses == 1600
    assert sum(memory.get(key, NOW) is not None for key in range(32)) == 16
