"""What one connection is told, and when: the loop behind every stream, timed by the given clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import cast

from handlers.assembly import Backend
from handlers.domain.buckets import SCORE_SCALE, Bucket, from_units, progress_pct, to_units
from handlers.domain.days import SCORE_DIGITS, agreement
from handlers.domain.labels import label_of
from handlers.runtime.log import log
from handlers.storage.items import StoreUnavailable
from handlers.stream.changes import BucketChange, SentimentChange, Wanted
from handlers.stream.connections import Connections, Slot
from handlers.stream.counting import Metrics
from handlers.stream.debounce import Debounce
from handlers.stream.polling import Poll
from handlers.stream.positions import event_id, oldest, position_of
from handlers.stream.tracks import Reading
from models.fields import Resolution, SentimentSource
from models.operation import Sent
from models.stream.events import (
    BucketEvent,
    BucketEvents,
    DeadlineEvent,
    Heartbeat,
    MetricsEvent,
    PartialBucketEvent,
    ResetEvent,
    SentimentEvent,
    StreamedBucket,
)
from models.stream.streams import ConfigurationEvent, MarketEvent

HEARTBEAT = timedelta(seconds=30)
PAUSE = timedelta(milliseconds=100)
FAREWELL = timedelta(seconds=3)
"""How long before its time is over a stream says so and ends."""
RECONNECT_MILLISECONDS = 3000

Filter = Callable[[], Wanted | None]
"""What a connection follows now; None once there is nothing to follow any more."""


class Following:
    """One connection's view of the poll: where it is, what it waits to say."""

    def __init__(
        self, backend: Backend, poll: Poll, connections: Connections, wanted: Filter, followed: Wanted, slot: Slot
    ) -> None:
        self._backend = backend
        self._poll = poll
        self._connections = connections
        self._wanted = wanted
        self._followed = followed
        self._slot = slot
        self._buckets, self._sentiments = Reading(poll.buckets), Reading(poll.sentiments)
        self._last_id = self._reached
        self._waiting: Debounce[tuple[str, Resolution], BucketChange] = Debounce(PAUSE)
        self._beat_at: datetime | None = None
        self._metrics: Metrics | None = None

    def market(self, last_event_id: str | None) -> Iterator[Sent[MarketEvent]]:
        """All of it: what changed since `last_event_id`, heartbeats, metrics, buckets, sentiment."""
        for batch in self._batches(last_event_id):
            yield from batch
            metrics = self._poll.metrics
            if metrics is not None and metrics.differs(self._metrics):
                self._metrics = metrics
                yield Sent(event_id(self._last_id), metrics_event(metrics))
        yield from self._end()

    def configuration(self, last_event_id: str | None) -> Iterator[Sent[ConfigurationEvent]]:
        """The same without metrics."""
        for batch in self._batches(last_event_id):
            yield from batch
        yield from self._end()

    def _batches(self, last_event_id: str | None) -> Iterator[list[Sent[ConfigurationEvent]]]:
        """What there is to say each time the connection wakes; it sleeps between them, and ends with time or filter."""
        batch = self._reset(last_event_id) if last_event_id else []
        while (wanted := self._wanted_now()) is not None:
            polls_at = self._refreshed()
            yield [*batch, *self._news(wanted), *self._beat()]
            if self._is_over():
                return
            self._sleep(polls_at)
            batch = []

    def _reset(self, last_event_id: str) -> list[Sent[ConfigurationEvent]]:
        """Moves to where the client left off; if that cannot be, tells it so."""
        now = self._backend.now()
        position = position_of(last_event_id)
        if position is not None and position >= oldest(now):
            self._buckets.go_back(position)
            self._sentiments.go_back(position)
            self._last_id = self._reached
            return []
        told = ResetEvent(
            timestamp=now,
            reason="position_unknown" if position is None else "position_expired",
            oldest_position=event_id(oldest(now)),
        )
        return [Sent(event_id(self._last_id), told)]

    @property
    def _reached(self) -> datetime:
        """Everything stored until then is known to the connection."""
        return min(self._buckets.position, self._sentiments.position)

    def _wanted_now(self) -> Wanted | None:
        try:
            wanted = self._wanted()
        except StoreUnavailable as error:
            log.error("a stream cannot read its filter and keeps the last one until it can", reason=error.reason)
            return self._followed
        if wanted is not None and wanted != self._followed:
            self._followed = wanted
            self._poll.follow(self._slot, wanted)
        return wanted

    def _refreshed(self) -> datetime:
        """When the next poll is. A store that does not answer is asked again then; nothing is lost."""
        try:
            return self._poll.refresh()
        except StoreUnavailable as error:
            log.error("a poll failed", reason=error.reason)
            return self._backend.now() + timedelta(seconds=error.retry_after_seconds)

    def _news(self, wanted: Wanted) -> Iterator[Sent[ConfigurationEvent]]:
        """In the order of positions, so that a client that breaks off anywhere has missed nothing before its last id."""
        leaving: list[BucketChange | SentimentChange] = [*self._leaving(wanted)]
        # Of a ticker that changed in several polls, the last word.
        leaving += {change.ticker: change for change in self._sentiments.take(wanted)}.values()
        for change in sorted(leaving, key=lambda change: change.rank):
            yield self._sent(change)

    def _leaving(self, wanted: Wanted) -> Iterator[BucketChange]:
        """The buckets that may be told now; of those that are not complete, one at a time."""
        now = self._backend.now()
        for change in self._buckets.take(wanted):
            if change.is_complete:
                yield change
            else:
                self._waiting.put((change.bucket.ticker, change.bucket.resolution), change)
        # What waited until its bucket was over has come, or will come, as complete.
        yield from (change for change in self._waiting.take(now) if change.bucket.end > now)

    def _sent(self, change: BucketChange | SentimentChange) -> Sent[ConfigurationEvent]:
        # An id promises all that was stored before it, of the other kind too.
        self._last_id = max(self._last_id, min(change.at, self._reached))
        now = self._backend.now()
        told = bucket_event(change, now) if isinstance(change, BucketChange) else sentiment_event(change, now)
        return Sent(event_id(self._last_id), told)

    def _beat(self) -> Iterator[Sent[ConfigurationEvent]]:
        now = self._backend.now()
        if self._beat_at is not None and now < self._beat_at:
            return
        self._beat_at = now + HEARTBEAT
        self._last_id = max(self._last_id, self._reached)
        count, uptime = self._connections.count, self._connections.uptime_seconds(now)
        beat = Heartbeat(timestamp=now, connections=count, uptime_seconds=uptime)
        yield Sent(event_id(self._last_id), beat, RECONNECT_MILLISECONDS)

    def _is_over(self) -> bool:
        deadline = self._backend.deadline
        return deadline is not None and self._backend.now() >= deadline - FAREWELL

    def _end(self) -> Iterator[Sent[DeadlineEvent]]:
        deadline = self._backend.deadline
        if deadline is not None and self._is_over():
            told = DeadlineEvent(timestamp=self._backend.now(), ends_at=deadline)
            yield Sent(event_id(self._last_id), told)

    def _sleep(self, polls_at: datetime) -> None:
        deadline = self._backend.deadline
        moments = (polls_at, self._beat_at, self._waiting.due(), deadline and deadline - FAREWELL)
        wake = min(moment for moment in moments if moment is not None)
        self._backend.clock.sleep(max(0.0, (wake - self._backend.now()).total_seconds()))


