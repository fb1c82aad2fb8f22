"""What every job shares: an event becomes items, each runs alone, and what became of it is told.

An item that can never succeed becomes a dead letter with the reason; one that fails is tried again, and becomes a dead
letter as well when it was tried too often. Only a store or a source that does not answer, and time that does not suffice,
are nobody's fault: what met them waits, in the queue as long as that keeps it.

Powertools' batch processor is not used: it adds 55 ms and a hundred modules to a start for the few lines that name the
failed messages, and knows neither schedules nor dead letters.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

import orjson

from handlers.backend import Backend
from handlers.jobs.events import Batch, Delivery, Direct, Refused, Scheduled, Warmup, read
from handlers.jobs.metrics import emit
from handlers.runtime.log import log, masked
from handlers.storage.attempts import Attempts
from handlers.storage.dead_letters import DeadLetter, DeadLetters
from models.refusals import ServiceUnavailable

T = TypeVar("T")
Answer: TypeAlias = dict[str, Any]

MOST_DELIVERIES = 5
"""What fails when it is delivered that often is a dead letter. A job that has it more often notes that it began and ended."""
MOST_DEATHS = 3
"""Such attempts in a row that began and were not seen to end. A queue must deliver more often than both together."""
MOST_FAILURES = 5
"""Within a day, of something that is found again and again."""
MARGIN_SECONDS = 15.0
"""How long a request to the store takes at most, and longer than a mail: a function needs several times that."""
MOST_FAILURES_SHOWN = 20
LONGEST_TRACE = 128


class Poison(Exception):
    """An item that can never succeed. `reason` is one of few words to search for, `detail` says it to a person."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Done(NamedTuple):
    """What became of an item, in a word, and what its log line says besides; neither holds a secret."""

    outcome: str
    details: Mapping[str, str | int | float | None] = {}


class Tally:
    """What all the items of a run count; threads may share it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, name: str, more: int = 1) -> None:
        with self._lock:
            self._counts[name] += more

    def counts(self) -> dict[str, int]:
        return dict(sorted(self._counts.items()))


@dataclass(frozen=True, slots=True)
class Run:
    """What one item is given besides itself."""

    backend: Backend
    job: str
    trace_id: str
    """Travels from the event through messages to the records that are written."""
    request_id: str
    tally: Tally = field(default_factory=Tally)
    remaining_seconds: Callable[[], float] | None = None
    """How much of the function's time is left; None if there is no end to it."""
    margin_seconds: float = MARGIN_SECONDS

    def is_late(self, kept_seconds: float = 0.0) -> bool:
        """Whether nothing more should begin: what is left, but for what is kept, may be over before the next step is."""
        return self.remaining_seconds is not None and self.remaining_seconds() < self.margin_seconds + kept_seconds

    def now(self) -> datetime:
        return self.backend.now()

    def count(self, name: str, more: int = 1) -> None:
        """Adds to a metric of the run; names are CamelCase."""
        self.tally.count(name, more)

    def bury(self, identifier: str, poison: Poison, body: str = "", received: int = 1, *, is_ours: bool = True) -> None:
        """Keeps an item, or a part of one while the rest goes on, as a dead letter; counts it once, however often it comes.

        An ERROR calls somebody, so that what others sent to us and we rightly refuse is a WARNING. Raises StoreUnavailable.
        """
        letter = DeadLetter(
            self.job, identifier, poison.reason, poison.detail, body, received, self.trace_id, self.now()
        )
        if not DeadLetters(self.backend.store).bury(letter):
            return
        self.count("DeadLetters")
        tell = log.error if is_ours else log.warning
        tell("dead letter", job=self.job, item=masked(identifier), reason=str(poison), trace_id=self.trace_id)


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A function over items, and where they come from."""

    name: str
    do: Callable[[T, Run], Done]
    """Does one item. Must be safe to repeat. Raises Poison where repeating is in vain, anything else where it is not."""
    key: Callable[[T], str]
    """What identifies an item: whole in dead letters, its first eight characters in log lines."""
    find: Callable[[Run], Iterable[T]] | None = None
    """What there is to do now; None for a job that only reads messages."""
    read: Callable[[Mapping[str, Any]], T] | None = None
    """The item of a message; None for a job that takes none. Raises Poison, KeyError, TypeError, ValueError."""
    threads: int = 1
    """How many items run at the same time."""
    trace: Callable[[T], str | None] = lambda item: None
    """The trace that led to an item that was found; None where it begins now."""
    margin_seconds: float = MARGIN_SECONDS
    """At least as long as its longest step: who has less time left than that begins nothing."""
    give_up: Callable[[T, Run], None] | None = None
    """Keeps an item that became a dead letter from being found in the next run; so does one that failed `MOST_FAILURES` times.

    None for items that cannot be given up, such as a source, and for jobs that count for themselves. Safe to repeat.
    """


@dataclass(frozen=True, slots=True)
class Invocation:
    """What is known of a call besides its event."""

    request_id: str
    trace_id: str
    remaining_seconds: Callable[[], float] | None = None
    """How much of the function's time is left; None if there is no end to it."""


