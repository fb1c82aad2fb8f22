"""Opens the sources that a setting names, each when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from handlers.feeds.listings import open_listings
from handlers.feeds.port import Listings, NewsFeed, PriceFeed
from handlers.runtime.clock import Clock
from handlers.runtime.secrets import Secret
from handlers.runtime.settings import Settings
from models.fields import NewsSource

if TYPE_CHECKING:
    from handlers.feeds.keys import Key
    from handlers.feeds.live import Shared, SourceStatus
    from handlers.feeds.recorded import RecordedMarket


class Feeds:
    """The outside world: symbols, prices and news. Prices come from one source, news from both.

    This one is recorded; `LiveFeeds` has the real sources.
    """

    @property
    def sources(self) -> tuple[NewsSource, ...]:
        """The sources that are set up, by priority."""
        return ("tiingo", "finnhub")

    @cached_property
    def listings(self) -> Listings:
        return open_listings()

    @cached_property
    def _market(self) -> RecordedMarket:
        # Generating a market needs more than looking a symbol up: only who asks for prices or news pays.
        from handlers.feeds.recorded import RecordedMarket

        return RecordedMarket()

    @cached_property
    def prices(self) -> PriceFeed:
        """Prices of the source that answers first."""
        return self._market.prices("tiingo")

    @property
    def price_sources(self) -> tuple[PriceFeed, ...]:
        """The sources behind `prices` one by one, by priority, for who has to know which of them answered."""
        return (self.prices,)

    @property
    def collected_prices(self) -> tuple[PriceFeed, ...]:
        """The same for jobs, which share what the sources allow with the requests of clients."""
        return self.price_sources

    def news(self, source: NewsSource) -> NewsFeed:
        return self._market.news(source)

    def status(self) -> list[SourceStatus]:
        """How the sources are doing; nothing of recorded ones, which never fail. Raises ServiceUnavailable."""
        return []


def open_feeds(settings: Settings, clock: Clock, shared: Callable[[], Shared]) -> Feeds:
    """The feeds that the settings name; `shared` is asked for when a live source is first used."""
    if settings.feed == "recorded":
        return Feeds()
    from handlers.feeds.live import LiveFeeds
    from handlers.feeds.quota import quotas_of

    feeds = LiveFeeds(keys_of(settings), shared, clock, quotas=quotas_of(settings))
    if not settings.secrets:
        # What is missing is told at once; a secret is not read before somebody needs it.
        _ = feeds.sources
    return feeds


def keys_of(settings: Settings) -> dict[NewsSource, Key]:
    """The keys as they are set; what is not set is looked for in the secret, if one is named."""
    from handlers.feeds.keys import Key

    secret = Secret(settings.secrets) if settings.secrets else None
    given: dict[NewsSource, str] = {"tiingo": settings.tiingo_key, "finnhub": settings.finnhub_key}

    def reader(source: NewsSource) -> Callable[[bool], str | None]:
        return lambda again: given[source] or (secret.texts(again).get(f"{source}_key") if secret else None)

    return {source: Key(source, reader(source)) for source in given}
