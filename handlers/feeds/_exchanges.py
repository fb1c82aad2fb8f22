"""JSON over HTTPS from a provider of identities. A code is worth one try, so nothing is repeated and patience is short.

No failure names what was sent or received: codes, verifiers, secrets, tokens and addresses end here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import httpx

from handlers.feeds._failures import waiting
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from handlers.runtime.secrets import SecretUnavailable
from models.fields import OAuthProvider

MOST_BYTES: Final = 1024 * 1024
RETRY_SECONDS: Final = 5
NOT_SET_UP_SECONDS: Final = 300
# They log addresses and the headers of answers, which can carry a code back.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "bellwether/2"}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one answer may take, in seconds: three in a row stay below API Gateway's 29."""

    connect: float = 2.0
    read: float = 3.0
    whole: float = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status and a JSON object, or what else JSON can be."""

    status: int
    content: Any

    def text(self, name: str) -> str | None:
        """A member that is text and not empty."""
        found = self.content.get(name) if isinstance(self.content, dict) else None
        return found if isinstance(found, str) and found else None


class Exchanges:
    """Safe to share between threads."""

    def __init__(self, provider: OAuthProvider, clock: Clock, patience: Patience | None = None) -> None:
        self._provider = provider
        self._clock = clock
        self._patience = patience or Patience()

    def secret(self, read: Callable[[], str | None]) -> str:
        """The client secret. Raises FeedUnavailable where there is none."""
        try:
            found = read()
        except SecretUnavailable as error:
            reason = error.reason
        else:
            if found:
                return found
            reason = "no client secret is set"
        raise self.unavailable(reason, NOT_SET_UP_SECONDS)

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Raises FeedUnavailable unless there is an answer that says something about the request."""
        return self._asked("POST", url, dict(form), {})

    def get(self, url: str, token: str) -> Answer:
        """With an access token. Raises FeedUnavailable unless there is an answer that says something about the request."""
        return self._asked("GET", url, None, {"Authorization": f"Bearer {token}"})

    def unavailable(self, detail: str, retry_after_seconds: int = RETRY_SECONDS) -> FeedUnavailable:
        """The provider cannot be asked, or answers in a way that nobody may rely on."""
        log.warning("identity provider unavailable", provider=self._provider, reason=detail)
        return FeedUnavailable(self._provider, retry_after_seconds, detail)

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    def _asked(self, method: str, url: str, form: dict[str, str] | None, headers: dict[str, str]) -> Answer:
        got = self._received(method, url, form, headers)
        if isinstance(got, str):
            raise self.unavailable(got)
        status, retry_after, body = got
        if status in (408, 429) or status >= 500:
            seconds = waiting(retry_after, self._clock.now())
            raise self.unavailable(f"status {status}", seconds or RETRY_SECONDS)
        try:
            return Answer(status, json.loads(body))
        except (ValueError, RecursionError):
            pass
        raise self.unavailable(f"its body is no JSON (status {status})")

    def _received(
        self, method: str, url: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> tuple[int, str | None, bytes] | str:
        """Status, Retry-After and body; or why there is none. What httpx raises holds the request: it stays here."""
        until = self._clock.now() + timedelta(seconds=self._patience.whole)
        try:
            with self._client.stream(method, url, data=form, headers={**HEADERS, **headers}) as response:
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        return f"its body is larger than {MOST_BYTES} bytes"
                    if self._clock.now() >= until:
                        return "it took too long (the whole call)"
                return response.status_code, response.headers.get("retry-after"), bytes(body)
        except httpx.TimeoutException as error:
            return f"it took too long ({type(error).__name__})"
        except httpx.HTTPError as error:
            return f"the connection failed ({type(error).__name__})"

    @cached_property
    def _client(self) -> httpx.Client:
        timeout = httpx.Timeout(self._patience.read, connect=self._patience.connect)
        return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)
