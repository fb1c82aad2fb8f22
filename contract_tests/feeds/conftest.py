"""Two sources on the loopback, a store, a clock that stands still, and the live feed over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from contract_tests.feeds.source import Source, source
from handlers.domain.quotas import Quota
from handlers.feeds import finnhub, tiingo
from handlers.feeds.http import Patience
from handlers.feeds.keys import Key
from handlers.feeds.live import LiveFeeds, Shared
from handlers.feeds.quota import QUOTAS
from handlers.runtime.clock import FixedClock
from handlers.storage.items import Store
from handlers.storage.opening import open_store
from handlers.storage.sources import Circuits, Quotas
from models.fields import NewsSource

NOW = datetime(2024, 12, 2, 15, tzinfo=UTC)
KEYS: Mapping[NewsSource, str] = {"tiingo": "tiingo-MARKED-key", "finnhub": "finnhub-MARKED-key"}
SHORT = Patience(connect=1.0, read=0.1, whole=10.0)


@dataclass
class World:
    tiingo: Source
    finnhub: Source
    clock: FixedClock
    store: Store
    quotas: dict[NewsSource, Quota] = field(default_factory=lambda: dict(QUOTAS))

    def feeds(self, keys: Mapping[NewsSource, str | Key] = KEYS, patience: Patience = SHORT, **more: Any) -> LiveFeeds:
        """The live feed of one process."""
        access = {
            "tiingo": tiingo.access(self.tiingo.address),
            "finnhub": finnhub.access(f"{self.finnhub.address}/api/v1"),
        }
        given: dict[str, Any] = {
            "keys": {name: _key(name, keys.get(name)) for name in KEYS},
            "shared": lambda: Shared(Circuits(self.store), Quotas(self.store)),
            "clock": self.clock,
            "jitter": lambda: 0.5,
            "patience": patience,
            "access": access,
            "quotas": self.quotas,
        }
        return LiveFeeds(**{**given, **more})


def _key(source: NewsSource, given: str | Key | None) -> Key:
    return given if isinstance(given, Key) else Key(source, lambda again: given)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    # What a machine sends through a proxy would not reach the loopback.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    clock = FixedClock(NOW)
    store = open_store("sqlite://:memory:", clock)
    with source() as one, source() as other:
        yield World(one, other, clock, store)
    store.close()
