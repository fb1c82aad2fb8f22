"""What a replay of the corpus has to say, at the line of the models and the line of the entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tools.corpus.entries import BadEntry, Entry
from tools.corpus.files import GATE
from tools.corpus.replay import Difference, Kind, Replayed, replay
from tools.coverage.findings import Places
from tools.findings import Finding, Related, RuleText, Severity, Subject
from tools.openapi.schemas import Schema

CHECK = "corpus"
COMMAND = "python -m tools corpus"
RULES = {
    rule.id: rule
    for rule in (
        RuleText(
            "corpus-defect",
            "Every request of the corpus is answered as the document promises, and none by a 5xx.",
            "The corpus has what long fuzzing reached, and every failure that it ever found. The calls of the line show it "
            "again; mend the handler, or the contract if it promises too much.",
        ),
        RuleText(
            "corpus-stale",
            "Every request of the corpus is answered as it was.",
            f"Read the difference. If it was meant, run {COMMAND} and commit what it wrote; if not, mend the handler.",
        ),
        RuleText(
            "corpus-unreadable",
            "Every line of the corpus is an entry.",
            f"Put the line right, or take it out and run {COMMAND}.",
        ),
    )
}


def checked(
    files: Mapping[str, bytes],
    document: Schema,
    sources: Places,
    progress: Callable[[str], None] = lambda label: None,
) -> tuple[Replayed, list[Finding]]:
    """The corpus replayed, and what there is to say of it; a line that is no entry is all there is to say."""
    try:
        outcome = replay(files, document, progress)
    except BadEntry as error:
        return Replayed(), [Finding(CHECK, "corpus-unreadable", Severity.ERROR, str(error), place=error.place)]
    return outcome, list(findings(outcome, sources))


def findings(outcome: Replayed, sources: Places) -> Iterator[Finding]:
    """A finding for each entry that differs, defects first."""
    for difference in sorted(outcome.differences, key=lambda d: (d.kind is Kind.STALE, d.place)):
        yield _finding(difference, sources)


def _finding(difference: Difference, sources: Places) -> Finding:
    subject = Subject() if difference.name == GATE else Subject(difference.name)
    stale = difference.kind is Kind.STALE
    once = f" (once a failure: {difference.entry.found})" if difference.entry.found else ""
    return Finding(
        CHECK,
        f"corpus-{difference.kind.value}",
        Severity.ERROR,
        f"{difference.place}: {difference.text}{once}",
        subject,
        difference.place if subject == Subject() else sources.of(subject),
        (Related(difference.place, "the entry of the corpus"),),
        repair=COMMAND if stale else "",
        key=_calls(difference.entry),
    )


def _calls(entry: Entry) -> list[str]:
    """The same for the same calls, wherever their line moves and whatever they are answered."""
    return [repr((step.caller, step.shape, step.call)) for step in entry.steps]
