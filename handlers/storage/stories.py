"""Collected articles in the store until they are judged: one for each story, whoever tells it, in whatever minute.

An article comes to the lists of `Articles` when it is judged; until then it is pending, and found by the age of that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias, cast

from handlers.domain.articles import Article
from handlers.domain.headlines import story_key
from handlers.storage.articles import RETENTION, TABLE, article_key, item_of, judged
from handlers.storage.items import (
    ALWAYS,
    Absent,
    Changes,
    ConditionFailed,
    Equals,
    Exists,
    Item,
    Key,
    Put,
    Rewriting,
    Store,
    StoreUnavailable,
    Value,
)
from handlers.storage.stamps import expiry, instant, stamp

PENDING = "PENDING"
MOST_TICKERS = 20
ATTEMPTS = 12
AT_ONCE = 30
"""Articles that are stored in one small transaction, at most three items each."""
TOGETHER = 250
"""Articles that are stored in one transaction where the store can: it keeps other writers waiting for some 20 ms."""

Outcome = Literal["new", "merged", "known"]
Known: TypeAlias = Mapping[Key, Item | None]


@dataclass(frozen=True, slots=True)
class Work:
    """What is still to be judged of an article: its tickers, and the sources whose own opinion is to be counted."""

    article_id: str
    published_at: datetime
    tickers: tuple[str, ...]
    opinions: tuple[str, ...]


class Collected(NamedTuple):
    """What became of an article, and what there is to do about it; nothing if it was known."""

    outcome: Outcome
    work: Work | None


class Pending(NamedTuple):
    """An article that waits since `since`; `republished` counts how often it was sent again."""

    since: datetime
    republished: int
    work: Work
    trace_id: str


@dataclass(frozen=True, slots=True)
class Stories:
    """`STORY#{key}` leads to the article that told it first, `COPY#{id}` marks the others; `PENDING` lists what waits.

    A collected article bears besides its row: `attribution` by source, the tickers `waiting`, by source those for which
    what it says is `counted`, and `version`, which every change raises.
    """

    store: Store

    def collect(self, articles: Sequence[Article], now: datetime, trace_id: str) -> list[Collected]:
        """Stores what is new, each story once, in the order given. Raises StoreUnavailable; safe to repeat."""
        chunks = (articles[start : start + TOGETHER] for start in range(0, len(articles), TOGETHER))
        return [each for chunk in chunks for each in self._collect(_Collecting(chunk, now, trace_id))]

    def _collect(self, collecting: _Collecting) -> list[Collected]:
        for _ in range(ATTEMPTS):
            if isinstance(self.store, Rewriting):
                self.store.rewrite(collecting.keys(), collecting.taken)
            else:
                self._collect_apart(collecting)
            if not collecting.remaining:
                return [found for _, found in sorted(collecting.found.items())]
        raise StoreUnavailable(f"{len(collecting.remaining)} articles kept meeting other collectors", 1)

    def pending(self, now: datetime, age: timedelta, limit: int) -> list[Pending]:
        """What waits longer than `age`, and as long again for each time it was sent again; longest first."""
        due: list[Item] = []
        after: str | None = None
        beyond = stamp(now - age + timedelta(microseconds=1))
        while len(due) < limit:
            page = self.store.query(TABLE, PENDING, end=beyond, limit=limit, after=after)
            due += [item for item in page.items if _is_due(item, now, age)]
            after = page.next
            if after is None:
                break
        found = self.store.get_many([article_key(str(item["article_id"])) for item in due[:limit]])
        # What was judged between the two reads waits for nothing.
        return [_pending(item, mark) for item, mark in zip(due, found, strict=False) if mark and mark["waiting"]]

    def republished(self, pending: Pending) -> None:
        """Counts that it was sent again; nothing if it is judged meanwhile."""
        key = pending_key(stamp(pending.since), pending.work.article_id)
        try:
            self.store.update(key, add={"republished": 1}, when=Exists())
        except ConditionFailed:
            return

    def given_up(self, pending: Pending) -> None:
        """No longer waits; the article stays as it is."""
        self.store.delete(pending_key(stamp(pending.since), pending.work.article_id))

    def _collect_apart(self, collecting: _Collecting) -> None:
        """Small transactions under conditions; articles that have something in common wait for the next round."""
        keys = collecting.keys()
        known = dict(zip(keys, self.store.get_many(keys), strict=True))
        apart = collecting.apart(known)
        for start in range(0, len(apart), AT_ONCE):
            for place, collected in self._stored(apart[start : start + AT_ONCE], known):
                collecting.find(place, collected)

    def _stored(self, changes: Sequence[_Change], known: Known) -> Iterator[tuple[int, Collected]]:
        """Stores them together, or each alone if somebody else is storing one of them; that one is left out."""
        try:
            self.store.transact([_put(key, item, known) for each in changes for key, item in each.items.items()])
            yield from ((each.place, each.collected) for each in changes)
        except ConditionFailed:
            if len(changes) > 1:
                for each in changes:
                    yield from self._stored([each], known)


class _Told:
    """An article, and the keys by which it or its story is found if it is known."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.itself = article_key(article.article_id)
        self.copy = Key(TABLE, f"COPY#{article.article_id}", "COPY")
        self.story = Key(TABLE, f"STORY#{story_key(article.headline, article.published_at)}", "STORY")

    @property
    def keys(self) -> tuple[Key, Key, Key]:
        return self.itself, self.copy, self.story

    def is_new(self, known: Known) -> bool:
        return not any(known[key] for key in self.keys)

    def first(self, known: Known) -> Key:
        """The article into which this one goes: itself, or the one that told its story first."""
        found = known[self.copy] or known[self.story]
        return self.itself if known[self.itself] or found is None else article_key(str(found["article_id"]))

    def is_stored(self, known: Known) -> bool:
        """Whether the same article was collected before, with these tickers."""
        found = known[self.itself] or known[self.copy]
        return found is not None and set(self.article.tickers) <= set(cast(list[str], found["tickers"]))


