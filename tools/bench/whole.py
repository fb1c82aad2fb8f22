"""Rows about the whole API: its operations over a year of data, the recorded load of a hundred users, every tag's first answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tools.bench import bill, firsts, load, operations
from tools.bench.firsts import First
from tools.bench.measure import Budget
from tools.bench.operations import BATCH, DEFAULT, Timed
from tools.bench.rows import Row

OPERATIONS, LOAD, FIRST = "operations", "recorded load", "first answers"
SLOWEST = 10


def operation_rows(budget: Budget) -> Iterator[Row | str]:
    """Wall time of every operation over a SQLite file with a year of thirteen tickers; nothing is remembered between calls."""
    found = {timed.name: timed for timed in operations.measured(budget.calls)}
    newest, batch = found.pop(DEFAULT), found.pop(BATCH)
    slowest = sorted(found.values(), key=lambda timed: -timed.p95)
    first = slowest[0]
    note = f"{first.name}, of {len(found)}; median {first.median:.1f} ms"
    yield Row(OPERATIONS, "the slowest operation, p95", first.p95, "ms", 10.0, note=note)
    yield Row(OPERATIONS, newest.name + ", median", newest.median, "ms", 1.0, note=f"p95 {newest.p95:.1f} ms")
    yield Row(OPERATIONS, batch.name + ", p95", batch.p95, "ms", 10.0, note=f"median {batch.median:.1f} ms")
    for timed in slowest:
        yield Row(OPERATIONS, timed.name, timed.p95, "ms", note=f"median {timed.median:.2f} ms", detail=True)
    yield "Slowest operations, p95: " + ", ".join(map(_told, slowest[:SLOWEST])) + "."


def _told(timed: Timed) -> str:
    return f"{timed.name} {timed.p95:.1f} ms"


def load_rows(budget: Budget) -> Iterator[Row | str]:
    """Hits of the process's memory, and what a month costs on DynamoDB."""
    found = load.played(budget.day_minutes, budget.polled_minutes)
    many = load.played(0, max(1, budget.polled_minutes // 2), processes=4)
    note = f"{found.series.total():,} reads, {found.requests:,} requests of one process"
    yield Row(LOAD, "time series remembered", _share(found.series), "%", 80.0, "least", note)
    yield Row(LOAD, "… by each of four processes", _share(many.series), "%")
    yield Row(LOAD, "candles remembered", _share(found.candles), "%", note=f"{found.candles.total():,} reads")
    month = bill.bill_of(found)
    parts = ", ".join(f"{group} {dollars:.2f}" for group, dollars in bill.groups(month).items())
    yield Row(LOAD, "DynamoDB, a month", month.dollars, "$", 60.0, note=f"{parts}, storage {month.storage_dollars:.2f}")
    yield bill.as_markdown(month)


def _share(counts: Counter[bool]) -> float:
    """Per cent of hits; 0 where nothing was read."""
    return 100 * counts[True] / max(1, counts.total())


def first_rows(budget: Budget) -> Iterator[Row | str]:
    """Fresh processes: one answer of every tag, and the imports of every job."""
    rounds = max(1, budget.starts // 4)
    tags, jobs = firsts.tags(rounds), firsts.jobs(rounds)
    yield _slowest("slowest first answer of a tag, CPU time", tags, 1.5)
    largest = max(tags, key=lambda first: first.memory_ratio)
    note = f"{largest.name}, {largest.start.mib:.1f} MiB"
    yield Row(FIRST, "largest peak memory of a tag", largest.memory_ratio, "×", 1.5, note=note)
    yield _slowest("slowest import of a job, CPU time", jobs, 1.5)
    for first in (*tags, *jobs):
        note = f"{first.start.ms:.0f} ms, {first.start.mib:.1f} MiB, {first.plain_ratio:.2f} × the floor without plugin search"
        yield Row(FIRST, first.name, first.ratio, "×", note=note, detail=True)
    for what, group in (("First answers", tags), ("Imports of jobs", jobs)):
        yield f"{what}: " + ", ".join(f"{each.name} {each.start.ms:.0f} ms" for each in group) + "."


def _slowest(what: str, found: Sequence[First], target: float) -> Row:
    first = max(found, key=lambda first: first.ratio)
    note = f"{first.name}, {first.start.ms:.0f} ms; {first.plain_ratio:.2f} × without plugin search"
    return Row(FIRST, what, first.ratio, "×", target, note=note)
