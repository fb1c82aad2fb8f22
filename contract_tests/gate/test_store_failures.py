"""A store that is missing, unreadable, locked, full or corrupt, at the start and in the middle: 503, and back again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from contract_tests.client import Client, value
from contract_tests.dashboard.disk import locked
from contract_tests.logs import logged
from handlers.assembly import assemble
from handlers.gate.gate import Gate
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.sqlite import SCHEMA_VERSION, SqliteStore
from models.operation import Given
from tools import identities
from tools.events import HttpCall, Received, received, rest_event
from tools.stage import FEEDS, NOW, Stage, settings

Trouble = Callable[[Path], AbstractContextManager[None]]
ME = "/api/v2/auth/me"
CONFIGURATIONS = "/api/v2/configurations"
LIMITED = "/api/v2/auth/anonymous"
STREAM = f"{CONFIGURATIONS}/{identities.CONFIGURATION}/stream"
BEARER = (("Authorization", f"Bearer {identities.ANONYMOUS}"),)
ENGINES = ("sqlite", "database", "dynamo", "disk", "file", "corrupt", "locked", "full")


@contextmanager
def missing(file: Path) -> Iterator[None]:
    file.parent.rename(file.parent.with_name("elsewhere"))
    yield
    file.parent.with_name("elsewhere").rename(file.parent)


@contextmanager
def a_folder(file: Path) -> Iterator[None]:
    with missing(file):
        file.mkdir(parents=True)
        yield
        file.rmdir()
        file.parent.rmdir()


@contextmanager
def garbage(file: Path) -> Iterator[None]:
    whole = file.read_bytes()
    file.write_bytes(b"garbage!" * (len(whole) // 8))
    yield
    file.write_bytes(whole)


@contextmanager
def of_another_program(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA user_version = 7")
        yield
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def corrupt_items(file: Path) -> Iterator[None]:
    """Every item turns to bytes that are no item."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE items SET body = x'7b' || body")
        yield
        other.execute("UPDATE items SET body = CAST(substr(body, 2) AS BLOB)")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store that knows the recorded callers, closed."""
    (tmp_path / "folder").mkdir()
    file = tmp_path / "folder" / "store.db"
    store = SqliteStore(str(file), FixedClock(NOW))
    identities.enrol(store, NOW)
    store.close()
    return file


def gates(file: Path) -> dict[str, Gate]:
    """Both functions as they start over a file, with limits."""
    given = settings(store=f"sqlite:///{file}", rate_limits=True)
    return {
        name: assemble(name, given, FixedClock(NOW), CountedChance("store"), feeds=FEEDS)
        for name in ("dashboard", "stream")
    }


def ask(gate: Gate, method: str, path: str, body: bytes | None = None) -> Received:
    return received(gate(rest_event(HttpCall(method, path, "", BEARER, body))))


def is_unavailable(got: Received, file: Path) -> bool:
    """Whether an answer says to come back, and nothing of what is behind it."""
    text = got.body.decode().lower()
    told = [word for word in (*ENGINES, str(file.parent.parent).lower()) if word in text]
    assert told == []
    assert got.header("Content-Type") == "application/json"
    assert got.header("Cache-Control") == "no-store"
    assert set(value(got)) == {"detail", "code"}
    return got.status == 503 and int(got.header("Retry-After") or 0) > 0


@pytest.mark.parametrize("trouble", [missing, a_folder, garbage, of_another_program, corrupt_items])
def test_a_function_that_starts_without_its_store_serves_as_soon_as_it_is_there(trouble: Trouble, file: Path) -> None:
    functions = gates(file)
    dashboard, stream = functions["dashboard"], functions["stream"]
    with trouble(file), logged() as log:
        refused = [ask(dashboard, "GET", ME), ask(dashboard, "GET", CONFIGURATIONS), ask(stream, "GET", STREAM)]
        needs_none = ask(dashboard, "GET", "/api/v2/market/status")
    served = [ask(dashboard, "GET", ME), ask(dashboard, "GET", CONFIGURATIONS), ask(dashboard, "POST", LIMITED)]

    assert all(is_unavailable(got, file) for got in refused)
    assert [line["status"] for line in log.lines("ERROR")] == [503, 503, 503]
    assert all("SQLite" in line["reason"] for line in log.lines("ERROR"))
    assert needs_none.status == 200
    assert [got.status for got in served] == [200, 200, 201]


@pytest.mark.parametrize("trouble", [missing, a_folder, garbage, of_another_program])
def test_a_rate_limit_that_cannot_be_counted_lets_nobody_through(trouble: Trouble, file: Path) -> None:
    dashboard = gates(file)["dashboard"]
    with trouble(file):
        refused = ask(dashboard, "POST", LIMITED)
    served = ask(dashboard, "POST", LIMITED)

    assert is_unavailable(refused, file)
    assert (served.status, served.header("X-RateLimit-Remaining")) == (201, "9")


@pytest.mark.parametrize("trouble", [missing, a_folder, corrupt_items])
def test_a_store_that_fails_in_the_middle_is_found_again_with_everything_in_it(trouble: Trouble, file: Path) -> None:
    dashboard = gates(file)["dashboard"]
    made = ask(dashboard, "POST", CONFIGURATIONS, b'{"name":"kept","tickers":["AAPL"]}')
    with trouble(file), logged() as log:
        refused = [ask(dashboard, "GET", ME), ask(dashboard, "GET", CONFIGURATIONS)]
    listed = ask(dashboard, "GET", CONFIGURATIONS)

    assert made.status == 201
    assert all(is_unavailable(got, file) for got in refused)
    assert all(line["cause"] for line in log.lines("ERROR"))
    assert value(made)["config_id"] in [row["config_id"] for row in value(listed)["configurations"]]


def test_what_another_process_locks_is_refused_for_a_second_and_reading_goes_on(file: Path) -> None:
    store = SqliteStore(str(file), FixedClock(NOW), busy_timeout_seconds=0)
    client = Client(Stage(Given(limits=True), FixedClock(NOW), store))
    with locked(file), logged() as log:
        read = client.get(ME)
        refused = [client.post(CONFIGURATIONS, {"name": "late", "tickers": []}), client.post(LIMITED)]
    served = [client.post(CONFIGURATIONS, {"name": "late", "tickers": []}), client.post(LIMITED)]

    assert read.status == 200
    assert all(is_unavailable(got, file) for got in refused)
    assert [got.header("Retry-After") for got in refused] == ["1", "1"]
    assert ["locked" in line["cause"] for line in log.lines("ERROR")] == [True, True]
    assert [got.status for got in served] == [201, 201]


def test_a_full_store_loses_nothing_that_it_acknowledged_and_takes_writes_again(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        (pages,) = other.execute("PRAGMA page_count").fetchone()
    store = SqliteStore(str(file), FixedClock(NOW), max_page_count=pages + 32)
    store.put_many("articles", [{"PK": f"filler {n}", "SK": "-", "text": "x" * 3_000} for n in range(20)])
    client = Client(Stage(clock=FixedClock(NOW), store=store), "nobody")
    *made, refused = until_refused(client)
    known = [client.call("GET", ME, headers=(("X-User-ID", value(got)["token"]),)) for got in made]
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("DELETE FROM items WHERE tbl = 'articles'")
    served = client.post(LIMITED)

    assert is_unavailable(refused, file)
    assert len(made) > 3
    assert {got.status for got in known} == {200}
    assert served.status == 201


def until_refused(client: Client) -> Iterator[Received]:
    """Starts sessions until there is no room for another one."""
    for _ in range(1_000):
        got = client.post(LIMITED)
        yield got
        if got.status != 201:
            return
