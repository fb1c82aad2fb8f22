"""Live streams: everything, one configuration, and how many connections are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from handlers.assembly import Backend
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.runtime.log import log
from handlers.storage.configurations import Configurations
from handlers.stream.changes import Wanted
from handlers.stream.connections import Stream, connections_of
from handlers.stream.following import Filter, Following
from handlers.stream.polling import poll_of
from models.fields import Resolution
from models.operation import Sent
from models.refusals import ConfigurationNotFound, broken
from models.stream import streams as api

E = TypeVar("E")


@serves(api.MARKET)
def stream_market(request: api.StreamMarket, caller: Caller, backend: Backend) -> Iterator[Sent[api.MarketEvent]]:
    for index, ticker in enumerate(request.tickers or ()):
        if backend.feeds.listings.get(ticker) is None:
            raise broken(api.ON_LISTED_TICKERS, index, ticker=ticker)
    tickers = None if request.tickers is None else frozenset(request.tickers)
    wanted = Wanted(tickers, _resolutions(request.resolutions), metrics=True)
    return _opened(backend, lambda: wanted, lambda following: following.market(request.last_event_id))


@serves(api.CONFIGURATION)
def stream_configuration(
    request: api.StreamConfiguration, caller: Caller, backend: Backend
) -> Iterator[Sent[api.ConfigurationEvent]]:
    stored = Configurations(backend.store)

    # Read before each poll, so that a change applies with it: half of what a stream costs, and the price of that promise.
    def wanted() -> Wanted | None:
        configuration = stored.get(caller.user_id, request.config_id)
        if configuration is None:
            return None
        symbols = frozenset(ticker.symbol for ticker in configuration.draft.tickers)
        return Wanted(symbols, _resolutions(request.resolutions))

    return _opened(backend, wanted, lambda following: following.configuration(request.last_event_id))


def _resolutions(asked: list[Resolution] | None) -> frozenset[Resolution] | None:
    return None if asked is None else frozenset(asked)


def _opened(backend: Backend, wanted: Filter, draw: Callable[[Following], Iterator[Sent[E]]]) -> Stream[E]:
    """A stream with a slot.

    Raises `ConfigurationNotFound`, `ConnectionLimitReached`, and `StoreUnavailable` while the client can still be told.
    """
    followed = wanted()
    if followed is None:
        raise ConfigurationNotFound
    connections, poll = backend.kept(connections_of), backend.kept(poll_of)
    slot = connections.take()
    try:
        poll.follow(slot, followed)
        poll.refresh()
        following = Following(backend, poll, connections, wanted, followed, slot)
    except BaseException:
        slot.free()
        raise
    log.info("a stream is open", connections=connections.count)
    return Stream(slot, draw(following))


@serves(api.STATUS)
def get_stream_status(request: api.GetStreamStatus, caller: Caller, backend: Backend) -> api.StreamStatus:
    connections = backend.kept(connections_of)
    count = connections.count
    return api.StreamStatus(
        connections=count,
        max_connections=connections.limit,
        available=max(0, connections.limit - count),
        uptime_seconds=connections.uptime_seconds(backend.now()),
    )
