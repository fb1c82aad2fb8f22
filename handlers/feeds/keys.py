"""The API key of a source: from the settings, else from the secret that they name. It never shows in a repr."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from handlers.feeds.port import FeedUnavailable
from handlers.runtime.secrets import SecretUnavailable
from models.fields import NewsSource

RETRY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Key:
    source: NewsSource
    read: Callable[[bool], str | None] = field(repr=False)
    """Gives the key, None where there is none; with True it looks again at where keys are kept."""

    def value(self, again: bool = False) -> SecretStr:
        """Raises FeedUnavailable where there is no key, or none that a header can carry."""
        found = self._found(again)
        if isinstance(found, SecretStr):
            return found
        raise FeedUnavailable(self.source, RETRY_SECONDS, found, counts=False)

    def _found(self, again: bool) -> SecretStr | str:
        """The key, or why there is none; whoever shows what a frame holds shows no key."""
        try:
            key = self.read(again)
        except SecretUnavailable as error:
            return error.reason
        if key and key.isascii() and key.isprintable() and " " not in key:
            return SecretStr(key)
        return "its key is not printable ASCII" if key else "no key is set"

    def is_set(self) -> bool:
        """Whether there is a key. While the secret cannot be read, there may be."""
        try:
            return bool(self.read(False))
        except SecretUnavailable:
            return True
