"""Keeps calls away from a source that fails, for all processes together: the state is shared, the rules are domain's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final, Protocol

from handlers.domain import circuits
from handlers.domain.circuits import Circuit
from handlers.feeds.port import FeedUnavailable
from handlers.runtime.clock import Clock
from handlers.runtime.log import log
from models.fields import NewsSource
from models.refusals import ServiceUnavailable

ATTEMPTS: Final = 50
"""How often a change meets another one before it is given up. Whoever won has changed the circuit already."""


class CircuitMemory(Protocol):
    """Where circuits are kept. Raises ServiceUnavailable when it does not answer."""

    def read(self, source: str) -> Circuit: ...

    def replace(self, source: str, old: Circuit, new: Circuit) -> bool:
        """Whether `old` was still there and `new` stands in its place."""
        ...


@dataclass(frozen=True, slots=True)
class Ticket:
    """A call that was let through; `trial` is its number if the circuit was half open."""

    trial: int | None = None


@dataclass(frozen=True, slots=True)
class Breaker:
    """The circuit of one source."""

    source: NewsSource
    memory: CircuitMemory
    clock: Clock

    def admit(self) -> Ticket:
        """Lets a call through, after 60 s of open circuit as its one trial. Raises FeedUnavailable."""
        for _ in range(ATTEMPTS):
            circuit, now = self.memory.read(self.source), self.clock.now()
            at = circuits.retry_at(circuit)
            if at is None:
                return Ticket()
            if now < at:
                raise self._refused(circuit, at, now)
            trial = circuits.tried(circuit, now)
            if self.memory.replace(self.source, circuit, trial):
                self._tell(circuit, trial)
                return Ticket(trial.version)
        raise FeedUnavailable(self.source, 1, "others change its circuit all the time")

    def failed(self, ticket: Ticket) -> None:
        self._settle(lambda circuit: circuits.failed(circuit, ticket.trial, self.clock.now()))

    def succeeded(self, ticket: Ticket) -> None:
        self._settle(lambda circuit: circuits.succeeded(circuit, ticket.trial))

    def released(self, ticket: Ticket) -> None:
        """The call told nothing about the source."""
        self._settle(lambda circuit: circuits.released(circuit, ticket.trial))

    @contextmanager
    def call(self) -> Iterator[None]:
        """A call inside the block. A FeedUnavailable that counts is its failure, any other end by exception tells nothing."""
        ticket = self.admit()
        try:
            yield
        except FeedUnavailable as error:
            (self.failed if error.counts else self.released)(ticket)
            raise
        except BaseException:
            self.released(ticket)
            raise
        self.succeeded(ticket)

    def _settle(self, change: Callable[[Circuit], Circuit]) -> None:
        """An answer that is there is not lost because its success could not be noted."""
        try:
            self._replaced(change)
        except ServiceUnavailable as error:
            log.error("circuit not noted", source=self.source, reason=error.reason)

    def _replaced(self, change: Callable[[Circuit], Circuit]) -> None:
        for _ in range(ATTEMPTS):
            circuit = self.memory.read(self.source)
            changed = change(circuit)
            if changed == circuit:
                return
            if self.memory.replace(self.source, circuit, changed):
                self._tell(circuit, changed)
                return
        log.error("circuit not noted", source=self.source, reason="others change it all the time")

    def _refused(self, circuit: Circuit, at: datetime, now: datetime) -> FeedUnavailable:
        return FeedUnavailable(self.source, ceil((at - now).total_seconds()), f"its circuit is {circuit.state}")

    def _tell(self, before: Circuit, after: Circuit) -> None:
        if before.state != after.state:
            say = log.info if after.state == "closed" else log.warning
            say("circuit changed", source=self.source, before=before.state, after=after.state)
