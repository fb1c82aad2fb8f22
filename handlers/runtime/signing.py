"""The keys that sign session tokens, cursors and unsubscribe links: one that signs, and those that may have signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from handlers.runtime.settings import Settings


class SigningKeys(Protocol):
    @property
    def current(self) -> str:
        """Signs what is made now."""

    def accepted(self) -> Iterator[str]:
        """Keys for which what comes back may be good, likeliest first. Draw them until one fits: a later one may cost a look."""


@dataclass(frozen=True, slots=True)
class SetKeys:
    """Keys that stay as they were set until the process ends."""

    current: str = field(repr=False)
    previous: str = field(default="", repr=False)
    """Signs nothing any more; empty if there is none."""

    def accepted(self) -> Iterator[str]:
        yield self.current
        if self.previous:
            yield self.previous


def set_keys(settings: Settings) -> SetKeys:
    return SetKeys(settings.signing_key, settings.previous_signing_key)
