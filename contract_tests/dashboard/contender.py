"""A process that sends calls to stores which others use: python -m contract_tests.dashboard.contender <name>.

Of each pair of lines the first is the path of a store and a call (method, path, query, cookie, bearer, body; turn, without
which the same ids are drawn again), as JSON: it says that it is ready. At the second it sends the call, and prints the status
and the cookies of the answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from handlers.assembly import assemble
from handlers.gate.gate import Gate
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.settings import Settings
from handlers.storage.sqlite import SqliteStore
from tools.events import HttpCall, Pairs, received, rest_event

CLOCK = FixedClock(datetime(2024, 12, 2, 15, 0, tzinfo=UTC))
"""Stands where the clock of every stage does."""
SETTINGS = Settings(signing_key="a key of the contenders, long enough to sign", rate_limits=False)


def ready(store: SqliteStore, name: str, asked: dict[str, str]) -> Gate:
    """A gate whose tag is loaded: what counts is the call, not the imports before it."""
    gate = assemble("dashboard", SETTINGS, CLOCK, CountedChance(f"{name} {asked.get('turn', '')}"), store)
    gate(rest_event(HttpCall(asked["method"], asked["path"])), None)
    return gate


def call_of(asked: dict[str, str]) -> HttpCall:
    headers: Pairs = (("Cookie", asked["cookie"]),) if "cookie" in asked else ()
    if "bearer" in asked:
        headers += (("Authorization", f"Bearer {asked['bearer']}"),)
    body = asked["body"].encode() if "body" in asked else None
    return HttpCall(asked["method"], asked["path"], asked.get("query", ""), headers, body)


def contend(path: str, name: str, asked: dict[str, str], wait: Callable[[], object]) -> dict[str, Any]:
    """Makes a call ready, waits, sends it; the status and the cookies of the answer."""
    store = SqliteStore(path, CLOCK, busy_timeout_seconds=30)
    gate, event = ready(store, name, asked), rest_event(call_of(asked))
    wait()
    got = received(gate(event, None))
    store.close()
    return {"status": got.status, "cookies": list(got.cookies)}


def told() -> None:
    print('"ready"', flush=True)
    sys.stdin.readline()


def main(name: str) -> None:
    while line := sys.stdin.readline():
        path, asked = json.loads(line)
        print(json.dumps(contend(path, name, asked, told)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
