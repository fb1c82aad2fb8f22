"""Identifiers and secrets as something that is given: from the system in production, counted where bytes must repeat."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import Protocol


class Chance(Protocol):
    def uuid(self) -> str:
        """A UUID of version 4, lower case, hyphenated."""

    def token(self) -> str:
        """An unguessable string of 43 URL-safe characters."""


class SystemChance:
    def uuid(self) -> str:
        return str(uuid.uuid4())

    def token(self) -> str:
        return secrets.token_urlsafe(32)


class CountedChance:
    """The n-th call gives the hash of (`seed`, n): well spread, and the same on every machine."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn = 0

    def _next(self) -> bytes:
        self._drawn += 1
        return hashlib.sha256(f"{self._seed}:{self._drawn}".encode()).digest()

    def uuid(self) -> str:
        return str(uuid.UUID(bytes=self._next()[:16], version=4))

    def token(self) -> str:
        return self._next().hex()[:43]
