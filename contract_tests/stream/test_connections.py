"""Slots for streams, taken and freed by many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from handlers.stream.connections import Connections, Slot, Stream
from models.operation import Sent
from models.refusals import ConnectionLimitReached

START = datetime(2024, 12, 2, 15, tzinfo=UTC)


def try_to_take(connections: Connections) -> Slot | None:
    try:
        return connections.take()
    except ConnectionLimitReached:
        return None


def test_of_a_hundred_threads_as_many_succeed_as_there_are_slots() -> None:
    connections = Connections(50, START)
    with ThreadPoolExecutor(20) as threads:
        slots = list(threads.map(try_to_take, [connections] * 100))

    assert sum(slot is not None for slot in slots) == 50
    assert connections.count == 50


def test_taking_and_freeing_in_many_threads_ends_with_none_taken() -> None:
    connections = Connections(10, START)

    def take_and_free(_: int) -> None:
        slot = try_to_take(connections)
        if slot is not None:
            slot.free()

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(take_and_free, range(500)))

    assert connections.count == 0


def test_freeing_twice_frees_one_slot() -> None:
    connections = Connections(2, START)
    first, _ = connections.take(), connections.take()
    first.free()
    first.free()

    assert connections.count == 1


def test_a_closed_stream_says_nothing_more() -> None:
    stream = Stream(Connections(1, START).take(), iter([Sent("1", None), Sent("2", None)]))
    first = next(stream)
    stream.close()

    assert (first.id, list(stream)) == ("1", [])


def test_the_refusal_says_when_to_come_back() -> None:
    connections = Connections(1, START)
    connections.take()
    with pytest.raises(ConnectionLimitReached, match="All 1 stream connections") as refused:
        connections.take()

    assert refused.value.headers == {"Retry-After": "30"}
