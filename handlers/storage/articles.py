"""Analysed articles in the store: each once, found by id, by tag, by ticker and by day, for thirty days."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple, cast

from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from handlers.storage.items import Absent, ConditionFailed, Item, Key, Put, Store
from handlers.storage.stamps import expiry, stamp
from models.fields import SentimentLabel

TABLE = "articles"
RETENTION = timedelta(days=30)
CHUNK = 100
SCORE_DIGITS = 4


class Mention(NamedTuple):
    """What counting an article needs: when it appeared, how it was judged (None: not yet) and what it is about."""

    position: str
    published_at: datetime
    label: SentimentLabel | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Articles:
    """Positions are `{published_at}#{article_id}` with microseconds: text in the order of time, unique to an article.

    `PK=ARTICLE#{id}` is the whole article and marks that it is stored; `TAG#{tag}`, `TICKER#{ticker}` and `DAY#{date}` list
    by position what counting articles needs. Tags are kept in lower case.
    """

    store: Store

    def add(self, article: Article) -> bool:
        """Stores an article with the sentiment its source gives; False if it is stored already."""
        mark = item_of(article)
        try:
            self.store.transact([Put(TABLE, mark, Absent()), *(Put(TABLE, item) for item in entries_of(mark))])
        except ConditionFailed:
            return False
        return True

    def add_many(self, articles: Iterable[Article]) -> None:
        """Stores articles as `add` would, not atomically: repeating it changes nothing."""
        marks = map(item_of, articles)
        self.store.put_many(TABLE, (item for mark in marks for item in (mark, *entries_of(mark))))

    def get(self, article_id: str) -> Article | None:
        item = self.store.get(article_key(article_id))
        return None if item is None else article_of(item)

    def tagged(
        self, tags: Sequence[str], limit: int, label: SentimentLabel | None = None, after: str | None = None
    ) -> tuple[list[Article], str | None]:
        """Articles with any of the tags, newest first, each once; the position to go on after, None at the end."""
        return self._listed([f"TAG#{tag}" for tag in tags], limit, label, after)

    def about(self, tickers: Sequence[str], limit: int, after: str | None = None) -> tuple[list[Article], str | None]:
        """Articles that name any of the tickers, as `tagged` gives them."""
        return self._listed([f"TICKER#{ticker}" for ticker in tickers], limit, None, after)

    def latest(self, ticker: str, since: datetime, until: datetime, limit: int) -> list[Article]:
        """The newest `limit` articles about a ticker published in [since, until), newest first."""
        page = self.store.query(TABLE, f"TICKER#{ticker}", stamp(since), stamp(until), limit=limit, newest_first=True)
        return self.at([_position(item) for item in page.items])

    def scores(self, ticker: str, since: datetime) -> list[float]:
        """How the articles about a ticker published at `since` or later were judged, oldest first."""
        page = self.store.query(TABLE, f"TICKER#{ticker}", start=stamp(since))
        return [cast(float, item["score"]) for item in page.items if item["score"] is not None]

    def with_tag(self, tag: str, start: datetime, end: datetime) -> list[Mention]:
        """The articles with a tag published in [start, end), oldest first."""
        page = self.store.query(TABLE, f"TAG#{tag}", stamp(start), stamp(end))
        return [_mention(item) for item in page.items]

    def mentions(self, start: datetime, end: datetime) -> Iterator[Mention]:
        """All articles published in [start, end), oldest first."""
        for day in _days(start, end):
            page = self.store.query(TABLE, f"DAY#{day.isoformat()}", stamp(start), stamp(end))
            yield from map(_mention, page.items)

    def at(self, positions: Sequence[str]) -> list[Article]:
        """The articles at positions, in their order; one that has expired meanwhile is absent."""
        ids = [position.partition("#")[2] for position in positions]
        found = self.store.get_many([article_key(article_id) for article_id in ids])
        return [article_of(item) for item in found if item is not None]

    def _listed(
        self, partitions: list[str], limit: int, label: SentimentLabel | None, after: str | None
    ) -> tuple[list[Article], str | None]:
        lists = [self._newest(pk, after) for pk in dict.fromkeys(partitions)]
        merged = _distinct(heapq.merge(*lists, key=_position, reverse=True))
        matching = (_position(item) for item in merged if label is None or item["sentiment"] == label)
        found = list(islice(matching, limit + 1))
        return self.at(found[:limit]), found[limit - 1] if len(found) > limit else None

    def _newest(self, pk: str, after: str | None) -> Iterator[Item]:
        while True:
            page = self.store.query(TABLE, pk, limit=CHUNK, newest_first=True, after=after)
            yield from page.items
            after = page.next
            if after is None:
                return


def _days(start: datetime, end: datetime) -> Iterator[date]:
    """The UTC days that [start, end) touches."""
    if start < end:
        first, last = start.astimezone(UTC).date(), (end - timedelta(microseconds=1)).astimezone(UTC).date()
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _position(item: Item) -> str:
    return str(item["SK"])


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    """Of neighbours at one position the first: an article stands in the list of each of its tags."""
    before = None
    for item in items:
        if item["SK"] != before:
            yield item
        before = item["SK"]


def article_key(article_id: str) -> Key:
    """Where the whole article is, which marks that it is stored."""
    return Key(TABLE, f"ARTICLE#{article_id}", "ARTICLE")


def item_of(article: Article) -> Item:
    """The whole article, which marks that it is stored."""
    key = article_key(article.article_id)
    return {
        "PK": key.pk,
        "SK": key.sk,
        "article_id": article.article_id,
        "source": article.source,
        "headline": article.headline,
        "description": article.description,
        "url": article.url,
        "source_name": article.source_name,
        "published_at": stamp(article.published_at),
        "tickers": list(article.tickers),
        "tags": [tag.lower() for tag in article.tags],
        "provenance": article.provenance,
        "ttl": expiry(article.published_at + RETENTION),
        **judged(article.sentiment),
    }


def judged(score: float | None) -> Item:
    """How an article was judged, as it is kept."""
    return {
        "score": None if score is None else round(score, SCORE_DIGITS) + 0.0,
        "sentiment": None if score is None else label_of(score),
    }


def entries_of(mark: Mapping[str, Any], tickers: Sequence[str] | None = None) -> list[Item]:
    """What the lists of its day, its tags and its tickers hold of an article; of some of its tickers if they are given."""
    published, about = mark["published_at"], mark["tickers"] if tickers is None else tickers
    lists = [
        f"DAY#{published[:10]}",
        *(f"TAG#{tag}" for tag in mark["tags"]),
        *(f"TICKER#{ticker}" for ticker in about),
    ]
    counted = {name: mark[name] for name in ("score", "sentiment", "tags", "ttl")}
    return [{"PK": pk, "SK": f"{published}#{mark['article_id']}", **counted} for pk in dict.fromkeys(lists)]


def article_of(item: Item) -> Article:
    """The article of an item that `item_of` made."""
    row = cast(dict[str, Any], item)
    return Article(
        article_id=row["article_id"],
        source=row["source"],
        headline=row["headline"],
        description=row["description"],
        url=row["url"],
        source_name=row["source_name"],
        published_at=datetime.fromisoformat(row["published_at"]),
        tickers=tuple(row["tickers"]),
        tags=tuple(row["tags"]),
        sentiment=row["score"],
        provenance=row["provenance"],
    )


def _mention(item: Item) -> Mention:
    row = cast(dict[str, Any], item)
    published, _, _ = row["SK"].partition("#")
    return Mention(row["SK"], datetime.fromisoformat(published), row["sentiment"], tuple(row["tags"]))
