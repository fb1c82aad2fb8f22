"""`python -m tools live`: the recorded market plays, the jobs run when they are due, and every answer moves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from handlers.assembly import assemble
from handlers.backend import Backend
from handlers.feeds.opening import Feeds
from handlers.gate.gate import Gate
from handlers.jobs import collect_news, evaluate_alerts
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.dead_letters import DeadLetters
from handlers.storage.sqlite import SqliteStore
from tools.commands.live import BEGIN, main, play, recorded
from tools.events import HttpCall, received, rest_event
from tools.live import SCHEDULE, TICKERS, Market, QuickClock, Unexpected, Viewer, Visit, scheduled

ROOT = Path(__file__).parents[2]
KEY = "a key for the tests of playing only; never used to serve"
FEEDS = Feeds()
MAILED = re.compile(r"a mail to v\*\*\*@example\.com: ")


class Playing:
    """A market over an empty store, under a clock that waiting moves."""

    def __init__(self) -> None:
        self.clock = FixedClock(BEGIN)
        store = SqliteStore(":memory:", self.clock)
        self.lines: list[str] = []
        self.backend = Backend(Settings(signing_key=KEY), self.clock, CountedChance("live"), FEEDS, store)
        self.market = Market(self.backend, self.lines.append)
        self.viewer: Viewer = Visit(self.gate(), self.backend, self.market).viewer()

    def gate(self) -> Gate:
        backend = self.backend
        return assemble("dashboard", backend.settings, backend.clock, backend.chance, backend.store, FEEDS)

    def play(self, minutes: float) -> None:
        self.market.run(self.clock.now() + timedelta(minutes=minutes))

    def runs(self) -> Counter[str]:
        """How often each job had something to do."""
        return Counter(line.split("  ")[1] for line in self.lines if "a mail to" not in line)

    def shown(self, path: str, query: str = "") -> Any:
        """What the viewer is answered."""
        headers = (("Authorization", f"Bearer {self.viewer.token}"),)
        got = received(self.gate()(rest_event(HttpCall("GET", path, query, headers))))
        assert got.status == 200, got.body
        return json.loads(got.body)


def test_a_quick_clock_stands_until_it_is_started_and_then_runs_so_many_times_as_fast() -> None:
    waited: list[float] = []
    seconds = [100.0]
    clock = QuickClock(BEGIN, 60, lambda: seconds[0], waited.append)
    seconds[0] = 130.0
    before = clock.now()
    clock.start()
    seconds[0] = 132.5
    clock.sleep(30)

    assert before == BEGIN
    assert clock.now() == BEGIN + timedelta(seconds=150)
    assert waited == [0.5]


def test_every_answer_moves() -> None:
    playing = Playing()
    paths = (
        (f"/api/v2/configurations/{playing.viewer.config_id}/sentiment", ""),
        ("/api/v2/timeseries/AAPL", "resolution=1h"),
        ("/api/v2/notifications", ""),
        ("/api/v2/alerts", ""),
        ("/api/v2/tickers/AAPL/ohlc", "range=1W&resolution=5"),
        ("/api/v2/metrics", ""),
        ("/api/v2/market/status", ""),
    )
    before = [playing.shown(*path) for path in paths]
    playing.play(75)
    between = [playing.shown(*path) for path in paths]
    playing.play(360)
    after = [playing.shown(*path) for path in paths]

    # Before the open, in the session, after the close.
    assert [now != then for now, then in zip(between, before, strict=True)] == [True] * len(paths)
    assert [now != then for now, then in zip(after, between, strict=True)] == [True] * len(paths)


def test_alerts_and_the_digest_reach_the_viewer() -> None:
    playing = Playing()
    playing.play(15)
    mails = [MAILED.split(line)[1] for line in playing.lines if MAILED.search(line)]
    told = playing.shown("/api/v2/notifications")["notifications"]

    assert mails[0] == "Your sign-in link for Bellwether"
    assert "Daily Sentiment Digest - December 02" in mails
    assert len(mails) == len(told) + 2 > 2
    assert {each["status"] for each in told} == {"sent"}


def test_each_job_runs_on_its_schedule_and_nothing_ends_as_a_dead_letter() -> None:
    playing = Playing()
    playing.play(60)
    runs = playing.runs()

    assert [runs[name] for name in ("collect_news", "collect_prices", "complete_buckets")] == [12] * 3
    # Alerts are looked at in twelve sweeps, and besides whenever an article changed something.
    assert len([line for line in playing.lines if "  evaluate_alerts     evaluated" in line]) == 12
    assert runs["evaluate_alerts"] == 12 + runs["analyze_news"]
    assert runs["send_digests"] == 1
    assert runs["analyze_news"] > 1
    assert not any("failed" in line for line in playing.lines)
    assert [letter for timed in SCHEDULE for letter in DeadLetters(playing.backend.store).of(timed.job.name)] == []


def test_what_is_late_runs_once() -> None:
    playing = Playing()
    playing.play(1)
    playing.clock.sleep(timedelta(minutes=42).total_seconds())
    playing.lines.clear()
    playing.market.tick()
    playing.market.tick()

    assert playing.runs()["collect_news"] == 1


def test_a_job_that_fails_is_a_line_and_the_others_go_on() -> None:
    playing = Playing()
    playing.lines.clear()
    playing.backend.store.close()
    playing.play(1)

    assert [line.split("  ")[1] for line in playing.lines] == [
        timed.job.name for timed in SCHEDULE if timed.job.name in {line.split("  ")[1] for line in playing.lines}
    ]
    assert len(playing.lines) >= 5
    assert all("failed: " in line for line in playing.lines)


def test_the_same_market_is_played_again() -> None:
    first, second = Playing(), Playing()
    for playing in (first, second):
        playing.play(20)

    assert first.lines == second.lines
    assert first.viewer == second.viewer


def test_a_second_visit_keeps_what_the_first_one_made() -> None:
    playing = Playing()
    playing.clock.sleep(3600)
    again = Visit(playing.gate(), playing.backend, playing.market).viewer()

    assert again.config_id == playing.viewer.config_id
    assert len(playing.shown("/api/v2/alerts")["alerts"]) == 3
    assert [each["symbol"] for each in playing.shown("/api/v2/configurations")["configurations"][0]["tickers"]] == [
        *TICKERS
    ]


def test_an_answer_that_is_none_ends_the_visit_with_what_was_said() -> None:
    playing, backend = Playing(), Playing().backend
    other = replace(backend.settings, signing_key=KEY[::-1])
    gate = assemble("dashboard", other, playing.clock, backend.chance, playing.backend.store, FEEDS)

    with pytest.raises(Unexpected, match=r"GET /api/v2/configurations answered 401: "):
        Visit(gate, playing.backend, playing.market).viewer()


def test_the_token_outlives_a_quarter_of_an_hour_of_a_quick_clock() -> None:
    playing = Playing()
    playing.clock.sleep(timedelta(days=1).total_seconds())

    assert playing.shown("/api/v2/configurations")["configurations"] != []


def test_nothing_leaves_the_house_whatever_the_settings_say() -> None:
    settings = recorded(
        Settings(feed="live", mail="sendgrid", identity="live", queue="sqs://prefix", secrets="name", mail_key="key"),
        "a key of this process",
    )

    assert (settings.feed, settings.mail, settings.identity, settings.queue, settings.secrets) == (
        "recorded",
        "recorded",
        "recorded",
        "store",
        None,
    )
    assert settings.signing_key == "a key of this process"


def test_jobs_are_called_with_the_event_of_a_schedule() -> None:
    event = scheduled(BEGIN, "id")

    assert (event["source"], event["detail-type"], event["time"]) == (
        "aws.events",
        "Scheduled Event",
        "2024-12-02T14:25:00Z",
    )


def test_playing_ends_after_its_minutes_with_the_port_closed() -> None:
    playing = Playing()
    play(playing.backend, 0, 3, playing.lines.append)
    (url,) = re.findall(r"answers at (\S+);", "\n".join(playing.lines))

    assert playing.lines[-1] == "stopped; a store that was kept goes on with --from 2024-12-02T14:28:00Z"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--speed", "0"], "no number from 1 to 600"),
        (["--speed", "nan"], "no number from 1 to 600"),
        (["--for", "soon"], "no number from 1 to"),
        (["--port", "65536"], "no port"),
        (["--from", "2024-12-02T14:25:00"], "no instant of 2016 to 2034"),
        (["--from", "1999-12-02T14:25:00Z"], "no instant of 2016 to 2034"),
    ],
)
def test_what_cannot_be_played_is_refused(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(args)

    assert said in capsys.readouterr().err


def test_a_store_that_cannot_be_opened_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    before = dict(os.environ)
    code = main(["--store", "mysql://here"])

    assert code == 100
    assert dict(os.environ) == before
    assert "cannot play: " in capsys.readouterr().err


@pytest.mark.exhaustive
def test_it_plays_for_real_until_it_is_interrupted(tmp_path: Path) -> None:
    environ = {**os.environ, "BELLWETHER_STORE": f"sqlite:///{tmp_path}/live.db"}
    command = [sys.executable, "-m", "tools", "live", "--port", "0", "--speed", "600", "--from", f"{BEGIN.isoformat()}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, text=True, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = ""
        while "AlertsMailed" not in said:
            said += process.stdout.readline()
        (url,), (token,) = re.findall(r"answers at (\S+);", said), re.findall(r"TOKEN=(\S+)", said)
        told = httpx.get(f"{url}/api/v2/notifications", headers={"Authorization": f"Bearer {token}"})
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
    finally:
        process.kill()

    assert (told.status_code, process.returncode) == (200, 0)
    assert told.json()["notifications"] != []
    assert "stopped; " in rest
    assert "_aws" not in said + rest


def test_every_job_but_none_twice_is_on_the_schedule() -> None:
    functions = [
        path.stem for path in (ROOT / "handlers" / "jobs").glob("*.py") if "\nhandler = " in path.read_text("utf-8")
    ]

    assert {timed.job.name for timed in SCHEDULE} == set(functions)
    assert len({(timed.job.name, timed.queue) for timed in SCHEDULE}) == len(SCHEDULE)
    assert {collect_news.JOB.name, evaluate_alerts.JOB.name} <= set(functions)
