"""Sends again what was collected and not judged an hour later, by the time since it was collected."""

from __future__ import annotations

from handlers.jobs._analysis import STUCK, WORKS_PER_MESSAGE, send
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run
from handlers.storage.items import StoreUnavailable
from handlers.storage.stories import Pending, Stories

MOST_AT_ONCE = 100
MOST_REPUBLISHED = 3
Stuck = list[Pending]


def stuck(run: Run) -> list[Stuck]:
    """At most a hundred articles, those that wait longest first, by the message."""
    found = Stories(run.backend.store).pending(run.now(), STUCK, MOST_AT_ONCE)
    run.count("ArticlesStuck", len(found))
    return [found[start : start + WORKS_PER_MESSAGE] for start in range(0, len(found), WORKS_PER_MESSAGE)]


def heal(articles: Stuck, run: Run) -> Done:
    """Sends articles again; one that was sent three times in vain is given up."""
    again = [article for article in articles if article.republished < MOST_REPUBLISHED]
    for article in articles:
        if article.republished >= MOST_REPUBLISHED:
            _give_up(article, run)
    if send([article.work for article in again], run.trace_id, run.backend):
        raise StoreUnavailable("the queue takes no messages")
    for article in again:
        Stories(run.backend.store).republished(article)
    run.count("ArticlesRepublished", len(again))
    return Done("republished", {"articles": len(again), "given_up": len(articles) - len(again)})


def _give_up(article: Pending, run: Run) -> None:
    reason = Poison("never_analysed", f"sent again {article.republished} times since {article.since.isoformat()}")
    run.bury(article.work.article_id, reason, ", ".join(article.work.tickers))
    Stories(run.backend.store).given_up(article)


JOB: Job[Stuck] = Job("heal", heal, lambda articles: articles[0].work.article_id, stuck)
handler = entry(JOB)
