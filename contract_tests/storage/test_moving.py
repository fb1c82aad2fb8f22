"""Moving to DynamoDB is a setting: the functions answer what the goldens say, which SQLite wrote, and the tools do their work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.storage.world import python
from handlers.runtime.clock import FixedClock
from handlers.storage.buckets import Buckets
from handlers.storage.dynamodb import DynamoStore
from handlers.storage.opening import open_store
from tools.artefacts import ROOT
from tools.fuzz.rewinding import Rewinding
from tools.goldens import replay
from tools.goldens.play import played_on
from tools.seed import main as seed
from tools.stage import NOW, Stage, furnish, instant_of

MOST_CALLS = 30
GOLDENS = {str(path.relative_to(ROOT / "golden")): json.loads(path.read_bytes()) for path in replay.files()}


def is_played(path: str, golden: dict[str, Any]) -> bool:
    """Whether a store that answers has a part in a golden: 422s are given before it is asked."""
    if path.startswith("gate/") or golden["given"].get("store") == "unavailable":
        return False
    # One call more than a limit of a hundred allows is no other story than one more than twenty.
    most = max((step.get("times", 1) for step in golden["given"].get("after", ())), default=1)
    return golden["response"]["status"] != 422 and most <= MOST_CALLS


@pytest.fixture(scope="session")
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def furnished(moto_endpoint: str, clock: FixedClock) -> Iterator[Rewinding]:
    """One set of tables for all goldens: what one has written is undone before the next."""
    store = DynamoStore("goldens", clock, "us-east-1", moto_endpoint)
    store.prepare()
    furnish(store)
    yield Rewinding(store)
    store.close()


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", [path for path, golden in GOLDENS.items() if is_played(path, golden)])
def test_a_golden_is_answered_alike_over_dynamodb(path: str, furnished: Rewinding, clock: FixedClock) -> None:
    golden = GOLDENS[path]
    given = replay.given_in(golden)
    furnished.rewind()
    clock.at = instant_of(given)
    stage = Stage(given, clock, furnished)
    got = played_on(stage, given, replay.call_in(golden), path.split("/")[0], "v1")

    assert replay.differs(golden["response"], got) is None


def test_seeding_makes_the_tables_and_puts_into_them_what_it_puts_into_a_file(
    moto_endpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = FixedClock(NOW)
    urls = [f"dynamodb://seeded?region=us-east-1&endpoint={moto_endpoint}", f"sqlite:///{tmp_path / 'store.db'}"]
    extent = ["--days", "2", "--tickers", "AAPL,MSFT", "--until", NOW.isoformat()]
    codes = [seed(["--store", url, *extent]) for url in urls]
    moved, filed = (Buckets(open_store(url, clock), clock).newest("MSFT", "1h", 48) for url in urls)

    assert codes == [0, 0]
    assert moved == filed != ([], None, None)
    first, second = (line.partition(": ")[2] for line in capsys.readouterr().out.splitlines())
    assert first == second


def test_seeding_a_store_that_does_not_answer_needs_a_person(
    moto_endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = seed(["--store", "dynamodb://seeded?region=us-east-1&endpoint=http://127.0.0.1:1", "--days", "1"])

    assert code == 100
    assert "cannot seed: DynamoDB describe_table" in capsys.readouterr().err


def test_serving_makes_the_tables(moto_endpoint: str) -> None:
    store = f"dynamodb://served?region=us-east-1&endpoint={moto_endpoint}"
    with python("-m", "tools", "serve", "--port", "0", "--store", store) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        started = httpx.post(f"{url}/api/v2/auth/anonymous")

    assert started.status_code == 201
