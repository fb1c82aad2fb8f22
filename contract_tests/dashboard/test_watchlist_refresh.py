"""Refreshing a watchlist: a job that is queued once, a cool-down, and a status that tells what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from contract_tests.client import Client, value
from contract_tests.dashboard.disk import locked, on_disk
from contract_tests.dashboard.watchlists import PATH, read, stage_with, watch
from handlers.backend import Backend
from handlers.jobs import analyze_news, refresh_watchlists
from handlers.jobs._analysis import QUEUE
from handlers.jobs.pumping import pump
from handlers.jobs.running import perform
from handlers.runtime.clock import FixedClock
from handlers.storage.queues import open_queue
from handlers.storage.refreshes import LeftOut, Refreshes
from models.fields import RefreshOutcome
from tools import identities
from tools.stage import FEEDS, NOW, Stage

CONFIG = identities.CONFIGURATION
REFRESH = f"{PATH}/refresh"


def work(
    stage: Stage,
    clock: FixedClock,
    seconds: float,
    outcome: RefreshOutcome = "succeeded",
    left_out: Sequence[LeftOut] = (),
) -> None:
    """What a job does with the refreshes that are due, taking so long."""
    refreshes = Refreshes(stage.store)
    started = [refreshes.started(refresh, clock.now()) for refresh in refreshes.due(clock.now())]
    clock.at += timedelta(seconds=seconds)
    for each in started:
        assert each is not None
        assert refreshes.ended(each, outcome, clock.now(), left_out)


def test_a_refresh_is_queued_for_a_job_and_says_where_its_status_is() -> None:
    stage = stage_with()
    got = Client(stage).post(REFRESH)
    (due,) = Refreshes(stage.store).due(NOW)

    assert got.status == 202
    assert got.header("location") == f"{PATH}/refresh/status"
    assert got.header("cache-control") == "no-store"
    assert value(got) == {
        "config_id": CONFIG,
        "refresh_id": due.refresh_id,
        "status": "refresh_queued",
        "requested_at": "2024-12-02T15:00:00Z",
        "estimated_completion": None,
    }
    assert (due.config_id, due.tickers) == (CONFIG, ("AAPL", "MSFT"))
    assert Client(stage).get(got.header("location") or "").status == 200


def test_the_status_follows_a_refresh_from_never_to_the_next() -> None:
    clock = FixedClock(NOW)
    stage = stage_with(clock=clock)
    client = Client(stage)
    shown = [read(stage, "refresh/status")]
    client.post(REFRESH)
    shown.append(read(stage, "refresh/status"))
    refreshes = Refreshes(stage.store)
    running = refreshes.started(refreshes.due(NOW)[0], NOW)
    shown.append(read(stage, "refresh/status"))
    clock.at += timedelta(seconds=12)
    assert running is not None
    refreshes.ended(running, "succeeded", clock.now())
    shown.append(read(stage, "refresh/status"))
    clock.at = NOW + timedelta(seconds=300)
    shown.append(read(stage, "refresh/status"))

    assert [(each["state"], each["is_refreshing"], each["countdown_seconds"]) for each in shown] == [
        ("idle", False, 0),
        ("queued", True, 0),
        ("running", True, 0),
        ("idle", False, 288),
        ("idle", False, 0),
    ]
    assert [each["last_refresh"] for each in shown] == [None, None, None] + ["2024-12-02T15:00:12Z"] * 2
    assert [each["last_outcome"] for each in shown] == [None, None, None, "succeeded", "succeeded"]
    assert [each["next_possible_refresh"] for each in shown] == [None, None, None, "2024-12-02T15:05:00Z", None]
    assert {each["refresh_interval_seconds"] for each in shown} == {300}


def test_the_next_refresh_waits_five_minutes_from_the_last_request() -> None:
    clock = FixedClock(NOW)
    stage = stage_with(clock=clock)
    client = Client(stage)
    first = value(client.post(REFRESH))
    work(stage, clock, 20)
    clock.at = NOW + timedelta(seconds=299.5)
    refused = client.post(REFRESH)
    countdown = read(stage, "refresh/status")["countdown_seconds"]
    clock.at = NOW + timedelta(seconds=300)
    second = client.post(REFRESH)

    assert (refused.status, value(refused)["code"], refused.header("retry-after")) == (429, "REFRESH_TOO_SOON", "1")
    assert countdown == 1
    assert second.status == 202
    assert value(second)["refresh_id"] != first["refresh_id"]
    assert value(second)["estimated_completion"] == "2024-12-02T15:05:20Z"


def test_a_refresh_that_failed_says_so_and_cools_down_too() -> None:
    clock = FixedClock(NOW)
    stage = stage_with(clock=clock)
    Client(stage).post(REFRESH)
    work(stage, clock, 3, "failed")

    assert read(stage, "refresh/status")["last_outcome"] == "failed"
    assert Client(stage).post(REFRESH).status == 429


def test_what_a_refresh_left_out_is_told_until_the_next_one_has_ended() -> None:
    clock = FixedClock(NOW)
    stage = stage_with(clock=clock)
    Client(stage).post(REFRESH)
    work(stage, clock, 3, "partial", [LeftOut("news", "tiingo", ("AAPL",)), LeftOut("prices", None, ("AAPL", "MSFT"))])
    partial = read(stage, "refresh/status")
    clock.at = NOW + timedelta(seconds=300)
    Client(stage).post(REFRESH)
    waiting = read(stage, "refresh/status")
    work(stage, clock, 3)
    after = read(stage, "refresh/status")

    assert (partial["last_outcome"], partial["left_out"]) == (
        "partial",
        [
            {"what": "news", "source": "tiingo", "tickers": ["AAPL"]},
            {"what": "prices", "source": None, "tickers": ["AAPL", "MSFT"]},
        ],
    )
    assert (waiting["last_outcome"], waiting["left_out"]) == ("partial", partial["left_out"])
    assert (after["last_outcome"], after["left_out"]) == ("succeeded", [])


def test_who_asks_again_while_it_is_on_its_way_gets_the_same_refresh() -> None:
    clock = FixedClock(NOW)
    stage = stage_with(clock=clock)
    client = Client(stage)
    first = value(client.post(REFRESH))
    clock.at += timedelta(hours=1)
    waiting = value(client.post(REFRESH))
    refreshes = Refreshes(stage.store)
    (due,) = (each for each in refreshes.due(clock.now()) if each.config_id == CONFIG)
    refreshes.started(due, clock.now())
    running = value(client.post(REFRESH))

    assert waiting == first
    assert running == {**first, "status": "refresh_running"}


def test_however_many_ask_at_once_one_refresh_is_queued() -> None:
    stage = stage_with()
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: Client(stage).post(REFRESH), range(32)))

    assert {each.status for each in got} == {202}
    assert len({value(each)["refresh_id"] for each in got}) == 1
    assert len(Refreshes(stage.store).due(NOW)) == 1


def test_each_watchlist_has_its_own_refresh() -> None:
    stage = stage_with()
    client = Client(stage, "full")
    cooling = client.post(f"/api/v2/configurations/{identities.FULL_CONFIGURATION}/refresh")
    other = client.post(f"/api/v2/configurations/{identities.EMPTY_CONFIGURATION}/refresh")

    assert (cooling.status, cooling.header("retry-after")) == (429, "180")
    assert other.status == 202


def test_the_refresh_of_somebody_elses_watchlist_is_not_found_and_not_queued() -> None:
    stage = stage_with()
    got = Client(stage, "other").post(REFRESH)

    assert (got.status, value(got)["code"]) == (404, "CONFIGURATION_NOT_FOUND")
    assert Refreshes(stage.store).due(NOW) == []


def test_a_refresh_is_of_the_tickers_that_were_watched_when_it_was_asked_for() -> None:
    stage = stage_with()
    Client(stage).post(REFRESH)
    watch(stage, tickers=["NVDA"])

    assert Refreshes(stage.store).due(NOW)[0].tickers == ("AAPL", "MSFT")


def test_a_refresh_that_cannot_be_written_is_not_acknowledged_and_can_be_asked_for_again(tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    with locked(file):
        refused = Client(stage).post(REFRESH)
    nothing = Refreshes(stage.store).due(NOW)
    again = Client(stage).post(REFRESH)

    assert refused.status == 503
    assert nothing == []
    assert again.status == 202


def test_what_a_job_collects_and_judges_is_what_the_watchlist_says() -> None:
    stage = stage_with()
    before = read(stage, "sentiment")
    Client(stage).post(REFRESH)
    backend = Backend(stage.settings, stage.clock, stage.chance, FEEDS, stage.store)
    told = perform(refresh_watchlists.JOB, {}, backend)
    while pump(analyze_news.JOB, open_queue(QUEUE, stage.store, stage.clock, stage.chance), backend, 100):
        pass
    status, after = read(stage, "refresh/status"), read(stage, "sentiment")

    assert (told["status"], told["items"]) == ("done", 1)
    assert (status["state"], status["last_outcome"]) == ("idle", "succeeded")
    assert (before["cache_status"], after["cache_status"]) == ("stale", "fresh")
    assert {source for source, said in before["tickers"][0]["sentiment"].items() if said} == set()
    assert {source for source, said in after["tickers"][0]["sentiment"].items() if said} >= {"our_model", "aggregated"}


def test_asking_by_head_asks_for_nothing() -> None:
    stage = stage_with()
    got = Client(stage).call("HEAD", REFRESH)

    assert (got.status, got.header("allow")) == (405, "OPTIONS, POST")
    assert Refreshes(stage.store).due(NOW) == []
