"""`golden`: every golden from its case, by running the handlers."""

from __future__ import annotations

import json
from collections.abc import Callable

from tools.artefacts import Stale, stale
from tools.conformance import Conformance
from tools.events import Received
from tools.goldens.cases import Case, cases
from tools.goldens.files import golden, written
from tools.goldens.gate import gate_goldens
from tools.goldens.play import Theatre, with_etag
from tools.goldens.violations import fits
from tools.openapi.document import document
from tools.openapi.schemas import BadContract

COMMAND = "python -m tools golden"
OWNED = ("golden/**/*.json",)
Progress = Callable[[str], None]


class Unproved(BadContract):
    """A handler does not do what the contract says. The message names the case and what came instead."""


def goldens(progress: Progress | None = None) -> dict[str, bytes]:
    """Every golden: path → bytes. Raises `Unproved` with all cases whose response is not what it has to be."""
    theatre, judge = Theatre(), Conformance(document())
    files: dict[str, bytes] = dict(gate_goldens())
    wrong: list[Unproved] = []
    for case in cases():
        try:
            files[case.path] = _golden(case, theatre, judge)
        except Unproved as error:
            wrong.append(error)
        if progress:
            progress(case.path)
    if wrong:
        raise Unproved.several(wrong)
    return files


def _golden(case: Case, theatre: Theatre, judge: Conformance) -> bytes:
    call = case.call
    got = theatre.play(case.given, call, case.function, "v1", case.status)
    if case.conditional:
        call = with_etag(call, got)
        got = theatre.play(case.given, call, case.function, "v1", case.status)
    _prove(case, got, judge)
    return written(golden(case.why, case.given, call, got))


def _prove(case: Case, got: Received, judge: Conformance) -> None:
    """The status, and for a 422 the one constraint, come from the contract, not from what was answered."""
    if got.status != case.status:
        raise Unproved(f"{case.path}: expected {case.status}, got {got.status} {got.body[:300]!r}", case.subject)
    for problem in judge.problems(case.operation_id, got):
        raise Unproved(f"{case.path}: {problem}", case.subject)
    if case.constraint is None:
        return
    items = errors_in(got)
    if not fits(case.constraint, items):
        message = f"{case.path}: expected only {case.constraint.type} at {case.constraint.loc}, got {items}"
        raise Unproved(message, case.subject)


def errors_in(got: Received) -> list[tuple[tuple[str | int, ...], str]]:
    """(loc, type) of each entry of a 422."""
    return [(tuple(item["loc"]), item["type"]) for item in json.loads(got.body)["detail"]]


def stale_files(progress: Progress | None = None) -> list[Stale]:
    """What is not as the contract and the handlers say."""
    return stale(goldens(progress), OWNED)
