"""A process that races others for one user's mails and alerts: python -m contract_tests.storage.rivals <path> <name>.

Says that it is ready and waits for a line. Prints how many mails it took, whether it fired the alert, how many alerts it
made, how often it toggled, and how many alerts it disabled.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date

from contract_tests.storage.world import MIDNIGHT, StillClock
from handlers.domain.triggers import Alert
from handlers.storage.alerts import Alerts, Draft, TooManyAlerts
from handlers.storage.configurations import Configurations, WatchedTicker
from handlers.storage.configurations import Draft as Watchlist
from handlers.storage.items import Store
from handlers.storage.mail_quota import MailQuota
from handlers.storage.sqlite import SqliteStore

USER = "somebody"
WATCHLIST, RACED = "raced", "settled"
TODAY: date = MIDNIGHT.astimezone(UTC).date()
EACH = 3


def draft(config_id: str, ticker: str = "AAPL") -> Draft:
    return Draft(config_id, ticker, "sentiment_threshold", 0.5, "above")


def prepare(store: Store) -> None:
    """Two watchlists on AAPL; one has three alerts, named by their numbers."""
    apple = (WatchedTicker("AAPL", "Apple Inc.", "NASDAQ", MIDNIGHT),)
    for config_id in (WATCHLIST, RACED):
        Configurations(store).create(USER, config_id, Watchlist("", apple, 7, False), MIDNIGHT)
    for number in range(3):
        Alerts(store).create(USER, str(number), draft(RACED), MIDNIGHT)


def race(store: Store, name: str, fired: Alert) -> list[int]:
    alerts, quota = Alerts(store), MailQuota(store)
    taken = sum(quota.take(USER, TODAY) for _ in range(EACH))
    first = alerts.fired(fired, 0.9, MIDNIGHT)
    made = sum(_made(alerts, f"{name}-{number}") for number in range(EACH))
    toggled = sum(alerts.toggle(USER, "1") is not None for _ in range(EACH))
    disabled = alerts.disable_all(USER)
    return [taken, first, made, toggled, disabled]


def _made(alerts: Alerts, alert_id: str) -> bool:
    try:
        alerts.create(USER, alert_id, draft(WATCHLIST), MIDNIGHT)
    except TooManyAlerts:
        return False
    return True


def compete(path: str, name: str, wait: Callable[[], object]) -> list[int]:
    """What one does over a connection of its own, as soon as it has waited."""
    store = SqliteStore(path, StillClock(), busy_timeout_seconds=30)
    fired = Alerts(store).get(USER, "0")
    assert fired is not None
    wait()
    done = race(store, name, fired)
    store.close()
    return done


def told() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def main(path: str, name: str) -> None:
    print(*map(int, compete(path, name, told)))


if __name__ == "__main__":
    main(*sys.argv[1:])
