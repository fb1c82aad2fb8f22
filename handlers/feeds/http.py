"""One source's JSON over HTTP: one client, short patience, retries that a budget bounds, and a key that shows nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import inf
from threading import Lock
from typing import Any, Final, NamedTuple, TypeVar

import httpx
import orjson
from pydantic import SecretStr, TypeAdapter, ValidationError

from handlers.feeds._failures import Failure, of_status
from handlers.feeds._rows import reasons
from handlers.feeds.breaker import Breaker
from handlers.feeds.keys import Key
from handlers.feeds.port import FeedUnavailable
from handlers.feeds.quota import Meter
from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from models.fields import NewsSource

MOST_BYTES: Final = 16 * 1024 * 1024
"""Of a body, once it is unpacked."""
MOST_MOVES: Final = 2
ACCEPTED: Final = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "bellwether/2"}

Params = Mapping[str, str | int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take, in seconds; a caller that fails over waits for two of them, below API Gateway's 29."""

    connect: float = 2.0
    read: float = 5.0
    whole: float = 10.0
    tries: int = 3
    first_pause: float = 0.25
    longest_pause: float = 2.0


class RetryBudget:
    """Repeats that a process may send: each costs one, ten successes earn one. A source that is down is not stormed."""

    def __init__(self, most: int = 10) -> None:
        self._most = most * 10
        self._left = self._most
        self._lock = Lock()

    def spend(self) -> bool:
        with self._lock:
            if self._left < 10:
                return False
            self._left -= 10
            return True

    def earn(self) -> None:
        with self._lock:
            self._left = min(self._left + 1, self._most)


class Access(NamedTuple):
    """How a source is reached: its address, and the headers that carry a key."""

    source: NewsSource
    base_url: str
    headers: Callable[[str], dict[str, str]]


class _Line:
    """The connections to one source, made when it is first asked."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url

    @cached_property
    def client(self) -> httpx.Client:
        # Redirects are followed by hand: httpx would carry a key in a header of its own to any host.
        return httpx.Client(base_url=self._base_url, follow_redirects=False)

    def close(self) -> None:
        if "client" in self.__dict__:
            self.client.close()


class Api:
    """Safe to share between threads. Its circuit and its quota belong to all processes."""

    def __init__(
        self,
        access: Access,
        key: Key,
        breaker: Breaker,
        meter: Meter,
        clock: Clock,
        jitter: Callable[[], float],
        patience: Patience | None = None,
    ) -> None:
        self.source = access.source
        self.breaker = breaker
        self.meter = meter
        self.key = key
        self._access = access
        self._clock = clock
        self._jitter = jitter
        self._patience = patience or Patience()
        self._budget = RetryBudget()
        self._line = _Line(access.base_url)

    def on(self, meter: Meter) -> Api:
        """The same source over the same connections, its requests taken from another meter."""
        other = copy(self)
        other.meter = meter
        return other

    def get(self, path: str, params: Params, form: TypeAdapter[T]) -> T | None:
        """The JSON of a form under a path, None where there is nothing (404).

        Raises FeedUnavailable, as Paced if a job asks too soon, and ServiceUnavailable.
        """
        with self.breaker.call():
            self.meter.keep_pace()
            body = self._fetched(path, params)
            return None if body is None else self._formed(body, form)

    def close(self) -> None:
        self._line.close()

    def _fetched(self, path: str, params: Params) -> bytes | None:
        """The body, after as many tries as patience and budget allow."""
        until = self._clock.now() + timedelta(seconds=self._patience.whole)
        key, tried = self.key.value(), 1
        while isinstance(got := self._sent(path, params, key, until), Failure):
            before, key = key, self.key.value(again=True) if got.rejects_key else key
            pause = 0.0 if key != before else self._pause(got, tried)
            if not self._may_repeat(tried, pause, until):
                raise self._unavailable(got)
            log.info("source asked again", source=self.source, reason=got.detail, tried=tried)
            self._clock.sleep(pause)
            tried += 1
        self._budget.earn()
        return got

    def _pause(self, failure: Failure, tried: int) -> float:
        """Seconds until another try makes sense. Full jitter: M. Brooker, Exponential Backoff And Jitter (2015)."""
        patience = self._patience
        if not failure.passing:
            return inf
        if failure.told or failure.retry_after_seconds >= patience.whole:
            return float(failure.retry_after_seconds)
        return self._jitter() * min(patience.longest_pause, patience.first_pause * 2.0 ** (tried - 1))

    def _may_repeat(self, tried: int, pause: float, until: datetime) -> bool:
        left = (until - self._clock.now()).total_seconds()
        return tried < self._patience.tries and pause < left and self._budget.spend()

    def _sent(self, path: str, params: Params, key: SecretStr, until: datetime) -> bytes | Failure | None:
        """One try. What httpx raises holds the request, and that the key: it goes no further than this."""
        self.meter.take()
        headers = ACCEPTED | self._access.headers(key.get_secret_value())
        request = self._line.client.build_request("GET", path, params=dict(params), headers=headers)
        try:
            return self._received(request, until)
        except httpx.DecodingError:
            return Failure("its body cannot be unpacked", passing=False)
        except httpx.TimeoutException as error:
            return Failure(f"it took too long ({type(error).__name__})")
        except httpx.HTTPError as error:
            return Failure(f"the connection failed ({type(error).__name__})")

    def _received(self, request: httpx.Request, until: datetime) -> bytes | Failure | None:
        for _ in range(1 + MOST_MOVES):
            request.extensions["timeout"] = self._timeout(until)
            response = self._line.client.send(request, stream=True)
            try:
                moved = response.next_request
                if moved is None:
                    return self._read(response, until)
            finally:
                response.close()
            if (moved.url.scheme, moved.url.netloc) != (request.url.scheme, request.url.netloc):
                return Failure("it redirects to another host", passing=False)
            request = moved
        return Failure("it redirects again and again", passing=False)

    def _read(self, response: httpx.Response, until: datetime) -> bytes | Failure | None:
        if response.status_code == 404:
            return None
        if response.status_code != 200:
            return of_status(response.status_code, response.headers.get("retry-after"), self._clock.now())
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                return Failure(f"its body is larger than {MOST_BYTES} bytes", passing=False)
            if self._clock.now() >= until:
                return Failure("it took too long (the whole call)", passing=False)
        return bytes(body)

    def _timeout(self, until: datetime) -> dict[str, float | None]:
        left = max((until - self._clock.now()).total_seconds(), 0.001)
        read = min(self._patience.read, left)
        return httpx.Timeout(read, connect=min(self._patience.connect, left)).as_dict()

    def _formed(self, body: bytes, form: TypeAdapter[T]) -> T:
        try:
            found: T | Failure = form.validate_python(_decoded(body))
        except ValidationError as error:
            found = Failure(f"its body is not as documented: {reasons(error)}")
        except (ValueError, RecursionError):
            found = Failure("its body is no JSON")
        if isinstance(found, Failure):
            raise self._unavailable(found)
        return found

    def _unavailable(self, failure: Failure) -> FeedUnavailable:
        error = FeedUnavailable(self.source, failure.retry_after_seconds, failure.detail, failure.counts)
        log.warning("source unavailable", source=self.source, reason=failure.detail, retry=failure.retry_after_seconds)
        return error


def _decoded(body: bytes) -> Any:
    """Raises ValueError, RecursionError."""
    try:
        return orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        # Some servers write NaN and lone surrogates, which are no JSON: then only the rows that hold them are wrong.
        return json.loads(body)
