"""What an article costs on its way from a source into the buckets, beside what judging it costs.

Played is the first collecting run of forty watched tickers: what both sources published about them in the days that the job
looks back, some hundreds of stories, stored source by source as the job does, a third of them told by both. It is the largest
batch that the system meets by itself; a run of every five minutes is the same in small, where one transaction is for few.
"""

from __future__ import annotations

import contextlib
import gc
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from handlers.backend import Backend
from handlers.domain.articles import Article
from handlers.domain.scoring import Lexicon, Scorer, text_of
from handlers.feeds.companies import companies
from handlers.feeds.opening import Feeds
from handlers.jobs import _news, analyze_news
from handlers.jobs._analysis import QUEUE
from handlers.jobs.pumping import pump
from handlers.jobs.running import Run
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.opening import open_store
from handlers.storage.queues import open_queue
from tools.bench.warm import logging_at

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
TICKERS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """CPU time of one article, in µs: the whole way, and judging alone."""

    whole: float
    scorer: float
    stories: int
    characters: float

    @property
    def ratio(self) -> float:
        return self.whole / self.scorer

    def __lt__(self, other: Found) -> bool:
        return self.ratio < other.ratio


def recorded(characters: int | None = None) -> list[list[Article]]:
    """What each source tells, with descriptions of so many characters if that is given."""
    feeds, tickers = Feeds(), sorted(companies())[:TICKERS]
    told = [feeds.news(source).articles(tickers, NOW - _news.LOOK_BACK, NOW) for source in feeds.sources]
    if characters is None:
        return told
    return [[_described(article, characters) for article in each] for each in told]


def _described(article: Article, characters: int) -> Article:
    return replace(article, description=(f"{article.description} " * characters)[:characters])


def measured(told: Sequence[Sequence[Article]], rounds: int = 1) -> Found:
    """Collects, judges and counts them into a file, in messages as the job gets them: the median of some rounds."""
    gc.collect()
    # What else this process holds is not the pipeline's to look through again and again.
    gc.freeze()
    try:
        return statistics.median_low([_once(told) for _ in range(rounds)])
    finally:
        gc.unfreeze()


def _once(told: Sequence[Sequence[Article]]) -> Found:
    scorer = Lexicon()
    with tempfile.TemporaryDirectory() as folder, logging_at("WARNING"), contextlib.redirect_stdout(io.StringIO()):
        whole, stories = _played(told, scorer, Path(folder) / "store.db")
    texts = [text_of(article.headline, article.description) for articles in told for article in articles]
    alone = _seconds(lambda: [scorer.score(text) for text in texts]) / len(texts)
    return Found(whole / stories * 1e6, alone * 1e6, stories, sum(map(len, texts)) / len(texts))


def _played(told: Sequence[Sequence[Article]], scorer: Scorer, path: Path) -> tuple[float, int]:
    clock = FixedClock(NOW)
    with closing(open_store(f"sqlite:///{path}", clock)) as store:
        backend = Backend(Settings(), clock, CountedChance("bench"), Feeds(), store)
        run, queue = Run(backend, "bench", "trace", "request"), open_queue(QUEUE, store, clock, backend.chance)
        job = replace(analyze_news.JOB, do=lambda entries, run: analyze_news.analyzed(entries, run, scorer))

        def play() -> None:
            for articles in told:
                _news.stored(articles, run)
            while pump(job, queue, backend):
                pass

        return _seconds(play), run.tally.counts()["ArticlesNew"]


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun
