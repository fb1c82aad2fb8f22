"""`spec/reference.html`: the contract on one page that loads nothing, with the goldens as examples and a map of coverage.

Written with templates of our own: what documentation generators make carries a renderer of megabytes, does nothing without
scripts, and knows neither goldens nor rules nor coverage.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tools.coverage.items import Coverage
from tools.openapi.schemas import Schema
from tools.reference.contract import LEVELS, Contract, read
from tools.reference.examples import Example, examples
from tools.reference.heat import heat_map, outcomes
from tools.reference.painting import content, path_text, prose

PATH = "spec/reference.html"
HERE = Path(__file__).resolve().parent
GATE = "gate"


@dataclass(frozen=True, slots=True)
class ErrorType:
    """A type of entry of a 422, as the goldens show it."""

    type: str
    message: str
    example: str
    count: int


def files(document: Schema, goldens: Mapping[str, bytes], coverage: Coverage) -> dict[str, bytes]:
    """The page. The same arguments give the same bytes; operations come in the order of the document."""
    contract = read(document)
    shown = examples(goldens, contract.asked)
    tags = {tag: [o.id for o in contract.of(tag)] for tag in contract.tags}
    strays = {name: found for name, found in shown.items() if name not in contract.asked and name != GATE}
    style, script = _part("page.css"), _part("page.js")
    text = (
        _environment(contract)
        .get_template("page.html")
        .render(
            contract=contract,
            examples=shown,
            gate=shown.get(GATE, []),
            strays=strays,
            golden_count=len(goldens),
            error_types=error_types(shown),
            heat=heat_map(coverage, tags),
            missing=coverage.missing,
            style=Markup(style),
            script=Markup(script),
            policy=policy(style, script),
        )
    )
    return {PATH: text.encode()}


def _environment(contract: Contract) -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"content": content, "prose": prose, "path_text": path_text, "outcomes": outcomes}
    made.globals |= {"LEVELS": LEVELS, "operations": {o.id: o for o in contract.operations}}
    return made


def _part(name: str) -> str:
    """A style or a script; nothing in it may end the element that it stands in."""
    text = (HERE / name).read_text("utf-8")
    if "</" in text:
        raise ValueError(f"tools/reference/{name} contains </, which ends the element around it; write it otherwise")
    return text


def policy(style: str, script: str) -> str:
    """What the browser may do with the page: apply this style, run this script, load nothing."""
    parts = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def error_types(shown: Mapping[str, list[Example]]) -> list[ErrorType]:
    """Every type of entry that a golden shows, by name, with the first example of it."""
    found: dict[str, list[Any]] = {}
    for example in (e for name in sorted(shown) for e in shown[name]):
        for error in example.errors:
            found.setdefault(error.type, []).append((error.message, example.id))
    return [ErrorType(type_, cases[0][0], cases[0][1], len(cases)) for type_, cases in sorted(found.items())]
