"""What coverage has to say: everything in the contract that nothing exercises, and a share that fell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

from tools.coverage.items import Coverage, Item
from tools.coverage.keywords import OF_A_SCHEMA
from tools.coverage.measuring import PATH, threshold
from tools.findings import Finding, Place, Related, RuleText, Severity, Subject

CHECK = "coverage"
FELL = "coverage-fell"
SHOW = "Give the operation an Example that does, and run python -m tools golden"
RULES = {
    rule.id: rule
    for rule in (
        RuleText(
            "constraint-unexercised",
            "Every constraint of a request is shown to be kept and to be broken.",
            "A constraint that no recorded request meets may be wrong, or may not be enforced, and nobody would notice. "
            f"{SHOW}; python -m tools fuzz --long may find a request by itself.",
        ),
        RuleText(
            "rule-unexercised",
            "Every published rule is shown to be kept and to be broken.",
            f"Clients read an x-constraint as a promise. {SHOW}; the Rule's `refuses` is the request that breaks it.",
        ),
        RuleText(
            "status-unexercised", "Every declared status is shown.", f"A status that nothing gives is a guess. {SHOW}."
        ),
        RuleText(
            "header-unexercised",
            "Every declared response header is shown with its status.",
            f"Clients are told of a header that may never come. {SHOW}.",
        ),
        RuleText(
            "link-unexercised",
            "Every link is shown to lead somewhere: its parameters have values in a recorded response.",
            f"A runtime expression with a slip in it gives clients nothing. {SHOW}.",
        ),
        RuleText(
            "event-unexercised", "Every event of a stream is shown.", f"Clients wait for what may never come. {SHOW}."
        ),
        RuleText(
            FELL,
            "The share of the contract that is exercised does not fall.",
            "What was exercised before has to stay so. Put back the goldens and the entries of the corpus that are gone, or take "
            "out of the contract what is not there any more.",
        ),
    )
}
KEYWORDS = {keyword.name for keyword in OF_A_SCHEMA} | {"required", "content", "additionalProperties"}
SHOWN = {
    "status": "no golden has this status",
    "header": "no golden of this status has this header",
    "link": "in no golden of this status do the link's parameters have values",
    "event": "no golden of the stream has this event",
}


class Places(Protocol):
    """Where in the models a subject is written: see tools/sources.py."""

    def of(self, subject: Subject, keyword: str = "") -> Place: ...

    def related(self, subject: Subject, keyword: str = "") -> tuple[Related, ...]: ...


def findings(coverage: Coverage, sources: Places, base_threshold: Fraction | None) -> Iterator[Finding]:
    """Each item that nothing exercises; then the share, if it is below the base's threshold (None has none to fall from)."""
    for item in coverage.missing:
        yield _unexercised(item, sources)
    if base_threshold is not None and threshold(coverage) < base_threshold:
        yield Finding(CHECK, FELL, Severity.ERROR, _fell(coverage, base_threshold), place=Place(PATH, 1))


def _fell(coverage: Coverage, base_threshold: Fraction) -> str:
    known, total = len(coverage.exercised) - len(coverage.missing), len(coverage.exercised)
    return (
        f"{float(threshold(coverage)):.2%} of the contract is exercised ({known} of {total} items), less than the "
        f"{float(base_threshold):.2%} of the base; exercise what is listed, or put back what exercised it"
    )


def rule_of(item: Item) -> str:
    """The rule that an item breaks while nothing exercises it."""
    if item.kind != "keyword":
        return f"{item.kind}-unexercised"
    return "constraint-unexercised" if item.name in KEYWORDS else "rule-unexercised"


def _unexercised(item: Item, sources: Places) -> Finding:
    keyword = _source_keyword(item)
    place = sources.of(item.subject, keyword)
    operation = sources.of(Subject(item.subject.operation_id))
    return Finding(
        CHECK,
        rule_of(item),
        Severity.ERROR,
        f"{_subject(item)}: {_what(item)}; add an Example to {item.subject.operation_id} in {operation.path}",
        item.subject,
        place,
        sources.related(item.subject, keyword),
        key=[item.kind, item.name, item.outcome],
    )


def _source_keyword(item: Item) -> str:
    """How `Sources` is asked for an item."""
    if item.kind == "link":
        return f"link {item.name}"
    return item.name if item.kind == "keyword" and item.name != "content" else ""


def _subject(item: Item) -> str:
    return f"{item.subject} {item.name}" if item.kind in ("keyword", "link") else str(item.subject)


def _what(item: Item) -> str:
    if item.outcome == "accepted":
        return f"nothing sends a value here that keeps {item.name} and gets past validation"
    if item.outcome == "refused":
        return f"nothing breaks {item.name} here and is answered by a 422 that says so"
    return SHOWN[item.kind]
