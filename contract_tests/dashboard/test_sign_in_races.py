"""Sixteen on one store, threads or processes: what works once works for one of them, and no cap is ever exceeded."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest

from contract_tests.dashboard.contender import contend
from contract_tests.dashboard.disk import on_disk
from contract_tests.dashboard.doors import REFRESH, VERIFY, asked, newest, refreshed, signed_in
from contract_tests.storage.world import python
from handlers.storage.configurations import Configurations
from handlers.storage.users import Users, user_key
from models.dashboard import magic_links, refresh
from tools import identities
from tools.stage import Stage

RACERS = 16
LISTS = "/api/v2/configurations"
SOMEBODY = "somebody@example.com"


Call = dict[str, str]
Outcome = dict[str, Any]


class Fleet(Protocol):
    """Racers that send their calls at the same moment, each over a connection of its own."""

    def race(self, file: Path, calls: list[Call]) -> list[Outcome]:
        """What each got for its call."""


class Threads:
    """Quick, but of one process: its lock and its memory are shared."""

    def race(self, file: Path, calls: list[Call]) -> list[Outcome]:
        together = threading.Barrier(len(calls))

        def run(number: int) -> Outcome:
            return contend(str(file), f"contender {number}", calls[number], together.wait)

        with ThreadPoolExecutor(len(calls)) as threads:
            return list(threads.map(run, range(len(calls))))


class Processes:
    def __init__(self, running: list[subprocess.Popen[str]]) -> None:
        self.running = running

    def race(self, file: Path, calls: list[Call]) -> list[Outcome]:
        racing = self.running[: len(calls)]
        for process, call in zip(racing, calls, strict=True):
            say(process, json.dumps([str(file), call]))
        assert [heard(process) for process in racing] == ["ready"] * len(calls)
        for process in racing:
            say(process, "go")
        return [heard(process) for process in racing]


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> Any:
    """The next thing that a process says; between them it logs."""
    assert process.stdout is not None
    return next(said for line in process.stdout if not is_log(said := json.loads(line)))


def is_log(said: Any) -> bool:
    return isinstance(said, dict) and "level" in said


@pytest.fixture(scope="module", params=["threads", pytest.param("processes", marks=pytest.mark.exhaustive)])
def fleet(request: pytest.FixtureRequest) -> Iterator[Fleet]:
    if request.param == "threads":
        yield Threads()
        return
    with ExitStack() as stack:
        command = ("-m", "contract_tests.dashboard.contender")
        yield Processes([stack.enter_context(python(*command, f"contender {n}")) for n in range(RACERS)])


def sessions_of(stage: Stage, user_id: str) -> list[str]:
    found = stage.store.query("users", user_key(user_id), prefix="SESSION#").items
    return [str(item["session_id"]) for item in found]


def test_one_refresh_token_is_replaced_once_at_most_and_its_session_ends(fleet: Fleet, tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    call = {"method": "POST", "path": REFRESH, "cookie": f"refresh_token={refresh.RECORDED}"}
    outcomes = fleet.race(file, [call] * RACERS)
    (winner,) = (outcome for outcome in outcomes if outcome["status"] == 200)
    (line,) = (line for line in winner["cookies"] if line.startswith("refresh_token="))

    assert sorted(outcome["status"] for outcome in outcomes) == [200] + [401] * (RACERS - 1)
    assert [outcome["cookies"] for outcome in outcomes if outcome is not winner] == [[]] * (RACERS - 1)
    assert sessions_of(stage, identities.MEMBER) == []
    assert refreshed(stage, line.partition("=")[2].partition(";")[0]).status == 401


def test_one_magic_link_opens_one_session(fleet: Fleet, tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    call = {"method": "GET", "path": VERIFY, "query": f"token={magic_links.RECORDED}"}
    outcomes = fleet.race(file, [call] * RACERS)

    assert sorted(outcome["status"] for outcome in outcomes) == [200] + [409] * (RACERS - 1)
    assert len(sessions_of(stage, identities.MEMBER)) == 2


def test_one_magic_link_of_a_newcomer_makes_one_account(fleet: Fleet, tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    call = {"method": "GET", "path": VERIFY, "query": f"token={magic_links.RECORDED_NEWCOMER}"}
    outcomes = fleet.race(file, [call] * RACERS)
    user = Users(stage.store).by_email("newcomer@example.com")

    assert sorted(outcome["status"] for outcome in outcomes) == [200] + [409] * (RACERS - 1)
    assert user is not None
    assert len(sessions_of(stage, user.user_id)) == 1


def test_at_the_cap_one_more_device_ends_one_session_whatever_the_others_do_meanwhile(
    fleet: Fleet, tmp_path: Path
) -> None:
    stage, file = on_disk(tmp_path)
    devices = [signed_in(stage, SOMEBODY) for _ in range(5)]
    calls = [{"method": "POST", "path": REFRESH, "cookie": f"refresh_token={device.refresh}"} for device in devices]
    asked(stage, SOMEBODY)
    calls.append({"method": "GET", "path": VERIFY, "query": f"token={newest(stage, SOMEBODY)}"})
    *others, sixth = fleet.race(file, calls)
    user = Users(stage.store).by_email(SOMEBODY)

    assert sixth["status"] == 200
    assert sorted(other["status"] for other in others)[:4] == [200] * 4
    assert {other["status"] for other in others} <= {200, 401}
    assert user is not None
    assert len(sessions_of(stage, user.user_id)) == 5


def test_no_race_makes_a_third_watchlist(fleet: Fleet, tmp_path: Path) -> None:
    stage, file = on_disk(tmp_path)
    body = json.dumps({"name": "mine", "tickers": ["AAPL"]})
    call = {"method": "POST", "path": LISTS, "bearer": identities.OTHER, "body": body}
    first = fleet.race(file, [call] * RACERS)
    made = Configurations(stage.store).all(identities.OTHER)
    Configurations(stage.store).delete(identities.OTHER, made[0].config_id, stage.clock.now())
    second = fleet.race(file, [{**call, "turn": "second"}] * RACERS)

    assert sorted(outcome["status"] for outcome in first) == [201] * 2 + [409] * (RACERS - 2)
    assert len(made) == 2
    assert sorted(outcome["status"] for outcome in second) == [201] + [409] * (RACERS - 1)
    assert len(Configurations(stage.store).all(identities.OTHER)) == 2
