"""How much of a contract its goldens and its corpus exercise."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

from tools.artefacts import sorted_json
from tools.coverage.exercising import Exercise, of_the_response
from tools.coverage.items import Coverage, Item
from tools.coverage.recorded import Exchange, exchanges, of_the_gate
from tools.coverage.universe import operations
from tools.goldens.cases import PROVED_BY_THE_GATE
from tools.openapi.schemas import Schema

PATH = "spec/coverage.json"
DIGITS = 4


def measured(document: Schema, goldens: Mapping[str, bytes], corpus: Mapping[str, bytes]) -> Coverage:
    """Every item of a document with how many goldens and calls of the corpus exercise it; both are path → bytes."""
    exercise = Exercise(document)
    counts: Counter[Item] = Counter()
    for exchange in exchanges(goldens, corpus):
        counts.update(exercise.items(exchange))
    counts.update(_by_the_gate(document, list(of_the_gate(goldens))))
    return Coverage({item: counts[item] for item in exercise.universe})


def _by_the_gate(document: Schema, proved: list[Exchange]) -> Iterator[Item]:
    """What the gate was shown to answer once is exercised for every operation that declares it."""
    shown = [exchange for exchange in proved if exchange.status in PROVED_BY_THE_GATE]
    for operation in operations(document):
        for exchange in shown:
            yield from of_the_response(operation, exchange)


def threshold(coverage: Coverage) -> Fraction:
    """What the next coverage may not fall below: the share, its first four digits after the point."""
    return Fraction(floor(coverage.share * 10**DIGITS), 10**DIGITS)


def threshold_in(data: bytes | None) -> Fraction | None:
    """The threshold of a committed `spec/coverage.json`; None if there is none, or if the file is something else."""
    try:
        return Fraction(str(json.loads(data or b"")["threshold"]))
    except (ValueError, KeyError, TypeError):
        return None


def files(coverage: Coverage) -> dict[str, bytes]:
    """The coverage as it is committed: counts, shares, the threshold, and what nothing exercises."""
    content = {
        "threshold": float(threshold(coverage)),
        "items": {"exercised": len(coverage.exercised) - len(coverage.missing), "total": len(coverage.exercised)},
        "kinds": {f"{kind} {outcome}": part for (kind, outcome), part in by_kind(coverage).items()},
        "operations": {name: _counted(coverage.of(name).exercised) for name in coverage.operation_ids},
        "unexercised": [_as_json(item) for item in coverage.missing],
    }
    return {PATH: sorted_json(content)}


def by_kind(coverage: Coverage) -> dict[tuple[str, str], dict[str, int]]:
    """(kind, outcome) → how many are exercised, of how many."""
    kinds = dict.fromkeys((item.kind, item.outcome) for item in coverage.exercised)
    return {
        key: _counted({item: count for item, count in coverage.exercised.items() if (item.kind, item.outcome) == key})
        for key in kinds
    }


def _counted(exercised: Mapping[Item, int]) -> dict[str, int]:
    return {"exercised": sum(count > 0 for count in exercised.values()), "total": len(exercised)}


def _as_json(item: Item) -> dict[str, str]:
    subject = item.subject
    return {
        "operation": subject.operation_id,
        "location": subject.location,
        "pointer": subject.pointer,
        "kind": item.kind,
        "name": item.name,
        "outcome": item.outcome,
    }
