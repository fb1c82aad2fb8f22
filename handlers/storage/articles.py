"""Analysed articles in the store: each once, found by id, by tag, by ticker and by day, for thirty days."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, cast

from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from handlers.storage.items import Absent, ConditionFailed, Item, Key, Put, Store
from handlers.storage.stamps import stamp
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

    `PK=ARTICLE#{id}` marks that an article is stored; `TAG#{tag}` and `TICKER#{ticker}` list whole articles by position,
    `DAY#{date}` what counting them needs. Tags are kept in lower case.
    """

    store: Store

    def add(self, article: Article) -> bool:
        """Stores an article with the sentiment its source gives; False if it is stored already."""
        mark, *listed = _items(article)
        try:
            self.store.transact([Put(TABLE, mark, Absent()), *(Put(TABLE, item) for item in listed)])
        except ConditionFailed:
            return False
        return True

    def add_many(self, articles: Iterable[Article]) -> None:
        """Stores articles as `add` would, not atomically: repeating it changes nothing."""
        self.store.put_many(TABLE, (item for article in articles for item in _items(article)))

    def get(self, article_id: str) -> Article | None:
        item = self.store.get(Key(TABLE, f"ARTICLE#{article_id}", "ARTICLE"))
        return None if item is None else _article(item)

    def tagged(
        self, tags: Sequence[str], limit: int, label: SentimentLabel | None = None, after: str | None = None
    ) -> tuple[list[Article], str | None]:
        """Articles with any of the tags, newest first, each once; the position to go on after, None at the end."""
        return self._listed([f"TAG#{tag}" for tag in tags], limit, label, after)

    def about(self, tickers: Sequence[str], limit: int, after: str | None = None) -> tuple[list[Article], str | None]:
        """Articles that name any of the tickers, as `tagged` gives them."""
        return self._listed([f"TICKER#{ticker}" for ticker in tickers], limit, None, after)

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
        found = self.store.get_many([Key(TABLE, f"ARTICLE#{article_id}", "ARTICLE") for article_id in ids])
        return [_article(item) for item in found if item is not None]

    def _listed(
        self, partitions: list[str], limit: int, label: SentimentLabel | None, after: str | None
    ) -> tuple[list[Article], str | None]:
        lists = [self._newest(pk, after) for pk in dict.fromkeys(partitions)]
        found: list[Item] = []
        for item in _distinct(heapq.merge(*lists, key=_position, reverse=True)):
            if label is not None and item["sentiment"] != label:
                continue
            if len(found) == limit:
                return [_article(item) for item in found], _position(found[-1])
            found.append(item)
        return [_article(item) for item in found], None

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


def _items(article: Article) -> list[Item]:
    """The mark first, then what lists find."""
    published = stamp(article.published_at)
    position = f"{published}#{article.article_id}"
    ttl = int((article.published_at + RETENTION).timestamp())
    row = {**_row(article), "published_at": published, "ttl": ttl}
    counted = {name: row[name] for name in ("article_id", "published_at", "sentiment", "tags", "ttl")}
    lists = [f"TAG#{tag.lower()}" for tag in article.tags] + [f"TICKER#{ticker}" for ticker in article.tickers]
    return [
        {"PK": f"ARTICLE#{article.article_id}", "SK": "ARTICLE", **row},
        {"PK": f"DAY#{published[:10]}", "SK": position, **counted},
        *({"PK": pk, "SK": position, **row} for pk in dict.fromkeys(lists)),
    ]


def _row(article: Article) -> Item:
    score = article.sentiment
    return {
        "article_id": article.article_id,
        "source": article.source,
        "headline": article.headline,
        "description": article.description,
        "url": article.url,
        "source_name": article.source_name,
        "tickers": list(article.tickers),
        "tags": [tag.lower() for tag in article.tags],
        "score": None if score is None else round(score, SCORE_DIGITS) + 0.0,
        "sentiment": None if score is None else label_of(score),
        "provenance": article.provenance,
    }


def _article(item: Item) -> Article:
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
    published_at = datetime.fromisoformat(row["published_at"])
    return Mention(row["SK"], published_at, row["sentiment"], tuple(row["tags"]))
