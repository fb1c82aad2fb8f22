"""Collecting what a source has published: fetched since the last time, checked, stored once, and sent to be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from handlers.domain.articles import Article
from handlers.domain.intake import Unfit, admitted
from handlers.feeds.port import FeedUnavailable, NewsFeed
from handlers.jobs._analysis import send
from handlers.jobs.running import Poison, Run
from handlers.runtime.log import log
from handlers.storage.progress import Progress, Reached
from handlers.storage.stories import Stories
from models.fields import NewsSource
from models.refusals import ServiceUnavailable

METRICS = {
    "fetched": "ArticlesFetched",
    "rejected": "ArticlesRejected",
    "new": "ArticlesNew",
    "merged": "ArticlesMerged",
    "known": "ArticlesKnown",
    "messages_lost": "MessagesNotTaken",
}
LOOK_BACK = timedelta(days=7)
OVERLAP = timedelta(hours=1)
"""Sources list articles later than the instant at which they say that these appeared."""
NEXT_SECONDS = 300
NO_TIME = "not asked, no time was left"
CALL_SECONDS = 10.0
"""How long a call to a source may take."""
STORING_SECONDS = 15.0
"""How long it may take to store what sources told until nothing more was asked."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Fetched(NamedTuple):
    """What a source told in one call. `tickers` are those about which it told everything until then; `failure` is why not all."""

    articles: list[Article]
    tickers: Sequence[str]
    until: datetime
    failure: FeedUnavailable | None = None


class Gathered(NamedTuple):
    """What became of the articles of a source, counted; the rest is as in `Fetched`, of all calls."""

    counts: Counter[str]
    tickers: Sequence[str]
    failure: FeedUnavailable | None


def answers(source: NewsSource, tickers: Sequence[str], run: Run) -> Iterator[Fetched]:
    """What a source says was published since the last time, call by call; about tickers that are new, the last days.

    Those come first that have waited longest: where a quota or the time ends, the next run goes on with the rest, and a ticker
    that a source chokes on keeps nobody else from it. A source that is down is left alone by its circuit.
    """
    feed, now = run.backend.feeds.news(source), run.now()
    reached = Progress(run.backend.store).of(source)
    return _asked(feed, _questions(tickers, reached, feed.tickers_a_call, now), now, run)


def gathered(
    source: NewsSource, answers: Iterator[Fetched], run: Run, watched: Collection[str] | None = None
) -> Gathered:
    """Stores what a source answers, and notes how far that is, call by call.

    So whoever dies loses one call. Progress is forgotten of what nobody watches; None: of nothing.
    Raises FeedUnavailable if nothing was told, StoreUnavailable.
    """
    counts: Counter[str] = Counter()
    heard: list[str] = []
    failure: FeedUnavailable | None = None
    progress = Progress(run.backend.store)
    for told in answers:
        counts += stored(told.articles, run)
        if told.tickers:
            known = progress.of(source).untils if watched is None else ()
            progress.reached(source, told.until, told.tickers, {*(watched or ()), *known, *told.tickers})
        heard += told.tickers
        failure = failure or told.failure
    if failure is not None and not heard:
        raise failure
    return Gathered(counts, heard, failure)


def stored(articles: Sequence[Article], run: Run) -> Counter[str]:
    """What became of articles, counted. Raises StoreUnavailable; safe to repeat."""
    fit = [article for each in articles if (article := _checked(each, run)) is not None]
    results = Stories(run.backend.store).collect(fit, run.now(), run.trace_id)
    # Stored before it is sent: what is lost on the way waits in the store, where `heal` finds it.
    # Of what was told twice the last work holds the one before.
    works = {each.work.article_id: each.work for each in results if each.work is not None}
    lost = send(list(works.values()), run.trace_id, run.backend)
    counts = Counter(fetched=len(articles), rejected=len(articles) - len(fit), messages_lost=lost)
    counts.update(each.outcome for each in results)
    for name, count in counts.items():
        run.count(METRICS[name], count)
    return counts


def _asked(
    feed: NewsFeed, questions: Iterable[tuple[datetime, Sequence[str]]], now: datetime, run: Run
) -> Iterator[Fetched]:
    for since, part in questions:
        if run.is_late(CALL_SECONDS + STORING_SECONDS):
            yield Fetched([], [], now, FeedUnavailable(feed.source, NEXT_SECONDS, NO_TIME, counts=False))
            return
        yield _answer(feed, part, since, now)


def _answer(feed: NewsFeed, tickers: Sequence[str], since: datetime, until: datetime) -> Fetched:
    """One call. An answer that breaks us is as good as none: the others are asked all the same."""
    try:
        return Fetched(feed.articles(tickers, since, until), tickers, until)
    except FeedUnavailable as failure:
        return Fetched([], [], until, failure)
    except ServiceUnavailable:
        raise
    except Exception as error:
        log.exception("an answer was not understood", source=feed.source, tickers=len(tickers))
        return Fetched([], [], until, FeedUnavailable(feed.source, NEXT_SECONDS, f"{type(error).__name__}: {error}"))


def _questions(
    tickers: Sequence[str], reached: Reached, at_once: int, now: datetime
) -> Iterator[tuple[datetime, list[str]]]:
    """Since when to ask about which tickers, those that have waited longest first."""

    def until(ticker: str) -> datetime:
        return reached.untils.get(ticker, NEVER)

    for last, alike in groupby(sorted(tickers, key=lambda ticker: (until(ticker), ticker)), until):
        since, group = max(now - LOOK_BACK, last - OVERLAP if last > NEVER else last), list(alike)
        yield from ((since, group[first : first + at_once]) for first in range(0, len(group), at_once))


def _checked(article: Article, run: Run) -> Article | None:
    """The article in the form in which it is stored; None and a dead letter for one that cannot be taken."""
    listings = run.backend.feeds.listings
    try:
        return admitted(article, run.now(), lambda ticker: listings.get(ticker) is not None)
    except Unfit as unfit:
        _bury(article, Poison(unfit.reason, unfit.detail), run, is_ours=False)
    except ServiceUnavailable:
        raise
    except Exception as error:
        # One article that breaks us must not keep all the others of its source from us, in each run anew.
        _bury(article, Poison("not_readable", f"{type(error).__name__}: {error}"), run, is_ours=True)
    return None


def _bury(article: Article, poison: Poison, run: Run, is_ours: bool) -> None:
    run.bury(str(article.article_id), poison, f"{article.source}: {article.headline}", is_ours=is_ours)
