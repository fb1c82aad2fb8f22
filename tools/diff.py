"""What changed since a base, as findings: how bad, which way, where, which line did it, and for a breaking one a witness."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.registry import entries
from tools.artefacts import ROOT
from tools.base import Base, Schema
from tools.compat.change import Change, Direction, Level
from tools.compat.comparing import changes
from tools.findings import Finding, Place, Subject
from tools.sources import Sources

ORDER = (Level.BREAKING, Level.CAREFUL, Level.SAFE)
WAYS = {Direction.REQUEST: "in the request", Direction.RESPONSE: "in the response", Direction.BOTH: "both ways"}
UNREAD = ("description", "title", "summary", "example", "examples", "externalDocs", "$comment")
"""What a schema says to people only: the same change keeps its fingerprint when these are reworded."""
SHOWN, PLACES = 300, 12
"""Characters of an old or new value, and places of one cause, that are shown."""


@dataclass(slots=True)
class Cause:
    """Changes that one line of the models made: the same rule, the same old and new value."""

    place: Place
    changes: list[Change] = field(default_factory=list)

    @property
    def first(self) -> Change:
        return self.changes[0]


def compared(
    base: Base,
    new: Schema,
    witnesses: bool = True,
    *,
    today: date | None = None,
    sources: Sources | None = None,
    levels: Iterable[Level] = ORDER,
) -> list[Finding]:
    """The changes from the base to `new`, those of one cause as one finding: breaking first, then as in the document.

    `witnesses` plays the base's goldens through the handlers of the working tree, so `new` has to be its contract. `today`
    decides whether what is gone had passed its sunset. Raises `NotAContract`.
    """
    wanted, lines = set(levels), sources or Sources(entries())
    causes = caused((c for c in changes(base.document, new, today) if c.level in wanted), lines, base.document)
    shown = witnessed(causes, base, new) if witnesses else {}
    return [_finding(cause, shown.get(index, ""), lines) for index, cause in enumerate(causes)]


def fingerprints(base: Base, new: Schema, today: date | None = None) -> set[str]:
    """Those of every change since a base, whichever of its places is named first."""
    sources = Sources(entries())
    causes = caused(changes(base.document, new, today), sources, base.document)
    return {
        _finding(Cause(cause.place, [change]), "", sources).fingerprint for cause in causes for change in cause.changes
    }


def fingerprint_of(change: Change) -> str:
    """That of the finding which names this change first."""
    key = _digest(change)
    return Finding("diff", change.rule, change.level.severity, change.message, change.subject, key=key).fingerprint


def caused(found: Iterable[Change], sources: Sources, old: Schema) -> list[Cause]:
    """The changes by what made them, in the order to be read."""
    paths = _paths(old)
    causes: dict[tuple[str, Place, str], Cause] = {}
    for change in sorted(found, key=lambda change: ORDER.index(change.level)):
        place = sources.of(change.subject, change.keyword, paths.get(change.subject.operation_id, ""))
        key = (change.rule, place, _digest(change))
        causes.setdefault(key, Cause(place)).changes.append(change)
    return list(causes.values())


def _paths(document: Schema) -> dict[str, str]:
    """Operation id → path, for finding the place of what is gone."""
    return {
        operation["operationId"]: path
        for path, item in document["paths"].items()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def _digest(change: Change) -> str:
    """What tells one change from another of the same rule: its values, as far as they are more than words."""
    said = json.dumps([change.rule, _meant(change.old), _meant(change.new)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _meant(value: Any, names: bool = False) -> Any:
    """A value without what is for people only; below `properties` the keys are names, not words of a schema."""
    if isinstance(value, list):
        return [_meant(member) for member in value]
    if not isinstance(value, dict):
        return value
    kept = value if names else {key: member for key, member in value.items() if key not in UNREAD}
    inner = ("properties", "patternProperties", "$defs", "headers", "responses", "content")
    return {key: _meant(member, not names and key in inner) for key, member in kept.items()}


def witnessed(causes: list[Cause], base: Base, new: Schema) -> dict[int, str]:
    """Index of each breaking cause → its witness as text."""
    breaking = {index: cause for index, cause in enumerate(causes) if cause.first.level is Level.BREAKING}
    if not breaking:
        return {}
    # Imported here: what draws values takes longer to load than two equal contracts take to compare.
    from tools.compat.showing import witness_text
    from tools.compat.witness import Witnesses

    stage = Witnesses(base.document, new, base.goldens(), _own())
    found = {index: stage.best(cause.changes) for index, cause in breaking.items()}
    return {index: witness_text(witness, change.subject) for index, (change, witness) in found.items()}


def _own() -> Mapping[str, bytes]:
    """The goldens of the working tree."""
    files = sorted((ROOT / "golden").rglob("*.json"))
    return {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}


def _finding(cause: Cause, witness: str, sources: Sources) -> Finding:
    change, more = cause.first, len(cause.changes) - 1
    also = f" (and in {more} more place{'s' if more > 1 else ''})" if more else ""
    return Finding(
        "diff",
        change.rule,
        change.level.severity,
        f"{_graveness(change)} {change.message}{also}",
        change.subject,
        cause.place,
        sources.related(change.subject, change.keyword),
        "\n".join(_detail(cause, witness)),
        key=_digest(change),
    )


def _graveness(change: Change) -> str:
    """How bad it is and which way it travels; a message that starts with its place in a response says that itself."""
    if change.direction is Direction.RESPONSE and change.message.startswith(("response ", "event ")):
        return f"{change.level.value} in"
    return f"{change.level.value} {WAYS[change.direction]}:"


def _detail(cause: Cause, witness: str) -> Iterator[str]:
    if witness:
        yield witness
        yield ""
    yield from _places([change.subject for change in cause.changes])
    yield from _values(cause.first.old, cause.first.new)
    if cause.first.proof:
        yield f"proof: {cause.first.proof}"


def _values(old: Any, new: Any) -> Iterator[str]:
    """Old and new on a line each; of what is long, the part in which they differ."""
    texts = [json.dumps(value, sort_keys=True, ensure_ascii=False) for value in (old, new)]
    pairs = enumerate(zip(*texts, strict=False))
    same = next((index for index, (one, other) in pairs if one != other), 0)
    for name, value, text in zip(("old", "new"), (old, new), texts, strict=True):
        start = max(0, min(same - SHOWN // 3, len(text) - SHOWN)) if len(text) > SHOWN else 0
        shown = f"{'…' if start else ''}{text[start : start + SHOWN]}{'…' if start + SHOWN < len(text) else ''}"
        if value is not None:
            yield f"{name}: {shown}"


def _places(subjects: list[Subject]) -> Iterator[str]:
    if len(subjects) < 2:
        return
    yield f"the same change in {len(subjects)} places:"
    yield from (f"  {subject}" for subject in subjects[:PLACES])
    if len(subjects) > PLACES:
        yield f"  … and {len(subjects) - PLACES} more"
