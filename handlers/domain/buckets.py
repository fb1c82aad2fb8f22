"""Sentiment in time: eight resolutions of buckets that come out the same whatever the order in which scores arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any, NamedTuple, get_args

from handlers.domain.labels import LABELS, label_of
from models.fields import Resolution, SentimentLabel

SCORE_SCALE = 10_000
"""A score is kept as an integer of this many parts of one, so that sums are exact."""

RESOLUTIONS: tuple[Resolution, ...] = get_args(Resolution)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class Span(NamedTuple):
    """How long the buckets of a resolution are, how long one is kept after it ends, how many are shown unasked."""

    length: timedelta
    retention: timedelta
    default_limit: int


SPANS: Mapping[Resolution, Span] = {
    "1m": Span(timedelta(minutes=1), timedelta(hours=24), 60),
    "5m": Span(timedelta(minutes=5), timedelta(days=2), 12),
    "10m": Span(timedelta(minutes=10), timedelta(days=3), 6),
    "1h": Span(timedelta(hours=1), timedelta(days=7), 24),
    "3h": Span(timedelta(hours=3), timedelta(days=14), 8),
    "6h": Span(timedelta(hours=6), timedelta(days=30), 4),
    "12h": Span(timedelta(hours=12), timedelta(days=60), 14),
    "24h": Span(timedelta(hours=24), timedelta(days=90), 7),
}


_SECONDS = {name: (span.length // _SECOND, (span.length + span.retention) // _SECOND) for name, span in SPANS.items()}
"""How long a bucket is, and how long it is kept since its start."""


class Tick(NamedTuple):
    """One score in time. Ordered by event time, then by id, so that two ticks of one instant have an order too."""

    at: datetime
    id: str
    units: int


@dataclass(frozen=True, slots=True)
class Score:
    """The sentiment of one article about one ticker, in ten-thousandths; `at` is when it was published."""

    ticker: str
    at: datetime
    units: int
    article_id: str
    source: str

    def __post_init__(self) -> None:
        _require_aware(self.at)
        if abs(self.units) > SCORE_SCALE:
            raise ValueError(f"score of {self.units} ten-thousandths is outside -1..1")


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was said about a ticker in [start, end): values in ten-thousandths, the first and last score by event time.

    There is no empty bucket: where nothing was said there is none. Labels that did not occur are absent.
    """

    ticker: str
    resolution: Resolution
    start: datetime
    first: Tick
    last: Tick
    high: int
    low: int
    sum: int
    count: int
    label_counts: Mapping[SentimentLabel, int]
    sources: tuple[str, ...]

    @property
    def open(self) -> int:
        return self.first.units

    @property
    def close(self) -> int:
        return self.last.units

    @property
    def end(self) -> datetime:
        return end_of(self.start, self.resolution)

    @property
    def average(self) -> float:
        """Mean score in -1..1."""
        return self.sum / self.count / SCORE_SCALE


def align(instant: datetime, resolution: Resolution) -> datetime:
    """The start of the bucket an instant falls in, in UTC: floored, also before 1970. ValueError when naive."""
    _require_aware(instant)
    length = SPANS[resolution].length
    return _EPOCH + (instant - _EPOCH) // length * length


def end_of(start: datetime, resolution: Resolution) -> datetime:
    """Where a bucket ends; the instant itself belongs to the next one."""
    return start + SPANS[resolution].length


def progress_pct(start: datetime, resolution: Resolution, now: datetime) -> float:
    """How much of a bucket's time has passed, 0..100. ValueError before it started."""
    if now < start:
        raise ValueError(f"current time {now.isoformat()} is before bucket start {start.isoformat()}")
    return min(100.0, (now - start) / SPANS[resolution].length * 100)


def expires_at(start: datetime, resolution: Resolution) -> datetime:
    """When a bucket may be forgotten: its end plus the resolution's retention."""
    return end_of(start, resolution) + SPANS[resolution].retention


def starts(instant: datetime, now: datetime) -> Iterator[tuple[Resolution, datetime, int]]:
    """The buckets an instant falls in that are kept at `now`: where they start, and the epoch second that forgets them."""
    # What `align` and `expires_at` say, in whole seconds: every article passes here for each of its tickers.
    at, present = (instant - _EPOCH) // _SECOND, (now - _EPOCH) / _SECOND
    for resolution, (length, kept) in _SECONDS.items():
        start = at - at % length
        if start + kept > present:
            yield resolution, _EPOCH + timedelta(seconds=start), start + kept


def to_units(score: float) -> int:
    """A score in -1..1 as ten-thousandths, to the nearest. ValueError outside, NaN included."""
    if not -1 <= score <= 1:
        raise ValueError(f"score {score} is outside -1..1")
    return round(score * SCORE_SCALE)


def from_units(units: int) -> float:
    """Ten-thousandths as a score."""
    return units / SCORE_SCALE


