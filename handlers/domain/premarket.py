"""What prices outside of the session suggest for sentiment, before news and scores have caught up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.domain import calendar
from handlers.domain.labels import label_of
from models.fields import SentimentLabel

NOTICEABLE_PERCENT = 1.0
STRONGEST = 0.8
"""A move in price alone never says more than this."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a move suggests. `confidence` is None where nobody else spoke: then there is nothing to agree with."""

    change_percent: float
    score: float
    confidence: float | None

    @property
    def label(self) -> SentimentLabel:
        return label_of(self.score)


def estimate(last: float, close: float, news: float | None) -> Estimate | None:
    """Of a price against the close before it, beside the mean score of the news since; None where the close is zero.

    `confidence` is 1 - variance / 2 over the two, as sources agree in a history.
    """
    if not close:
        return None
    # Rounded before it is judged: what a client sees explains the score.
    change = round((last - close) / close * 100, 2) + 0.0
    score = momentum(change)
    return Estimate(change, score, None if news is None else round(1 - ((score - news) / 2) ** 2 / 2, 4))


def momentum(change_percent: float) -> float:
    """The score of a move: a fifth of the percent beyond one, at most ±0.8; a tenth of what is hardly noticeable."""
    if abs(change_percent) <= NOTICEABLE_PERCENT:
        score = change_percent / 10
    else:
        score = max(-STRONGEST, min(STRONGEST, change_percent / 5))
    return round(score, 4) + 0.0


def mean(scores: Sequence[float]) -> float | None:
    """The mean of scores; None of none. Four decimals."""
    return round(sum(scores) / len(scores), 4) + 0.0 if scores else None


def last_session(now: datetime) -> calendar.Session:
    """The newest session that is over. While one is on, the one before."""
    today = calendar.session_on(calendar.local_date(now))
    return today if today is not None and today.closes <= now else calendar.previous_session(calendar.local_date(now))
