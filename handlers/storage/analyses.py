"""Judgements in the store: what an article says of a ticker is counted, listed and marked in one write, or not at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from handlers.domain.articles import Article
from handlers.domain.buckets import Score, to_units
from handlers.runtime.clock import Clock
from handlers.storage import articles, buckets, journal
from handlers.storage.articles import article_key, article_of, entries_of, judged
from handlers.storage.buckets import Place, day_of, keys_of, places_of
from handlers.storage.items import (
    ALWAYS,
    Changes,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Item,
    Key,
    Put,
    Rewriting,
    Store,
    StoreUnavailable,
    Write,
)
from handlers.storage.stories import Work, opinions_of, pending_key

MODEL = "our_model"
ATTEMPTS = 12
FIRST_BACKOFF_SECONDS = 0.01
LONGEST_BACKOFF_SECONDS = 0.5

Outcome: TypeAlias = Literal["analysed", "known", "gone", "later"]
"""`later`: another source told the story since the work was sent, and its work is on its way."""
Known: TypeAlias = Mapping[Key, Item | None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a model says of an article, -1 to 1, and which model it was."""

    score: float
    model: str

    def __post_init__(self) -> None:
        if not -1 <= self.score <= 1:
            raise ValueError(f"{self.model} gave {self.score}, which is no score in -1..1")


Judge: TypeAlias = Callable[[Article], Judgement]
Told: TypeAlias = "list[Outcome] | Exception"
"""What became of each ticker of an article, or what judging it raised."""


@dataclass(frozen=True, slots=True)
class Analyses:
    """Idempotent by article and ticker, whatever the order of arrival. `jitter` gives shares [0, 1) of a wait.

    There is no moment at which an article is marked as judged and not counted, or the other way round: whoever dies leaves
    each ticker waiting or done.
    """

    store: Store
    clock: Clock
    jitter: Callable[[], float] = random.random

    def record(self, work: Work, judge: Judge) -> list[Outcome]:
        """One read and one transaction for each ticker of an article.

        Raises what `judge` raises, and StoreUnavailable; the tickers before that are done.
        """
        return [self._record(work, ticker, judge) for ticker in work.tickers]

    def record_many(self, works: Sequence[Work], judge: Judge) -> list[Told]:
        """The same for many articles, all in one transaction where the store can. Raises StoreUnavailable."""
        if isinstance(self.store, Rewriting):
            return _Together(works, self._judged(works, judge), self.clock.now()).recorded(self.store)
        return [self._told(work, judge) for work in works]

    def _told(self, work: Work, judge: Judge) -> Told:
        try:
            return self.record(work, judge)
        except StoreUnavailable:
            raise
        except Exception as error:
            return error

    def _judged(self, works: Sequence[Work], judge: Judge) -> list[Judge | Exception]:
        """Articles are judged before anything is locked."""
        marks = self.store.get_many([article_key(work.article_id) for work in works])
        return [_judged(mark, work, judge) for mark, work in zip(marks, works, strict=True)]

    def _record(self, work: Work, ticker: str, judge: Judge) -> Outcome:
        for attempt in range(ATTEMPTS):
            now = self.clock.now()
            step = _Step(work, (ticker,), now)
            changed = _Changed(dict(zip(step.keys, self.store.get_many(step.keys), strict=True)), now)
            (outcome,) = step.taken(changed, judge)
            try:
                if outcome == "analysed":
                    self.store.transact(changed.writes())
                return outcome
            except ConditionFailed:
                self._wait(attempt)
        raise StoreUnavailable(f"{ATTEMPTS} attempts to count an article of {ticker} met other writers", 1)

    def _wait(self, attempt: int) -> None:
        """Exponential backoff with full jitter."""
        longest = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2**attempt)
        self.clock.sleep(self.jitter() * longest)


class _Together:
    """Articles that are recorded in one transaction."""

    def __init__(self, works: Sequence[Work], judges: Sequence[Judge | Exception], now: datetime) -> None:
        self._told: list[Told] = [judge if isinstance(judge, Exception) else [] for judge in judges]
        self._now = now
        self._steps = [
            (place, judge, _Step(work, work.tickers, now))
            for place, (work, judge) in enumerate(zip(works, judges, strict=True))
            if not isinstance(judge, Exception)
        ]

    def recorded(self, store: Rewriting) -> list[Told]:
        store.rewrite([key for _, _, step in self._steps for key in step.keys], self._change)
        return self._told

    def _change(self, known: dict[Key, Item | None]) -> Changes:
        changed = _Changed(known, self._now)
        for place, judge, step in self._steps:
            self._told[place] = step.taken(changed, judge)
        return changed.items()


