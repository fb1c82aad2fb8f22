"""The stream of one configuration: whose it is, what it follows, how it changes."""

from __future__ import annotations

import pytest

from contract_tests.stream.world import NOW, Connection, World
from handlers.storage.configurations import Configurations, WatchedTicker
from handlers.storage.items import Value
from tools.events import HttpCall, Pairs, received, url_event
from tools.identities import (
    ANONYMOUS,
    CONFIGURATION,
    EMPTY_CONFIGURATION,
    FULL,
    MEMBER_CONFIGURATION,
    credentials_of,
    enrol,
)


def populated(max_connections: int = 100) -> World:
    world = World(max_connections)
    enrol(world.store, NOW)
    return world


def path(config_id: str = CONFIGURATION) -> str:
    return f"/api/v2/configurations/{config_id}/stream"


def opened(world: World, caller: str = "anonymous", config_id: str = CONFIGURATION, query: str = "") -> Connection:
    headers = credentials_of(caller, world.settings, world.clock.now())
    return world.open(query, path=path(config_id), headers=headers)


def watch(world: World, user_id: str, config_id: str, *symbols: str) -> None:
    tickers: list[Value] = [WatchedTicker(symbol, symbol, "NASDAQ", NOW).value() for symbol in symbols]
    assert Configurations(world.store).change(user_id, config_id, {"tickers": tickers}, world.clock.now())


def test_it_follows_the_tickers_of_the_configuration_and_has_no_metrics() -> None:
    world = populated()
    connection = opened(world, query="resolutions=24h")
    for ticker in ("AAPL", "NVDA", "MSFT"):
        world.say(ticker, 0.4)
    told = [*connection.take(1), *connection.until("heartbeat")]

    assert [(event.event, event.data.get("ticker")) for event in told] == [
        ("heartbeat", None),
        ("partial_bucket", "AAPL"),
        ("partial_bucket", "MSFT"),
        ("heartbeat", None),
    ]


def test_a_configuration_without_tickers_has_heartbeats_only() -> None:
    world = populated()
    connection = opened(world, "full", EMPTY_CONFIGURATION)
    world.say("AAPL", 0.4)

    assert [event.event for event in connection.take(4)] == ["heartbeat"] * 4


def test_another_ticker_is_followed_within_one_poll() -> None:
    world = populated()
    connection = opened(world, "full", EMPTY_CONFIGURATION, "resolutions=24h")
    connection.next()
    watch(world, FULL, EMPTY_CONFIGURATION, "TSLA")
    world.say("TSLA", 0.4)
    told = connection.next()

    assert (told.event, told.data["ticker"]) == ("partial_bucket", "TSLA")
    assert (world.clock.now() - NOW).total_seconds() <= 1


def test_a_ticker_that_was_removed_is_followed_no_more() -> None:
    world = populated()
    connection = opened(world, query="resolutions=24h")
    connection.next()
    watch(world, ANONYMOUS, CONFIGURATION, "MSFT")
    world.say("AAPL", 0.4)
    world.say("MSFT", 0.4)

    assert [event.data.get("ticker") for event in connection.until("heartbeat")] == ["MSFT", None]


def test_the_stream_of_a_deleted_configuration_ends_and_is_not_found_again() -> None:
    world = populated()
    connection = opened(world)
    connection.next()
    Configurations(world.store).delete(ANONYMOUS, CONFIGURATION, world.clock.now())

    assert connection.rest() == []
    assert world.status()["connections"] == 0
    assert opened(world).status == 404


@pytest.mark.parametrize("caller", ["nobody", "expired", "revoked", "forged", "stale"])
def test_who_is_not_known_is_refused(caller: str) -> None:
    assert opened(populated(), caller).status == 401


@pytest.mark.parametrize(
    ("caller", "config_id"),
    [("other", CONFIGURATION), ("anonymous", MEMBER_CONFIGURATION), ("operator", CONFIGURATION)],
)
def test_the_configuration_of_somebody_else_is_not_found(caller: str, config_id: str) -> None:
    world = populated()

    assert opened(world, caller, config_id).status == 404
    assert world.status()["connections"] == 0


def test_a_full_process_refuses_only_whoever_may_stream_at_all() -> None:
    world = populated(max_connections=1)
    opened(world)

    assert [opened(world, caller).status for caller in ("nobody", "other", "anonymous")] == [401, 404, 503]


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        (f"user_token={ANONYMOUS}", (), 200),
        ("", (("X-User-ID", ANONYMOUS),), 200),
        ("user_token=neither", (), 401),
        (f"user_token={ANONYMOUS}", (("X-User-ID", "neither"),), 401),
        ("user_token=neither", (("Authorization", f"Bearer {ANONYMOUS}"),), 200),
    ],
)
def test_the_credential_may_stand_in_three_places_in_order(query: str, headers: Pairs, status: int) -> None:
    assert populated().open(query, path=path(), headers=headers).status == status


def test_a_member_is_known_by_a_token_in_the_query() -> None:
    world = populated()
    ((_, bearer), *_) = credentials_of("member", world.settings, world.clock.now())
    token = bearer.removeprefix("Bearer ")

    assert world.open(f"user_token={token}", path=path(MEMBER_CONFIGURATION)).status == 200


def test_nobody_may_keep_what_the_stream_says() -> None:
    world = populated()
    headers = credentials_of("anonymous", world.settings, world.clock.now())
    whole = received(world.gate(url_event(HttpCall("GET", path(), headers=headers))))

    assert whole.header("cache-control") == "no-store, no-cache, private, must-revalidate"
    assert [line for line in whole.body.decode().splitlines() if line.startswith("event")][-1] == "event: deadline"


def test_a_client_that_comes_back_is_brought_what_it_may_see() -> None:
    world = populated()
    position = opened(world).next().id
    world.say("AAPL", 0.4)
    world.say("NVDA", 0.4)
    world.wait(10)
    headers = credentials_of("anonymous", world.settings, world.clock.now())
    resumed = World(store=world.store, clock=world.clock)
    told = resumed.open("resolutions=3h", position, path=path(), headers=headers).until("heartbeat")

    assert [event.data.get("ticker") for event in told] == ["AAPL", None]
