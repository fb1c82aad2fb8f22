"""Opens the sources that a setting names, each when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from handlers.feeds.listings import open_listings
from handlers.feeds.port import Listings, NewsFeed, PriceFeed
from models.fields import NewsSource

if TYPE_CHECKING:
    from handlers.feeds.recorded import RecordedMarket


class Feeds:
    """The outside world: symbols, prices and news. Prices come from one source, news from both."""

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
        return self._market.prices("tiingo")

    def news(self, source: NewsSource) -> NewsFeed:
        return self._market.news(source)
