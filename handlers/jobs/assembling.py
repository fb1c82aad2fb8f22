"""Makes a job the entry point of a function: settings are read at the first event, and nothing is opened unused."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from handlers.backend import Backend
from handlers.jobs.running import Answer, Invocation, Job, perform, trace
from handlers.runtime.chance import SystemChance
from handlers.runtime.clock import SystemClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.opening import check_url
from handlers.storage.queues import check_setting

Entry = Callable[[Any, Any], Answer]


def entry(job: Job[Any], environ: Mapping[str, str] = os.environ) -> Entry:
    """A Lambda handler. Its first call raises `BadSetting` if the function is badly set; so do the following."""
    kept: list[Backend] = []
    lock = Lock()

    def handler(event: Any, context: Any) -> Answer:
        with lock:
            if not kept:
                kept.append(backend_of(environ))
        return perform(job, event, kept[0], invocation(context, environ, kept[0]))

    return handler


def backend_of(environ: Mapping[str, str]) -> Backend:
    """What a deployed job may use. Raises `BadSetting`."""
    settings = Settings.of(environ)
    for name, check, value in (("STORE", check_url, settings.store), ("QUEUE", check_setting, settings.queue)):
        try:
            check(value)
        except ValueError as error:
            raise BadSetting(f"BELLWETHER_{name}: {error}") from None
    return Backend(settings, SystemClock(), SystemChance())


def invocation(context: Any, environ: Mapping[str, str], backend: Backend) -> Invocation:
    """What Lambda says of a call; ids are made where it says nothing."""
    request_id = getattr(context, "aws_request_id", None) or backend.chance.uuid()
    milliseconds = getattr(context, "get_remaining_time_in_millis", None)
    remaining = None if milliseconds is None else lambda: milliseconds() / 1000
    return Invocation(request_id, trace(environ.get("_X_AMZN_TRACE_ID")) or backend.chance.uuid(), remaining)
