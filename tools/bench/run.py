"""The whole bench: every group measured, every row beside its target."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from itertools import repeat

from tools.bench import beside, cold, pipeline, tooling, warm, whole
from tools.bench.instructions import Counter
from tools.bench.measure import Budget, Costs, Subject
from tools.bench.rows import Results, Row

WARM, BESIDE, COLD, TOOLS, PIPELINE = "warm request", "beside it", "cold start", "tools", "pipeline"
Progress = Callable[[str], None]


def run(budget: Budget, groups: tuple[str, ...] = (), progress: Progress = lambda group: None) -> Results:
    """Measures the named groups, or all."""
    found: list[Row | str] = []
    for name, measure in GROUPS.items():
        if not groups or name in groups:
            found += measure(budget)
            progress(name)
    rows = [each for each in found if isinstance(each, Row)]
    notes = [each for each in found if isinstance(each, str)]
    return Results(rows, [machine(), *counted(), *notes])


def warm_rows(budget: Budget) -> Iterator[Row]:
    """One REST event through the whole gate: 100 routes, logging at WARNING, no store, credentials or limits."""
    found = warm.measured(budget)
    yield _ratio(found, "list of 50", "list", 1.6)
    yield _ratio(found, "POST", "post", 2.0)
    yield _ratio(found, "422", "422", 2.0)
    yield Row(WARM, "1,000 candles", found.ratio("candles", "floor candles"), "×", 1.5, note="× orjson of the rows")
    yield Row(WARM, "404", found.ns("404") / 1e3, "µs", 5.0, note=_noise(found, "404"))
    yield Row(WARM, "405", found.ns("405") / 1e3, "µs", 5.0, note=_noise(found, "405"))
    flat = found.ratio("400 routes", "10 routes")
    yield Row(WARM, "400 routes against 10", flat, "×", 0.1, "between", _micros(found, "400 routes"))
    yield _ratio(found, "list of 50, HTTP API event", "list v2", None)


def _ratio(found: Costs, what: str, name: str, target: float | None) -> Row:
    floor = f"floor {name.split()[0]}"
    note = f"{_micros(found, name)} on a floor of {_micros(found, floor)}, {_noise(found, name)}"
    return Row(WARM, what, found.ratio(name, floor), "×", target, note=note)


def _micros(found: Costs, name: str) -> str:
    return f"{found.ns(name) / 1e3:.1f} µs"


def _noise(found: Costs, name: str) -> str:
    return f"±{found.spread(name):.0%}"


def beside_rows(budget: Budget) -> Iterator[Row]:
    """What the probe leaves out, of real operations over a store in memory."""
    found = beside.measured(budget)

    def row(what: str, name: str, without: str | None = None) -> Row:
        value = found.ns(name) - (found.ns(without) if without else 0)
        return Row(BESIDE, what, value / 1e3, "µs", note=_noise(found, name))

    yield row("GET /api/v2/tickers/validate", "ticker")
    yield row("… counting it against its limit in the store adds", "ticker, limits", "ticker")
    yield row("… 304 by its ETag", "ticker, 304")
    yield row("… checking the response adds (enforce against off)", "ticker, enforce", "ticker")
    yield row("GET /api/v2/timeseries/AAPL, hours", "series")
    yield row("… checking the response adds", "series, enforce", "series")
    yield row("GET /api/v2/auth/validate, anonymous credential", "anonymous")
    yield row("… with a session token", "member")


def cold_rows(budget: Budget) -> Iterator[Row]:
    """Fresh processes to the first answer of `tickers`, CPU time and peak memory."""
    floor, plain, first = cold.started([cold.FLOOR, cold.PLAIN_FLOOR, cold.FIRST_ANSWER], budget.starts)
    note = f"{first.ms:.0f} ms on a floor of {floor.ms:.0f} ms"
    yield Row(COLD, "first tickers response, CPU time", cold.ratio(first, floor), "×", 1.5, note=note)
    note = f"floor {plain.ms:.0f} ms, spared the search as the function is"
    yield Row(COLD, "… against a floor without plugin search", cold.ratio(first, plain), "×", 1.5, note=note)
    note = f"{first.mib:.1f} MiB on {floor.mib:.1f} MiB"
    yield Row(COLD, "peak memory", first.mib / floor.mib, "×", 1.3, note=note)


COMMANDS = {"generate --check": 2.0, "diff HEAD": 2.0, "check --base HEAD": 60.0}
"""Command → the seconds that it may take."""


def tool_rows(budget: Budget) -> Iterator[Row]:
    """How long people wait for the tools."""
    yield Row(TOOLS, "the document of all operations", tooling.document_seconds(), "s", 1.0)
    rounds = max(1, budget.starts // 4)
    for (what, most), start in zip(COMMANDS.items(), tooling.commands(rounds, list(COMMANDS)), strict=True):
        yield Row(TOOLS, f"{what}, whole process", start.ms / 1e3, "s", most)
    found, seconds = tooling.diff_seconds()
    yield Row(TOOLS, "diff of thirty changes with witnesses", seconds, "s", 20.0, note=f"{found} causes")
    calls, rate = tooling.replay_rate()
    yield Row(TOOLS, "golden replay, one core", rate, "cases/s", 1_000, "least", f"{calls} calls")
    calls, rate = tooling.corpus_rate()
    yield Row(TOOLS, "corpus replay, one core", rate, "requests/s", 2_000, "least", f"{calls} requests")
    cases, rate = tooling.fuzz_rate(budget.fuzzed, budget.examples)
    yield Row(TOOLS, "fuzzing, one process", rate, "cases/s", 200, "least", f"{cases} cases")


def pipeline_rows(budget: Budget) -> Iterator[Row]:
    """Collecting, judging and counting news into a SQLite file, as a multiple of what judging alone costs."""
    for characters in (None, 1_800):
        found = pipeline.measured(pipeline.recorded(characters), max(1, budget.starts // 4))
        what = f"collect → judge → buckets, articles of {found.characters:.0f} characters"
        note = f"{found.whole:.0f} µs, judging {found.scorer:.0f} µs; {found.stories} stories"
        yield Row(PIPELINE, what, found.ratio, "× judging", 1.5, note=note)


GROUPS: Mapping[str, Callable[[Budget], Iterator[Row] | Iterator[Row | str]]] = {
    "warm": warm_rows,
    "beside": beside_rows,
    "cold": cold_rows,
    "tools": tool_rows,
    "pipeline": pipeline_rows,
    "operations": whole.operation_rows,
    "load": whole.load_rows,
    "firsts": whole.first_rows,
}
"""Rows, and notes to them as text."""


def machine() -> str:
    """What to know before comparing numbers: only the ratios travel."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    python = platform.python_version()
    return (
        f"CPython {python}, {os.cpu_count()} cores, load {load:.1f}; medians of interleaved rounds in CPU time; "
        "± is half the distance between quartiles."
    )


def counted() -> Iterator[str]:
    """User-space instructions of the gate, which do not depend on what else the machine does."""
    try:
        counter = Counter()
    except OSError as error:
        yield f"Instruction counts: not available here ({error})."
        return
    with warm.logging_at("WARNING"):
        counts = {name: _instructions(counter, subject) for name, subject in warm.subjects().items()}
    yield "Instructions: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()) + "."
    counter.close()


def _instructions(counter: Counter, subject: Subject, calls: int = 200) -> int:
    for _ in repeat(None, calls):
        subject()
    before = counter.read()
    for _ in repeat(None, calls):
        subject()
    return (counter.read() - before) // calls
