"""One store per engine; the same tests run over all of them."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.storage.world import MIDNIGHT, Partitions, StillClock, external_url, moto
from handlers.storage.items import Store
from handlers.storage.opening import open_store

MOTO = pytest.param("moto", marks=pytest.mark.exhaustive)
"""Ten times as slow as the others; what is DynamoDB's own has plain tests in `test_dynamodb`."""
ENGINES = ("memory", "file", MOTO, "external")
LOCAL_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture(scope="session")
def session_clock() -> StillClock:
    return StillClock()


@pytest.fixture
def clock(session_clock: StillClock) -> StillClock:
    session_clock.instant = MIDNIGHT
    return session_clock


@pytest.fixture(scope="session")
def partitions() -> Partitions:
    # An external endpoint remembers earlier runs.
    return Partitions(secrets.token_hex(4) if external_url() else "p")


@pytest.fixture
def pk(partitions: Partitions) -> str:
    return partitions.fresh()


@pytest.fixture(scope="session")
def moto_endpoint() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment, moto() as endpoint:
        # With an external endpoint there are credentials already, and moto takes any.
        for name, value in () if external_url() else LOCAL_CREDENTIALS.items():
            environment.setenv(name, value)
        yield endpoint


@pytest.fixture(scope="module")
def moto_store(moto_endpoint: str, session_clock: StillClock, request: pytest.FixtureRequest) -> Iterator[Store]:
    # moto copies whole tables in each transaction: every module has its own.
    prefix = request.module.__name__.rpartition(".")[2]
    yield from _dynamodb(f"dynamodb://{prefix}?region=us-east-1&endpoint={moto_endpoint}", session_clock)


@pytest.fixture(scope="session")
def external_store(session_clock: StillClock) -> Iterator[Store]:
    url = external_url()
    if url is None:
        pytest.skip("BELLWETHER_TEST_DYNAMODB names no DynamoDB: dynamodb://prefix?region=…&endpoint=…")
    yield from _dynamodb(url, session_clock)


def _dynamodb(url: str, clock: StillClock) -> Iterator[Store]:
    store = open_store(url, clock)
    store.prepare()
    yield store
    store.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(engine: str, request: pytest.FixtureRequest, clock: StillClock, tmp_path: Path) -> Iterator[Store]:
    if engine in ("moto", "external"):
        yield request.getfixturevalue(f"{engine}_store")
        return
    url = "sqlite://:memory:" if engine == "memory" else f"sqlite:///{tmp_path / 'store.db'}"
    opened = open_store(url, clock)
    yield opened
    opened.close()