def metrics_event(metrics: Metrics) -> MetricsEvent:
    labels = metrics.labels
    return MetricsEvent(
        timestamp=metrics.at,
        total=labels.total,
        positive=labels.counts["positive"],
        neutral=labels.counts["neutral"],
        negative=labels.counts["negative"],
        by_tag=metrics.by_tag,
        rate_last_hour=metrics.last_hour,
        rate_last_24h=metrics.last_day,
    )


def sentiment_event(change: SentimentChange, now: datetime) -> SentimentEvent:
    # Whole ten-thousandths, so that the mean is that of the same articles in any order.
    units, agreed = sum(map(to_units, change.scores)), agreement(change.scores)
    score = round(units / len(change.scores) / SCORE_SCALE, SCORE_DIGITS) + 0.0
    return SentimentEvent(
        ticker=change.ticker,
        score=score,
        label=label_of(score),
        confidence=None if agreed is None else round(agreed, SCORE_DIGITS),
        article_count=len(change.scores),
        timestamp=now,
        origin_timestamp=change.at,
    )


def bucket_event(change: BucketChange, now: datetime) -> BucketEvents:
    bucket, values = change.bucket, values_of(change.bucket)
    if change.is_complete:
        return BucketEvent(
            ticker=bucket.ticker,
            resolution=bucket.resolution,
            bucket=values,
            is_partial=False,
            timestamp=now,
            origin_timestamp=change.at,
        )
    return PartialBucketEvent(
        ticker=bucket.ticker,
        resolution=bucket.resolution,
        bucket=values,
        is_partial=True,
        # An article may bear a time that is yet to come.
        progress_pct=progress_pct(bucket.start, bucket.resolution, max(now, bucket.start)),
        timestamp=now,
        origin_timestamp=change.at,
    )


def values_of(bucket: Bucket) -> StreamedBucket:
    return StreamedBucket(
        timestamp=bucket.start,
        open=from_units(bucket.open),
        high=from_units(bucket.high),
        low=from_units(bucket.low),
        close=from_units(bucket.close),
        count=bucket.count,
        sum=from_units(bucket.sum),
        avg=round(bucket.average, SCORE_DIGITS) + 0.0,
        label_counts=dict(bucket.label_counts),
        sources=cast(list[SentimentSource], list(bucket.sources)),
    )
