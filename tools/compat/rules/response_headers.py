"""The headers of responses."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, breaking, careful, safe
from tools.compat.pairs import Both, Pair, members
from tools.compat.parameters import schema_of
from tools.compat.positions import schema_changes
from tools.findings import Subject

OUT = Direction.RESPONSE
REMOVED = breaking(
    "header-removed",
    OUT,
    "A header that every response has is not removed",
    "Clients read it without looking. Keep sending it.",
)
MAYBE_REMOVED = careful(
    "optional-header-removed",
    OUT,
    "A header that responses may have is removed with notice",
    "Clients that look for it never find it.",
)
ADDED = safe("header-added", OUT, "A header may be added", "Clients ignore headers that they do not know.")
OPTIONAL = breaking(
    "header-optional",
    OUT,
    "A header that every response has stays",
    "Clients read it without looking. Keep sending it always.",
)
REQUIRED = safe("header-required", OUT, "A header may be promised", "Clients that look for it always find it.")
COOKIES = careful(
    "cookies-changed",
    OUT,
    "A changed cookie is read by a person",
    "Which cookies are set, where and for how long stands in the text of Set-Cookie only. Clients may depend on it.",
)
RULES = (REMOVED, MAYBE_REMOVED, ADDED, OPTIONAL, REQUIRED, COOKIES)


def check(pair: Pair) -> Iterator[Change]:
    for status in pair.responses():
        headers = Both("headers", _lowered(status.old), _lowered(status.new))
        for header in members(headers):
            subject = pair.subject(f"response {status.name} header").inside(header.name)
            yield from _presence(subject, header)
            yield from _cookies(subject, header)
            if header.old is not None and header.new is not None:
                yield from schema_changes(pair.contracts, OUT, subject, schema_of(header.old), schema_of(header.new))


def _cookies(subject: Subject, header: Both) -> Iterator[Change]:
    if header.name != "set-cookie" or header.old is None or header.new is None:
        return
    was, is_ = header.old.get("description"), header.new.get("description")
    if was != is_:
        yield COOKIES.at(subject, "Set-Cookie says something else of its cookies", was, is_, keyword="headers")


def _lowered(response: dict[str, object]) -> dict[str, object]:
    headers = response.get("headers") or {}
    assert isinstance(headers, dict)
    return {name.lower(): header for name, header in headers.items()}


def _presence(subject: Subject, header: Both) -> Iterator[Change]:
    was, is_ = (side is not None and side.get("required") is True for side in (header.old, header.new))
    if header.new is None:
        yield (REMOVED if was else MAYBE_REMOVED).at(
            subject, f"the header {header.name} is gone", was, None, keyword="headers"
        )
    elif header.old is None:
        yield ADDED.at(subject, f"the header {header.name} is new", None, is_, keyword="headers")
    elif was and not is_:
        yield OPTIONAL.at(subject, f"the header {header.name} may be absent now", True, False, keyword="required")
    elif is_ and not was:
        yield REQUIRED.at(subject, f"the header {header.name} is always there now", False, True, keyword="required")
