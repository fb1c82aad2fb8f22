"""What AWS hands to a job, read: a schedule's event, a batch of a queue, a direct call. Anything else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WARMUP = "warmup"
SCHEDULES = ("aws.events", "aws.scheduler")
QUEUE = "aws:sqs"
FORMS = 'a scheduled event, a batch of aws:sqs records, {"warmup": true}, {} or {"items": […]}'


class Refused(ValueError):
    """No job can read the event; the message says why. Sending it again would change nothing."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One record of a queue, delivered for the `received`-th time."""

    identifier: str
    body: str
    received: int = 1
    trace: str | None = None
    """The X-Ray header that came with it."""
    problem: str | None = None
    """Why it is no record of a queue; None for one that is."""


@dataclass(frozen=True, slots=True)
class Batch:
    deliveries: list[Delivery]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """It is time to look what there is to do; so is a direct call without items."""

    identifier: str


@dataclass(frozen=True, slots=True)
class Direct:
    """Items that somebody names, as a queue's messages would."""

    items: list[Any]


@dataclass(frozen=True, slots=True)
class Warmup:
    """Nothing to do but to be there."""


def read(event: object) -> Batch | Scheduled | Direct | Warmup:
    """Raises Refused."""
    if not isinstance(event, dict):
        raise Refused(f"the event is {_kind(event)}; a job reads {FORMS}")
    if "Records" in event:
        return _batch(event["Records"])
    if "source" in event or "detail-type" in event:
        return _scheduled(event)
    return _direct(event)


def _batch(records: object) -> Batch:
    if not isinstance(records, list):
        raise Refused(f"Records is {_kind(records)}; a list was expected")
    origins = {str(record.get("eventSource")) for record in records if isinstance(record, dict)}
    if records and QUEUE not in origins:
        raise Refused(f"records come from {_shown(', '.join(sorted(origins)))}; a job reads {QUEUE}")
    return Batch([_delivery(record) for record in records])


def _delivery(record: object) -> Delivery:
    """One that cannot be read has no identifier: its failure could not be told to the queue."""
    if not isinstance(record, dict):
        return Delivery("", str(record), problem=f"the record is {_kind(record)}")
    identifier, body, attributes = record.get("messageId"), record.get("body"), record.get("attributes")
    if record.get("eventSource") != QUEUE:
        return Delivery("", str(body), problem=f"the record comes from {_shown(record.get('eventSource'))}")
    if not isinstance(identifier, str) or not identifier:
        return Delivery("", str(body), problem="the record has no messageId")
    known = attributes if isinstance(attributes, dict) else {}
    trace = known.get("AWSTraceHeader")
    text = body if isinstance(body, str) else ""
    return Delivery(identifier, text, _count(known), trace if isinstance(trace, str) else None)


def _count(attributes: dict[str, Any]) -> int:
    text = attributes.get("ApproximateReceiveCount")
    readable = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10
    return max(1, int(text)) if readable and text else 1


def _scheduled(event: dict[str, Any]) -> Scheduled:
    origin, kind = event.get("source"), event.get("detail-type")
    if origin not in SCHEDULES or kind != "Scheduled Event":
        raise Refused(f"{_shown(kind)} of {_shown(origin)} is no scheduled event; a job reads {FORMS}")
    return Scheduled(str(event.get("id", "")))


def _direct(event: dict[str, Any]) -> Scheduled | Direct | Warmup:
    if unknown := sorted(map(str, event.keys() - {WARMUP, "items"})):
        raise Refused(f"unknown key {_shown(unknown[0])}; a job reads {FORMS}")
    if WARMUP in event:
        return _warmup(event)
    items = event.get("items")
    if items is None:
        return Scheduled("")
    if not isinstance(items, list):
        raise Refused(f"items is {_kind(items)}; a list was expected")
    return Direct(items)


def _warmup(event: dict[str, Any]) -> Warmup:
    # 1 and 1.0 equal True.
    if event[WARMUP] is not True or len(event) > 1:
        raise Refused(f"a call that warms up is {{{WARMUP!r}: true}} and nothing else")
    return Warmup()


def _kind(value: object) -> str:
    return "null" if value is None else f"a {type(value).__name__}"


def _shown(value: object) -> str:
    """A value as a message may repeat it: short and printable."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
