"""The body of a request: whether there is one, in which media types, and what it has to fit."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, breaking, safe
from tools.compat.media import by_type
from tools.compat.pairs import Both, Pair, members
from tools.compat.positions import schema_changes

IN = Direction.REQUEST
ADDED = safe("body-added", IN, "An optional body may be added", "Requests without it work as before.")
REQUIRED_ADDED = breaking(
    "required-body-added", IN, "A new body is optional", "No request of today has it. Make it optional with defaults."
)
REMOVED = breaking(
    "body-removed", IN, "A body that clients send is still read", "What they say in it is lost. Keep reading it."
)
REQUIRED = breaking(
    "body-required",
    IN,
    "An optional body stays optional",
    "Requests without it are refused. Keep it optional with defaults.",
)
OPTIONAL = safe("body-optional", IN, "A required body may become optional", "All who send it still may.")
MEDIA_REMOVED = breaking(
    "body-media-type-removed",
    IN,
    "A media type that was read is still read",
    "Requests in it get a 415. Keep reading it.",
)
MEDIA_ADDED = safe(
    "body-media-type-added", IN, "Another media type may be read", "Requests of today have the old ones."
)
RULES = (ADDED, REQUIRED_ADDED, REMOVED, REQUIRED, OPTIONAL, MEDIA_REMOVED, MEDIA_ADDED)


def check(pair: Pair) -> Iterator[Change]:
    body = pair.said("requestBody")
    subject = pair.subject("body")
    if body.old is None and body.new is not None:
        needed = body.new.get("required") is True
        said = f"a {'required' if needed else 'optional'} body is new"
        yield (REQUIRED_ADDED if needed else ADDED).at(
            subject, said, None, sorted(by_type(body.new)), keyword="requestBody"
        )
    elif body.new is None and body.old is not None:
        yield REMOVED.at(subject, "the body is gone", sorted(by_type(body.old)), None, keyword="requestBody")
    elif body.old is not None:
        yield from _requirement(pair, body)
        yield from _media(pair, body)


def _requirement(pair: Pair, body: Both) -> Iterator[Change]:
    was, is_ = body.old.get("required") is True, body.new.get("required") is True
    if is_ and not was:
        yield REQUIRED.at(pair.subject("body"), "the body is required now", False, True, keyword="required")
    elif was and not is_:
        yield OPTIONAL.at(pair.subject("body"), "the body is optional now", True, False, keyword="required")


def _media(pair: Pair, body: Both) -> Iterator[Change]:
    subject = pair.subject("body")
    for media in members(Both("content", by_type(body.old), by_type(body.new))):
        if media.new is None:
            yield MEDIA_REMOVED.at(subject, f"{media.name} is no longer read", media.name, None, keyword="content")
        elif media.old is None:
            yield MEDIA_ADDED.at(subject, f"{media.name} is read now", None, media.name, keyword="content")
        else:
            yield from schema_changes(
                pair.contracts, Direction.REQUEST, subject, media.old.get("schema"), media.new.get("schema")
            )
