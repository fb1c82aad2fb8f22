"""`live`: the API and all jobs over one store, while the recorded market plays as fast as you like.

A member with a watchlist, alerts and a digest is signed in, so that there is something to watch. Nothing leaves the house:
feeds, mails and queue are the recorded and embedded ones, whatever the environment says.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.assembly import assemble
from handlers.backend import Backend
from handlers.feeds.opening import Feeds
from handlers.runtime.chance import Chance, SystemChance
from handlers.runtime.clock import Clock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.items import StoreUnavailable
from handlers.storage.opening import FORMS, open_store
from tools.commands.serve import MEMORY, settings_of
from tools.live import Market, QuickClock, Unexpected, Viewer, Visit
from tools.seed import TICKERS, fill
from tools.serve import listening

FINE, NEEDS_A_PERSON = 0, 100
BEGIN = datetime(2024, 12, 2, 14, 25, tzinfo=UTC)
"""A Monday, five minutes before the open."""
FASTEST = 600
METRICS_OFF = "POWERTOOLS_METRICS_DISABLED"
Say = Callable[[str], None]


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    chance = SystemChance()
    key = chance.token()
    try:
        settings = recorded(settings_of(os.environ, options.store, key, options.port), key)
        seeded = options.seed if options.seed is not None else settings.store == MEMORY
        with _without_metrics():
            return _played(settings, seeded, options, chance)
    except (BadSetting, StoreUnavailable, Unexpected, ValueError) as error:
        print(f"cannot play: {getattr(error, 'reason', error)}", file=sys.stderr)
    except SystemExit:
        # Said by who could not take the port.
        pass
    return NEEDS_A_PERSON


def recorded(settings: Settings, key: str) -> Settings:
    """The settings with nothing in them that leaves the house: `key` signs where a secret's would."""
    key = settings.signing_key or key
    return replace(
        settings, feed="recorded", mail="recorded", identity="recorded", queue="store", secrets=None, signing_key=key
    )


@contextmanager
def _without_metrics() -> Iterator[None]:
    """The metric lines of jobs are for CloudWatch; here they would hide the others."""
    before = os.environ.get(METRICS_OFF)
    os.environ.setdefault(METRICS_OFF, "true")
    try:
        yield
    finally:
        if before is None:
            del os.environ[METRICS_OFF]


def _played(settings: Settings, seeded: bool, options: argparse.Namespace, chance: Chance) -> int:
    clock = QuickClock(options.begin, options.speed)
    with closing(open_store(settings.store, clock)) as store:
        store.prepare()
        backend = Backend(settings, clock, chance, Feeds(), store)
        if seeded:
            fill(store, backend.feeds, options.begin, TICKERS, progress=_say)
        clock.start()
        play(backend, options.port, options.minutes, _say, options.speed)
    return FINE


def play(backend: Backend, port: int, minutes: float | None, say: Say, speed: float = 1.0) -> None:
    """Serves and runs the jobs until so many minutes of the clock are over, or somebody interrupts. Raises Unexpected."""
    settings, clock, chance, feeds = backend.settings, backend.clock, backend.chance, backend.feeds
    until = None if minutes is None else clock.now() + timedelta(minutes=minutes)
    server = listening(port, settings, clock, chance, backend.store, feeds, say)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    try:
        market = Market(backend, say)
        gate = assemble("dashboard", settings, clock, chance, backend.store, feeds)
        viewer = Visit(gate, backend, market).viewer()
        say(banner(f"http://{server.host}:{server.port}", clock, speed, viewer))
        market.run(until)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        serving.join()
    say(f"stopped; a store that was kept goes on with --from {clock.now():%Y-%m-%dT%H:%M:%SZ}")


def banner(url: str, clock: Clock, speed: float, viewer: Viewer) -> str:
    """What somebody who has just started it wants to know."""
    as_viewer, at = f'curl -s -H "Authorization: Bearer $TOKEN" {url}/api/v2', f"{clock.now():%Y-%m-%d %H:%M:%S} UTC"
    return "\n".join(
        (
            f"Bellwether answers at {url}; it is {at} there, and time runs {speed:g} times as fast",
            f"  a viewer     TOKEN={viewer.token}",
            f"  a watchlist  {as_viewer}/configurations/{viewer.config_id}/sentiment",
            f"  its alerts   {as_viewer}/alerts",
            f"  their mails  {as_viewer}/notifications",
            f"  a bucket     curl -s '{url}/api/v2/timeseries/AAPL?resolution=5m'",
            f"  a stream     curl -sN {url}/api/v2/stream",
            "A line is a request, a mail, or a run of a job that found something to do. Ctrl-C stops it.",
        )
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools live", description=__doc__)
    parser.add_argument("--speed", type=_between(1, FASTEST), default=60.0, help="times as fast as real (default: 60)")
    parser.add_argument(
        "--from", dest="begin", type=_instant, default=BEGIN, help=f"the market's time at first ({BEGIN})"
    )
    parser.add_argument(
        "--for",
        dest="minutes",
        metavar="MINUTES",
        type=_between(1, 1_000_000),
        help="stop after so many minutes of the market's time (default: never)",
    )
    made = "files and tables that are missing are made"
    parser.add_argument("--store", help=f"{FORMS}; {made} (default: BELLWETHER_STORE, else memory)")
    parser.add_argument("--port", type=_port, default=8080, help="on 127.0.0.1; 0 takes a free one (default: 8080)")
    parser.add_argument(
        "--seed",
        action=argparse.BooleanOptionalAction,
        help="fill the store with what the market said before (default: only a store in memory)",
    )
    return parser


def _between(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least:g} to {most:g}")
        return value

    return read


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)


def _instant(text: str) -> datetime:
    """Of the years that the recorded market plays, with a year at both ends for what looks back and runs on."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = datetime.min
    if instant.tzinfo is None or not 2016 <= instant.year <= 2034:
        raise argparse.ArgumentTypeError(f"{text!r} is no instant of 2016 to 2034; one looks like 2024-12-02T14:25:00Z")
    return instant.astimezone(UTC)
