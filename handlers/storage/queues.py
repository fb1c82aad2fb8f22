"""Queues between jobs: messages are sent by many, delivered at least once, and gone when a job says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol
from urllib.parse import parse_qsl

import orjson

from handlers.runtime.chance import Chance
from handlers.runtime.clock import Clock
from handlers.storage.items import Store, Value

EMBEDDED: Final = "store"
FORMS: Final = "store | sqs://name-prefix?region=…&endpoint=…"
SQS: Final = re.compile(r"sqs://(?P<prefix>[A-Za-z0-9_-]{1,60})(\?(?P<options>[^#]*))?")
OPTIONS: Final = frozenset(("region", "endpoint"))
ENDPOINT: Final = re.compile(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?(/[!-~]*)?")


class Message(NamedTuple):
    """What a job is to know of an item; `trace_id` goes along to what it writes."""

    body: Mapping[str, Value]
    trace_id: str

    def text(self) -> str:
        return orjson.dumps({**self.body, "trace_id": self.trace_id}, option=orjson.OPT_SORT_KEYS).decode()


class Sender(Protocol):
    def send(self, messages: Sequence[Message]) -> int:
        """How many of the messages, any number, were taken. Never raises: what was not taken is to be sent again."""


class Received(NamedTuple):
    """A message that nobody else receives until its time to be seen again. `deliveries` counts this one too."""

    receipt: str
    identifier: str
    text: str
    deliveries: int


class Queue(Sender, Protocol):
    def receive(self, limit: int) -> list[Received]:
        """At most so many messages, those that wait longest first."""

    def delete(self, received: Sequence[Received]) -> None:
        """What was done is not delivered again. A message that meanwhile was delivered to another stays."""


def open_sender(setting: str, name: str, store: Store, clock: Clock, chance: Chance) -> Sender:
    """Where messages of the queue `name` are sent; SQS is loaded only where a setting names it. Raises ValueError."""
    if setting == EMBEDDED:
        return open_queue(name, store, clock, chance)
    prefix, options = _named(setting)
    from handlers.storage.sqs import SqsSender

    return SqsSender(f"{prefix}-{name}", options.get("region"), options.get("endpoint"))


def open_queue(name: str, store: Store, clock: Clock, chance: Chance) -> Queue:
    """The queue inside the store, for one machine: who sends and who receives share the file."""
    from handlers.storage.stored_queue import StoredQueue

    return StoredQueue(name, store, clock, chance)


def check_setting(setting: str) -> None:
    """Raises `ValueError` for a setting that names no queues, without opening any."""
    if setting != EMBEDDED:
        _named(setting)


def _named(setting: str) -> tuple[str, dict[str, str]]:
    found = SQS.fullmatch(setting)
    pairs = parse_qsl(found["options"] or "", keep_blank_values=True) if found else []
    options = dict(pairs)
    if found is None or len(options) < len(pairs) or not options.keys() <= OPTIONS or not all(options.values()):
        raise ValueError(f"unknown queues {setting!r}; valid: {FORMS}")
    endpoint = options.get("endpoint")
    if endpoint is not None and not ENDPOINT.fullmatch(endpoint):
        raise ValueError(
            f"endpoint {endpoint!r} is no address; valid: {FORMS} with an endpoint such as http://localhost:4566"
        )
    return found["prefix"], options
