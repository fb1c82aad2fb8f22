"""Every operation in the order of the document. For tools and tests only: no handler imports this."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.operation import Operation


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the document: the models and the handlers of `function` and the modules with the same names."""

    name: str
    function: str
    modules: tuple[str, ...]
    description: str


TAGS = (
    Tag(
        "auth",
        "dashboard",
        ("sessions", "magic_links", "oauth", "refresh", "accounts", "merging", "users"),
        "Sessions and the calling user",
    ),
    Tag(
        "configurations",
        "dashboard",
        (
            "configurations",
            "watchlist_sentiment",
            "watchlist_history",
            "watchlist_heatmap",
            "watchlist_volatility",
            "watchlist_correlation",
            "watchlist_premarket",
            "watchlist_refresh",
            "nested_alerts",
        ),
        "Watchlists, which names and paths call configurations",
    ),
    Tag("alerts", "dashboard", ("alerts", "alert_changes"), "Thresholds on the symbols of watchlists"),
    Tag(
        "notifications",
        "dashboard",
        ("notifications", "preferences", "digests", "subscriptions"),
        "Mails about alerts, the daily digest, and how to stop them",
    ),
    Tag("tickers", "dashboard", ("tickers", "candles", "history"), "Symbols, their prices and their sentiment"),
    Tag("timeseries", "dashboard", ("timeseries",), "Sentiment in time: buckets at eight resolutions"),
    Tag("dashboard-data", "dashboard", ("metrics", "trends", "articles"), "Articles and what they add up to"),
    Tag("market", "dashboard", ("market",), "Sessions and holidays of the exchange"),
    Tag("users", "dashboard", ("lookup",), "Users, found by operators"),
    Tag("admin", "dashboard", ("administration",), "What operators do to the sessions of others"),
    Tag("system", "dashboard", ("system",), "The service itself"),
    Tag("stream", "stream", ("streams",), "Live server-sent events"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation with its place in the contract."""

    operation: Operation[Any, Any]
    tag: Tag
    module: str


def entries() -> Iterator[Entry]:
    """Every operation with its tag and the module that declares it."""
    for tag in TAGS:
        for name in tag.modules:
            module = importlib.import_module(f"models.{tag.function}.{name}")
            for operation in module.OPERATIONS:
                yield Entry(operation, tag, name)
