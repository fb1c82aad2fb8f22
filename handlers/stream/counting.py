"""The numbers of the metrics event, counted over the stored articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.domain.tags import Tally, by_tag, tally
from handlers.storage.articles import Articles
from handlers.storage.items import Store

DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Articles of the last 24 hours up to `at`: those that are judged, by label and tag, and all of them."""

    at: datetime
    labels: Tally
    by_tag: dict[str, int]
    last_hour: int
    last_day: int

    def differs(self, other: Metrics | None) -> bool:
        """Whether any number differs; when they were counted does not count."""
        return other is None or self != replace(other, at=self.at)


def counted(store: Store, now: datetime) -> Metrics:
    """What the articles published in the 24 hours before `now` say: the numbers that the dashboard's metrics have."""
    mentions = list(Articles(store).mentions(now - DAY, now))
    return Metrics(
        at=now,
        labels=tally(mention.label for mention in mentions),
        by_tag=by_tag((mention.label, mention.tags) for mention in mentions),
        last_hour=sum(mention.published_at >= now - HOUR for mention in mentions),
        last_day=len(mentions),
    )
