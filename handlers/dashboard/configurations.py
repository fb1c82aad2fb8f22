"""Watchlists of the caller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.assembly import Backend
from handlers.feeds.port import Listing
from handlers.gate.callers import Caller
from handlers.gate.serving import Reply, serves
from handlers.storage.configurations import Configuration, Configurations, Draft, TooManyActive, WatchedTicker
from handlers.storage.items import Value
from models.dashboard import configurations as api
from models.operation import NoContent, Rule
from models.refusals import ConfigurationLimitReached, ConfigurationNotFound, Invalid, broken


@serves(api.CREATE)
def create_configuration(
    request: api.CreateConfiguration, caller: Caller, backend: Backend
) -> Reply[api.Configuration]:
    now, config_id = backend.now(), backend.chance.uuid()
    watched = _watched(request.draft.tickers, (), now, backend, api.CREATE_LISTED)
    try:
        made = Configurations(backend.store).create(caller.user_id, config_id, _draft(request.draft, watched), now)
    except TooManyActive as error:
        raise ConfigurationLimitReached("Two watchlists are active already; delete one to make room") from error
    return Reply(_shown(made), headers={"Location": f"{api.PATH}/{config_id}"})


@serves(api.LIST)
def list_configurations(request: api.ListConfigurations, caller: Caller, backend: Backend) -> api.ConfigurationList:
    found = Configurations(backend.store).all(caller.user_id)
    return api.ConfigurationList(configurations=[_shown(each) for each in found], max_allowed=2)


@serves(api.GET)
def get_configuration(request: api.GetConfiguration, caller: Caller, backend: Backend) -> api.Configuration:
    return _shown(_found(request.config_id, caller, backend))


@serves(api.REPLACE)
def replace_configuration(request: api.ReplaceConfiguration, caller: Caller, backend: Backend) -> api.Configuration:
    now = backend.now()
    present = _found(request.config_id, caller, backend)
    watched = _watched(request.draft.tickers, present.draft.tickers, now, backend, api.REPLACE_LISTED)
    return _changed(request.config_id, caller, backend, _draft(request.draft, watched).values())


@serves(api.UPDATE)
def update_configuration(request: api.UpdateConfiguration, caller: Caller, backend: Backend) -> api.Configuration:
    present = _found(request.config_id, caller, backend)
    changes = request.changes
    values: dict[str, Value] = changes.model_dump(exclude_none=True, exclude={"tickers"})
    if changes.tickers is not None:
        watched = _watched(changes.tickers, present.draft.tickers, backend.now(), backend, api.UPDATE_LISTED)
        values["tickers"] = [ticker.value() for ticker in watched]
    return _changed(request.config_id, caller, backend, values)


@serves(api.DELETE)
def delete_configuration(request: api.DeleteConfiguration, caller: Caller, backend: Backend) -> NoContent:
    if not Configurations(backend.store).delete(caller.user_id, request.config_id, backend.now()):
        raise ConfigurationNotFound
    return NoContent()


def _found(config_id: str, caller: Caller, backend: Backend) -> Configuration:
    found = Configurations(backend.store).get(caller.user_id, config_id)
    if found is None:
        raise ConfigurationNotFound
    return found


def _changed(config_id: str, caller: Caller, backend: Backend, values: dict[str, Value]) -> api.Configuration:
    changed = Configurations(backend.store).change(caller.user_id, config_id, values, backend.now())
    if changed is None:
        raise ConfigurationNotFound
    return _shown(changed)


def _watched(
    symbols: Sequence[str], present: Sequence[WatchedTicker], now: datetime, backend: Backend, rule: Rule
) -> tuple[WatchedTicker, ...]:
    """The symbols as they go onto a watchlist; those that are on it stay as they are. Raises `Invalid` at each unlisted one."""
    kept = {ticker.symbol: ticker for ticker in present}
    listings = [None if symbol in kept else backend.feeds.listings.get(symbol) for symbol in symbols]
    unlisted = [i for i, symbol in enumerate(symbols) if symbol not in kept and not _trades(listings[i])]
    if unlisted:
        raise Invalid([item for i in unlisted for item in broken(rule, i, ticker=symbols[i]).items])
    return tuple(
        kept[symbol] if listing is None else WatchedTicker(symbol, listing.name, listing.exchange, now)
        for symbol, listing in zip(symbols, listings, strict=True)
    )


def _trades(listing: Listing | None) -> bool:
    return listing is not None and listing.status == "valid"


def _draft(draft: api.ConfigurationDraft, watched: tuple[WatchedTicker, ...]) -> Draft:
    return Draft(draft.name, watched, draft.timeframe_days, draft.include_extended_hours)


def _shown(found: Configuration) -> api.Configuration:
    return api.Configuration(
        config_id=found.config_id,
        name=found.draft.name,
        tickers=[
            api.WatchedTicker(symbol=t.symbol, name=t.name, exchange=t.exchange, added_at=t.added_at)
            for t in found.draft.tickers
        ],
        timeframe_days=found.draft.timeframe_days,
        include_extended_hours=found.draft.include_extended_hours,
        created_at=found.created_at,
        updated_at=found.updated_at,
    )
