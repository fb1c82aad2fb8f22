"""The statuses that an operation answers with."""

from __future__ import annotations

from collections.abc import Iterator

from tools.compat.change import Change, Direction, Rule, breaking, careful, safe
from tools.compat.pairs import Both, Pair

OUT = Direction.RESPONSE
SUCCESS_REMOVED = breaking(
    "success-status-removed",
    OUT,
    "A success keeps its status",
    "Clients wait for a status that never comes. Keep it, and offer the other way of answering in an operation of its own.",
)
SUCCESS_ADDED = breaking(
    "success-status-added",
    OUT,
    "A success has no status that clients do not know",
    "Clients may meet a success that they do not read. Offer it in an operation of its own, or when the request asks for it.",
)
CONDITIONAL_ADDED = safe(
    "not-modified-added", OUT, "Conditional requests may be answered", "Only who asks with If-None-Match gets a 304."
)
CONDITIONAL_REMOVED = safe(
    "not-modified-removed",
    OUT,
    "Conditional requests may go unanswered",
    "Who asks with If-None-Match gets the whole response.",
)
ERROR_ADDED = careful(
    "error-status-added",
    OUT,
    "A new refusal is announced",
    "Clients meet it as an error that they do not know. Say when it happens and what to do.",
)
ERROR_REMOVED = safe("error-status-removed", OUT, "A refusal may go", "Clients that know it just never meet it.")
RULES = (SUCCESS_REMOVED, SUCCESS_ADDED, CONDITIONAL_ADDED, CONDITIONAL_REMOVED, ERROR_ADDED, ERROR_REMOVED)


def check(pair: Pair) -> Iterator[Change]:
    for status in pair.statuses():
        subject = pair.subject(f"response {status.name}")
        if status.old is None:
            yield _rule(status, ERROR_ADDED, SUCCESS_ADDED, CONDITIONAL_ADDED).at(
                subject, f"{status.name} is new", None, status.name, keyword="responses"
            )
        elif status.new is None:
            yield _rule(status, ERROR_REMOVED, SUCCESS_REMOVED, CONDITIONAL_REMOVED).at(
                subject, f"{status.name} is gone", status.name, None, keyword="responses"
            )


def _rule(status: Both, error: Rule, success: Rule, conditional: Rule) -> Rule:
    """304 answers only who asks for it; the default status is whatever is not a success (OpenAPI 3.1, 4.8.16)."""
    if status.name == "304":
        return conditional
    return error if status.name.startswith(("4", "5")) or status.name == "default" else success
