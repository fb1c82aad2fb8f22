"""What the storage tests share: a clock that stands still, unused keys, other processes, every operation."""

import collections
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from handlers.storage.items import Check, Exists, Key, Put, Store, Value

ROOT = Path(__file__).parents[2]
MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
TABLES = ("users", "articles")


@dataclass
class StillClock:
    instant: datetime = MIDNIGHT

    def now(self) -> datetime:
        return self.instant

    def advance(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)

    def epoch(self) -> int:
        return int(self.instant.timestamp())


@dataclass
class Partitions:
    """Partition keys that nobody used before, so that tests may share tables."""

    run: str
    numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        return f"{self.run}-{next(self.numbers)}"


KEY = Key("users", "somebody", "something")
OPERATIONS: dict[str, Callable[[Store], object]] = {
    "get": lambda store: store.get(KEY),
    "get_many": lambda store: store.get_many([KEY]),
    "put": lambda store: store.put("users", {"PK": KEY.pk, "SK": KEY.sk}),
    "put_if": lambda store: store.put("users", {"PK": KEY.pk, "SK": KEY.sk}, Exists()),
    "put_many": lambda store: store.put_many("users", [{"PK": KEY.pk, "SK": KEY.sk}]),
    "update": lambda store: store.update(KEY, add={"n": 1}),
    "delete": lambda store: store.delete(KEY),
    "query": lambda store: store.query("users", KEY.pk),
    "transact": lambda store: store.transact([Put("articles", {"PK": "1", "SK": "1"}), Check(KEY, Exists())]),
    "ping": lambda store: store.ping(),
}


def alike(one: Value, other: Value) -> bool:
    """Equal, with equal types all the way down; written here again so that the port's own is not its judge."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(alike(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return sorted(one) == sorted(other) and all(alike(one[name], other[name]) for name in one)
    return type(one) is type(other) and one == other


def moto_confuses(one: Value, other: Value) -> bool:
    """moto compares what Python makes of the values, DynamoDB their types too; floats, being sets there, are safe."""
    return one == other and not alike(one, other) and not re.search(r"\.\d", repr((one, other)))


@contextmanager
def python(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the same interpreter, killed at the end if it still runs; its pipes are text, line by line."""
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def released(running: list[subprocess.Popen[str]]) -> list[str]:
    """What processes print that wait for a line, all given theirs at once."""
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0] for process in running]


@contextmanager
def moto() -> Iterator[str]:
    """The endpoint of a DynamoDB that lives as long as the block."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    process = subprocess.Popen(command, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    try:
        announced = next(found for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        threading.Thread(target=collections.deque, args=(process.stderr, 0), daemon=True).start()
        yield announced[0]
    finally:
        process.kill()
        process.wait()


def external_url() -> str | None:
    return os.environ.get("BELLWETHER_TEST_DYNAMODB")
