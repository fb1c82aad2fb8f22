"""Do buckets come out the same whatever the order, and do coarse ones agree with fine ones?"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain import buckets
from handlers.domain.buckets import RESOLUTIONS, SPANS, Bucket, Score
from models.fields import Resolution

DAY = datetime(2025, 12, 21, tzinfo=UTC)
law = settings(max_examples=60, deadline=None)

resolutions = st.sampled_from(RESOLUTIONS)
instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@st.composite
def scores(draw: st.DrawFn, span: timedelta = timedelta(days=3)) -> list[Score]:
    """Articles about one ticker, some at the same second, none twice."""
    seconds = draw(st.lists(st.integers(0, int(span.total_seconds()) - 1), min_size=1, max_size=12))
    return [
        Score(
            ticker="AAPL",
            at=DAY + timedelta(seconds=second // 7 * 7 % int(span.total_seconds())),
            units=draw(st.integers(-10_000, 10_000)),
            article_id=f"article-{number:02}",
            source=draw(st.sampled_from(["tiingo", "finnhub", "our_model"])),
        )
        for number, second in enumerate(seconds)
    ]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-12-21T{text}+00:00")


def one_bucket(values: list[float], texts: list[str] | None = None) -> Bucket:
    """The day bucket of these values, a minute apart or at the times given."""
    times = [at(text) for text in texts] if texts else [DAY + timedelta(minutes=n) for n in range(len(values))]
    said = [
        Score("AAPL", instant, buckets.to_units(value), f"article-{n}", "tiingo")
        for n, (value, instant) in enumerate(zip(values, times, strict=True))
    ]
    return collect(said, "24h")[0]


def collect(said: list[Score], resolution: Resolution) -> list[Bucket]:
    """Scores put into their buckets one by one, as they arrive."""
    found: dict[datetime, Bucket] = {}
    for score in said:
        start = buckets.align(score.at, resolution)
        found[start] = buckets.accumulate(found.get(start), score, resolution)
    return [found[start] for start in sorted(found)]


@pytest.mark.parametrize(
    ("instant", "resolution", "start"),
    [
        ("10:35:47", "1m", "10:35:00"),
        ("10:35:59", "1m", "10:35:00"),
        ("10:37:00", "5m", "10:35:00"),
        ("10:34:59", "5m", "10:30:00"),
        ("10:40:00", "5m", "10:40:00"),
        ("10:45:30", "10m", "10:40:00"),
        ("10:39:59", "10m", "10:30:00"),
        ("10:45:00", "1h", "10:00:00"),
        ("14:30:00", "3h", "12:00:00"),
        ("11:59:59", "3h", "09:00:00"),
        ("14:30:00", "6h", "12:00:00"),
        ("05:59:59", "6h", "00:00:00"),
        ("14:30:00", "12h", "12:00:00"),
        ("11:59:59", "12h", "00:00:00"),
        ("23:59:59", "24h", "00:00:00"),
    ],
)
def test_an_instant_falls_into_the_bucket_that_began_last(instant: str, resolution: Resolution, start: str) -> None:
    assert buckets.align(at(instant), resolution) == at(start)


@given(instants, resolutions)
@law
def test_a_bucket_holds_its_instant_and_starts_at_a_multiple_of_its_length(
    instant: datetime, resolution: Resolution
) -> None:
    start = buckets.align(instant, resolution)

    assert start <= instant < buckets.end_of(start, resolution)
    assert start.timestamp() % SPANS[resolution].length.total_seconds() == 0
    assert start.utcoffset() == timedelta(0)


def test_an_instant_before_1970_is_floored_too() -> None:
    assert buckets.align(datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC), "1m") == datetime(
        1969, 12, 31, 23, 59, tzinfo=UTC
    )
    assert buckets.align(datetime(1969, 12, 31, 23, 0, tzinfo=UTC), "24h") == datetime(1969, 12, 31, tzinfo=UTC)


def test_a_bucket_is_aligned_in_utc_whatever_the_offset_of_the_instant() -> None:
    instant = datetime(2025, 12, 21, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert buckets.align(instant, "24h") == datetime(2025, 12, 22, tzinfo=UTC)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        buckets.align(datetime(2025, 12, 21), "1m")
    with pytest.raises(ValueError, match="naive"):
        Score("AAPL", datetime(2025, 12, 21), 0, "a", "tiingo")


@pytest.mark.parametrize(
    ("start", "resolution", "now", "progress"),
    [
        ("10:35:00", "5m", "10:37:30", 50.0),
        ("10:35:00", "5m", "10:35:00", 0.0),
        ("10:35:00", "5m", "10:45:00", 100.0),
        ("10:35:00", "1m", "10:35:30", 50.0),
        ("10:00:00", "1h", "10:30:00", 50.0),
        ("00:00:00", "24h", "12:00:00", 50.0),
    ],
)
def test_progress_is_the_share_of_time_that_has_passed(
    start: str, resolution: Resolution, now: str, progress: float
) -> None:
    assert buckets.progress_pct(at(start), resolution, at(now)) == progress


def test_progress_stays_below_a_hundred_until_the_bucket_ends() -> None:
    assert 99 <= buckets.progress_pct(at("10:35:00"), "5m", at("10:39:59")) < 100


def test_progress_before_the_start_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"current time .* before bucket start"):
        buckets.progress_pct(at("10:35:00"), "5m", at("10:34:59"))


@pytest.mark.parametrize(
    ("resolution", "kept", "limit"),
    [
        ("1m", timedelta(hours=24), 60),
        ("5m", timedelta(days=2), 12),
        ("10m", timedelta(days=3), 6),
        ("1h", timedelta(days=7), 24),
        ("3h", timedelta(days=14), 8),
        ("6h", timedelta(days=30), 4),
        ("12h", timedelta(days=60), 14),
        ("24h", timedelta(days=90), 7),
    ],
)
def test_a_bucket_is_kept_from_its_end_for_the_resolutions_retention(
    resolution: Resolution, kept: timedelta, limit: int
) -> None:
    assert buckets.expires_at(DAY, resolution) == DAY + SPANS[resolution].length + kept
    assert SPANS[resolution].default_limit == limit


def test_a_bucket_opens_with_the_first_score_and_closes_with_the_last() -> None:
    bucket = one_bucket([0.6, 0.9, 0.3, 0.7])

    assert (bucket.open, bucket.high, bucket.low, bucket.close) == (6000, 9000, 3000, 7000)
    assert (bucket.sum, bucket.count, bucket.average) == (25000, 4, 0.625)


def test_open_and_close_follow_event_time_not_arrival() -> None:
    bucket = one_bucket([0.3, 0.7, 0.6, 0.9], ["10:02:00", "10:03:00", "10:00:00", "10:01:00"])

    assert (bucket.open, bucket.close) == (6000, 7000)


def test_negative_scores_have_their_high_nearest_to_zero() -> None:
    bucket = one_bucket([-0.8, -0.2, -0.5])

    assert (bucket.open, bucket.high, bucket.low, bucket.close) == (-8000, -2000, -8000, -5000)


def test_scores_of_one_instant_are_ordered_by_their_article() -> None:
    bucket = one_bucket([0.1, 0.2, 0.3], ["10:00:00"] * 3)

    assert (bucket.open, bucket.close) == (1000, 3000)


def test_labels_that_do_not_occur_are_absent() -> None:
    assert one_bucket([0.5, 0.0, 0.6, -0.5]).label_counts == {"positive": 2, "neutral": 1, "negative": 1}
    assert one_bucket([0.5, 0.6]).label_counts == {"positive": 2}


def test_nothing_cannot_be_summarized() -> None:
    with pytest.raises(ValueError, match="cannot aggregate empty"):
        buckets.summarize([])


@given(st.data(), scores(timedelta(hours=1)))
@law
def test_any_order_of_arrival_gives_the_same_bucket(data: st.DataObject, said: list[Score]) -> None:
    shuffled = data.draw(st.permutations(said))

    assert collect(list(shuffled), "1h") == collect(said, "1h")


@given(st.data(), scores(timedelta(hours=1)))
@law
def test_merging_parts_in_any_grouping_gives_the_bucket(data: st.DataObject, said: list[Score]) -> None:
    parts = [buckets.of_score(score, "1h") for score in said]
    left = reduce(buckets.merge, parts)
    right = reduce(lambda a, b: buckets.merge(b, a), reversed(parts))
    cut = data.draw(st.integers(1, max(1, len(parts) - 1)))
    halves = [buckets.summarize(part) for part in (parts[:cut], parts[cut:]) if part]

    assert left == right == buckets.summarize(halves) == collect(said, "1h")[0]


@given(scores(), resolutions, resolutions)
@law
def test_a_coarser_bucket_is_the_aggregation_of_the_finer_ones(
    said: list[Score], one: Resolution, other: Resolution
) -> None:
    fine, coarse = sorted((one, other), key=RESOLUTIONS.index)

    assert buckets.aggregate(collect(said, fine), coarse) == collect(said, coarse)


@given(scores())
@law
def test_aggregation_step_by_step_is_aggregation_at_once(said: list[Score]) -> None:
    finest = collect(said, "1m")
    stepwise = reduce(buckets.aggregate, RESOLUTIONS[1:], finest)

    assert stepwise == buckets.aggregate(finest, "24h")


@given(scores(), resolutions)
@law
def test_counts_sums_and_extremes_add_up(said: list[Score], resolution: Resolution) -> None:
    found = collect(said, resolution)

    assert sum(bucket.count for bucket in found) == len(said)
    assert sum(bucket.sum for bucket in found) == sum(score.units for score in said)
    for bucket in found:
        assert sum(bucket.label_counts.values()) == bucket.count
        assert bucket.low <= min(bucket.open, bucket.close) <= max(bucket.open, bucket.close) <= bucket.high
        assert list(bucket.sources) == sorted(set(bucket.sources))


@given(instants, st.timedeltas(timedelta(days=-2), timedelta(days=100)))
@law
def test_an_instant_falls_in_one_bucket_of_each_resolution_that_is_kept(instant: datetime, later: timedelta) -> None:
    now = instant + later
    expected = [
        (resolution, start, int(buckets.expires_at(start, resolution).timestamp()))
        for resolution in RESOLUTIONS
        if buckets.expires_at(start := buckets.align(instant, resolution), resolution) > now
    ]

    assert list(buckets.starts(instant, now)) == expected


@given(scores(), resolutions)
@law
def test_a_stored_bucket_comes_back_as_it_was(said: list[Score], resolution: Resolution) -> None:
    for bucket in collect(said, resolution):
        row = buckets.to_row(bucket)

        assert buckets.from_row(bucket.ticker, resolution, bucket.start, json.loads(json.dumps(row))) == bucket
        assert row["first_at"].endswith("Z")


@given(scores(), resolutions)
@law
def test_the_row_of_one_score_is_the_same_at_every_resolution(said: list[Score], resolution: Resolution) -> None:
    for score in said:
        row = buckets.to_row(buckets.of_score(score, resolution))

        assert row == buckets.to_row(buckets.of_score(score, "1m"))


def test_buckets_of_different_places_do_not_merge() -> None:
    score = Score("AAPL", at("10:00:00"), 100, "a", "tiingo")
    others = [
        buckets.of_score(Score("MSFT", score.at, 100, "a", "tiingo"), "1h"),
        buckets.of_score(Score("AAPL", at("11:00:00"), 100, "a", "tiingo"), "1h"),
        buckets.of_score(score, "3h"),
    ]
    for other in others:
        with pytest.raises(ValueError, match="different buckets"):
            buckets.merge(buckets.of_score(score, "1h"), other)


def test_a_bucket_does_not_become_finer() -> None:
    hour = buckets.of_score(Score("AAPL", at("10:00:00"), 100, "a", "tiingo"), "1h")

    with pytest.raises(ValueError, match="does not fit into one bucket of 10m"):
        buckets.aggregate([hour], "10m")


def test_aggregation_keeps_tickers_apart() -> None:
    said = [Score(ticker, at("10:00:00"), 100, "a", "tiingo") for ticker in ("MSFT", "AAPL")]
    coarse = buckets.aggregate([buckets.of_score(score, "1m") for score in said], "1h")

    assert [bucket.ticker for bucket in coarse] == ["AAPL", "MSFT"]


@given(st.integers(-10_000, 10_000))
@law
def test_ten_thousandths_survive_the_way_through_a_float(units: int) -> None:
    assert buckets.to_units(buckets.from_units(units)) == units


@pytest.mark.parametrize("score", [1.0001, -1.0001, float("nan"), float("inf"), float("-inf")])
def test_a_score_outside_its_range_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match=r"outside -1\.\.1"):
        buckets.to_units(score)


def test_units_outside_their_range_are_refused() -> None:
    with pytest.raises(ValueError, match=r"outside -1\.\.1"):
        Score("AAPL", DAY, 10_001, "a", "tiingo")
