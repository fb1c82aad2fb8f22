"""Quotas: never over, in no period, by no number of processes; and somebody hears of it in time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.feeds.taker import taken
from contract_tests.logs import logged
from contract_tests.storage.world import python
from handlers.domain.quotas import Quota, period_of
from handlers.feeds.port import FeedUnavailable, Paced
from handlers.feeds.quota import QUOTAS, SHARES, Meter, Use, quotas_of
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.opening import open_store
from handlers.storage.sources import Quotas
from models.fields import NewsSource

NOW = datetime(2024, 12, 2, 15, 0, 30, tzinfo=UTC)
TAKERS = 16


class World:
    def __init__(self, source: NewsSource, quota: Quota | None = None) -> None:
        self.clock = FixedClock(NOW)
        self.meter = Meter(
            source, quota or QUOTAS[source], Quotas(open_store("sqlite://:memory:", self.clock)), self.clock
        )

    def take(self, times: int) -> None:
        for _ in range(times):
            self.meter.take()

    def refused(self) -> int:
        with pytest.raises(FeedUnavailable) as caught:
            self.meter.take()
        assert not caught.value.counts
        return caught.value.retry_after_seconds


def test_the_whole_quota_may_be_used_and_no_more() -> None:
    world = World("finnhub")
    world.take(60)

    assert world.refused() == 30
    assert world.meter.used() == 60


def test_a_minute_later_the_quota_of_a_minute_is_new() -> None:
    world = World("finnhub")
    world.take(60)
    world.clock.sleep(30)
    world.take(60)

    assert world.refused() == 60


def test_the_quota_of_a_month_outlives_its_days() -> None:
    world = World("tiingo")
    world.take(500)
    world.clock.at = datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)

    assert world.refused() == 1
    world.clock.sleep(1)
    world.take(500)
    assert world.refused() == 31 * 86_400


def test_half_of_the_quota_and_its_end_are_logged_once_each() -> None:
    world = World("finnhub")
    with logged() as lines:
        world.take(60)
        for _ in range(3):
            world.refused()

    told = [(line["used"], line["limit"], line["period"], line["source"]) for line in lines.lines("WARNING")]
    assert told == [(30, 60, "minute", "finnhub"), (60, 60, "minute", "finnhub")]


def test_a_refusal_names_source_and_quota() -> None:
    world = World("finnhub", Quota(1, "minute"))
    world.take(1)
    with pytest.raises(FeedUnavailable) as caught:
        world.meter.take()

    assert caught.value.reason == "finnhub: its quota of 1 a minute is used up"
    assert caught.value.detail == "finnhub does not answer; retry after 30 seconds"


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)),
    st.builds(Quota, st.just(1), st.sampled_from(["minute", "month"]) | st.integers(1, 9_999_999)),
)
@settings(max_examples=100, deadline=None)
def test_periods_follow_each_other_without_a_gap(now: datetime, quota: Quota) -> None:
    start, end = period_of(quota, now)

    assert start <= now < end
    assert period_of(quota, end)[0] == end
    assert period_of(quota, start) == period_of(quota, end - timedelta(microseconds=1)) == (start, end)


def paced(world: World, use: Use) -> int:
    """How many calls a run may make now."""
    meter = replace(world.meter, use=use)
    for n in range(1000):
        try:
            meter.keep_pace()
        except Paced:
            return n
        meter.take()
    raise AssertionError("no pace is kept")


def test_jobs_spend_a_month_evenly_and_no_use_takes_what_falls_to_another() -> None:
    world = World("tiingo")
    world.clock.at = datetime(2024, 12, 1, tzinfo=UTC)
    spent: dict[Use, list[int]] = {use: [] for use in SHARES}
    for _ in range(31 * 8):
        for use, calls in spent.items():
            calls.append(paced(world, use))
        world.clock.sleep(3 * 3600)

    by_day = {use: [sum(calls[day * 8 : day * 8 + 8]) for day in range(31)] for use, calls in spent.items()}
    assert 0.9 * 500 <= sum(map(sum, by_day.values())) <= 500
    assert all(share * 500 / 31 - 2 <= min(by_day[use]) for use, share in SHARES.items())
    assert all(max(by_day[use]) <= share * 500 / 31 + 3 for use, share in SHARES.items())
    # Every three hours about an eighth of the day's.
    assert max(spent["daily"]) <= 3


def test_what_waited_all_day_may_be_asked_at_once_in_the_evening() -> None:
    world = World("tiingo")
    world.clock.at = datetime(2024, 12, 2, 23, 5, tzinfo=UTC)

    assert paced(world, "daily") == 10


def test_a_call_that_comes_too_soon_is_told_when_its_turn_is() -> None:
    world = World("tiingo")
    meter = replace(world.meter, use="news")
    paced(world, "news")
    with pytest.raises(Paced) as caught:
        meter.keep_pace()
    world.clock.sleep(caught.value.retry_after_seconds - 2)

    assert paced(world, "news") == 0
    world.clock.sleep(2)
    assert paced(world, "news") == 1
    assert not caught.value.counts


def test_clients_keep_no_pace_and_take_from_what_jobs_may_use() -> None:
    world = World("tiingo")
    world.take(490)
    world.meter.keep_pace()

    assert paced(world, "daily") == 1
    assert world.meter.used() == 491


def test_a_minute_is_too_short_to_be_paced() -> None:
    meter = replace(World("finnhub").meter, use="news")
    for _ in range(100):
        meter.keep_pace()

    assert meter.used() == 0


def test_a_paying_account_says_what_its_plan_allows() -> None:
    quotas = quotas_of(Settings(tiingo_quota=(10_000, 3600)))

    assert quotas == {"tiingo": Quota(10_000, 3600), "finnhub": QUOTAS["finnhub"]}
    world = World("tiingo", quotas["tiingo"])
    assert paced(world, "daily") >= 100
    assert str(quotas["tiingo"]) == "10000 in 3600 seconds"


def test_threads_never_take_more_than_there_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with ThreadPoolExecutor(TAKERS) as threads:
        each = list(threads.map(lambda _: taken(url, 100), range(TAKERS)))

    assert sum(each) == 100


def test_processes_never_take_more_than_there_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with ExitStack() as running:
        takers = [running.enter_context(python("-m", "contract_tests.feeds.taker", url, "200")) for _ in range(TAKERS)]
        for taker in takers:
            assert taker.stdout is not None
            assert taker.stdout.readline() == "ready\n"
        for taker in takers:
            assert taker.stdin is not None
            taker.stdin.write("go\n")
            taker.stdin.flush()
        # What they log comes before their number.
        each = [int(taker.communicate()[0].split()[-1]) for taker in takers]

    assert sum(each) == 200
    assert sum(1 for number in each if number) > 1
