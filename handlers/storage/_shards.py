"""Lists that are spread over several partitions, as no partition takes all the writers of a large service."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice

from handlers.storage.items import Item, Store


def first_of(store: Store, table: str, partitions: Sequence[str], end: str, limit: int) -> list[Item]:
    """The first `limit` items before a sort key, over all partitions.

    Each partition is read by as much as is its share: the list is spread evenly, and of most nothing more is needed.
    """
    share = limit // len(partitions) + 1
    merged = heapq.merge(
        *(_items(store, table, partition, end, share) for partition in partitions), key=lambda item: str(item["SK"])
    )
    return list(islice(merged, limit))


def _items(store: Store, table: str, partition: str, end: str, at_once: int) -> Iterator[Item]:
    after: str | None = None
    while True:
        page = store.query(table, partition, end=end, limit=at_once, after=after)
        yield from page.items
        after = page.next
        if after is None:
            return
