"""The stage while it is fuzzed for the corpus: every call is traced, and one call is kept for each set of facts reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tools.corpus.facts import Fact, Facts
from tools.corpus.playing import Player
from tools.corpus.tracing import Tracer
from tools.events import HttpCall, Received
from tools.fuzz.calls import Sent
from tools.fuzz.target import StageTarget


@dataclass(frozen=True, slots=True)
class Noted:
    """A call that reached something, and the calls before it since the beginning."""

    sent: Sent
    before: tuple[Sent, ...]

    @property
    def size(self) -> int:
        call = self.sent.call
        return len(call.path) + len(call.query) + len(call.body or b"") + sum(len(n) + len(v) for n, v in call.headers)

    def comes_before(self, other: Noted) -> bool:
        """Whether it is the better one to keep: the smaller call, then fewer before it, then any order that is always the same."""
        if self.size != other.size:
            return self.size < other.size
        return self._order() < other._order()

    def _order(self) -> tuple[int, str]:
        return len(self.before), repr((self.sent, self.before))


@dataclass(slots=True)
class Notes:
    """Everything that a process noted: facts, and for each set of them, as a bit for each fact, the best call."""

    facts: list[Fact] = field(default_factory=list)
    calls: dict[int, Noted] = field(default_factory=dict)

    def sets(self) -> Iterator[tuple[frozenset[Fact], Noted]]:
        """Each set of facts with its call."""
        for mask, noted in self.calls.items():
            yield frozenset(self.facts[number] for number in _bits(mask)), noted


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def together(notes: Iterable[Notes]) -> dict[frozenset[Fact], Noted]:
    """What several processes noted, as one would have: it does not matter how the operations were dealt out."""
    found: dict[frozenset[Fact], Noted] = {}
    for facts, noted in (pair for note in notes for pair in note.sets()):
        if facts not in found or noted.comes_before(found[facts]):
            found[facts] = noted
    return dict(sorted(found.items(), key=lambda pair: (pair[1].size, repr(pair[1].sent), sorted(pair[0]))))


class Watched(StageTarget):
    """The stage played by a player that is warm, so that no call is taken for what only the first one of a process does."""

    def __init__(self) -> None:
        self._player = Player()
        self._tracer = Tracer()
        self._before: list[Sent] = []
        self._numbers: dict[Fact, int] = {}
        self.notes = Notes()
        super().__init__()
        self._facts = Facts(self.document)

    def reset(self) -> None:
        super().reset()
        self._player.start()
        self._before = []

    def call(self, call: HttpCall, shape: str) -> Received:
        with self._tracer.arcs() as arcs:
            got = self._player.call(call, shape)
        self._note(Sent(call, shape), self._facts.of(call, shape, got, arcs))
        self._before.append(Sent(call, shape))
        return got

    def _note(self, sent: Sent, facts: set[Fact]) -> None:
        mask = sum(1 << self._number(fact) for fact in facts)
        noted = Noted(sent, tuple(self._before))
        known = self.notes.calls.get(mask)
        if known is None or noted.comes_before(known):
            self.notes.calls[mask] = noted

    def _number(self, fact: Fact) -> int:
        if fact not in self._numbers:
            self._numbers[fact] = len(self._numbers)
            self.notes.facts.append(fact)
        return self._numbers[fact]
