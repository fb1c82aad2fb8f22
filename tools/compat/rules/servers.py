"""Where the contract is served."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, breaking, safe
from tools.compat.pairs import Contracts
from tools.findings import Subject
from tools.openapi.schemas import Schema

REMOVED = breaking(
    "server-removed",
    Direction.BOTH,
    "A server that was named still serves",
    "Clients call it. Keep it, or redirect and announce it.",
)
ADDED = safe("server-added", Direction.BOTH, "Another server may be named", "Clients call the old ones.")
RULES = (REMOVED, ADDED)


def check(contracts: Contracts) -> Iterator[Change]:
    old, new = _urls(contracts.old.root), _urls(contracts.new.root)
    for url in sorted(old - new):
        yield REMOVED.at(Subject(), f"the server {url} is gone", url, None, keyword="servers")
    for url in sorted(new - old):
        yield ADDED.at(Subject(), f"the server {url} is new", None, url, keyword="servers")


def _urls(document: Schema) -> set[str]:
    """The addresses; a document without servers is served where it lies (OpenAPI 3.1, 4.8.1)."""
    return {str(server.get("url")) for server in document.get("servers") or [{"url": "/"}]}
