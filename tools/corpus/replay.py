"""Replays the corpus: each entry from the beginning, its answers compared with the line, each distinct answer judged once.

An answer that breaks the contract is a defect, and needs a person. One that keeps it and is another than the line says is
stale: either it was meant, then the corpus is written again, or the difference is the defect.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from tools.corpus.entries import Entry, Step, digest_of
from tools.corpus.files import entries_in, files_of, name_in
from tools.corpus.playing import Player, quiet
from tools.corpus.trying import answer
from tools.events import HttpCall, Received
from tools.findings import Place
from tools.fuzz.calls import Sent
from tools.fuzz.judge import Judge
from tools.openapi.schemas import Schema


class Kind(Enum):
    """What is wrong with an entry."""

    DEFECT = "defect"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that is not answered as its line says, or against the contract."""

    place: Place
    entry: Entry
    kind: Kind
    text: str

    @property
    def name(self) -> str:
        """The operation, or `gate`."""
        return name_in(self.place.path)


@dataclass(slots=True)
class Replayed:
    """The outcome: what was played, what differs, and the entries with the answers of now."""

    entries: int = 0
    calls: int = 0
    seconds: float = 0.0
    """Of one core's time, which does not depend on what else the machine does."""
    differences: list[Difference] = field(default_factory=list)
    now: dict[Place, Entry] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Calls a second, everything included but the start of the player."""
        return self.calls / self.seconds if self.seconds else 0.0

    @property
    def files(self) -> dict[str, bytes]:
        """The corpus with the answers of now."""
        return files_of((name_in(place.path), entry) for place, entry in self.now.items())


class Opinions:
    """What the document says of answers. One that is known already is not judged again."""

    def __init__(self, document: Schema) -> None:
        self._judge = Judge(document)
        self._known: dict[tuple[str, ...], str | None] = {}

    def of(self, call: HttpCall, shape: str, got: Received, digest: str) -> str | None:
        """What is wrong with an answer; None if it is as promised. Nothing a client sends causes a 5xx."""
        key = (call.method, call.path, call.query, shape, digest)
        if key not in self._known:
            self._known[key] = self._said(Sent(call, shape), got)
        return self._known[key]

    def _said(self, sent: Sent, got: Received) -> str | None:
        if got.status >= 500:
            return f"status {got.status}, which no request may cause: {got.body[:300].decode(errors='replace')}"
        return next((f"{check}: {text}" for check, text in self._judge.problems(sent, got)), None)


def replay(
    files: Mapping[str, bytes],
    document: Schema,
    progress: Callable[[str], None] = lambda label: None,
    player: Player | None = None,
) -> Replayed:
    """Plays every entry of some files, path → bytes. Raises `BadEntry`."""
    with quiet():
        return _replayed(entries_in(files), Opinions(document), player or Player(), progress)


def _replayed(
    entries: Mapping[Place, Entry], opinions: Opinions, known: Player, progress: Callable[[str], None]
) -> Replayed:
    started = time.process_time()
    done = Replayed()
    for place, entry in entries.items():
        answers = known.play(entry.steps)
        done.entries += 1
        done.calls += len(answers)
        done.now[place] = answered_now(entry, answers)
        done.differences += _differences(place, entry, done.now[place], answers, opinions, known)
        progress(place.path)
    done.seconds = time.process_time() - started
    return done


def answered_now(entry: Entry, answers: Sequence[Received]) -> Entry:
    """The entry with other answers."""
    steps = tuple(answer(step, got) for step, got in zip(entry.steps, answers, strict=True))
    return replace(entry, steps=steps, digest=digest_of(answers[-1]))


def _differences(
    place: Place, entry: Entry, now: Entry, answers: Sequence[Received], opinions: Opinions, player: Player
) -> Iterator[Difference]:
    for step, got in zip(entry.steps, answers, strict=True):
        call = player.callers.given_to(step.call, step.caller)
        wrong = opinions.of(call, step.shape, got, now.digest if got is answers[-1] else digest_of(got))
        if wrong is not None:
            yield Difference(place, entry, Kind.DEFECT, f"{_line(step)}: {wrong}")
            return
    if now != entry:
        yield Difference(place, entry, Kind.STALE, _changed(entry.steps, now.steps))


def _changed(before: Iterable[Step], now: Iterable[Step]) -> str:
    for old, new in zip(before, now, strict=True):
        if old != new:
            return f"{_line(old)} was answered by {_answer(old)}, now by {_answer(new)}"
    return "the last response has the same status and another content"


def _line(step: Step) -> str:
    query = f"?{step.call.query}" if step.call.query else ""
    return f"{step.call.method} {step.call.path}{query} as {step.caller} ({step.shape})"[:300]


def _answer(step: Step) -> str:
    errors = ", ".join(f"{kind} at {'.'.join(map(str, loc))}" for loc, kind in step.errors)
    return f"{step.status} ({errors})" if errors else str(step.status)
