"""Whether a response is what the document promises: declared status, declared headers, a body that fits the closed schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from tools.events import Received
from tools.openapi.schemas import Schema, closed

ANY_STATUS = {"content-type", "content-length"}
"""Headers that OpenAPI leaves to the media type."""


class Conformance:
    """Judges responses by one document. Validators are built once, closed: a field that is not declared does not fit."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._root = closed(document["components"]["schemas"])
        self._validators: dict[str, Any] = {}
        self._known: dict[int, tuple[Schema, Any]] = {}
        self._operations = {
            operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()
        }

    def validator(self, schema: Schema) -> Any:
        """The compiled validator of a schema of this document, closed, formats checked."""
        # By identity first: to write a schema down costs more than to judge a small value by it.
        known = self._known.get(id(schema))
        if known is None:
            known = self._known[id(schema)] = schema, self._compiled(schema)
        return known[1]

    def _compiled(self, schema: Schema) -> Any:
        """Equal schemas share one."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {**closed(schema), "components": {"schemas": self._root}}
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self._validators[key]

    def problems(self, operation_id: str, got: Received) -> Iterator[str]:
        """What is wrong with a response of an operation; nothing if it keeps every promise."""
        declared = self._operations[operation_id]["responses"].get(str(got.status))
        if declared is None:
            yield f"status {got.status} is not declared"
            return
        yield from self._header_problems(declared.get("headers", {}), got)
        yield from self._body_problems(declared.get("content"), got)

    def _header_problems(self, declared: Schema, got: Received) -> Iterator[str]:
        promised = {name.lower(): self._resolved(header) for name, header in declared.items()}
        sent = {name: ", ".join(values) for name, values in got.headers.items()}
        if got.cookies:
            sent["set-cookie"] = "; ".join(got.cookies)
        for name in sorted(sent.keys() - promised.keys() - ANY_STATUS):
            yield f"the header {name} is not declared"
        for name, header in promised.items():
            if name not in sent:
                if header.get("required"):
                    yield f"the header {name} is missing"
            elif not self._fits_text(header["schema"], sent[name]):
                yield f"the header {name} is {sent[name]!r}, which does not fit its schema"

    def _resolved(self, header: Schema) -> Schema:
        target = header.get("$ref")
        if target is None:
            return header
        found: Schema = self._document["components"]["headers"][target.rpartition("/")[2]]
        return found

    def _fits_text(self, schema: Schema, text: str) -> bool:
        """A header's value is text: it fits as text, or as the number that it spells."""
        validator = self.validator(schema)
        return validator.is_valid(text) or (
            re.fullmatch(r"-?[0-9]+", text) is not None and validator.is_valid(int(text))
        )

    def _body_problems(self, content: Schema | None, got: Received) -> Iterator[str]:
        if content is None:
            if got.body:
                yield f"a body of {len(got.body)} bytes where none is declared"
            return
        media_type = (got.header("content-type") or "").partition(";")[0]
        if media_type not in content:
            yield f"the media type {media_type!r} is not declared"
        elif media_type == "text/event-stream":
            yield from self._event_problems(content[media_type]["x-events"], got.body.decode())
        else:
            yield from self._json_problems(content[media_type]["schema"], got.body)

    def _json_problems(self, schema: Schema, body: bytes) -> Iterator[str]:
        try:
            value = json.loads(body)
        except ValueError as error:
            yield f"the body is no JSON: {error}"
            return
        for misfit in self.validator(schema).iter_errors(value):
            yield f"the body at {'/'.join(map(str, misfit.instance_path)) or 'its root'}: {misfit.message[:300]}"

    def _event_problems(self, events: Schema, text: str) -> Iterator[str]:
        blocks = text.split("\n\n")
        if blocks.pop() != "":
            yield "the stream does not end with a blank line"
        for block in blocks:
            fields = dict(line.split(": ", 1) for line in block.split("\n"))
            schema = events.get(fields.get("event", ""))
            if schema is None or "id" not in fields or "data" not in fields:
                yield f"an event is not declared or has no id or data: {block[:200]!r}"
            else:
                yield from self._json_problems(schema, fields["data"].encode())
