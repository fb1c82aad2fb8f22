"""`serve`: the functions on loopback over a store that holds the recorded market up to now."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.feeds.opening import Feeds
from handlers.runtime.chance import SystemChance
from handlers.runtime.clock import SystemClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.items import Store, StoreUnavailable
from handlers.storage.opening import FORMS, open_store
from tools.seed import TICKERS, fill
from tools.serve import listening

FINE, NEEDS_A_PERSON = 0, 100
MEMORY = "sqlite://:memory:"


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    chance, clock, feeds = SystemChance(), SystemClock(), Feeds()
    try:
        settings = settings_of(os.environ, options.store, chance.token())
        store = open_store(settings.store, clock)
        store.prepare()
        seeded = options.seed if options.seed is not None else settings.store == MEMORY
        filled = _seed(store, feeds) if seeded else "as it is"
    except (BadSetting, StoreUnavailable, ValueError) as error:
        print(f"cannot serve: {getattr(error, 'reason', error)}", file=sys.stderr)
        return NEEDS_A_PERSON
    try:
        server = listening(options.port, settings, clock, chance, store, feeds, _say)
    except SystemExit:
        return NEEDS_A_PERSON
    made_key = "BELLWETHER_SIGNING_KEY" not in os.environ
    _say(banner(f"http://{server.host}:{server.port}", settings.store, filled, made_key))
    # Returns when interrupted, with the port closed.
    server.serve_forever()
    store.close()
    _say("stopped")
    return FINE


def settings_of(environ: Mapping[str, str], store: str | None, key: str) -> Settings:
    """The settings of the environment, with `store` before its store and `key` where it has none. Raises `BadSetting`."""
    given = {"BELLWETHER_SIGNING_KEY": key, **environ}
    return Settings.of({**given, "BELLWETHER_STORE": store or given.get("BELLWETHER_STORE", MEMORY)})


def banner(url: str, store: str, filled: str, made_key: bool) -> str:
    """What somebody who has just started it wants to know."""
    key = "made for this process; its sessions end with it" if made_key else "from BELLWETHER_SIGNING_KEY"
    return "\n".join(
        (
            f"Bellwether answers at {url}",
            f"  store        {store} ({filled})",
            f"  signing key  {key}",
            f"  a session    curl -s -X POST {url}/api/v2/auth/anonymous",
            f"  its use      curl -s -H 'Authorization: Bearer TOKEN' {url}/api/v2/configurations",
            f"  a stream     curl -sN {url}/api/v2/stream",
            f"  any answer   curl -s -H 'Prefer: code=422' {url}/api/v2/tickers/search   (also example=NAME, wait=SECONDS)",
            "Ctrl-C stops it.",
        )
    )


def _seed(store: Store, feeds: Feeds) -> str:
    until = datetime.now(UTC).replace(microsecond=0)
    filled = fill(store, feeds, until, TICKERS, progress=_say)
    return f"the recorded market up to {until:%Y-%m-%dT%H:%M:%SZ}: {filled.articles} articles, {filled.scores} scores"


def _say(line: str) -> None:
    print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools serve", description=__doc__)
    parser.add_argument("--port", type=_port, default=8080, help="on 127.0.0.1; 0 takes a free one (default: 8080)")
    made = "files and tables that are missing are made"
    parser.add_argument("--store", help=f"{FORMS}; {made} (default: BELLWETHER_STORE, else memory)")
    parser.add_argument(
        "--seed",
        action=argparse.BooleanOptionalAction,
        help="fill the store with the recorded market up to now (default: only a store in memory)",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)
