"""Whether the generated files are what they should be; a stale one is shown at the line of the models that changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.artefacts import Stale
from tools.checking.run import Run
from tools.coverage.keywords import ADDITIONAL, OF_A_SCHEMA, REQUIRED
from tools.findings import NOWHERE, Finding, Place, Severity
from tools.goldens.cases import Case, cases


def unfresh(run: Run, found: list[Stale], command: str) -> Iterator[Finding]:
    """A finding for each stale file, which `command` repairs."""
    known = {case.path: case for case in cases()} if any(s.path.startswith("golden/") for s in found) else {}
    for item in found:
        case = known.get(item.path)
        yield Finding(
            "fresh",
            "artefact-fresh",
            Severity.ERROR,
            f"{item.path}: {item.state}",
            case.subject if case else NOWHERE,
            _place(run, item, case),
            detail=item.diff(),
            repair=command,
            key=item.path,
        )


def _place(run: Run, item: Stale, case: Case | None) -> Place:
    """The line of the models that made it stale, where that can be told; else the file itself."""
    if case:
        return run.sources.of(case.subject, keyword_of(case.constraint.type) if case.constraint else "")
    if item.path == "spec/openapi.json" and (pointer := _first_difference(item)):
        return run.sources.of_document_pointer(pointer, run.document)
    return Place(item.path, 1)


def keyword_of(error: str) -> str:
    """The keyword that an error type says is broken; a rule of the contract has its own name."""
    return next((k.name for k in (*OF_A_SCHEMA, REQUIRED, ADDITIONAL) if error in k.errors), error)


def _first_difference(item: Stale) -> str | None:
    """The pointer of the first value that two JSON files disagree about; None if one of them is none."""
    try:
        there, wanted = json.loads(item.found or b""), json.loads(item.expected or b"")
    except ValueError:
        return None
    return next(differences(there, wanted), None)


def differences(there: Any, wanted: Any, pointer: str = "") -> Iterator[str]:
    """Pointers of the smallest values in which two JSON values differ, in the order of their names."""
    if isinstance(there, dict) and isinstance(wanted, dict):
        for name in sorted({*there, *wanted}):
            inside = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in there or name not in wanted:
                yield inside
            elif there[name] != wanted[name]:
                yield from differences(there[name], wanted[name], inside)
    elif isinstance(there, list) and isinstance(wanted, list) and len(there) == len(wanted):
        for index, (one, other) in enumerate(zip(there, wanted, strict=True)):
            if one != other:
                yield from differences(one, other, f"{pointer}/{index}")
    else:
        yield pointer
