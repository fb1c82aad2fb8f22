"""The hundred users of the recorded load: who they are, what they watch, and what their dashboards ask for when.

All of them have a dashboard open for the whole trading day and poll, as the old front end did where it could not stream:
the metrics every 5 seconds, the sentiment and the time series of the watchlist every 30. The resolution is one of those
that its selector offered, mostly the one that it began with; every ten minutes somebody looks at one symbol in another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random

from handlers.gate import tokens
from handlers.gate.callers import Claims
from handlers.runtime.chance import Chance
from handlers.runtime.settings import Settings
from handlers.storage.alerts import Alerts
from handlers.storage.alerts import Draft as AlertDraft
from handlers.storage.configurations import Configurations, Draft
from handlers.storage.items import Store
from handlers.storage.preferences import PreferenceBook
from handlers.storage.sessions import Sessions
from handlers.storage.users import User, Users
from models.fields import AlertType, Direction, Resolution
from tools.bench.year import watched
from tools.events import HttpCall
from tools.goldens.calls import JSON_HEADER
from tools.seed import TICKERS

USERS = 100
MEMBERS = 50
ALERTS = 3
KINDS: tuple[tuple[AlertType, float, Direction], ...] = (
    ("sentiment_threshold", 0.5, "above"),
    ("sentiment_threshold", -0.1, "above"),
    ("volatility_threshold", 2.0, "above"),
)
ZONE = "America/New_York"
RESOLUTIONS: tuple[Resolution, ...] = ("1h", "1h", "1h", "5m", "1m", "24h")
"""What the selector offered; it began with hours."""
METRICS_SECONDS, SENTIMENT_SECONDS, LOOK_SECONDS = 5, 30, 600


@dataclass(frozen=True, slots=True)
class Watcher:
    """A user with a dashboard. `claims` is None for an anonymous one."""

    number: int
    user_id: str
    claims: Claims | None
    config_id: str
    tickers: tuple[str, ...]
    resolution: Resolution

    def headers(self, settings: Settings, now: datetime) -> tuple[tuple[str, str], ...]:
        token = self.user_id
        if self.claims is not None:
            token = tokens.minted(self.claims, self.config_id, settings.signing_key, settings.audience, now)
        return (("Authorization", f"Bearer {token}"),)

    def visit(self) -> Iterator[HttpCall]:
        """What a dashboard asks for when it opens, and what its user changes in a day."""
        for path in ("auth/session", "runtime", "configurations", "market/status", "metrics"):
            yield HttpCall("GET", f"/api/v2/{path}")
        for path in ("sentiment", "heatmap", "volatility", "correlation"):
            yield HttpCall("GET", f"/api/v2/configurations/{self.config_id}/{path}")
        for ticker in self.tickers:
            yield HttpCall("GET", f"/api/v2/tickers/{ticker}/ohlc", "range=1M&resolution=D")
        yield HttpCall("GET", "/api/v2/articles", "tags=technology&limit=20")
        yield _changing("PATCH", f"/api/v2/configurations/{self.config_id}", {"tickers": list(self.tickers[::-1])})
        if self.claims is not None:
            yield from (HttpCall("GET", f"/api/v2/{path}") for path in ("alerts", "notifications"))
            wanted = asdict(_alert(self.config_id, self.tickers[0], 0))
            del wanted["is_enabled"]
            yield _changing("POST", "/api/v2/alerts", wanted)

    def polls(self, second: int) -> Iterator[HttpCall]:
        """What the dashboard asks for in the five seconds that begin so long after the open."""
        turn = second // METRICS_SECONDS + self.number
        yield HttpCall("GET", "/api/v2/metrics")
        if turn % (SENTIMENT_SECONDS // METRICS_SECONDS) == 0:
            yield HttpCall("GET", f"/api/v2/configurations/{self.config_id}/sentiment")
            wanted = f"tickers={','.join(self.tickers)}&resolution={self.resolution}"
            yield HttpCall("GET", "/api/v2/timeseries/batch", wanted)
        if turn % (LOOK_SECONDS // METRICS_SECONDS) == 0:
            ticker, resolution = self._look(second)
            yield HttpCall("GET", f"/api/v2/timeseries/{ticker}", f"resolution={resolution}")
            yield HttpCall("GET", f"/api/v2/tickers/{ticker}/ohlc", "range=1W&resolution=5")

    def _look(self, second: int) -> tuple[str, Resolution]:
        draws = Random(f"look {self.number} {second}")
        return draws.choice(self.tickers), draws.choice(RESOLUTIONS)


def enrol_watchers(store: Store, chance: Chance, now: datetime) -> list[Watcher]:
    """Writes the users, half of them members with alerts and a daily digest. The same for the same chance."""
    return [_enrolled(store, chance, number, now) for number in range(USERS)]


def _enrolled(store: Store, chance: Chance, number: int, now: datetime) -> Watcher:
    draws = Random(f"watcher {number}")
    tickers = tuple(draws.sample(TICKERS, draws.randint(1, 5)))
    user_id, config_id = chance.uuid(), chance.uuid()
    claims = _signed_in(store, user_id, number, chance, now) if number < MEMBERS else None
    if claims is None:
        Users(store).start_anonymous(user_id, ZONE, now)
    Configurations(store).create(user_id, config_id, Draft("Mine", tuple(map(watched, tickers)), 7, False), now)
    watcher = Watcher(number, user_id, claims, config_id, tickers, draws.choice(RESOLUTIONS))
    if claims is not None:
        for place in range(ALERTS):
            draft = _alert(config_id, tickers[place % len(tickers)], place)
            Alerts(store).create(user_id, chance.uuid(), draft, now)
    return watcher


def _signed_in(store: Store, user_id: str, number: int, chance: Chance, now: datetime) -> Claims:
    session_id = chance.uuid()
    Users(store).add(
        User(
            user_id=user_id,
            auth_type="google",
            role="free",
            verification="verified",
            email=f"watcher-{number}@example.com",
            linked_providers=("google",),
            last_provider_used="google",
            timezone=ZONE,
            created_at=now,
            last_active_at=now,
            session_expires_at=now + timedelta(days=30),
            revoked=False,
            revocation_id=1,
            merged_to=None,
        )
    )
    Sessions(store).start(user_id, session_id, now)
    PreferenceBook(store).change(user_id, ZONE, {"digest_enabled": True}, now)
    return Claims(user_id, session_id, 1, ("free",))


def _alert(config_id: str, ticker: str, place: int) -> AlertDraft:
    """One of three kinds, of which the second is often fired."""
    kind, threshold, direction = KINDS[place % len(KINDS)]
    return AlertDraft(config_id, ticker, kind, threshold, direction)


def _changing(method: str, path: str, body: dict[str, object]) -> HttpCall:
    return HttpCall(method, path, "", (JSON_HEADER,), json.dumps(body).encode())
