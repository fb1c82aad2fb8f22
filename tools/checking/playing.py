"""What the handlers really answer: goldens made and replayed, the corpus replayed, what is published of them."""

from __future__ import annotations

from collections.abc import Iterator

from models.registry import entries
from tools import publish
from tools.artefacts import stale
from tools.checking.freshness import unfresh
from tools.checking.run import Progress, Run
from tools.conformance import Conformance
from tools.corpus import files
from tools.corpus import findings as corpus
from tools.coverage.items import Coverage
from tools.events import HttpCall, Received
from tools.findings import NOWHERE, Finding
from tools.goldens import golden
from tools.goldens.cases import cases
from tools.goldens.replay import Replay, replay
from tools.openapi.schemas import BadContract


def check_goldens(run: Run, progress: Progress | None = None) -> None:
    """Whether each case gives what the contract says, and whether the committed goldens are the same."""
    try:
        run.goldens = golden.goldens(progress)
    except BadContract as error:
        run.add(run.refused("goldens", "golden-proved", error))
        return
    run.counts["goldens"] = len(run.goldens)
    run.add(unfresh(run, stale(run.goldens, golden.OWNED), golden.COMMAND))


def check_published(run: Run) -> Coverage:
    """Whether what is published beside the document is as document, goldens and corpus say."""
    made = publish.published(run.document, run.goldens)
    run.add(unfresh(run, stale(made.files, publish.OWNED), golden.COMMAND))
    return made.coverage


def check_replay(run: Run, progress: Progress | None = None) -> Replay:
    """The committed goldens through the handlers, in each shape of event, each response judged by the document."""
    judge = Conformance(run.document)
    known = {entry.operation.id for entry in entries()}

    def conforms(operation_id: str, call: HttpCall, got: Received) -> str | None:
        return next(judge.problems(operation_id, got), None) if operation_id in known else None

    outcome = replay(progress=progress, check=conforms)
    run.counts["replays: v1, v2 and Function URL events are answered alike"] = outcome.calls
    run.add(_replayed(run, outcome))
    return outcome


def _replayed(run: Run, outcome: Replay) -> Iterator[Finding]:
    """Differences of what is not stale already."""
    known = {finding.key for finding in run.outcome.findings if finding.check == "fresh"}
    subjects = {case.path: case.subject for case in cases()} if outcome.differences else {}
    for difference in outcome.differences:
        if difference.path not in known:
            message = f"{difference.path} ({difference.shape}): {difference.text}"
            subject = subjects.get(difference.path, NOWHERE)
            yield run.error("replay", "golden-replayed", message, subject, key=[difference.path, difference.shape])


def check_corpus(run: Run, progress: Progress | None = None) -> None:
    """Every entry of the corpus through the handlers: what breaks the contract, and what is answered otherwise now."""
    outcome, found = corpus.checked(files.committed(), run.document, run.sources, progress or (lambda label: None))
    run.counts[f"requests of the corpus replayed, {outcome.entries} entries"] = outcome.calls
    run.add(found, corpus.RULES.values())
