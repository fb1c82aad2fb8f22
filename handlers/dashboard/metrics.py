"""What the articles of a span of time add up to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.assembly import Backend
from handlers.dashboard._news import row
from handlers.domain.tags import Tally, by_tag, tally
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.runtime.memory import Memory
from handlers.storage.articles import Articles, Mention
from models.dashboard import metrics as api
from models.dashboard.spans import check_ordered

REMEMBERED = timedelta(seconds=60)
HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
MOST_RECENT = 20


@serves(api.GET_METRICS)
def get_metrics(request: api.GetMetrics, caller: Caller, backend: Backend) -> api.DashboardMetrics:
    memory, now = backend.kept(_memory), backend.now()
    metrics = memory.get(request.hours, now)
    if metrics is None:
        metrics = _counted(Articles(backend.store), now, timedelta(hours=request.hours))
        memory.keep(request.hours, metrics, now + REMEMBERED)
    return metrics


def _memory(backend: Backend) -> Memory[int, api.DashboardMetrics]:
    """Dashboards ask every few seconds; counting anew for each would read a week of articles each time."""
    return Memory(168)


def _counted(stored: Articles, now: datetime, span: timedelta) -> api.DashboardMetrics:
    mentions = list(stored.mentions(now - max(span, DAY), now))
    within = [mention for mention in mentions if mention.published_at >= now - span]
    labels = tally(mention.label for mention in within)
    newest = [mention.position for mention in within[: -MOST_RECENT - 1 : -1]]
    return api.DashboardMetrics(
        total=labels.total,
        positive=labels.counts["positive"],
        neutral=labels.counts["neutral"],
        negative=labels.counts["negative"],
        by_tag=by_tag((mention.label, mention.tags) for mention in within),
        rate_last_hour=_since(mentions, now - HOUR),
        rate_last_24h=_since(mentions, now - DAY),
        recent_items=[row(article) for article in stored.at(newest)],
    )


def _since(mentions: Iterable[Mention], start: datetime) -> int:
    return sum(mention.published_at >= start for mention in mentions)


@serves(api.GET_SENTIMENT)
def get_sentiment_by_tags(request: api.GetSentimentByTags, caller: Caller, backend: Backend) -> api.TagSentiment:
    end = request.end or backend.now()
    start = request.start or end - DAY
    check_ordered(api.ORDERED, start, end)
    stored = Articles(backend.store)
    mentions = {tag: stored.with_tag(tag, start, end) for tag in request.tags}
    every = {mention.position: mention.label for found in mentions.values() for mention in found}
    overall = tally(every.values())
    return api.TagSentiment(
        tags={tag: _tag_shares(tally(mention.label for mention in found)) for tag, found in mentions.items()},
        overall=_shares(overall),
        total_count=overall.total,
        trend=overall.trend,
        time_range=api.TimeRange(start=start, end=end),
    )


def _shares(labels: Tally) -> api.Shares:
    return api.Shares(
        positive=labels.share("positive"), neutral=labels.share("neutral"), negative=labels.share("negative")
    )


def _tag_shares(labels: Tally) -> api.TagShares:
    shares = _shares(labels)
    return api.TagShares(positive=shares.positive, neutral=shares.neutral, negative=shares.negative, count=labels.total)
