"""What calls reach when they are played alone from the beginning, traced: the evidence that an entry is worth its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tools.corpus.entries import Entry, Step, digest_of, errors_in, written
from tools.corpus.facts import Fact, Facts
from tools.corpus.playing import Player
from tools.corpus.tracing import Tracer
from tools.events import Received
from tools.fuzz.calls import Sent

TOO_LONG = 8_192
"""Bytes of a line that nobody reads any more."""
NOISE = {("accept", "*/*"), ("accept-encoding", "gzip, deflate"), ("connection", "keep-alive")}
"""Headers that the generator's transport sends with everything, and that nothing here reads."""
_trailing_comma = re.compile(rb",\s*[\]}]")


@dataclass(frozen=True, slots=True)
class Tried:
    """Calls with what they were answered, and what the last of them reached."""

    name: str
    """The operation that the last call means, or the gate."""
    entry: Entry
    facts: frozenset[Fact]
    answered: int
    """Bytes of the last response's body."""

    @property
    def size(self) -> int:
        """Bytes of the line."""
        return len(written(self.entry))

    @property
    def cost(self) -> int:
        """What there is to read, and what there is to write and to judge whenever it is played."""
        return self.size + self.answered

    @property
    def is_worth_keeping(self) -> bool:
        """Not what nobody would read, nor what answers differently from one minor version of Python to the next."""
        last = self.entry.last
        varies = any(kind == "json_invalid" for _, kind in last.errors) and _trailing_comma.search(
            last.call.body or b""
        )
        return self.size <= TOO_LONG and last.status < 500 and not varies


class Trial:
    """Plays calls from the beginning and says what they reach."""

    def __init__(self, player: Player, facts: Facts) -> None:
        self._player = player
        self._facts = facts
        self._tracer = Tracer()

    def step_of(self, sent: Sent) -> Step:
        """A call of the fuzzer as one of the corpus, its credentials as the name of their caller."""
        caller, call = self._player.callers.taken_from(sent.call)
        headers = tuple(pair for pair in call.headers if pair not in NOISE)
        return Step(caller, sent.shape, replace(call, headers=headers), 0)

    def tried(self, steps: Sequence[Step], found: str | None = None) -> Tried:
        """What the last of these calls is answered and reaches, after the others."""
        answered = [answer(step, got) for step, got in zip(steps[:-1], self._player.play(steps[:-1]), strict=True)]
        last = steps[-1]
        call = self._player.callers.given_to(last.call, last.caller)
        with self._tracer.arcs() as arcs:
            got = self._player.call(call, last.shape)
        facts = frozenset(self._facts.of(call, last.shape, got, arcs))
        entry = Entry("", (*answered, answer(last, got)), digest_of(got), found)
        return Tried(self._facts.name(call, last.shape), entry, facts, len(got.body))

    def reaches(self, steps: Sequence[Step], facts: set[Fact]) -> bool:
        """Whether the last of these calls still reaches all of this."""
        return facts <= self.tried(steps).facts


def answer(step: Step, got: Received) -> Step:
    """The call with what it is answered."""
    return replace(step, status=got.status, errors=errors_in(got))
