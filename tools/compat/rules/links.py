"""Links: what a client can do next with a response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.compat.change import Change, Direction, careful, safe
from tools.compat.json_text import canonical
from tools.compat.pairs import Both, Pair, members

OUT = Direction.RESPONSE
REMOVED = careful(
    "link-removed", OUT, "A link is removed with notice", "Clients that follow it do not know what to do next."
)
CHANGED = careful("link-changed", OUT, "A changed link is announced", "Clients that follow it arrive somewhere else.")
ADDED = safe("link-added", OUT, "A link may be added", "Nobody follows it yet.")
RULES = (REMOVED, CHANGED, ADDED)


def check(pair: Pair) -> Iterator[Change]:
    for status in pair.responses():
        subject = pair.subject(f"response {status.name}")
        for link in members(Both("links", status.old.get("links"), status.new.get("links"))):
            old, new = _followed(link.old), _followed(link.new)
            if new is None:
                yield REMOVED.at(subject, f"the link {link.name} is gone", {link.name: old}, None, keyword="links")
            elif old is None:
                yield ADDED.at(subject, f"the link {link.name} is new", None, {link.name: new}, keyword="links")
            elif canonical(old) != canonical(new):
                said = f"the link {link.name} leads elsewhere"
                yield CHANGED.at(subject, said, {link.name: old}, {link.name: new}, keyword="links")


def _followed(link: Any) -> Any:
    """What following a link does; its text does not matter."""
    return None if link is None else {name: value for name, value in link.items() if name != "description"}
