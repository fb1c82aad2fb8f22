"""The lint: every rule of the table asked of one contract, each thing it has to say once, at its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.registry import Entry
from tools.findings import NOWHERE, Finding, Place, Related
from tools.lint.contract import Contract
from tools.lint.rule import Found, Rule
from tools.lint.table import RULES, TABLE
from tools.openapi.schemas import Schema
from tools.sources import Sources

CHECK = "lint"
SHOWN = 3


def linted(entries: Iterable[Entry], document: Schema, sources: Sources, only: Iterable[str] = RULES) -> list[Finding]:
    """What the rules find in a contract, in the order of the table and of the document.

    A line that is at fault in several places of the contract is one finding, about the first of them.
    """
    contract = Contract(list(entries), document, sources)
    asked = set(only)
    return [finding for rule in TABLE if rule.text.id in asked for finding in _broken(rule, contract)]


def _broken(rule: Rule, contract: Contract) -> Iterator[Finding]:
    places: dict[tuple[Place, str], list[Found]] = {}
    for found in rule.check(contract):
        place = found.place or contract.sources.of(found.subject, found.keyword)
        places.setdefault((place, str(found.key)), []).append(found)
    for (place, _), several in places.items():
        yield _finding(rule, contract, place, several)


def _finding(rule: Rule, contract: Contract, place: Place, several: list[Found]) -> Finding:
    first = several[0]
    related: tuple[Related, ...] = (
        () if first.place or first.subject == NOWHERE else contract.sources.related(first.subject, first.keyword)
    )
    if first.other:
        related = (Related(first.other, "what it contradicts"), *related)
    others = list(dict.fromkeys(str(found.subject) for found in several if found.subject != first.subject))
    more = [f"… and {len(others) - SHOWN} more"] if len(others) > SHOWN else []
    return Finding(
        CHECK,
        rule.text.id,
        rule.text.severity,
        first.message,
        first.subject,
        place,
        related,
        detail="\n".join([*(f"also {other}" for other in others[:SHOWN]), *more]),
        key=first.key,
    )
