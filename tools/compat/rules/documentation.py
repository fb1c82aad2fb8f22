"""Texts and examples beside the schemas, and parts of the contract that no rule reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.compat.change import Change, Direction, breaking, careful, safe
from tools.compat.json_text import canonical
from tools.compat.media import by_type
from tools.compat.pairs import Both, Contracts, Pair, members
from tools.compat.parameters import parameters
from tools.findings import Subject

TEXTS = safe("documentation-changed", Direction.BOTH, "Texts and examples may change", "They bind nobody.")
EXTENSION = careful(
    "extension-changed",
    Direction.BOTH,
    "A changed extension is read by a person",
    "No rule knows what it means. Give it a rule in tools/compat/rules, or tell those who read it.",
)
UNREAD = breaking(
    "unread-part-changed",
    Direction.BOTH,
    "Every part of the contract that changes is understood",
    "No rule reads this part, so nothing is proved. Give it a rule in tools/compat/rules, or waive it and say why.",
)
RULES = (TEXTS, EXTENSION, UNREAD)
DOCUMENTED = {"summary", "description", "externalDocs", "example", "examples", "x-deprecated-since"}
READ: Mapping[str, set[str]] = {
    "contract": {"openapi", "info", "tags", "paths", "components", "servers", "security"},
    "operation": {
        *("operationId", "tags", "security", "parameters", "requestBody", "responses", "deprecated"),
        *("x-level", "x-constraint", "x-rate-limit", "x-sunset"),
    },
    "parameter": {"name", "in", "required", "schema", "content", "style", "explode", "allowReserved", "deprecated"},
    "body": {"required", "content"},
    "media type": {"schema", "x-events"},
    "response": {"headers", "content", "links"},
    "header": {"required", "schema", "content"},
}
"""Kind of object → its members that have rules."""


def check_contracts(contracts: Contracts) -> Iterator[Change]:
    old, new = contracts.old.root, contracts.new.root
    yield from _compared(Subject(), "contract", old, new)
    for name in ("info", "tags"):
        was, is_ = _unversioned(old.get(name)), _unversioned(new.get(name))
        if canonical(was) != canonical(is_):
            yield TEXTS.at(Subject(), f"{name} changed", was, is_, keyword=name)


def _unversioned(said: Any) -> Any:
    return {name: value for name, value in said.items() if name != "version"} if isinstance(said, dict) else said


def check(pair: Pair) -> Iterator[Change]:
    yield from _compared(pair.subject(), "operation", pair.old.said, pair.new.said)
    for parameter in parameters(pair):
        if parameter.old and parameter.new:
            yield from _compared(parameter.subject, "parameter", parameter.old, parameter.new)
    body = pair.said("requestBody")
    yield from _carrier(pair.subject("body"), "body", body)
    for status in pair.responses():
        yield from _carrier(pair.subject(f"response {status.name}"), "response", status)
        yield from _headers(pair, status)


def _carrier(subject: Subject, kind: str, both: Both) -> Iterator[Change]:
    """A body with its media types."""
    if both.old is None or both.new is None:
        return
    yield from _compared(subject, kind, both.old, both.new)
    for media in members(Both("content", by_type(both.old), by_type(both.new))):
        if media.old is not None and media.new is not None:
            yield from _compared(subject, "media type", media.old, media.new)


def _headers(pair: Pair, status: Both) -> Iterator[Change]:
    for header in members(Both("headers", status.old.get("headers"), status.new.get("headers"))):
        # What Set-Cookie says in its text has a rule of its own: see response_headers.
        if header.old is not None and header.new is not None and header.name.lower() != "set-cookie":
            subject = pair.subject(f"response {status.name} header").inside(header.name.lower())
            yield from _compared(subject, "header", header.old, header.new)


def _compared(subject: Subject, kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if canonical(old) == canonical(new):
        return
    differing = [name for name in sorted({*old, *new}) if canonical(old.get(name)) != canonical(new.get(name))]
    texts = [name for name in differing if name in DOCUMENTED]
    if texts:
        was, is_ = ({name: side.get(name) for name in texts} for side in (old, new))
        yield TEXTS.at(subject, f"{', '.join(texts)} changed", was, is_, keyword=texts[0])
    for name in differing:
        if name not in READ[kind] and name not in DOCUMENTED:
            rule = EXTENSION if name.startswith("x-") else UNREAD
            yield rule.at(subject, f"{name} of the {kind} changed", old.get(name), new.get(name), keyword=name)
