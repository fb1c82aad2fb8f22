"""The bodies of responses: their media types and what they fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.compat.change import Change, Direction, breaking, careful
from tools.compat.media import by_type
from tools.compat.pairs import Both, Pair, members
from tools.compat.positions import schema_changes

OUT = Direction.RESPONSE
REMOVED = breaking(
    "response-media-type-removed",
    OUT,
    "A media type that was sent is still sent",
    "Clients ask for it in vain. Keep sending it.",
)
ADDED = careful(
    "response-media-type-added",
    OUT,
    "A new media type is announced",
    "A client that accepts anything may be sent it. Send it only to those who ask for it.",
)
RULES = (REMOVED, ADDED)


def check(pair: Pair) -> Iterator[Change]:
    for status in pair.responses():
        subject = pair.subject(f"response {status.name}")
        for media in members(Both("content", by_type(status.old), by_type(status.new))):
            if media.new is None:
                yield REMOVED.at(subject, f"{media.name} is no longer sent", media.name, None, keyword="content")
            elif media.old is None:
                yield ADDED.at(subject, f"{media.name} is sent now", None, media.name, keyword="content")
            else:
                yield from schema_changes(pair.contracts, OUT, subject, _schema(media.old), _schema(media.new))


def _schema(media: dict[str, Any]) -> Any:
    """What the body fits. The data of events is compared event by event, not again inside the stream's text."""
    schema = media.get("schema", {})
    if "x-events" not in media or not isinstance(schema, dict):
        return schema
    return {name: value for name, value in schema.items() if name != "contentSchema"}
