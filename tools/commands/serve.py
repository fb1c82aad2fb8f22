"""`serve`: the functions on loopback over a store that holds the recorded market up to now."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.backend import Backend
from handlers.feeds.opening import Feeds
from handlers.runtime.chance import SystemChance
from handlers.runtime.clock import SystemClock
from handlers.runtime.settings import BadSetting, Settings
from handlers.storage.items import Store, StoreUnavailable
from handlers.storage.opening import FORMS, open_store
from tools.seed import TICKERS, fill
from tools.serve import HOST, listening

FINE, NEEDS_A_PERSON = 0, 100
MEMORY = "sqlite://:memory:"


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    chance, clock = SystemChance(), SystemClock()
    key = chance.token()
    try:
        settings = settings_of(os.environ, options.store, key, options.port)
        seeded = is_seeded(settings, options.seed)
        store = open_store(settings.store, clock)
        store.prepare()
        feeds = Backend(settings, clock, chance, store=store).feeds
        filled = _seed(store, feeds) if seeded else "as it is"
    except (BadSetting, StoreUnavailable, ValueError) as error:
        print(f"cannot serve: {getattr(error, 'reason', error)}", file=sys.stderr)
        return NEEDS_A_PERSON
    try:
        server = listening(options.port, settings, clock, chance, store, feeds, _say)
    except SystemExit:
        return NEEDS_A_PERSON
    _say(banner(f"http://{server.host}:{server.port}", settings, filled, settings.signing_key == key))
    # Returns when interrupted, with the port closed.
    server.serve_forever()
    store.close()
    _say("stopped")
    return FINE


def settings_of(environ: Mapping[str, str], store: str | None, key: str, port: int = 0) -> Settings:
    """The settings of the environment, with `store` before its store and `key` where it names none, nor a secret that holds one.

    Raises `BadSetting`.
    Links in mails lead to the port, if it is known and the environment does not say where clients reach the API.
    """
    here = {"BELLWETHER_API_URL": f"http://{HOST}:{port}"} if port else {}
    made = {} if environ.get("BELLWETHER_SECRETS") else {"BELLWETHER_SIGNING_KEY": key}
    given = {**made, **here, **environ}
    return Settings.of({**given, "BELLWETHER_STORE": store or given.get("BELLWETHER_STORE", MEMORY)})


def is_seeded(settings: Settings, wanted: bool | None) -> bool:
    """Whether the store is to be filled; a store in memory is, unless its feed is live. Raises `BadSetting`."""
    if settings.feed == "recorded":
        return settings.store == MEMORY if wanted is None else wanted
    if wanted:
        raise BadSetting("--seed fills in the recorded market, BELLWETHER_FEED is 'live'; leave one of them out")
    return False


def banner(url: str, settings: Settings, filled: str, made_key: bool) -> str:
    """What somebody who has just started it wants to know."""
    key = "from BELLWETHER_SIGNING_KEY" if settings.signing_key else f"of the secret {settings.secrets}"
    if made_key:
        key = "made for this process; its sessions end with it"
    return "\n".join(
        (
            f"Bellwether answers at {url}",
            f"  store        {settings.store} ({filled})",
            f"  feed         {settings.feed}",
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
        help="fill the store with the recorded market up to now (default: only a store in memory, and never beside a live feed)",
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 to 65535")
    return int(text)
