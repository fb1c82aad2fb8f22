"""What a response must be, beyond the checks of schemathesis: exactly what the document says, and a 422 only for a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from tools.conformance import ANY_STATUS, Conformance
from tools.events import Received
from tools.fuzz.calls import Sent
from tools.fuzz.paths import Meant, Paths
from tools.openapi.schemas import Schema

Problem = tuple[str, str]
"""The name of a check and what it found."""
BROKEN_VALUE = ["loc", "msg", "type"]
UNREADABLE = {400, 413, 415}


class Judge:
    """Judges by one document; knows nothing of schemathesis."""

    CHECKS = frozenset({"contract", "gate", "broken_values", "valid_data_refused", "unknown_query_key"})

    def __init__(self, document: Schema) -> None:
        self.conformance = Conformance(document)
        self._paths = Paths(document)
        self._promised = _promised(document)

    def meant(self, sent: Sent) -> Meant:
        return self._paths.meant(sent)

    def problems(self, sent: Sent, got: Received, valid: bool = False) -> Iterator[Problem]:
        """Everything wrong with a response; `valid` says that the request fits the schema of the operation it means."""
        meant = self.meant(sent)
        if meant.operation is None:
            yield from self._of_the_gate(meant, sent, got)
            return
        for text in self.conformance.problems(meant.operation["operationId"], got):
            yield "contract", text
        if got.status == 422:
            yield from _of_the_broken_values(got)
        if valid:
            yield from _of_refusals(meant.operation, got)
        yield from _of_unknown_keys(meant.operation, sent, got)

    def fits(self, schema: Schema, value: Any) -> bool:
        fits: bool = self.conformance.validator(schema).is_valid(value)
        return fits

    def _of_the_gate(self, meant: Meant, sent: Sent, got: Received) -> Iterator[Problem]:
        """An unknown path is 404, a known one with another method 405, and OPTIONS says what there is."""
        if sent.call.method == "HEAD" and "GET" in meant.methods:
            if got.body:
                yield "gate", "a response to HEAD has a body"
            return
        expected = 404 if not meant.methods else 204 if sent.call.method == "OPTIONS" else 405
        if got.status != expected:
            yield (
                "gate",
                f"status {got.status} where the document knows the path with {sorted(meant.methods)}: not {expected}",
            )
            return
        if expected != 404:
            yield from _of_allow(meant, got)
        if expected != 204:
            yield from _of_the_refusal(got)
        yield from self._of_headers(got)

    def _of_headers(self, got: Received) -> Iterator[Problem]:
        names = {name.lower() for name in got.headers}
        for name in sorted(self._promised - names):
            yield "gate", f"the header {name} is missing"
        for name in sorted(names - self._promised - ANY_STATUS - {"allow"}):
            yield "gate", f"the header {name} is not declared"


def _promised(document: Schema) -> set[str]:
    """The headers that every declared response has for certain."""
    operations = (operation for path in document["paths"].values() for operation in path.values())
    responses = [
        response.get("headers", {}) for operation in operations for response in operation["responses"].values()
    ]
    required = [{name.lower() for name, header in sent.items() if _is_required(document, header)} for sent in responses]
    return set.intersection(*required) if required else set()


def _is_required(document: Schema, header: Schema) -> bool:
    target = header.get("$ref")
    found = document["components"]["headers"][target.rpartition("/")[2]] if target else header
    return bool(found.get("required"))


def _of_allow(meant: Meant, got: Received) -> Iterator[Problem]:
    allowed = {name.strip() for name in (got.header("allow") or "").split(",")}
    if not meant.methods <= allowed or allowed - meant.methods - {"HEAD", "OPTIONS"}:
        yield "gate", f"Allow is {sorted(allowed)}, the document has {sorted(meant.methods)}"


def _of_the_refusal(got: Received) -> Iterator[Problem]:
    content = _json(got)
    if not isinstance(content, dict) or sorted(content) != ["code", "detail"]:
        yield "gate", f"the refusal is {got.body[:200]!r}, not detail and code"


def _of_the_broken_values(got: Received) -> Iterator[Problem]:
    """Exactly these three keys in this order: anything more would repeat what was sent."""
    content = _json(got)
    items = content.get("detail") if isinstance(content, dict) else None
    if not isinstance(items, list) or not items:
        yield "broken_values", f"the 422 has no list of broken values: {got.body[:200]!r}"
        return
    for item in items:
        if not isinstance(item, dict) or list(item) != BROKEN_VALUE:
            yield "broken_values", f"a broken value has {list(item)!r}, not {BROKEN_VALUE}"


def _of_refusals(operation: Schema, got: Received) -> Iterator[Problem]:
    """Replaces `positive_data_acceptance`: a request that fits its schema may meet a rule that is published."""
    if got.status in UNREADABLE:
        yield "valid_data_refused", f"a request that fits the schema is refused by {got.status}: {got.body[:300]!r}"
    if got.status == 422:
        content = _json(got)
        for item in content["detail"] if isinstance(content, dict) and isinstance(content.get("detail"), list) else ():
            if not any(_is_published(rule, item) for rule in operation.get("x-constraint", ())):
                text = json.dumps(item, ensure_ascii=False)
                yield (
                    "valid_data_refused",
                    f"a request that fits the schema is refused, and no x-constraint says why: {text[:400]}",
                )


def _is_published(rule: Schema, item: Any) -> bool:
    loc = item.get("loc") if isinstance(item, dict) else None
    if not isinstance(loc, list) or item.get("type") != rule["type"] or len(loc) != len(rule["loc"]):
        return False
    return all(pattern in ("*", part) for pattern, part in zip(rule["loc"], loc, strict=True))


def _of_unknown_keys(operation: Schema, sent: Sent, got: Received) -> Iterator[Problem]:
    """schemathesis lets unknown query keys pass; an operation that publishes that it refuses them must."""
    if not 200 <= got.status < 300 or not any(
        rule["type"] == "extra_forbidden" for rule in operation.get("x-constraint", ())
    ):
        return
    known = {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"}
    unknown = {name for name, _ in parse_qsl(sent.call.query, keep_blank_values=True)} - known
    if unknown:
        yield "unknown_query_key", f"status {got.status} although the query has {sorted(unknown)}"


def _json(got: Received) -> Any:
    try:
        return json.loads(got.body)
    except ValueError:
        return None