class _Change(NamedTuple):
    """What one article changes."""

    place: int
    collected: Collected
    items: Mapping[Key, Item]


class _Collecting:
    """Articles on their way into the store: some are found at once, others when what they merge into was read."""

    def __init__(self, articles: Sequence[Article], now: datetime, trace_id: str) -> None:
        self.remaining = dict(enumerate(map(_Told, articles)))
        self.found: dict[int, Collected] = {}
        self._firsts: set[Key] = set()
        self._now = stamp(now)
        self._trace_id = trace_id

    def keys(self) -> list[Key]:
        """What has to be read."""
        identities = (key for told in self.remaining.values() for key in told.keys)
        return list(dict.fromkeys([*identities, *sorted(self._firsts)]))

    def taken(self, known: dict[Key, Item | None]) -> Changes:
        """What all of them change, one after the other."""
        written: dict[Key, Item | None] = {}
        for place, told in list(self.remaining.items()):
            if change := self._change(place, told, known):
                known.update(change.items)
                written.update(change.items)
                self.find(place, change.collected)
        return written

    def apart(self, known: Known) -> list[_Change]:
        """What those change that have nothing in common with one before them."""
        found: list[_Change] = []
        touched: set[Key] = set()
        for place, told in list(self.remaining.items()):
            change = self._change(place, told, known) if touched.isdisjoint(told.keys) else None
            if change and touched.isdisjoint(change.items):
                found.append(change)
                touched.update(change.items)
            touched.update(told.keys)
        return found

    def find(self, place: int, collected: Collected) -> None:
        self.found[place] = collected
        del self.remaining[place]

    def _change(self, place: int, told: _Told, known: Known) -> _Change | None:
        """None until the article is read into which it goes."""
        if told.is_new(known):
            return _Change(place, Collected("new", _work_of(told.article)), _new(told, self._now, self._trace_id))
        if told.is_stored(known):
            return _Change(place, Collected("known", None), {})
        first = told.first(known)
        if first not in known:
            self._firsts.add(first)
            return None
        mark = known[first]
        if mark is None or "version" not in mark:
            return _Change(place, Collected("known", None), {})
        return _Change(place, *_merging(mark, told, self._now, self._trace_id))


def pending_key(since: str, article_id: str) -> Key:
    return Key(TABLE, PENDING, f"{since}#{article_id}")


def work_of(mark: Item) -> Work:
    """What waits of a collected article."""
    row = cast(dict[str, Any], mark)
    return Work(row["article_id"], instant(row["published_at"]), tuple(row["waiting"]), opinions_of(row["attribution"]))


def _work_of(article: Article) -> Work:
    opinions = () if article.sentiment is None else (article.source,)
    return Work(article.article_id, article.published_at, article.tickers[:MOST_TICKERS], opinions)


