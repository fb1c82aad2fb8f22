"""Server-sent events on the wire (HTML standard, 9.2): name, id, retry, one line of JSON, a blank line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handlers.gate.response import written
from handlers.runtime.log import log
from models.operation import Sent


def chunk(sent: Sent[Any]) -> bytes:
    """One event as one chunk."""
    retry = b"" if sent.retry is None else b"retry: %d\n" % sent.retry
    name = type(sent.data).event.encode()
    return b"event: %s\nid: %s\n%sdata: %s\n\n" % (name, sent.id.encode(), retry, written(sent.data))


def chunks(events: Iterator[Sent[Any]]) -> Iterator[bytes]:
    """Each event as a chunk; one that cannot be written is logged and left out, the stream lives on."""
    for sent in events:
        try:
            yield chunk(sent)
        except (TypeError, ValueError):
            log.exception(
                "an event cannot be serialised and is skipped", event_id=sent.id, kind=type(sent.data).__name__
            )