@dataclass(frozen=True, slots=True)
class _Given(Generic[T]):
    """One item before it runs, and how it was delivered."""

    identifier: str
    """Its message, or its key."""
    key: str
    item: Callable[[], T]
    trace_id: str
    body: str = ""
    received: int = 1
    origin: Literal["queue", "call", "schedule"] = "queue"


def perform(job: Job[Any], event: object, backend: Backend, invocation: Invocation | None = None) -> Answer:
    """What a job answers to an event: the failed messages of a batch, otherwise a summary.

    Items fail alone. Raises what finding the items raises, and says so: then nothing was done, and who called may call again.
    """
    called = invocation or Invocation(backend.chance.uuid(), backend.chance.uuid())
    running = _Running(job, backend, called)
    try:
        order = read(event)
        if isinstance(order, Warmup):
            return {"job": job.name, "status": "warmed"}
        return running.batch(order) if isinstance(order, Batch) else running.summary(order)
    except Refused as refused:
        return running.refused(refused)
    except Exception as error:
        running.stopped(error)
        raise


class _Running(Generic[T]):
    """One call of one job."""

    def __init__(self, job: Job[T], backend: Backend, called: Invocation) -> None:
        self._job = job
        self._called = called
        self._begun = backend.now()
        self._run = Run(
            backend, job.name, called.trace_id, called.request_id, Tally(), called.remaining_seconds, job.margin_seconds
        )
        self._outcomes = Tally()
        self._failures: list[dict[str, str]] = []

    def batch(self, batch: Batch) -> Answer:
        """Each message for itself; those named are delivered again."""
        givens = [self._delivered(delivery) for delivery in batch.deliveries]
        over = self._each(givens)
        failed = [given.identifier for given, is_over in zip(givens, over, strict=True) if not is_over]
        return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in dict.fromkeys(failed)]}

    def summary(self, order: Scheduled | Direct) -> Answer:
        givens = self._named(order.items) if isinstance(order, Direct) else self._found()
        over = self._each(givens)
        return {
            "job": self._job.name,
            "status": "done" if all(over) else "partial" if any(over) else "failed",
            "items": len(givens),
            "outcomes": self._outcomes.counts(),
            "counts": self._run.tally.counts(),
            "failures": self._failures[:MOST_FAILURES_SHOWN],
        }

    def refused(self, reason: Refused) -> Answer:
        log.error("event refused", job=self._job.name, reason=str(reason), request_id=self._called.request_id)
        emit(self._job.name, {"EventsRefused": 1})
        return {"job": self._job.name, "status": "refused", "reason": str(reason)}

    def stopped(self, error: Exception) -> None:
        """Tells of a run that could not even find its items: what Lambda prints of an exception has neither reason nor trace."""
        line = {
            "job": self._job.name,
            "reason": _reason(error),
            "trace_id": self._called.trace_id,
            "request_id": self._called.request_id,
        }
        (log.error if isinstance(error, ServiceUnavailable) else log.exception)("a run failed", extra=line)
        emit(self._job.name, {"RunsFailed": 1, **self._measured(0)})

    def _delivered(self, delivery: Delivery) -> _Given[T]:
        body = _decoded(delivery)
        carried = trace(body.get("trace_id")) if isinstance(body, dict) else None
        return _Given(
            identifier=delivery.identifier or f"{self._called.request_id}#unreadable",
            key=delivery.identifier,
            item=lambda: self._read(body),
            trace_id=carried or trace(delivery.trace) or self._called.trace_id,
            body=delivery.body,
            received=delivery.received,
        )

    def _named(self, items: Sequence[object]) -> list[_Given[T]]:
        if self._job.read is None:
            raise Refused(f"{self._job.name} finds its items itself; call it with {{}}")
        called = self._called
        return [
            _Given(
                f"{called.request_id}#{place}",
                str(place),
                partial(self._read, item),
                called.trace_id,
                _text(item),
                origin="call",
            )
            for place, item in enumerate(items)
        ]

    def _found(self) -> list[_Given[T]]:
        if self._job.find is None:
            raise Refused(f"{self._job.name} only reads messages; it has no schedule")
        return [self._of_found(item) for item in self._job.find(self._run)]

    def _of_found(self, item: T) -> _Given[T]:
        key, led_to = self._job.key(item), self._job.trace(item)
        return _Given(key, key, partial(_itself, item), led_to or self._called.trace_id, origin="schedule")

    def _each(self, givens: Sequence[_Given[T]]) -> list[bool]:
        """Which items are over, done or dead."""
        over = list(self._mapped(givens))
        emit(self._job.name, self._measured(len(givens)))
        return over

    def _mapped(self, givens: Sequence[_Given[T]]) -> Iterable[bool]:
        if self._job.threads == 1 or len(givens) < 2:
            return map(self._attempt, givens)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(self._job.threads) as threads:
            return list(threads.map(self._attempt, givens))

    def _measured(self, items: int) -> dict[str, float]:
        seconds = (self._run.now() - self._begun).total_seconds()
        named = {f"Items{outcome.title().replace('_', '')}": n for outcome, n in self._outcomes.counts().items()}
        return {"Items": items, "Milliseconds": seconds * 1000, **named, **self._run.tally.counts()}

    def _attempt(self, given: _Given[T]) -> bool:
        """Runs one item, whatever it does; whether it is over."""
        begun = self._run.now()
        if self._run.is_late():
            return self._told(given, begun, Done("left"), False)
        try:
            self._begin(given)
            item = given.item()
            given = replace(given, key=self._job.key(item))
            over = self._told(given, begun, self._job.do(item, self._run_of(given)), True)
        except Poison as poison:
            over = self._buried(given, begun, poison)
        except Exception as error:
            over = self._failed(given, begun, error)
        self._end(given)
        return over

    def _run_of(self, given: _Given[T]) -> Run:
        return replace(self._run, trace_id=given.trace_id)

    def _begin(self, given: _Given[T]) -> None:
        """Raises Poison for a message that ends the process of whoever has it."""
        if not _is_suspect(given):
            return
        if self._attempts().another(given.identifier, self._run.now()) > MOST_DEATHS:
            raise Poison("received_too_often", f"delivered {given.received} times without an end")

    def _end(self, given: _Given[T]) -> None:
        """Notes that an attempt has ended, however it did, and with it those before."""
        if not _is_suspect(given):
            return
        try:
            self._attempts().forget(given.identifier)
        except ServiceUnavailable as error:
            log.warning("an end was not noted", job=self._job.name, item=masked(given.key), reason=_reason(error))

    def _failed(self, given: _Given[T], begun: datetime, error: Exception) -> bool:
        reason = _reason(error)
        if not isinstance(error, ServiceUnavailable):
            log.exception("an item failed", job=self._job.name, item=masked(given.key), trace_id=given.trace_id)
            if self._is_last(given):
                return self._buried(given, begun, Poison("failed_too_often", reason))
        self._failures.append({"item": masked(given.key), "reason": reason})
        return self._told(given, begun, Done("failed", {"reason": reason}), False)

    def _is_last(self, given: _Given[T]) -> bool:
        """Whether an item that failed is not to be tried again."""
        if given.origin == "queue":
            return given.received >= MOST_DELIVERIES
        can_end = given.origin == "schedule" and self._job.give_up is not None
        return can_end and self._failures_of(given) >= MOST_FAILURES

    def _attempts(self) -> Attempts:
        return Attempts(self._run.backend.store, self._job.name)

    def _failures_of(self, given: _Given[T]) -> int:
        try:
            return self._attempts().another(given.identifier, self._run.now())
        except ServiceUnavailable as error:
            log.warning("a failure was not noted", job=self._job.name, item=masked(given.key), reason=_reason(error))
            return 0

    def _buried(self, given: _Given[T], begun: datetime, poison: Poison) -> bool:
        try:
            self._bury(given, poison)
        except Exception as error:
            self._failures.append({"item": masked(given.key), "reason": _reason(error)})
            return self._told(given, begun, Done("failed", {"reason": _reason(error)}), False)
        return self._told(given, begun, Done("dead", {"reason": str(poison)}), True)

    def _bury(self, given: _Given[T], poison: Poison) -> None:
        run = self._run_of(given)
        run.bury(given.identifier, poison, given.body, given.received)
        if given.origin == "schedule" and self._job.give_up is not None:
            self._job.give_up(given.item(), run)
            self._attempts().forget(given.identifier)

    def _told(self, given: _Given[T], begun: datetime, done: Done, is_over: bool) -> bool:
        """One line for each item."""
        self._outcomes.count(done.outcome)
        milliseconds = round((self._run.now() - begun).total_seconds() * 1000, 3)
        line = {
            "job": self._job.name,
            "item": masked(given.key),
            **({"message_id": masked(given.identifier)} if given.origin == "queue" else {}),
            "outcome": done.outcome,
            "received": given.received,
            "milliseconds": milliseconds,
            "trace_id": given.trace_id,
            "request_id": self._called.request_id,
            **done.details,
        }
        (log.info if is_over else log.warning)("item", extra=line)
        return is_over

    def _read(self, body: object) -> T:
        if self._job.read is None:
            raise Poison("not_taken", f"{self._job.name} takes no messages")
        if isinstance(body, Poison):
            raise body
        if not isinstance(body, dict):
            raise Poison("wrong_shape", f"an object was expected, not {type(body).__name__}")
        try:
            return self._job.read(body)
        except (KeyError, TypeError, ValueError) as error:
            raise Poison("wrong_shape", f"{type(error).__name__}: {error}") from error