def _new(told: _Told, now: str, trace_id: str) -> dict[Key, Item]:
    """The story, the article as nobody has judged it, and that it waits."""
    article = told.article
    tickers: list[Value] = list(article.tickers[:MOST_TICKERS])
    row = item_of(article)
    ttl = row["ttl"]
    more: Item = {
        "tickers": tickers,
        **judged(None),
        "model": None,
        "attribution": {article.source: _told_by(article, now)},
        "waiting": tickers,
        "counted": {},
        "pending_since": now,
        "collected_at": now,
        "trace_id": trace_id,
        "version": 1,
    }
    return {
        told.story: {"PK": told.story.pk, "SK": told.story.sk, "article_id": article.article_id, "ttl": ttl},
        told.itself: {**row, **more},
        **_waits(now, article.article_id, ttl),
    }


def _waits(since: str, article_id: str, ttl: Value) -> dict[Key, Item]:
    key = pending_key(since, article_id)
    return {key: {"PK": key.pk, "SK": key.sk, "article_id": article_id, "republished": 0, "ttl": ttl}}


def _told_by(article: Article, collected_at: str) -> dict[str, Value]:
    return {
        "article_id": article.article_id,
        "headline": article.headline,
        "url": article.url,
        "source_name": article.source_name,
        "published_at": stamp(article.published_at),
        "collected_at": collected_at,
        "sentiment": article.sentiment,
    }


def _merging(mark: Item, told: _Told, now: str, trace_id: str) -> tuple[Collected, dict[Key, Item]]:
    """What there is to judge once an article is added to the one that told its story first, and what that changes."""
    row, article = cast(dict[str, Any], mark), told.article
    copies = {} if article.article_id == row["article_id"] else {told.copy: _copy(told, row["article_id"])}
    tickers, new = _union(row["tickers"], article.tickers), _new_of(row, article)
    if not new and article.source in row["attribution"]:
        return Collected("known", None), copies
    merged = {
        **row,
        "tickers": tickers,
        "attribution": {article.source: _told_by(article, now), **row["attribution"]},
        "waiting": [ticker for ticker in tickers if ticker in new or ticker in row["waiting"]],
        "version": row["version"] + 1,
    }
    changed = {article_key(row["article_id"]): merged, **copies}
    if not new:
        return Collected("merged", None), changed
    since = row["pending_since"] or now
    merged |= {"pending_since": since, "trace_id": trace_id}
    waits = {} if row["pending_since"] else _waits(since, row["article_id"], row["ttl"])
    return Collected("merged", work_of(merged)), {**changed, **waits}


def _new_of(row: Mapping[str, Any], article: Article) -> set[str]:
    """The tickers of a story for which something is to be counted that was not before."""
    tickers = set(_union(row["tickers"], article.tickers))
    is_opinion = article.source not in row["attribution"] and article.sentiment is not None
    return tickers if is_opinion else tickers - set(row["tickers"])


def _copy(told: _Told, first: str) -> Item:
    """Marks an article as collected that told the story later."""
    return {
        "PK": told.copy.pk,
        "SK": told.copy.sk,
        "article_id": first,
        "tickers": list(told.article.tickers),
        "ttl": expiry(told.article.published_at + RETENTION),
    }


def _union(known: Sequence[str], more: Collection[str]) -> list[str]:
    """At most as many tickers as an article may have, those known first."""
    return [*dict.fromkeys((*known, *more))][:MOST_TICKERS]


def opinions_of(attribution: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources that judge the article themselves."""
    return tuple(source for source, told in sorted(attribution.items()) if told["sentiment"] is not None)


def _is_due(item: Item, now: datetime, age: timedelta) -> bool:
    since, _, _ = str(item["SK"]).partition("#")
    return instant(since) + age * (cast(int, item["republished"]) + 1) <= now


def _pending(item: Item, mark: Item) -> Pending:
    row = cast(dict[str, Any], item)
    since, _, _ = row["SK"].partition("#")
    return Pending(instant(since), row["republished"], work_of(mark), str(mark["trace_id"]))


def _put(key: Key, item: Item, known: Known) -> Put:
    """Fails if somebody else stored the same, or changed it, since it was read."""
    before = known.get(key)
    if before is None:
        return Put(key.table, item, Absent() if key in known else ALWAYS)
    return Put(key.table, item, Equals("version", before["version"]) if "version" in before else ALWAYS)