def of_score(score: Score, resolution: Resolution) -> Bucket:
    """The bucket that holds one score and nothing else."""
    tick = Tick(score.at.astimezone(UTC), score.article_id, score.units)
    return Bucket(
        ticker=score.ticker,
        resolution=resolution,
        start=align(score.at, resolution),
        first=tick,
        last=tick,
        high=score.units,
        low=score.units,
        sum=score.units,
        count=1,
        label_counts={label_of(from_units(score.units)): 1},
        sources=(score.source,),
    )


def accumulate(bucket: Bucket | None, score: Score, resolution: Resolution) -> Bucket:
    """The bucket with one more score; None is the bucket before its first. ValueError when the score falls outside it.

    Knows nothing of redeliveries: who stores buckets counts each article once.
    """
    single = of_score(score, resolution)
    return single if bucket is None else merge(bucket, single)


def merge(a: Bucket, b: Bucket) -> Bucket:
    """Two parts of one bucket, in any order. ValueError when ticker, resolution or start differ."""
    if (a.ticker, a.resolution, a.start) != (b.ticker, b.resolution, b.start):
        raise ValueError(f"cannot merge {_name(a)} with {_name(b)}; they are different buckets")
    return Bucket(
        ticker=a.ticker,
        resolution=a.resolution,
        start=a.start,
        first=min(a.first, b.first),
        last=max(a.last, b.last),
        high=max(a.high, b.high),
        low=min(a.low, b.low),
        sum=a.sum + b.sum,
        count=a.count + b.count,
        label_counts={
            label: n for label in LABELS if (n := a.label_counts.get(label, 0) + b.label_counts.get(label, 0))
        },
        sources=a.sources if a.sources == b.sources else tuple(sorted({*a.sources, *b.sources})),
    )


def aggregate(buckets: Iterable[Bucket], resolution: Resolution) -> list[Bucket]:
    """Finer buckets as coarser ones, by ticker and start. ValueError for one that does not fit into a coarser one."""
    coarser: dict[tuple[str, datetime], Bucket] = {}
    for bucket in buckets:
        wide = _widen(bucket, resolution)
        key = (wide.ticker, wide.start)
        coarser[key] = merge(coarser[key], wide) if key in coarser else wide
    return [coarser[key] for key in sorted(coarser)]


def summarize(buckets: Iterable[Bucket]) -> Bucket:
    """All the parts of one bucket. ValueError when there are none, or they are parts of different ones."""
    parts = list(buckets)
    if not parts:
        raise ValueError("cannot aggregate empty: no buckets given")
    return reduce(merge, parts)


def to_row(bucket: Bucket) -> dict[str, Any]:
    """What is in a bucket, without its place: integers, strings, lists and string-keyed integers, ready to be stored.

    Of a single score it is the same at every resolution.
    """
    return {
        "open": bucket.open,
        "high": bucket.high,
        "low": bucket.low,
        "close": bucket.close,
        "sum": bucket.sum,
        "count": bucket.count,
        "label_counts": dict(bucket.label_counts),
        "sources": list(bucket.sources),
        "first_at": _text(bucket.first.at),
        "first_id": bucket.first.id,
        "last_at": _text(bucket.last.at),
        "last_id": bucket.last.id,
    }


def from_row(ticker: str, resolution: Resolution, start: datetime, row: Mapping[str, Any]) -> Bucket:
    """The bucket that `to_row` wrote; keys it did not write are ignored."""
    return Bucket(
        ticker=ticker,
        resolution=resolution,
        start=start,
        first=Tick(datetime.fromisoformat(row["first_at"]), row["first_id"], int(row["open"])),
        last=Tick(datetime.fromisoformat(row["last_at"]), row["last_id"], int(row["close"])),
        high=int(row["high"]),
        low=int(row["low"]),
        sum=int(row["sum"]),
        count=int(row["count"]),
        label_counts=_ordered({label: int(n) for label, n in row["label_counts"].items()}),
        sources=tuple(row["sources"]),
    )


def _widen(bucket: Bucket, resolution: Resolution) -> Bucket:
    start = align(bucket.start, resolution)
    if bucket.end > end_of(start, resolution):
        raise ValueError(f"{_name(bucket)} does not fit into one bucket of {resolution}")
    return replace(bucket, resolution=resolution, start=start)


def _ordered(counts: Mapping[SentimentLabel, int]) -> dict[SentimentLabel, int]:
    return {label: counts[label] for label in LABELS if label in counts}


def _name(bucket: Bucket) -> str:
    return f"{bucket.ticker}#{bucket.resolution} of {_text(bucket.start)}"


def _text(instant: datetime) -> str:
    return instant.isoformat().removesuffix("+00:00") + "Z"


def _require_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError(f"naive instant {instant.isoformat()}; give it a time zone")
