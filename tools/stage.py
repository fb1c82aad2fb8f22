"""The functions on a stage: real handlers over a seeded embedded store, a fixed clock, counted ids, known callers.

Goldens, fuzzing and tests all play here, so that the same call gives the same bytes on any machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, ClassVar

from handlers.assembly import assemble
from handlers.domain.buckets import Score
from handlers.feeds.opening import Feeds
from handlers.gate.gate import Gate
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import Clock, FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.buckets import Buckets
from handlers.storage.items import Store
from handlers.storage.sqlite import SqliteStore
from models.operation import Given
from tools.events import SHAPES, HttpCall, Received, received
from tools.identities import credentials_of, enrol
from tools.seed import fill

NOW = datetime(2024, 12, 2, 15, 0, tzinfo=UTC)
"""A Monday, half an hour after the open."""
SIGNING_KEY = "a key for goldens and fuzzing only; never used to serve"
FEEDS = Feeds()
JUDGED = "DIS"
"""What our model said of it is recorded; of the other tickers only the sources have spoken."""


def settings(**changed: Any) -> Settings:
    """The settings of the stage; responses that do not fit their types fail."""
    return Settings(
        **{
            "signing_key": SIGNING_KEY,
            "environment": "stage",
            "rate_limits": False,
            "response_check": "enforce",
            **changed,
        }
    )


def instant_of(given: Given) -> datetime:
    """At which the clock of a stage stands."""
    return datetime.fromisoformat(given.at) if given.at else NOW


Judge = Callable[[str, HttpCall, Received], None]
"""Is told the function, the call and its response; raises if the response breaks a promise."""


FUNCTIONS = ("dashboard", "stream")


class _Gates(dict[str, Gate]):
    """Those of the functions, each assembled when it is first asked for: most stages need one."""

    def __init__(self, assembled: Callable[[str], Gate]) -> None:
        super().__init__()
        self._assembled = assembled

    def __missing__(self, function: str) -> Gate:
        gate = self[function] = self._assembled(function)
        return gate


class Stage:
    """One store, one clock, both functions."""

    judge: ClassVar[Judge | None] = None
    """Looks at every response of every stage, if there is one."""

    def __init__(self, given: Given | None = None, clock: Clock | None = None, store: Store | None = None) -> None:
        given = given or Given()
        self.clock = clock or FixedClock(instant_of(given))
        self.settings = settings(rate_limits=given.limits)
        self.chance = CountedChance("stage")
        self.store = store or _store(given.store, self.clock)
        self.gates = _Gates(
            lambda function: assemble(function, self.settings, self.clock, self.chance, self.store, FEEDS)
        )

    def call(self, call: HttpCall, caller: str = "nobody", function: str = "dashboard", shape: str = "v1") -> Received:
        """What a caller receives for a call; `caller` is one of the recorded identities."""
        headers = call.headers + credentials_of(caller, self.settings, self.clock.now())
        sent = HttpCall(call.method, call.path, call.query, headers, call.body, call.request_id)
        got = received(self.gates[function](SHAPES[shape](sent), None))
        if Stage.judge is not None:
            Stage.judge(function, sent, got)
        return got


def _store(kind: str, clock: Clock) -> Store:
    if kind == "seeded":
        return _seeded().copied(clock)
    store = SqliteStore(":memory:", clock)
    if kind == "unavailable":
        store.close()
    return store


@cache
def _seeded() -> SqliteStore:
    """Every stage gets a copy."""
    store = SqliteStore(":memory:", FixedClock(NOW))
    furnish(store)
    return store


def furnish(store: Store) -> None:
    """Fills a store with what every stage begins with: four tickers of the recorded market up to `NOW`, the recorded callers,
    and one ticker that our model has judged."""
    fill(store, FEEDS, until=NOW)
    enrol(store, NOW)
    clock = FixedClock(NOW)
    Buckets(store, clock).record_many(
        Score(JUDGED, NOW - timedelta(hours=ago), units, f"judged-{ago}", "our_model")
        for ago, units in ((30, -8200), (6, -4100), (1, -5600))
    )
