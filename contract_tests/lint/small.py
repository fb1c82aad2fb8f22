"""Small contracts as texts, made into modules, so that a finding's line can be looked up in the text."""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template
from types import ModuleType
from typing import Any

from models.registry import Entry, Tag
from tools.findings import Finding
from tools.lint.linting import linted
from tools.openapi.document import document
from tools.sources import Sources

TEXT = Template('''"""A small contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, Field, StringConstraints, field_validator
from typing_extensions import TypedDict

from models.fields import Count, Cursor, Day, DayText, Fraction, Id, Stamp, Ticker, Timestamp
from models.operation import (
    Body, Cookie, Example, Given, Header, Level, Link, NoContent, Operation, Path, Query, RateLimit, Returns, Rule,
    SentHeader, Streams,
)
from models.paging import Limit100, cursor_rule
from models.refusals import NotFound, Refusal, broken
from models.wire import Content, Event, Request, Response

Word = Annotated[str, StringConstraints(max_length=20)]
$head


class $request(Request):
    """What is asked."""

    word: Annotated[Word | None, Query()] = None
    """A word to look for."""
$fields


class Thing(Response):
    """What there is."""

    word: Word
    """The word that was looked for."""
$members


THING = {"word": "a", $shown}

GET = Operation(
    "$id",
    "$method",
    "$path",
    $request,
    (
        Returns(
            $status,
            $body,
            "What was found",
            $returns
        ),
    ),
    summary="Find a thing",
    description="Looks for it.",
    $declared
    examples=(
        Example("found", "what there is comes back", $status, {$sent}),
        $examples
    ),
)
$more

OPERATIONS = ($operations,)
''')
DEFAULTS = {
    "head": "",
    "request": "GetThing",
    "fields": "",
    "members": "",
    "shown": "",
    "id": "getThing",
    "method": "GET",
    "path": "/things",
    "status": "200",
    "body": "Thing",
    "returns": "example=THING,",
    "declared": "",
    "sent": "",
    "examples": "",
    "more": "",
    "operations": "GET",
}
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Small:
    """A contract and its text."""

    text: str
    entries: list[Entry]

    def linted(self, rule: str) -> list[Finding]:
        """What one rule finds in it."""
        return linted(self.entries, document(self.entries), Sources(self.entries), [rule])

    def line(self, finding: Finding) -> str:
        """The line at which a finding opens."""
        assert finding.place is not None
        return self.text.splitlines()[finding.place.line - 1].strip()


def small(folder: Path, parts: dict[str, str], described: str = "Things") -> Small:
    """The contract with some parts of its text replaced; what is written into `folder` is its module."""
    text = TEXT.substitute({**DEFAULTS, **parts})
    name = f"contract_tests.lint.small_{next(_numbers)}"
    file = folder / f"{name}.py"
    file.write_text(text)
    module = ModuleType(name)
    module.__file__ = str(file)
    sys.modules[name] = module
    exec(compile(text, file, "exec"), vars(module))
    tag = Tag("things", "none", ("things",), described)
    operations: tuple[Any, ...] = module.OPERATIONS
    return Small(text, [Entry(operation, tag, "things") for operation in operations])
