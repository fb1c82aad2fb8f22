"""Signing keys from the secret that the settings name: rotated without a restart, and not lost while it cannot be read.

Whoever rotates writes the new key as `signing_key` and the old one as `previous_signing_key`, in one step. A process that has
not read the secret since looks again when it meets what it cannot verify, so that all of them agree within seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from handlers.runtime.secrets import MAX_AGE_SECONDS, Secret, SecretUnavailable
from handlers.runtime.settings import is_signing_key
from models.refusals import ServiceUnavailable

MAX_AGE: Final = timedelta(seconds=MAX_AGE_SECONDS)
PAUSE: Final = timedelta(seconds=10)
"""The secret is not read more often: neither forged tokens nor its being unavailable cost a call per request."""


class SigningKeyUnavailable(ServiceUnavailable):
    """There is no key to sign or verify with. `reason` is for the log only, and never holds a key."""

    def __init__(self, reason: str) -> None:
        super().__init__(None, int(PAUSE.total_seconds()))
        self.reason = reason


class SecretKeys:
    """Safe to share between threads. Reads nothing before a key is asked for."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name = name
        self._secret = Secret(name)
        self._clock = clock
        self._lock = Lock()
        self._keys: tuple[str, ...] = ()
        self._reason = ""
        self._read_at: datetime | None = None
        self._tried_at: datetime | None = None

    @property
    def current(self) -> str:
        """Raises `SigningKeyUnavailable`."""
        return self._known(MAX_AGE)[0]

    def accepted(self) -> Iterator[str]:
        """Raises `SigningKeyUnavailable`."""
        known = self._known(MAX_AGE)
        yield from known
        yield from (key for key in self._known(PAUSE) if key not in known)

    def _known(self, age: timedelta) -> tuple[str, ...]:
        """The keys as they were at most `age` ago, or longer if the secret cannot be read."""
        now = self._clock.now()
        with self._lock:
            if _is_over(age, self._read_at, now) and _is_over(PAUSE, self._tried_at, now):
                self._tried_at = now
                self._look(now)
            if not self._keys:
                raise SigningKeyUnavailable(self._reason)
            return self._keys

    def _look(self, now: datetime) -> None:
        try:
            self._keys = _keys_in(self._secret.texts(again=True), self._name)
            self._read_at = now
        except SecretUnavailable as error:
            self._reason = error.reason
            # With keys that were read before the work goes on: only this says that a rotation would not be seen.
            log.error("the signing keys cannot be read", reason=error.reason, known=bool(self._keys))


def _is_over(age: timedelta, since: datetime | None, now: datetime) -> bool:
    return since is None or now - since >= age


def _keys_in(texts: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The current key and, if there is one, the previous one. Raises `SecretUnavailable` unless both are long enough."""
    current, previous = texts.get("signing_key", ""), texts.get("previous_signing_key", "")
    for member, key in (("signing_key", current), ("previous_signing_key", previous or current)):
        if not is_signing_key(key):
            raise SecretUnavailable(name, f"its member {member} is no text of at least 32 printable characters")
    return (current, previous) if previous else (current,)
