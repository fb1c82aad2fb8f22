"""Events on the wire, and the one that cannot be written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar, get_args

import httpx
import pytest
from httpx_sse import EventSource

from contract_tests.logs import logged
from contract_tests.stream.world import told
from handlers.gate.streaming import chunk, chunks
from models.operation import Sent
from models.stream.events import DeadlineEvent, Heartbeat
from models.stream.streams import CONFIGURATION, MARKET, ConfigurationEvent, MarketEvent
from models.wire import Event

NOW = datetime(2024, 12, 2, 15, 0, 0, 250_000, tzinfo=UTC)
BEAT = Heartbeat(timestamp=NOW, connections=1, uptime_seconds=3)


class Unwritable(Event):
    event: ClassVar[str] = "unwritable"
    value: object


def test_an_event_is_four_lines_and_a_blank_one() -> None:
    assert chunk(Sent("2024-12-02T15:00:00.250000Z", BEAT, 3000)) == (
        b"event: heartbeat\nid: 2024-12-02T15:00:00.250000Z\nretry: 3000\n"
        b'data: {"timestamp":"2024-12-02T15:00:00.250000Z","connections":1,"uptime_seconds":3}\n\n'
    )


def test_a_client_library_reads_what_was_said() -> None:
    events = [Sent("1", BEAT, 3000), Sent("2", DeadlineEvent(timestamp=NOW, ends_at=NOW))]
    response = httpx.Response(
        200, headers={"Content-Type": "text/event-stream"}, content=b"".join(chunks(iter(events)))
    )
    read = list(EventSource(response).iter_sse())

    assert [(event.event, event.id, event.retry) for event in read] == [
        ("heartbeat", "1", 3000),
        ("deadline", "2", None),
    ]
    assert read[0].json()["uptime_seconds"] == 3


def test_an_event_that_cannot_be_written_is_skipped_and_logged_and_the_stream_lives() -> None:
    events: list[Sent[Event]] = [Sent("1", BEAT), Sent("2", Unwritable(value=object())), Sent("3", BEAT)]
    with logged() as log:
        written = [told(piece) for piece in chunks(iter(events))]

    assert [event.id for event in written] == ["1", "3"]
    assert [(line["message"], line["event_id"]) for line in log.lines("ERROR")] == [
        ("an event cannot be serialised and is skipped", "2")
    ]


@pytest.mark.parametrize(("operation", "union"), [(MARKET, MarketEvent), (CONFIGURATION, ConfigurationEvent)])
def test_what_is_declared_is_what_the_handler_may_send(operation: object, union: object) -> None:
    (streams,) = operation.responses  # type: ignore[attr-defined]

    assert set(streams.events) == set(get_args(union))
    assert len({event.event for event in streams.events}) == len(streams.events)