def _decoded(delivery: Delivery) -> object:
    """What a message says, or the Poison that reading it is."""
    if delivery.problem is not None:
        return Poison("no_record", delivery.problem)
    try:
        return orjson.loads(delivery.body)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        return Poison("not_json", str(error))


def trace(given: object) -> str | None:
    """The id in an X-Ray header, or an id alone; None for what is neither."""
    if not isinstance(given, str):
        return None
    parts = dict(part.partition("=")[::2] for part in given.split(";"))
    found = parts.get("Root", given)
    return found if 0 < len(found) <= LONGEST_TRACE and found.isascii() and found.isprintable() else None


def _itself(item: T) -> T:
    return item


def _is_suspect(given: _Given[Any]) -> bool:
    """Whether a message was delivered more often than it could fail: then it was left, or not served, or is deadly."""
    return given.origin == "queue" and given.received > MOST_DELIVERIES


def _text(item: object) -> str:
    """For dead letters: whoever calls may name what no queue could deliver."""
    try:
        return json.dumps(item, default=repr)
    except (RecursionError, TypeError, ValueError):
        return f"<{type(item).__name__}>"


def _reason(error: Exception) -> str:
    """What went wrong, for logs and dead letters; refusals keep what is not for clients in `reason`."""
    return str(getattr(error, "reason", None) or f"{type(error).__name__}: {error}")
