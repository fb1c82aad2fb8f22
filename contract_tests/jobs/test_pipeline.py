"""The whole way on DynamoDB: what it costs, and that it ends as it does in the embedded store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from contract_tests.jobs.test_analyze_news import entry_of
from contract_tests.jobs.world import World, told
from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.world import moto
from handlers.feeds.opening import Feeds
from handlers.jobs import analyze_news, collect_news, collect_prices, complete_buckets, heal
from handlers.jobs.running import perform
from handlers.runtime.clock import FixedClock
from handlers.storage.articles import Articles
from handlers.storage.dynamodb import DynamoStore
from handlers.storage.opening import open_store
from handlers.storage.sqlite import SqliteStore

TICKERS = ("AAPL", "MSFT")


@pytest.fixture(scope="module")
def dynamo() -> Iterator[DynamoStore]:
    with pytest.MonkeyPatch.context() as environment, moto() as url:
        for name, value in LOCAL_CREDENTIALS.items():
            environment.setenv(name, value)
        store = open_store(f"dynamodb://pipeline?region=us-east-1&endpoint={url}", FixedClock(World().clock.at))
        assert isinstance(store, DynamoStore)
        store.prepare()
        yield store
        store.close()


def requests_of(store: DynamoStore) -> Counter[str]:
    """What is sent from now on, by operation."""
    sent: Counter[str] = Counter()
    client: Any = store._service._client

    def count(model: Any, **more: Any) -> None:
        sent[model.name] += 1

    client.meta.events.register("before-call.dynamodb", count)
    return sent


def test_on_dynamodb_each_article_and_ticker_costs_one_read_and_one_transaction(dynamo: DynamoStore) -> None:
    world = World(dynamo)
    world.watch(*TICKERS)
    said = [
        told("tiingo-1", tickers=TICKERS, sentiment=0.25),
        told("tiingo-2", "Apple slips"),
        told("finnhub-9", source="finnhub", sentiment=-0.5),
    ]
    world.collect(*said)
    sent = requests_of(dynamo)
    message = [entry_of(said[0], opinions=["finnhub", "tiingo"]), entry_of(said[1])]
    answer = perform(analyze_news.JOB, {"items": [{"articles": message}]}, world.backend)
    analysing = dict(sent)
    again = perform(analyze_news.JOB, {"items": [{"articles": message}]}, world.backend)

    assert answer["counts"]["TickersAnalysed"] == 3
    # The one more tells alerts which tickers changed.
    assert analysing == {"BatchGetItem": 3, "TransactWriteItems": 3, "BatchWriteItem": 1}
    assert again["counts"]["TickersKnown"] == 3
    assert sent == {"BatchGetItem": 6, "TransactWriteItems": 3, "BatchWriteItem": 1}
    embedded = World()
    embedded.watch(*TICKERS)
    embedded.collect(*said)
    embedded.analyze()
    assert world.everything(TICKERS) == embedded.everything(TICKERS) != []
    assert Articles(dynamo).about(TICKERS, 9) == Articles(embedded.store).about(TICKERS, 9)


def test_the_same_run_leaves_the_same_bytes() -> None:
    def played() -> list[tuple[Any, ...]]:
        world = World(feeds=Feeds())
        world.watch(*TICKERS)
        for _ in range(3):
            perform(collect_news.JOB, {}, world.backend)
            world.analyze()
            for job in (collect_prices.JOB, heal.JOB, complete_buckets.JOB):
                perform(job, {}, world.backend)
            world.clock.sleep(1800)
        assert isinstance(world.store, SqliteStore)
        with world.store._connections.reading() as connection:
            return list(connection.execute("SELECT * FROM items ORDER BY tbl, pk, sk"))

    first, second = played(), played()

    assert len(first) > 1000
    assert first == second
