"""The recorded load is the same each time, and asks for what it says; every operation and every tag is measured."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime

import pytest

from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.sqlite import SqliteStore
from models.registry import entries
from tools.bench.firsts import JOBS, chosen
from tools.bench.operations import acts_of
from tools.bench.watchers import MEMBERS, METRICS_SECONDS, USERS, Watcher, enrol_watchers
from tools.live import SCHEDULE
from tools.seed import TICKERS

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)


def enrolled() -> list[Watcher]:
    with closing(SqliteStore(":memory:", FixedClock(NOW))) as store:
        return enrol_watchers(store, CountedChance("load"), NOW)


@pytest.fixture(scope="module")
def watchers() -> list[Watcher]:
    return enrolled()


def test_the_same_hundred_users_come_every_time(watchers: list[Watcher]) -> None:
    assert len(watchers) == USERS == len({watcher.user_id for watcher in watchers})
    assert watchers == enrolled()


def test_they_watch_all_thirteen_tickers_and_half_of_them_are_members(watchers: list[Watcher]) -> None:
    assert {ticker for watcher in watchers for ticker in watcher.tickers} == set(TICKERS)
    assert sum(watcher.claims is not None for watcher in watchers) == MEMBERS


def test_a_dashboard_polls_metrics_every_five_seconds_and_the_rest_every_thirty(watchers: list[Watcher]) -> None:
    watcher = watchers[7]
    calls = Counter(call.path for second in range(0, 600, METRICS_SECONDS) for call in watcher.polls(second))

    assert calls["/api/v2/metrics"] == 120
    assert calls[f"/api/v2/configurations/{watcher.config_id}/sentiment"] == 20
    assert calls["/api/v2/timeseries/batch"] == 20
    assert calls.total() == 160 + 2


def test_every_operation_is_timed() -> None:
    assert [entry.operation.id for entry in entries() if not acts_of(entry)] == []


def test_every_tag_has_a_first_answer_and_every_job_on_the_schedule_a_first_import() -> None:
    assert {entry.tag.name for entry in chosen()} == {entry.tag.name for entry in entries()}
    assert {timed.job.name for timed in SCHEDULE} == set(JOBS)
