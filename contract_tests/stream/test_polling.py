"""The poll of a process: what it remembers, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contract_tests.stream.world import FEEDS, NOW
from handlers.assembly import Backend
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.items import Page
from handlers.storage.sqlite import SqliteStore
from handlers.stream.polling import Poll, Wanted


class Asked(SqliteStore):
    """A store that counts how often it is asked for a range."""

    times = 0

    def query(self, *asked: Any, **named: Any) -> Page:
        self.times += 1
        return super().query(*asked, **named)


def test_what_was_found_in_the_last_minute_is_in_memory_and_what_was_before_in_the_store() -> None:
    clock = FixedClock(NOW)
    store = Asked(":memory:", clock)
    poll = Poll(Backend(Settings(), clock, CountedChance("poll"), FEEDS, store))
    for _ in range(90):
        poll.refresh()
        clock.sleep(1)

    asked = []
    for seconds in (30, 20):
        before = store.times
        poll.since(NOW + timedelta(seconds=seconds), Wanted())
        asked.append(store.times - before)
    assert asked[0] == 0
    assert asked[1] > 0
