"""Versions, and which one the changes since the last release demand (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import total_ordering

_NUMBER = r"(0|[1-9][0-9]*)"
_PART = r"(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
LONGEST = 255
FORM = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({_PART}(?:\.{_PART})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)


class BadVersion(ValueError):
    """A text that is no version. The message says what one looks like."""


class Bump(IntEnum):
    """What a change asks of the next version, least first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """Ordered by precedence (section 11): a pre-release comes before its release. Build metadata is not kept."""

    major: int
    minor: int
    patch: int
    early: str = ""
    """The identifiers of a pre-release, `rc.1`; empty for a release."""

    def __str__(self) -> str:
        return f"{self.core}-{self.early}" if self.early else self.core

    def __lt__(self, other: Version) -> bool:
        return self._precedence() < other._precedence()

    @property
    def core(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def _precedence(self) -> tuple[int, int, int, bool, list[tuple[bool, int, str]]]:
        parts = self.early.split(".") if self.early else []
        ordered = [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
        return self.major, self.minor, self.patch, not self.early, ordered

    def raised(self, bump: Bump) -> Version:
        """The least release that may follow this release with such a change."""
        match bump:
            case Bump.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Bump.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Bump.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case Bump.NONE:
                return self

    def reaches(self, demanded: Version) -> bool:
        """Whether this is at least the demanded release, or a pre-release of one that is."""
        return (self.major, self.minor, self.patch) >= (demanded.major, demanded.minor, demanded.patch)


def version_of(text: str, where: str) -> Version:
    """Raises `BadVersion`, which names `where` it was read."""
    found = FORM.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST else None
    if found is None:
        raise BadVersion(f"{where} is {text!r}, which is no semantic version; write three numbers, 2.0.0 for example")
    return Version(int(found[1]), int(found[2]), int(found[3]), found[4] or "")
