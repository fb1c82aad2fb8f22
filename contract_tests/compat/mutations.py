"""The table of mutations of our contract: what each does to it, and what a person says of it in both directions."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tools.compat.change import Change, Level
from tools.openapi.schemas import Schema

TABLE = Path(__file__).with_name("mutations.json")
CONTRACT = Path(__file__).parents[2] / "spec" / "openapi.json"
TODAY = date(2024, 12, 2)
"""The day on which operations are removed."""
EQUIVALENT = "equivalent"
CLASSES = (*(level.value for level in Level), EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One row: edits of the contract, as RFC 6902 without test, and what they are.

    `given` are edits of both sides, for what the contract of today does not have.
    """

    name: str
    edits: list[Schema]
    forward: str
    backward: str
    forward_rule: str | None = None
    backward_rule: str | None = None
    given: tuple[Schema, ...] = ()

    @property
    def rewrite(self) -> bool:
        """Whether both sides say the same."""
        return self.forward == EQUIVALENT

    def contracts(self) -> tuple[Schema, Schema]:
        """The contract before and after."""
        before = patched(json.loads(CONTRACT.read_bytes()), list(self.given))
        return before, patched(before, self.edits)


def mutations() -> list[Mutation]:
    """Every row of the table."""
    return [Mutation(**row) for row in json.loads(TABLE.read_bytes())]


def said(found: list[Change]) -> str:
    """The class of a comparison: that of its worst change."""
    levels = {change.level for change in found}
    return next((level.value for level in Level if level in levels), EQUIVALENT)


def patched(document: Schema, edits: list[Schema]) -> Schema:
    """The document after edits: add, remove, replace, move and copy of RFC 6902. Raises KeyError where a path is not there."""
    made: Schema = json.loads(json.dumps(document))
    for edit in edits:
        value = copy.deepcopy(_taken(made, edit))
        if edit["op"] != "remove":
            _put(made, edit["path"], value, edit["op"] == "replace")
    return made


def _taken(document: Schema, edit: Schema) -> Any:
    """The value that an edit places; what it removes is removed."""
    if edit["op"] in ("add", "replace"):
        return edit["value"]
    holder, key = _holder(document, edit["path"] if edit["op"] == "remove" else edit["from"])
    return holder[key] if edit["op"] == "copy" else holder.pop(key)


def _put(document: Schema, path: str, value: Any, replaces: bool) -> None:
    holder, key = _holder(document, path)
    if isinstance(holder, list) and not replaces:
        holder.insert(len(holder) if key == "-" else key, value)
    elif replaces and isinstance(holder, dict) and key not in holder:
        raise KeyError(f"{path} is not in the contract; the table of mutations has to follow it")
    else:
        holder[key] = value


def _holder(document: Any, path: str) -> tuple[Any, Any]:
    """What holds the end of a path, and the key or index there."""
    *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:])
    for step in steps:
        document = document[_key(document, step)]
    return document, _key(document, last)


def _key(holder: Any, step: str) -> Any:
    return int(step) if isinstance(holder, list) and step != "-" else step
