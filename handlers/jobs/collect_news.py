"""Collects the news of all watched tickers from both sources at once, every five minutes.

Where a quota or the function's time does not suffice for all of them, they take turns: those that have waited longest come
first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handlers.feeds.port import Paced
from handlers.jobs import _news
from handlers.jobs._ahead import ahead
from handlers.jobs._watched import watched_tickers
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Run
from models.fields import NewsSource


class Asked(NamedTuple):
    """A source, the tickers that it is asked about, and what it answers, call by call."""

    source: NewsSource
    tickers: Sequence[str]
    answers: Iterator[_news.Fetched]


def sources(run: Run) -> list[Asked]:
    """The sources that are set up, asked all at once; none while nobody watches anything.

    They are stored one after the other, so that of two copies of a story the same one is always the first: what the second
    one answers waits in memory.
    """
    tickers = watched_tickers(run.backend)
    named = run.backend.feeds.sources if tickers else ()
    return [Asked(source, tickers, ahead(_news.answers(source, tickers, run))) for source in named]


def collect(asked: Asked, run: Run) -> Done:
    """One source for itself: where the other one fails, this one is collected."""
    try:
        told = _news.gathered(asked.source, asked.answers, run, asked.tickers)
    except Paced as paced:
        # Nothing is wrong: the quota is spent evenly, and the next turn comes.
        return Done("waits", {"reason": paced.reason, "seconds": paced.retry_after_seconds})
    if told.failure is None:
        return Done("collected", told.counts)
    left = len(asked.tickers) - len(told.tickers)
    run.count("TickersLeft", left)
    return Done("partly", {**told.counts, "tickers_left": left, "reason": told.failure.reason})


JOB: Job[Asked] = Job("collect_news", collect, lambda asked: asked.source, sources)
handler = entry(JOB)
