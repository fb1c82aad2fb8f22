"""The gate: one event in, one answer out. Everything HTTP happens here, once, for every function.

route → size → credential and rate limit → decode → validate → level, CSRF → handler → response. No exception leaves it:
a refusal becomes its status, anything else a logged 500. It keeps no state of a request, so that threads can share it.
"""

from __future__ import annotations

import hmac
import importlib
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.gate.binding import Binder
from handlers.gate.callers import NOBODY, Caller, Callers, check_level
from handlers.gate.decoding import MAX_BODY, check_size
from handlers.gate.event import HttpRequest, NotAnEvent, read
from handlers.gate.limits import Counter, take
from handlers.gate.response import (
    EVENT_STREAM,
    JSON,
    NO_CONTENT,
    SURELY_FITS,
    VARY,
    Answer,
    cookie_line,
    etag_of,
    is_too_large,
    lifetime,
    matches,
    proxied,
    refused,
    written,
)
from handlers.gate.routing import Place, Route, Router
from handlers.gate.serving import Reply, Served, served_by
from handlers.gate.streaming import chunks
from handlers.runtime.chance import Chance
from handlers.runtime.clock import Clock
from handlers.runtime.log import log, masked
from handlers.runtime.settings import Settings
from models.operation import Level, Operation, RateLimit
from models.refusals import CsrfMismatch, InternalServerError, MethodNotAllowed, NotFound, Refusal, ResponseTooLarge

WHOLE_STREAM_SECONDS = 5.0
"""How long a stream lasts for who cannot be streamed to and waits for all of it."""

NO_COOKIES: Sequence[str] = ()

_logger = logging.getLogger("bellwether")


@dataclass(frozen=True, slots=True)
class Ports:
    """What the gate is given: who the callers are, how requests are counted, and what handlers may use."""

    callers: Callers
    counter: Counter
    backend: Any
    settings: Settings
    clock: Clock
    chance: Chance


class Serving:
    """One operation made ready: its binder, its function, its unchanging headers."""

    __slots__ = (
        "answer", "binder", "cookies", "csrf", "etag", "headers", "limit", "operation", "public", "recognises", "status",
        "streams", "takes_user_token",
    )  # fmt: skip

    def __init__(self, served: Served[Any, Any, Any]) -> None:
        self.operation: Operation[Any, Any] = served.operation
        self.answer = served.answer
        self.binder = Binder(served.operation)
        self.public = served.operation.level is Level.PUBLIC
        self.recognises = served.operation.recognises
        self.status = served.operation.responses[0].status
        self.cookies = {cookie.name: cookie for returns in served.operation.responses for cookie in returns.cookies}
        self.streams = served.operation.streams
        self.takes_user_token = served.operation.takes_user_token
        self.csrf = served.operation.csrf
        self.limit = served.operation.limit
        self.etag = served.operation.etag
        base = EVENT_STREAM if self.streams else JSON
        self.headers = {**base, "Cache-Control": served.operation.cache, **lifetime(served.operation)}
        if served.operation.etag and not self.public:
            self.headers["Vary"] = VARY


