"""What a month of the recorded load costs on DynamoDB, on demand, in us-east-1.

Prices: https://aws.amazon.com/dynamodb/pricing/on-demand/, halved in November 2024, as numbers also in
https://airbyte.com/data-engineering-resources/dynamodb-pricing. Nothing is taken off for the free tier. On AWS messages go
through SQS, not through the table `queues`, and each open stream has a process of its own that polls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.bench.load import DAY_MINUTES, JOBS, POLLS, SESSION_MINUTES, STREAMS, VISITS, Played
from tools.bench.metering import Charge
from tools.bench.watchers import USERS

DOLLARS_PER_READ, DOLLARS_PER_WRITE = 0.125e-6, 0.625e-6
DOLLARS_PER_GB_MONTH = 0.25
DAYS, TRADING_DAYS = 30, 21
CENT = 0.01


@dataclass(frozen=True, slots=True)
class Entry:
    """What one kind of request, or one table, needs in a month, in request units."""

    what: str
    reads: float
    writes: float

    @property
    def dollars(self) -> float:
        return self.reads * DOLLARS_PER_READ + self.writes * DOLLARS_PER_WRITE


@dataclass(frozen=True, slots=True)
class Bill:
    """A month, the dearest first."""

    requests: Sequence[Entry]
    tables: Sequence[Entry]
    storage_dollars: float

    @property
    def dollars(self) -> float:
        return sum(entry.dollars for entry in self.requests) + self.storage_dollars

    def of(self, group: str) -> float:
        """The dollars of a group of requests."""
        return sum(entry.dollars for entry in self.requests if entry.what.startswith(f"{group}: "))


def bill_of(found: Played) -> Bill:
    """Scales what was played to a month: jobs on thirty days, everything else on 21 trading days."""
    session = SESSION_MINUTES / found.polled_minutes
    times = {
        JOBS: DAYS * DAY_MINUTES / found.day_minutes,
        VISITS: TRADING_DAYS,
        POLLS: TRADING_DAYS * session,
        STREAMS: TRADING_DAYS * session * USERS,
    }
    month = [(charge, units * times[charge.part.partition(":")[0]]) for charge, units in found.meter.units.items()]
    return Bill(
        entries(month, lambda charge: charge.part),
        entries(month, lambda charge: charge.table),
        found.stored_bytes / 1e9 * DOLLARS_PER_GB_MONTH,
    )


def entries(month: Iterable[tuple[Charge, float]], name: Callable[[Charge], str]) -> list[Entry]:
    """Units added up under a name each, the dearest first."""
    units: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for charge, count in month:
        units[name(charge)][charge.is_write] += count
    found = [Entry(what, reads, writes) for what, (reads, writes) in units.items()]
    return sorted(found, key=lambda entry: (-entry.dollars, entry.what))


def as_markdown(bill: Bill) -> str:
    """Both tables: requests from a cent a month on, and all tables."""
    shown = [entry for entry in bill.requests if entry.dollars >= CENT]
    rest = [entry for entry in bill.requests if entry.dollars < CENT]
    more = Entry(f"{len(rest)} other kinds", sum(each.reads for each in rest), sum(each.writes for each in rest))
    storage = f"| storage | | | {bill.storage_dollars:.2f} |"
    total = f"| **together** | | | **{bill.dollars:.2f}** |"
    requests = _table("a month of", [*shown, more] if rest else shown)
    return "\n".join(["", *requests, storage, total, "", *_table("table", bill.tables), ""])


def _table(title: str, found: Sequence[Entry]) -> list[str]:
    head = [f"| {title} | read units, millions | write units, millions | dollars |", "|---|---:|---:|---:|"]
    return head + [f"| {e.what} | {e.reads / 1e6:.2f} | {e.writes / 1e6:.2f} | {e.dollars:.2f} |" for e in found]


def groups(bill: Bill) -> Mapping[str, float]:
    """Dollars by who asks."""
    return {group: bill.of(group) for group in (STREAMS, POLLS, VISITS, JOBS)}
