"""Judges collected articles, counts what they say once for each of their tickers, and tells which tickers changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from handlers.backend import Backend
from handlers.domain.articles import Article
from handlers.domain.labels import label_of
from handlers.domain.scoring import Scorer, open_scorer, text_of
from handlers.jobs._analysis import entries, work_of
from handlers.jobs._tickers import tell_changed
from handlers.jobs.assembling import entry
from handlers.jobs.running import Done, Job, Poison, Run
from handlers.storage.analyses import Analyses, Judgement, Told
from handlers.storage.stories import Work


def scorer(backend: Backend) -> Scorer:
    """Opened once for a process: make it with `backend.kept`."""
    return open_scorer(backend.settings.scorer)


def analyze(articles: Sequence[Any], run: Run) -> Done:
    return analyzed(articles, run, run.backend.kept(scorer))


def analyzed(articles: Sequence[Any], run: Run, scorer: Scorer) -> Done:
    """The articles of one message, together; one that cannot be read or judged is a dead letter, the rest goes on.

    Alerts are told when all of it is written. Who dies before that, or is not heard, leaves them to the next sweep.
    """
    works = [work for place, each in enumerate(articles) if (work := _read(each, place, run)) is not None]
    judged = _Judging(scorer)
    told = Analyses(run.backend.store, run.backend.clock).record_many(works, judged)
    counts = Counter(outcome for work, each in zip(works, told, strict=True) for outcome in _outcomes(work, each, run))
    for label, count in judged.labels.items():
        run.count(f"Articles{label.title()}", count)
    for outcome, count in counts.items():
        run.count(f"Tickers{outcome.title()}", count)
    if lost := tell_changed(_changed(works, told), run.trace_id, run.backend):
        run.count("MessagesNotTaken", lost)
    return Done("analysed" if counts["analysed"] else "skipped", {"articles": len(works), **counts})


class _Judging:
    """Judges articles, and counts how."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self.labels: Counter[str] = Counter()

    def __call__(self, article: Article) -> Judgement:
        score = self._scorer.score(text_of(article.headline, article.description))
        self.labels[label_of(score)] += 1
        return Judgement(score, self._scorer.model)


def _read(entry: Any, place: int, run: Run) -> Work | None:
    try:
        return work_of(entry)
    except (KeyError, TypeError, ValueError) as error:
        run.bury(f"{run.request_id}#{place}", Poison("wrong_shape", f"{type(error).__name__}: {error}"), repr(entry))
        return None


def _outcomes(work: Work, told: Told, run: Run) -> Sequence[str]:
    """What became of each ticker of an article; of one that could not be judged, nothing and a dead letter."""
    if isinstance(told, Exception):
        run.bury(work.article_id, Poison("not_judged", f"{type(told).__name__}: {told}"))
        return []
    return told


def _changed(works: Sequence[Work], told: Sequence[Told]) -> set[str]:
    """The tickers of which something was counted now."""
    return {
        ticker
        for work, each in zip(works, told, strict=True)
        if not isinstance(each, Exception)
        for ticker, outcome in zip(work.tickers, each, strict=True)
        if outcome == "analysed"
    }


def _first(articles: Sequence[Any]) -> str:
    """The id of the first article of a message, as far as it has one."""
    entry = articles[0]
    return str(entry.get("article_id")) if isinstance(entry, dict) else "no id"


JOB: Job[Sequence[Any]] = Job("analyze_news", analyze, _first, read=entries)
handler = entry(JOB)
