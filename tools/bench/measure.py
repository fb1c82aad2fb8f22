"""Costs of calls in one process: subjects take turns in short rounds, so that what disturbs one disturbs all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat

Subject = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is spent on a measurement."""

    rounds: int = 151
    round_ns: int = 1_500_000
    """How long one subject runs in one round, about."""
    starts: int = 21
    """Fresh processes of each kind."""
    examples: int = 4
    """What the fuzzer generates for each operation, beside what it enumerates."""
    fuzzed: str = "*"
    """A glob over operation ids."""
    calls: int = 40
    """Calls of each operation over a year of data."""
    day_minutes: int = 1440
    """How much of the recorded load's day its jobs are played."""
    polled_minutes: int = 10
    """How much of its session the dashboards are played; not more than that."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Nanoseconds of CPU time for one call, of each subject in each round."""

    rounds: Mapping[str, list[float]]

    def ns(self, name: str) -> float:
        """The median over the rounds."""
        return statistics.median(self.rounds[name])

    def ratio(self, name: str, floor: str) -> float:
        """The median of the ratios within each round: drift between rounds cancels."""
        pairs = zip(self.rounds[name], self.rounds[floor], strict=True)
        return statistics.median(subject / base for subject, base in pairs)

    def spread(self, name: str) -> float:
        """Half of the distance between the quartiles, relative to the median: the noise of the machine."""
        low, _, high = statistics.quantiles(self.rounds[name], n=4)
        return (high - low) / 2 / self.ns(name)


def costs(subjects: Mapping[str, Subject], budget: Budget) -> Costs:
    """Runs every subject in every round, forwards and backwards in turn."""
    calls = {name: _calls(subject, budget.round_ns) for name, subject in subjects.items()}
    found: dict[str, list[float]] = {name: [] for name in subjects}
    order = list(subjects)
    for _ in range(budget.rounds):
        with collecting_nothing():
            for name in order:
                found[name].append(_spent(subjects[name], calls[name]) / calls[name])
        order.reverse()
    return Costs(found)


def _calls(subject: Subject, round_ns: int) -> int:
    """How many calls fill a round. The calls made to find out also warm the subject up."""
    calls = 1
    while (spent := _spent(subject, calls)) < round_ns / 4:
        calls *= 2
    return max(1, round(calls * round_ns / spent))


def _spent(subject: Subject, calls: int) -> int:
    start = time.process_time_ns()
    for _ in repeat(None, calls):
        subject()
    return time.process_time_ns() - start


@contextmanager
def collecting_nothing() -> Iterator[None]:
    """The garbage collector runs between rounds, never inside one."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