class Gate:
    """Serves the routes of one function. Call it with an event, or `open` one to stream its answer."""

    def __init__(self, router: Router, ports: Ports) -> None:
        self._router = router
        self._ports = ports
        self._ready: dict[str, Serving] = {}
        self._checks = ports.settings.response_check != "off"

    def __call__(self, event: Any, context: Any = None) -> dict[str, Any]:
        """The proxy response to an event, whole."""
        http, answer = self.open(event, WHOLE_STREAM_SECONDS)
        request_id = answer.headers["X-Request-Id"]
        try:
            shaped = proxied(answer, http)
        except Exception:
            log.exception("a stream failed", request_id=request_id, path=http and http.path)
            shaped = proxied(refused(InternalServerError(), request_id), http)
        if len(shaped["body"]) > SURELY_FITS and is_too_large(shaped):
            log.error("the response is too large for the gateway", request_id=request_id, path=http and http.path)
            answer = refused(ResponseTooLarge(), request_id)
            shaped = proxied(_without_body(answer) if http and http.method == "HEAD" else answer, http)
        return shaped

    def open(self, event: Any, seconds: float | None = None) -> tuple[HttpRequest | None, Answer]:
        """The answer to an event; a stream's body is still to be drawn, in at most `seconds`, and is to be closed."""
        http: HttpRequest | None = None
        request_id = ""
        logs = _logger.level <= logging.INFO
        started = time.perf_counter_ns() if logs else 0
        try:
            http = read(event)
            request_id = http.id or self._ports.chance.uuid()
            answer = self._answer(http, request_id, seconds)
        except Refusal as refusal:
            request_id = request_id or self._ports.chance.uuid()
            if logs or (refusal.status != 422 and _is_our_trouble(refusal)):
                _log_refusal(refusal, request_id)
            answer = refused(refusal, request_id)
        except Exception:
            request_id = request_id or self._ports.chance.uuid()
            log.exception("a request failed", request_id=request_id, path=http and http.path)
            answer = refused(InternalServerError(), request_id)
        if http is not None and http.method == "HEAD":
            answer = _without_body(answer)
        if logs:
            _log_request(http, answer, request_id, started)
        return http, answer

    def _answer(self, http: HttpRequest, request_id: str, seconds: float | None) -> Answer:
        found = self._router.find(http.path)
        if found is None:
            raise NotFound
        place, segments = found
        route = place.routes.get(http.method) or self._other(place, http)
        if route is None:
            return Answer(204, {**NO_CONTENT, "Allow": place.allow, "X-Request-Id": request_id})
        serving = self._ready.get(route.operation_id) or self._load(route)
        data = http.body()
        if len(data) > MAX_BODY:
            check_size(data)
        caller = NOBODY if serving.public else self._ports.callers.identify(http, serving.takes_user_token)
        limits = self._take(serving.limit, serving.operation.id, caller, http) if serving.limit else None
        request = serving.binder.bind(http, segments, data if serving.binder.reads_body else b"")
        if not serving.public:
            check_level(caller, serving.operation.level)
        elif serving.recognises:
            caller = self._ports.callers.recognise(http)
        if serving.csrf:
            _check_csrf(http)
        backend = self._ports.backend
        if serving.streams and seconds is not None:
            backend = backend.until(self._ports.clock.now() + timedelta(seconds=seconds))
        reply = serving.answer(request, caller, backend)
        answer = self._given(serving, reply, http, request_id)
        if limits:
            answer.headers.update(limits)
        return answer

    def _other(self, place: Place, http: HttpRequest) -> Route | None:
        """The route of a method that no operation names; None for OPTIONS. Raises `MethodNotAllowed`."""
        route = place.head() if http.method == "HEAD" else None
        if route is None and http.method != "OPTIONS":
            raise MethodNotAllowed(None, {"Allow": place.allow})
        return route

    def _load(self, route: Route) -> Serving:
        """Imports a tag at its first request and makes ready the operation asked for."""
        served = served_by(importlib.import_module(route.module))[route.operation_id]
        serving = Serving(served)
        self._ready[route.operation_id] = serving
        return serving

    def _take(self, limit: RateLimit, operation_id: str, caller: Caller, http: HttpRequest) -> dict[str, str]:
        if not self._ports.settings.rate_limits:
            return {}
        name = f"{limit.bucket or operation_id}#{caller.user_id or http.source}"
        return take(self._ports.counter, name, limit, caller.level, self._ports.clock.now()).headers()

    def _given(self, serving: Serving, reply: Any, http: HttpRequest, request_id: str) -> Answer:
        headers = serving.headers.copy()
        headers["X-Request-Id"] = request_id
        status, body, cookies = serving.status, reply, NO_COOKIES
        if type(reply) is Reply:
            status, body = reply.status or status, reply.body
            headers.update(reply.headers)
            cookies = [cookie_line(serving.cookies[name], value) for name, value in reply.cookies.items()]
        if serving.streams:
            return _stream(status, headers, body)
        if status == 204:
            del headers["Content-Type"]
            return Answer(status, headers, b"", cookies)
        data = written(body)
        if self._checks:
            self._check(serving.operation, status, data)
        if serving.etag:
            # A handler whose body says when or from where it was answered gives a weak tag of what it is about.
            etag = headers["ETag"] = headers.get("ETag") or etag_of(data)
            given = http.header("if-none-match")
            if given is not None and matches(given, etag):
                return _without_body(Answer(304, headers, b"", cookies))
        return Answer(status, headers, data, cookies)

    def _check(self, operation: Operation[Any, Any], status: int, data: bytes) -> None:
        """Validates a response against its declared type. Raises what was found if it is to be enforced."""
        # Only a process that checks its responses pays for the validators of their types.
        from handlers.gate.checking import misfit

        found = misfit(operation, status, data)
        if found is None:
            return
        log.error("a response does not fit its contract", operation=operation.id, status=status, reason=found)
        if self._ports.settings.response_check == "enforce":
            raise InternalServerError


def _stream(status: int, headers: dict[str, str], events: Iterator[Any]) -> Answer:
    close = getattr(events, "close", None)
    return Answer(status, headers, chunks(events), close=close)


def _without_body(answer: Answer) -> Answer:
    """The answer to a HEAD: the same head."""
    if answer.close is not None:
        answer.close()
    return Answer(answer.status, answer.headers, b"", answer.cookies)


def _check_csrf(http: HttpRequest) -> None:
    """Double submit: a page of another origin can send the cookie but cannot read it into the header."""
    cookie = http.cookies().get("csrf_token", "").encode(errors="surrogatepass")
    header = (http.header("x-csrf-token") or "").encode(errors="surrogatepass")
    if not cookie or not hmac.compare_digest(cookie, header):
        raise CsrfMismatch


def _is_our_trouble(refusal: Refusal) -> bool:
    """Whether somebody has to look: no client can cause it."""
    return refusal.status >= 500 or isinstance(refusal, NotAnEvent)


def _log_refusal(refusal: Refusal, request_id: str) -> None:
    write = log.error if _is_our_trouble(refusal) else log.info
    error = refusal.__cause__
    # Never its repr: that of a text which cannot be decoded is the text.
    cause = f"{type(error).__name__}: {error}" if error else None
    write(
        "refused",
        status=refusal.status,
        code=refusal.code,
        reason=refusal.reason,
        cause=cause,
        request_id=request_id,
    )


def _log_request(http: HttpRequest | None, answer: Answer, request_id: str, started: int) -> None:
    log.info(
        "request",
        method=http and http.method,
        path=http and http.path,
        status=answer.status,
        request_id=request_id,
        source=masked(http.source) if http else None,
        duration_ms=round((time.perf_counter_ns() - started) / 1e6, 3),
    )
