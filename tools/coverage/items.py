"""What of a contract can be exercised, one item for each thing that can hold or fail, and how much of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tools.findings import Subject

Kind = Literal["keyword", "status", "header", "link", "event"]
Outcome = Literal["accepted", "refused", "shown"]


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing that a recorded request or response can exercise."""

    subject: Subject
    """Where: a position of a request (`query` `/limit`), `response 200`, `response 200 header` `/etag`, `event reset`."""
    kind: Kind
    name: str
    """The keyword (of a published rule: its error type), the status, the header in lower case, the link or the event."""
    outcome: Outcome
    """Whether a request that keeps the keyword is answered, one that breaks it refused; all other kinds are shown."""

    def __str__(self) -> str:
        return f"{self.subject} {self.name} {self.outcome}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Item → how many goldens and requests of the corpus exercise it, in the order of the document; 0 is nothing."""

    exercised: Mapping[Item, int]

    @property
    def share(self) -> Fraction:
        """What is exercised of all there is, exactly; of nothing, everything."""
        return _share(self.exercised.values())

    @property
    def missing(self) -> list[Item]:
        """What nothing exercises, in the order of the document."""
        return [item for item, count in self.exercised.items() if not count]

    def of(self, operation_id: str) -> Coverage:
        """The part of one operation."""
        return Coverage({i: count for i, count in self.exercised.items() if i.subject.operation_id == operation_id})

    @property
    def operation_ids(self) -> list[str]:
        """In the order of the document."""
        return list(dict.fromkeys(item.subject.operation_id for item in self.exercised))


def _share(counts: Iterable[int]) -> Fraction:
    known = list(counts)
    return Fraction(sum(count > 0 for count in known), len(known)) if known else Fraction(1)
