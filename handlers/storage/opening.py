"""Opens the store that a setting names, importing that engine and no other."""

import random
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl

from handlers.storage.items import Clock, Store

FORMS: Final = "sqlite:///path | sqlite://:memory: | dynamodb://table-prefix?region=…&endpoint=…"
SQLITE: Final = re.compile(r"sqlite://(:memory:|/(?P<path>.+))", re.DOTALL)
DYNAMODB: Final = re.compile(r"dynamodb://(?P<prefix>[A-Za-z0-9_.-]+)(\?(?P<options>[^#]*))?")
OPTIONS: Final = frozenset(("region", "endpoint"))


def open_store(url: str, clock: Clock, jitter: Callable[[], float] = random.random) -> Store:
    """`sqlite:///a/b` is relative, `sqlite:////a/b` absolute; `jitter` gives the share [0, 1) of a backoff to wait."""
    if found := SQLITE.fullmatch(url):
        return _open_sqlite(found["path"] or ":memory:", clock)
    if found := DYNAMODB.fullmatch(url):
        return _open_dynamodb(found["prefix"], _options(url, found["options"]), clock, jitter)
    raise _unknown(url)


def check_url(url: str) -> None:
    """Raises `ValueError` for a setting that names no store, without opening one or importing its engine."""
    if found := DYNAMODB.fullmatch(url):
        _options(url, found["options"])
    elif not SQLITE.fullmatch(url):
        raise _unknown(url)


def _options(url: str, text: str | None) -> dict[str, str]:
    pairs = parse_qsl(text or "", keep_blank_values=True)
    options = dict(pairs)
    if len(options) < len(pairs) or not options.keys() <= OPTIONS or not all(options.values()):
        raise _unknown(url)
    return options


def _unknown(url: str) -> ValueError:
    return ValueError(f"unknown store {url!r}; valid: {FORMS}")


def _open_sqlite(path: str, clock: Clock) -> Store:
    from handlers.storage.sqlite import SqliteStore

    return SqliteStore(path, clock)


def _open_dynamodb(prefix: str, options: dict[str, str], clock: Clock, jitter: Callable[[], float]) -> Store:
    from handlers.storage.dynamodb import DynamoStore

    return DynamoStore(prefix, clock, options.get("region"), options.get("endpoint"), jitter)
