"""Two contracts in, what changed between them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.compat.change import Change
from tools.compat.document import Document, NotAContract
from tools.compat.json_text import canonical
from tools.compat.pairs import Contracts, Pair
from tools.compat.table import PAIRED, WHOLE
from tools.openapi.schemas import Schema

__all__ = ["NotAContract", "changes"]


def changes(old: Schema, new: Schema, today: date | None = None) -> list[Change]:
    """Every change between two OpenAPI documents, each once: of the whole first, then operation by operation as they stand.

    `today` decides whether an operation that is gone had reached its sunset; without it none had. Raises `NotAContract`.
    """
    try:
        return _changes(old, new, today)
    except RecursionError:
        raise NotAContract("one of the contracts is nested too deeply to be compared; flatten it") from None


def _changes(old: Schema, new: Schema, today: date | None) -> list[Change]:
    contracts = Contracts(Document(old, "the old contract"), Document(new, "the new contract"), today)
    if contracts.old.text == contracts.new.text:
        return []
    found = [change for check in WHOLE for change in check(contracts)]
    for pair in _pairs(contracts):
        found += [change for check in PAIRED for change in check(pair)]
    return found


def _pairs(contracts: Contracts) -> Iterator[Pair]:
    """Operations that both have and that say something else, by method and path."""
    old = {served.route: served for served in contracts.old.operations}
    for served in contracts.new.operations:
        before = old.get(served.route)
        if before is None:
            continue
        recursive = contracts.old.definitions or contracts.new.definitions
        same = (before.path, before.security) == (served.path, served.security)
        if recursive or not same or canonical(before.said) != canonical(served.said):
            yield Pair(before, served, contracts)
