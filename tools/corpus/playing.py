"""Plays calls from the state of the beginning, thousands a second: what a call changed is put back, nothing is built anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from handlers.assembly import Backend, StoredCounter, StoredSessions, router_of
from handlers.gate.callers import Callers as KnownCallers
from handlers.gate.gate import Gate, Ports
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from models.registry import entries
from tools.corpus.callers import Callers
from tools.corpus.entries import Step
from tools.events import HttpCall, Received
from tools.fuzz.target import answered, seeded
from tools.goldens.calls import call_of
from tools.routes import FUNCTIONS
from tools.stage import FEEDS, NOW, settings

CHANCE = "stage"


@contextmanager
def quiet() -> Iterator[None]:
    """Whatever a process logs elsewhere: here nothing, so that the handlers take the same branches everywhere."""
    logger = logging.getLogger("bellwether")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


class _Chance(CountedChance):
    """Counts from the beginning again when told so."""

    def restart(self) -> None:
        self._drawn = 0


class _Backend(Backend):
    """Forgets on demand what its handlers have kept, but for what it was given."""

    def forget(self) -> None:
        self._kept = {make: kept for make, kept in self._kept.items() if kept is self.store}


class Player:
    """The functions of the stage, ready to start over after every call. Responses are not checked here: see replay.py."""

    def __init__(self) -> None:
        self._clock = FixedClock(NOW)
        self._store = seeded(self._clock)
        self._chance = _Chance(CHANCE)
        known = settings(response_check="off")
        self._backends = {name: _Backend(known, self._clock, self._chance, FEEDS, self._store) for name in FUNCTIONS}
        self._gates = {name: self._gate(name) for name in FUNCTIONS}
        self._streams = router_of("stream")
        self.callers = Callers()
        self._warm_up()

    def _gate(self, name: str) -> Gate:
        backend = self._backends[name]
        callers = KnownCallers(StoredSessions(backend), backend.settings, self._clock)
        ports = Ports(callers, StoredCounter(backend), backend, backend.settings, self._clock, self._chance)
        return Gate(router_of(name), ports)

    def _warm_up(self) -> None:
        """Every example once: what only the first call of a process does is no call's own."""
        for entry in entries():
            for example in entry.operation.examples:
                self.start()
                call = call_of(entry.operation, example.request)
                self.call(self.callers.given_to(call, example.given.caller), "v1")
        self.start()

    def start(self) -> None:
        """Back to the state, the instant and the ids of the beginning."""
        self._clock.at = NOW
        self._store.rewind()
        self._chance.restart()
        for backend in self._backends.values():
            backend.forget()

    def call(self, call: HttpCall, shape: str) -> Received:
        """What a client receives from where things are now."""
        function = "dashboard" if self._streams.find(call.path) is None else "stream"
        return answered(self._gates[function], call, shape)

    def ask(self, step: Step) -> Received:
        """The same for a call of a recorded caller."""
        return self.call(self.callers.given_to(step.call, step.caller), step.shape)

    def play(self, steps: Iterable[Step]) -> list[Received]:
        """The responses to calls made one after the other from the beginning."""
        self.start()
        return [self.ask(step) for step in steps]
