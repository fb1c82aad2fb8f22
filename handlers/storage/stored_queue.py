"""A queue over the item store, so that a laptop runs the jobs that a queue feeds on AWS. For little traffic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from handlers.runtime.chance import Chance
from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from handlers.storage.items import ConditionFailed, Delete, Exists, Item, Key, Put, Store, StoreUnavailable, Write
from handlers.storage.queues import Message, Received
from handlers.storage.stamps import expiry, stamp

TABLE = "queues"
HIDDEN = timedelta(minutes=2)
"""How long a delivered message is nobody else's."""
KEPT = timedelta(days=4)
CLAIMED_AT_ONCE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredQueue:
    """`PK=QUEUE#{name}`, `SK={instant from which it is to be seen}#{id}`: delivering moves a message into the future."""

    name: str
    store: Store
    clock: Clock
    chance: Chance

    def send(self, messages: Sequence[Message]) -> int:
        now = self.clock.now()
        try:
            self.store.put_many(TABLE, [self._item(message, now) for message in messages])
        except StoreUnavailable as error:
            log.error("messages were not taken", queue=self.name, messages=len(messages), reason=error.reason)
            return 0
        return len(messages)

    def receive(self, limit: int) -> list[Received]:
        """Raises StoreUnavailable."""
        now = self.clock.now()
        beyond = stamp(now + timedelta(microseconds=1))
        waiting = self.store.query(TABLE, self._partition, end=beyond, limit=limit).items
        claimed = [item for chunk in _chunks(waiting) for item in self._claim(chunk, now)]
        return [_received(item) for item in claimed]

    def delete(self, received: Sequence[Received]) -> None:
        """Raises StoreUnavailable."""
        for chunk in _chunks(received):
            self.store.transact([Delete(Key(TABLE, self._partition, each.receipt)) for each in chunk])

    @property
    def _partition(self) -> str:
        return f"QUEUE#{self.name}"

    def _item(self, message: Message, now: datetime) -> Item:
        identifier = self.chance.uuid()
        return {
            "PK": self._partition,
            "SK": f"{stamp(now)}#{identifier}",
            "text": message.text(),
            "received": 0,
            "ttl": expiry(now + KEPT),
        }

    def _claim(self, items: Sequence[Item], now: datetime) -> Iterator[Item]:
        """The items that nobody else claimed first, as they are now."""
        moved = [_delivered(item, now) for item in items]
        try:
            self.store.transact([write for item, new in zip(items, moved, strict=True) for write in _moving(item, new)])
            yield from moved
        except ConditionFailed:
            if len(items) > 1:
                for item in items:
                    yield from self._claim([item], now)


def _delivered(item: Item, now: datetime) -> Item:
    _, _, identifier = str(item["SK"]).partition("#")
    count = item["received"]
    assert isinstance(count, int)
    return {**item, "SK": f"{stamp(now + HIDDEN)}#{identifier}", "received": count + 1}


def _moving(item: Item, new: Item) -> list[Write]:
    return [Delete(Key(TABLE, str(item["PK"]), str(item["SK"])), Exists()), Put(TABLE, new)]


def _received(item: Item) -> Received:
    receipt, count = str(item["SK"]), item["received"]
    assert isinstance(count, int)
    return Received(receipt, receipt.partition("#")[2], str(item["text"]), count)


def _chunks(parts: Sequence[T]) -> Iterator[list[T]]:
    remaining = iter(parts)
    while chunk := list(islice(remaining, CLAIMED_AT_ONCE)):
        yield chunk
