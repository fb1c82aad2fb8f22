"""Long fuzzing: rounds of the fuzzer with seeds of their own, noted call by call, then distilled into the corpus."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tools.corpus.distilling import Distilled, distilled
from tools.corpus.facts import Facts
from tools.corpus.files import entries_in, files_of
from tools.corpus.playing import Player, quiet
from tools.corpus.trying import Trial
from tools.corpus.watching import Notes, Watched
from tools.fuzz.findings import Failed, Finding
from tools.fuzz.run import FuzzOptions, FuzzOutcome, run
from tools.openapi.document import document

ROUNDS = 3
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Grown:
    """What long fuzzing did, and the corpus that came of it."""

    rounds: int = 0
    cases: int = 0
    findings: list[Finding] = field(default_factory=list)
    notes: list[Notes] = field(default_factory=list)
    distilled: Distilled | None = None
    before: int = 0
    """Entries that there were."""

    def add(self, outcome: FuzzOutcome) -> None:
        self.rounds += 1
        self.cases += outcome.cases
        self.notes += outcome.notes
        known = {(f.operation_id, f.check, f.message) for f in self.findings}
        self.findings += [f for f in outcome.findings if (f.operation_id, f.check, f.message) not in known]

    @property
    def failures(self) -> list[Failed]:
        """Those that calls show."""
        return [finding.failed for finding in self.findings if finding.failed is not None]

    @property
    def files(self) -> dict[str, bytes]:
        assert self.distilled is not None
        return files_of(self.distilled.entries)


def grown(
    options: FuzzOptions, rounds: int, seconds: float | None, there: Mapping[str, bytes], progress: Progress
) -> Grown:
    """`rounds` of fuzzing, or as many as begin within `seconds`, with one seed after the other.

    The same options and number of rounds give the same corpus.
    """
    existing = list(entries_in(there).values())
    done = Grown(before=len(existing))
    started = time.monotonic()
    while done.rounds < rounds if seconds is None else time.monotonic() - started < seconds:
        done.add(run(replace(options, seed=options.seed + done.rounds), progress, Watched))
    with quiet():
        done.distilled = distilled(existing, done.notes, done.failures, Trial(Player(), Facts(document())))
    return done