class _Changed:
    """What articles that are recorded together, at an instant, change of what is known."""

    def __init__(self, known: Known, at: datetime) -> None:
        self._known = known
        self._at = at
        self._written: dict[Key, Item | None] = {}
        self._counting = buckets.Counting()
        self._noted: list[Score] = []

    def now(self, key: Key) -> dict[str, Any] | None:
        """An item as it is to be so far."""
        return cast("dict[str, Any] | None", self._written[key] if key in self._written else self._known[key])

    def write(self, key: Key, item: Item | None) -> None:
        self._written[key] = item

    def count(self, score: Score, places: Sequence[Place]) -> None:
        self._counting.add(score, places)
        if score.source == MODEL:
            self._noted.append(score)

    def items(self) -> Changes:
        noted = [journal.entry(self._noted, self._at)] if self._noted else []
        entries = {Key(journal.TABLE, str(entry["PK"]), str(entry["SK"])): entry for entry in noted}
        return {**self._written, **self._counting.items(self._known), **entries}

    def writes(self) -> list[Write]:
        """The same for a transaction that fails if somebody wrote since."""
        return [_write(key, item, self._unchanged(key)) for key, item in self.items().items()]

    def _unchanged(self, key: Key) -> Condition:
        if key not in self._known:
            return ALWAYS
        before = self._known[key]
        return Equals("version", before["version"]) if before and "version" in before else buckets.unchanged(before)


class _Step:
    """What an article says of some of its tickers, to be counted at an instant."""

    def __init__(self, work: Work, tickers: Sequence[str], now: datetime) -> None:
        self._work = work
        self._tickers = tickers
        self._mark = article_key(work.article_id)
        # Scores of the model count in buckets and days, what the sources themselves say in their days only.
        self._places = {
            (source, ticker): (places_of if source == MODEL else day_of)(ticker, source, work.published_at, now)
            for source in (MODEL, *work.opinions)
            for ticker in tickers
        }
        self.keys = [self._mark, *(key for places in self._places.values() for key in keys_of(places))]
        """What has to be read."""

    def taken(self, changed: _Changed, judge: Judge) -> list[Outcome]:
        mark = changed.now(self._mark)
        if mark is None or datetime.fromisoformat(mark["published_at"]) != self._work.published_at:
            return ["gone"] * len(self._tickers)
        outcomes = [self._outcome(mark, ticker) for ticker in self._tickers]
        if ready := [ticker for ticker, each in zip(self._tickers, outcomes, strict=True) if each == "analysed"]:
            self._count(mark, _known_judgement(mark) or judge(article_of(mark)), ready, changed)
        return outcomes

    def _outcome(self, mark: Mapping[str, Any], ticker: str) -> Outcome:
        if ticker not in mark["waiting"]:
            return "known"
        return "analysed" if set(self._work.opinions).issuperset(opinions_of(mark["attribution"])) else "later"

    def _count(self, mark: Mapping[str, Any], judgement: Judgement, tickers: list[str], changed: _Changed) -> None:
        at, article_id, counted = self._work.published_at, self._work.article_id, dict(mark["counted"])
        for source, score in self._said(mark, judgement).items():
            known = counted.get(source, [])
            for ticker in tickers:
                if ticker not in known and (places := self._places[source, ticker]):
                    changed.count(Score(ticker, at, to_units(score), article_id, source), places)
            counted[source] = sorted({*known, *tickers})
        _judge(self._mark, {**mark, "counted": counted}, judgement, tickers, changed)

    def _said(self, mark: Mapping[str, Any], judgement: Judgement) -> dict[str, float]:
        """What is said of the article: by the model, and by each source that has an opinion of its own."""
        told = {source: mark["attribution"].get(source, {}).get("sentiment") for source in self._work.opinions}
        return {MODEL: judgement.score, **{source: score for source, score in told.items() if score is not None}}


def _judged(mark: Item | None, work: Work, judge: Judge) -> Judge | Exception:
    """Answers at once for an article that is stored, waits, and is not judged yet."""
    if mark is None or not _is_open(mark, work):
        return judge
    try:
        said = judge(article_of(mark))
    except Exception as error:
        return error
    return lambda article: said


def _is_open(mark: Mapping[str, Any], work: Work) -> bool:
    unjudged = mark["score"] is None and bool(mark.get("waiting"))
    return unjudged and set(work.opinions).issuperset(opinions_of(mark["attribution"]))


def _known_judgement(mark: Mapping[str, Any]) -> Judgement | None:
    """What was said before; an article is judged once, whoever names how many tickers when."""
    return None if mark["score"] is None else Judgement(mark["score"], mark["model"])


def _judge(key: Key, mark: Mapping[str, Any], judgement: Judgement, tickers: Sequence[str], changed: _Changed) -> None:
    """The article with its score and the lists that lead to it; those of tickers that still wait do not."""
    waiting, since = [ticker for ticker in mark["waiting"] if ticker not in tickers], mark["pending_since"]
    now = {
        **mark,
        **judged(judgement.score),
        "model": judgement.model,
        "waiting": waiting,
        "pending_since": since if waiting else None,
        "version": mark["version"] + len(tickers),
    }
    changed.write(key, now)
    if not waiting:
        changed.write(pending_key(since, mark["article_id"]), None)
    for entry in entries_of(now, tickers):
        changed.write(Key(articles.TABLE, str(entry["PK"]), str(entry["SK"])), entry)


def _write(key: Key, item: Item | None, when: Condition) -> Write:
    return Delete(key, when) if item is None else Put(key.table, item, when)
