"""One operation in two contracts: what every rule is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.compat.document import Document, Served
from tools.findings import Subject


@dataclass(frozen=True, slots=True)
class Contracts:
    """Two contracts, and the day on which they are compared if that is known."""

    old: Document
    new: Document
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """The same part of an operation in both contracts; `old` or `new` is None where there is none."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Pair:
    """An operation that both contracts have, by method and path. Its subjects carry the operationId that it has now."""

    old: Served
    new: Served
    contracts: Contracts

    def subject(self, location: str = "", pointer: str = "") -> Subject:
        return Subject(self.new.id, location, pointer)

    def said(self, keyword: str, default: Any = None) -> Both:
        """A member of the operation in both contracts."""
        return Both(keyword, self.old.said.get(keyword, default), self.new.said.get(keyword, default))

    def responses(self) -> Iterator[Both]:
        """Every status that both contracts declare."""
        return (both for both in self.statuses() if both.old is not None and both.new is not None)

    def statuses(self) -> Iterator[Both]:
        """Every status that either contract declares."""
        return members(self.said("responses", {}))


def members(both: Both) -> Iterator[Both]:
    """The members of two maps by name, sorted: those of either."""
    old, new = both.old or {}, both.new or {}
    return (Both(name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
