"""All the jobs on their schedules over one store, as EventBridge and SQS would call them, under any clock.

What runs are the jobs themselves over the embedded queue; only who calls them is another than on AWS.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import jwt

from handlers.backend import Backend
from handlers.domain.calendar import NEW_YORK
from handlers.domain.mail import masked_address
from handlers.gate.gate import Gate
from handlers.jobs import (
    _analysis,
    _tickers,
    analyze_news,
    collect_news,
    collect_prices,
    complete_buckets,
    evaluate_alerts,
    heal,
    refresh_watchlists,
    send_digests,
    send_notifications,
)
from handlers.jobs.pumping import pump
from handlers.jobs.running import Job, perform
from handlers.storage.mailbox import Mailbox
from handlers.storage.queues import open_queue
from models.refusals import ServiceUnavailable
from tools.events import HttpCall, received, rest_event

MINUTE = timedelta(minutes=1)
EMAIL = "viewer@example.com"
TICKERS = ("AAPL", "MSFT", "NVDA", "TSLA", "JPM")
ALERTS: tuple[dict[str, Any], ...] = (
    {"ticker": "AAPL", "alert_type": "sentiment_threshold", "threshold_value": 0.05, "threshold_direction": "above"},
    {"ticker": "AAPL", "alert_type": "sentiment_threshold", "threshold_value": 0.05, "threshold_direction": "below"},
    {"ticker": "TSLA", "alert_type": "volatility_threshold", "threshold_value": 1.0, "threshold_direction": "above"},
)
DIGEST_AFTER = timedelta(minutes=10)


class QuickClock:
    """Stands at an instant until it is started, then runs `speed` times as fast as `seconds` does."""

    def __init__(
        self,
        begin: datetime,
        speed: float,
        seconds: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._begin = begin
        self._speed = speed
        self._seconds = seconds
        self._wait = wait
        self._started: float | None = None

    def start(self) -> None:
        self._started = self._seconds()

    def now(self) -> datetime:
        passed = 0.0 if self._started is None else self._seconds() - self._started
        return self._begin + timedelta(seconds=passed * self._speed)

    def sleep(self, seconds: float) -> None:
        self._wait(seconds / self._speed)


class Timed(NamedTuple):
    """A job that is called again and again, at whole multiples of an interval."""

    job: Job[Any]
    every: timedelta
    queue: str | None = None
    """Whose messages it is given, as on AWS its queue calls it; None where a schedule does."""


SCHEDULE = (
    Timed(collect_news.JOB, 5 * MINUTE),
    Timed(collect_prices.JOB, 5 * MINUTE),
    Timed(refresh_watchlists.JOB, MINUTE),
    Timed(analyze_news.JOB, MINUTE, _analysis.QUEUE),
    Timed(complete_buckets.JOB, 5 * MINUTE),
    Timed(evaluate_alerts.JOB, MINUTE, _tickers.QUEUE),
    Timed(evaluate_alerts.JOB, 5 * MINUTE),
    Timed(send_digests.JOB, 5 * MINUTE),
    Timed(send_notifications.JOB, MINUTE),
    Timed(heal.JOB, 60 * MINUTE),
)
"""In the order in which what one job leaves is there for the next."""


class Market:
    """Calls the jobs as time passes. `say` is told a line for each run that had something to do, and for each mail."""

    def __init__(self, backend: Backend, say: Callable[[str], None]) -> None:
        self._backend = backend
        self._say = say
        self._slots: dict[Timed, int] = {}
        self._told: set[str] = set()

    def run(self, until: datetime | None = None) -> None:
        """Returns at an instant; never without one."""
        while until is None or self._backend.now() < until:
            self.tick()
            now = self._backend.now()
            self._backend.clock.sleep((_floor(now, MINUTE) + MINUTE - now).total_seconds())

    def tick(self) -> None:
        """Runs what is due, each job once however many of its times have passed."""
        for timed in SCHEDULE:
            slot = int(self._backend.now().timestamp() // timed.every.total_seconds())
            if self._slots.get(timed) != slot:
                self._slots[timed] = slot
                self.call(timed.job, timed.queue)

    def call(self, job: Job[Any], queue: str | None = None) -> None:
        """Calls a job now; where the store or a source fails, it is called again at its next time."""
        begun = self._backend.now()
        try:
            said = self._pumped(job, queue) if queue else self._performed(job, begun)
            mails = self._new_mails() if job is send_notifications.JOB else []
        except ServiceUnavailable as error:
            said, mails = f"failed: {getattr(error, 'reason', error)}", []
        run = [f"{_shown(begun)}  {job.name:<18}  {said}"] if said else []
        for line in (*run, *mails):
            self._say(line)

    def _performed(self, job: Job[Any], begun: datetime) -> str:
        answer = perform(job, scheduled(begun, self._backend.chance.uuid()), self._backend)
        failures = [f"{each['item']}: {each['reason']}" for each in answer["failures"]]
        parts = [_listed(answer["outcomes"]), _listed(answer["counts"]), "; ".join(failures)]
        return " | ".join(part for part in parts if part) if answer["items"] else ""

    def _pumped(self, job: Job[Any], name: str) -> str:
        backend = self._backend
        queue, messages = open_queue(name, backend.store, backend.clock, backend.chance), 0
        while count := pump(job, queue, backend):
            messages += count
        return "" if not messages else "1 message" if messages == 1 else f"{messages} messages"

    def _new_mails(self) -> list[str]:
        kept = [
            each for each in Mailbox(self._backend.store, self._backend.clock).all() if each.mail.id not in self._told
        ]
        self._told.update(each.mail.id for each in kept)
        return [f"{_shown(at)}  a mail to {masked_address(mail.to)}: {mail.subject}" for mail, at in kept]


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member who watches, and the credential that speaks for them."""

    token: str
    config_id: str


