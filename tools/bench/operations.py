"""Every operation through the gate, over a SQLite file with a year of thirteen tickers: wall time from event to answer.

Each call is the first one of its process: nothing is remembered but what is stored. What it writes is undone before the next.
"""

from __future__ import annotations

import gc
import math
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from handlers.assembly import assemble
from handlers.gate.gate import Gate
from handlers.gate.response import Answer, proxied
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.storage.opening import open_store
from models.operation import Example
from models.registry import Entry, entries
from tools.bench.year import SETTINGS, fill_year, quietly
from tools.events import SHAPES, HttpCall
from tools.fuzz.rewinding import Rewinding
from tools.goldens.calls import JSON_HEADER, call_of
from tools.identities import credentials_of
from tools.seed import TICKERS
from tools.stage import FEEDS, NOW, instant_of

DEFAULT, BATCH = "timeseries, newest hours", "timeseries, batch of 10"


@dataclass(frozen=True, slots=True)
class Timed:
    """How long the calls of one kind took, in ms."""

    name: str
    ms: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return percentile(self.ms, 95)


@dataclass(frozen=True, slots=True)
class Act:
    """One call and what comes before it."""

    function: str
    call: HttpCall
    caller: str
    at: datetime
    before: Sequence[HttpCall] = ()


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of all do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def acts_of(entry: Entry) -> list[Act]:
    """The examples of an operation that succeed."""
    shown = [each for each in entry.operation.examples if each.status < 300 and each.given.store == "seeded"]
    return [_act(entry, example) for example in shown]


def _act(entry: Entry, example: Example) -> Act:
    call, given = call_of(entry.operation, example.request), example.given
    before = [_step(step) for step in given.after for _ in range(int(step.get("times", 1)))]
    return Act(entry.tag.function, call, given.caller, instant_of(given), before)


def _step(step: Mapping[str, Any]) -> HttpCall:
    body = orjson.dumps(step["body"]) if "body" in step else None
    headers = (JSON_HEADER,) if body is not None else ()
    return HttpCall(step["method"], step["path"], step.get("query", ""), headers, body)


def extras() -> dict[str, Act]:
    """Reads that have a target of their own."""
    newest = HttpCall("GET", "/api/v2/timeseries/AAPL", "resolution=1h")
    many = HttpCall("GET", "/api/v2/timeseries/batch", f"tickers={','.join(TICKERS[:10])}&resolution=1h")
    return {name: Act("dashboard", call, "nobody", NOW) for name, call in ((DEFAULT, newest), (BATCH, many))}


def measured(calls: int) -> list[Timed]:
    """So many calls of every operation, divided among its examples, and of the extras.

    They take turns, so that what disturbs the machine for a moment disturbs none of them alone.
    """
    kinds = {entry.operation.id: acts_of(entry) for entry in entries()}
    kinds |= {name: [act] for name, act in extras().items()}
    with tempfile.TemporaryDirectory() as folder, quietly():
        theatre = _Theatre(Path(folder) / "year.db")
        with closing(theatre.store):
            return theatre.times(kinds, calls)


class _Theatre:
    def __init__(self, path: Path) -> None:
        self.clock = FixedClock(NOW)
        store = open_store(f"sqlite:///{path}", self.clock)
        fill_year(store)
        self.store = Rewinding(store)

    def times(self, kinds: Mapping[str, Sequence[Act]], calls: int) -> list[Timed]:
        found: dict[str, list[float]] = {name: [] for name in kinds}
        for acts in kinds.values():
            # The first call loads modules and builds types; a deployed function does so once.
            for act in acts:
                self._played(act)
        for turn in range(calls):
            for name, acts in kinds.items():
                found[name].append(self._played(acts[turn % len(acts)]))
        return [Timed(name, times) for name, times in found.items()]

    def _played(self, act: Act) -> float:
        """Milliseconds of a call; of a stream, to its first event. Raises if it does not succeed."""
        self.clock.at = act.at
        gate = assemble(act.function, SETTINGS, self.clock, CountedChance("stage"), self.store, FEEDS)
        known = credentials_of(act.caller, SETTINGS, act.at)
        for call in act.before:
            _answered(gate, _event(call, known))
        event = _event(act.call, known)
        gc.collect(0)
        began = time.perf_counter_ns()
        answer = _answered(gate, event)
        spent = (time.perf_counter_ns() - began) / 1e6
        if answer.close is not None:
            answer.close()
        self.store.rewind()
        if answer.status >= 300:
            raise AssertionError(f"{act.call.method} {act.call.path} answers {answer.status}: {answer.body!r}"[:300])
        return spent


def _event(call: HttpCall, known: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return SHAPES["v1"](replace(call, headers=call.headers + known))


def _answered(gate: Gate, event: dict[str, Any]) -> Answer:
    """The answer as it leaves, of a stream with its first event drawn."""
    http, answer = gate.open(event)
    if isinstance(answer.body, bytes):
        proxied(answer, http)
    else:
        next(answer.body)
    return answer
