"""Server-sent events: which a stream sends, and their data."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, breaking, careful
from tools.compat.media import by_type
from tools.compat.pairs import Both, Pair, members
from tools.compat.positions import schema_changes

OUT = Direction.RESPONSE
REMOVED = breaking(
    "event-removed", OUT, "An event that clients listen for is still sent", "They wait for it in vain. Keep sending it."
)
ADDED = careful(
    "event-added",
    OUT,
    "A new event is announced",
    "EventSource ignores names that nobody listens for; clients that tell all events apart meet one they do not know.",
)
RULES = (REMOVED, ADDED)


def check(pair: Pair) -> Iterator[Change]:
    for status in pair.responses():
        for media in members(Both("content", by_type(status.old), by_type(status.new))):
            if media.old is not None and media.new is not None:
                yield from _events(pair, Both("x-events", media.old.get("x-events"), media.new.get("x-events")))


def _events(pair: Pair, both: Both) -> Iterator[Change]:
    for event in members(both):
        subject = pair.subject(f"event {event.name}")
        if event.new is None:
            yield REMOVED.at(subject, f"the event {event.name} is no longer sent", event.name, None, keyword="x-events")
        elif event.old is None:
            yield ADDED.at(subject, f"the event {event.name} is new", None, event.name, keyword="x-events")
        else:
            yield from schema_changes(pair.contracts, OUT, subject, event.old, event.new)