class Unexpected(Exception):
    """The API did not answer as it does to everybody; the message says what it said."""


class Visit:
    """Signs a member in by a mailed link, and makes a watchlist, alerts and a digest for them, through the API."""

    def __init__(self, gate: Gate, backend: Backend, market: Market) -> None:
        self._gate = gate
        self._backend = backend
        self._market = market
        self._headers: tuple[tuple[str, str], ...] = ()

    def viewer(self) -> Viewer:
        """What is there from an earlier visit is kept. Raises Unexpected."""
        token = self._signed_in()
        self._headers = (("Authorization", f"Bearer {token}"),)
        config_id = self._watchlist()
        if not self._asked("GET", "/api/v2/alerts")["alerts"]:
            for alert in ALERTS:
                self._asked("POST", "/api/v2/alerts", {"config_id": config_id, **alert})
        at = (self._backend.now() + DIGEST_AFTER).astimezone(NEW_YORK)
        wanted = {"enabled": True, "timezone": "America/New_York", "time": f"{at:%H:%M}"}
        self._asked("PATCH", "/api/v2/notifications/digest", wanted)
        return Viewer(token, config_id)

    def _signed_in(self) -> str:
        mailbox = Mailbox(self._backend.store, self._backend.clock)
        earlier = {kept.mail.id for kept in mailbox.all()}
        self._asked("POST", "/api/v2/auth/magic-link", {"email": EMAIL})
        self._market.call(send_notifications.JOB)
        mails = [kept.mail for kept in mailbox.all() if kept.mail.to == EMAIL and kept.mail.id not in earlier]
        link = re.search(r"token=([\w-]+)", mails[-1].text) if mails else None
        secret = link[1] if link else "none-was-mailed"
        answer = self._asked("GET", "/api/v2/auth/magic-link/verify", query=f"token={secret}")
        return self._lasting(answer["tokens"]["access_token"])

    def _lasting(self, token: str) -> str:
        """The token for as long as its session: a quarter of an hour of a quick clock is over at once."""
        claims = jwt.decode(token, options={"verify_signature": False})
        claims["exp"] = claims["iat"] + int(timedelta(days=30).total_seconds())
        return jwt.encode(claims, self._backend.settings.signing_key, algorithm="HS256")

    def _watchlist(self) -> str:
        known = self._asked("GET", "/api/v2/configurations")["configurations"]
        draft = {"name": "Live", "tickers": list(TICKERS), "timeframe_days": 1}
        found = known[0] if known else self._asked("POST", "/api/v2/configurations", draft)
        return str(found["config_id"])

    def _asked(self, method: str, path: str, body: Mapping[str, Any] | None = None, query: str = "") -> Any:
        headers = (*self._headers, ("Content-Type", "application/json")) if body else self._headers
        content = None if body is None else json.dumps(body).encode()
        call = HttpCall(method, path, query, headers, content, self._backend.chance.uuid())
        got = received(self._gate(rest_event(call)))
        if not 200 <= got.status < 300:
            raise Unexpected(f"{method} {path} answered {got.status}: {got.body.decode()}")
        return json.loads(got.body)


def scheduled(at: datetime, identifier: str) -> dict[str, Any]:
    """The event of a schedule, as EventBridge sends it."""
    return {
        "version": "0",
        "id": identifier,
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "region": "local",
        "resources": [],
        "detail": {},
    }


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


def _floor(instant: datetime, step: timedelta) -> datetime:
    return datetime.fromtimestamp(instant.timestamp() // step.total_seconds() * step.total_seconds(), UTC)
