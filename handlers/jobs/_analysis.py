"""The messages by which articles are sent to be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.backend import Backend
from handlers.storage.items import Value
from handlers.storage.queues import Message, Sender, open_sender
from handlers.storage.stamps import stamp
from handlers.storage.stories import Work

QUEUE = "analysis"
WORKS_PER_MESSAGE = 100
"""About 15 KB; what one message holds is written in one transaction where the store can, some 20 ms for other writers."""
STUCK = timedelta(hours=1)
YEARS = range(1970, 3000)
"""Beyond them the calendar ends, in some zones already before its last day."""


def sender(backend: Backend) -> Sender:
    """Opened once for a process: make it with `backend.kept`."""
    return open_sender(backend.settings.queue, QUEUE, backend.store, backend.clock, backend.chance)


def send(works: Sequence[Work], trace_id: str, backend: Backend) -> int:
    """How many messages were not taken; `heal` sends again what they hold."""
    messages = [Message({"articles": [_entry(work) for work in part]}, trace_id) for part in _parts(works)]
    return len(messages) - backend.kept(sender).send(messages) if messages else 0


def entries(body: Mapping[str, Any]) -> list[Any]:
    """What a message holds, each entry unread. Raises ValueError."""
    found = body["articles"]
    if not isinstance(found, list) or not found:
        raise ValueError("articles is no list of at least one")
    return found


def work_of(entry: Any) -> Work:
    """Raises KeyError, TypeError, ValueError."""
    article_id, tickers, opinions = entry["article_id"], entry["tickers"], entry["opinions"]
    if not isinstance(article_id, str) or not article_id or len(article_id) > 128:
        raise ValueError("article_id is no id")
    if not _are_texts(tickers) or not tickers or not _are_texts(opinions):
        raise ValueError("tickers or opinions is no list of texts")
    published_at = datetime.fromisoformat(entry["published_at"])
    if published_at.tzinfo is None:
        raise ValueError("published_at has no time zone")
    if published_at.year not in YEARS:
        raise ValueError(f"published_at is in the year {published_at.year}")
    return Work(article_id, published_at, tuple(dict.fromkeys(tickers)), tuple(opinions))


def _entry(work: Work) -> dict[str, Value]:
    return {
        "article_id": work.article_id,
        "published_at": stamp(work.published_at),
        "tickers": list(work.tickers),
        "opinions": list(work.opinions),
    }


def _are_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(each, str) and 0 < len(each) <= 10 for each in found)


def _parts(works: Sequence[Work]) -> Iterator[Sequence[Work]]:
    return (works[start : start + WORKS_PER_MESSAGE] for start in range(0, len(works), WORKS_PER_MESSAGE))
