"""From everything that long runs noted, and the corpus there is, the fewest entries that reach as much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tools.corpus.cover import smallest
from tools.corpus.entries import Entry, Step
from tools.corpus.facts import Fact, said
from tools.corpus.trying import Trial, Tried
from tools.corpus.watching import Noted, Notes, together
from tools.fuzz.findings import Failed, fewest

NEW = 1_000_000
"""What a new entry costs more than one that is there."""
TRIES = 3
"""Calls that are tried for what no call reaches alone, with all that came before them."""


@dataclass(frozen=True, slots=True)
class Distilled:
    """The corpus to be: each entry with the name of its file. Facts are counted."""

    entries: list[tuple[str, Entry]]
    run: int
    """Reached by the runs."""
    reached: int
    """The part of it that the entries reach, each alone."""
    lost: list[Fact]
    """Reached by the runs and by no entry: only after more calls than were tried, or by calls that are not kept."""
    tried: int
    """Calls that were played alone."""


def distilled(existing: Iterable[Entry], notes: Sequence[Notes], failures: Iterable[Failed], trial: Trial) -> Distilled:
    """Deterministic: of equal worth, an entry that is there already stays."""
    there = _distinct(_existing(existing, trial))
    noted = together(notes)
    fresh = [*_failures(failures, trial), *_alone(noted.values(), trial)]
    goal = {fact for facts in noted for fact in facts}
    after = list(_after_others(noted, goal - _reached([*there, *fresh]), trial))
    known = _distinct([*there, *fresh, *after])
    costs = [tried.cost + NEW * (index >= len(there)) for index, tried in enumerate(known)]
    kept = [index for index, tried in enumerate(known) if tried.entry.found is not None]
    chosen = [known[index] for index in smallest([tried.facts for tried in known], costs, kept)]
    reached = _reached(chosen)
    return Distilled(list(_explained(chosen)), len(goal), len(goal & reached), sorted(goal - reached), len(known))


def _reached(tried: Iterable[Tried]) -> set[Fact]:
    return {fact for one in tried for fact in one.facts}


def _existing(existing: Iterable[Entry], trial: Trial) -> Iterator[Tried]:
    """The entries there are, with what they are answered now. One that was a failure stays whatever it is answered."""
    for entry in existing:
        tried = trial.tried(entry.steps, entry.found)
        if entry.found is not None or tried.is_worth_keeping:
            yield tried


def _failures(failures: Iterable[Failed], trial: Trial) -> Iterator[Tried]:
    for failed in failures:
        steps = [trial.step_of(sent) for sent in failed.calls]
        yield trial.tried(steps, f"{failed.check}: {failed.message.splitlines()[0][:200]}")


def _alone(noted: Iterable[Noted], trial: Trial) -> list[Tried]:
    """Every call that was noted, by itself, each only once."""
    steps: dict[tuple[object, ...], Step] = {}
    for one in noted:
        step = trial.step_of(one.sent)
        steps.setdefault((step.caller, step.shape, step.call), step)
    tried = (trial.tried([step]) for step in steps.values())
    return [one for one in tried if one.is_worth_keeping]


def _after_others(noted: Mapping[frozenset[Fact], Noted], missing: set[Fact], trial: Trial) -> Iterator[Tried]:
    """For what no call reaches alone: a call that did, after as few others as it needs."""
    for fact in sorted(missing):
        there = sorted((one for facts, one in noted.items() if fact in facts), key=lambda one: len(one.before))
        for one in there[:TRIES] if fact in missing else ():
            found = _shortest(one, fact, missing, trial)
            if found is not None and found.is_worth_keeping:
                missing -= found.facts
                yield found
                break


def _shortest(noted: Noted, fact: Fact, missing: set[Fact], trial: Trial) -> Tried | None:
    """With the fewest calls before it that still lead to all of the missing that it reached; None if it does not any more."""
    sents = (*noted.before, noted.sent)
    steps = tuple(trial.step_of(sent) for sent in sents)
    whole = trial.tried(steps)
    if fact not in whole.facts:
        return None
    wanted = missing & whole.facts
    return trial.tried(fewest(steps, lambda shorter: trial.reaches(shorter, wanted)))


def _distinct(tried: Iterable[Tried]) -> list[Tried]:
    """Each sequence of calls once: as the failure that it was, or the first."""
    known: dict[tuple[object, ...], Tried] = {}
    for one in tried:
        key = tuple((step.caller, step.shape, step.call) for step in one.entry.steps)
        if key not in known or (one.entry.found and not known[key].entry.found):
            known[key] = one
    return list(known.values())


def _explained(chosen: Sequence[Tried]) -> Iterator[tuple[str, Entry]]:
    """Each with the first fact that it reaches and none of those before it."""
    covered: set[Fact] = set()
    for tried in chosen:
        fresh = sorted(tried.facts - covered)
        covered |= tried.facts
        why = said(fresh[0]) if fresh else "a failure that was"
        yield tried.name, replace(tried.entry, why=why)
