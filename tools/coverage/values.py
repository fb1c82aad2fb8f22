"""The values that a call says, by their position: text is read as the value of its schema that it spells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from tools.findings import Subject
from tools.fuzz.calls import Sent
from tools.fuzz.paths import Meant
from tools.fuzz.text import given_text, readings
from tools.openapi.schemas import Schema

NOTHING = object()


class Fits:
    """Whether values fit schemas of one document; validators are built once."""

    def __init__(self, document: Schema) -> None:
        self._components = document.get("components", {})
        self._validators: dict[str, Any] = {}

    def __call__(self, schema: Schema, value: Any) -> bool:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {**schema, "components": self._components} if "$ref" in key else schema
            self._validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        fits: bool = self._validators[key].is_valid(value)
        return fits


class Values:
    """What one call says. What cannot be read as JSON, or as its schema, is absent."""

    def __init__(self, meant: Meant, sent: Sent, fits: Fits) -> None:
        self._operation: Schema = meant.operation or {}
        self._fits = fits
        self.text: Mapping[str, Mapping[str, str]] = given_text(meant, sent)
        self._data = sent.call.body
        self.body = _json(self._data) if self._data and "requestBody" in self._operation else NOTHING

    def everywhere(self) -> Iterator[tuple[Subject, Any]]:
        """Every position that holds a value, with the value; one for each member of a list, none for an absent part."""
        name = self._operation["operationId"]
        for parameter in self._operation.get("parameters", ()):
            wire = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            text = self.text[parameter["in"]].get(wire)
            value = NOTHING if text is None else self._read(parameter["schema"], text)
            if value is not NOTHING:
                yield from _below(Subject(name, parameter["in"]).inside(wire), value)
        if self.body is not NOTHING:
            yield from _below(Subject(name, "body"), self.body)

    def _read(self, schema: Schema, text: str) -> Any:
        return next((value for value in readings(schema, text) if self._fits(schema, value)), NOTHING)

    def at(self, loc: tuple[str | int, ...]) -> Any:
        """What stands where an error says; text as it is, a member of a list as text."""
        if loc[0] == "body":
            return _step_down(self.body, loc[1:])
        text = self.text.get(str(loc[0]), {}).get(str(loc[1]), NOTHING) if len(loc) > 1 else NOTHING
        if len(loc) > 2 and isinstance(text, str):
            return _step_down(text.split(","), loc[2:])
        return text


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return NOTHING


def _below(subject: Subject, value: Any) -> Iterator[tuple[Subject, Any]]:
    yield subject, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _below(subject.inside(name), member)
    elif isinstance(value, list):
        for member in value:
            yield from _below(subject.inside("*"), member)


def _step_down(value: Any, steps: tuple[Any, ...]) -> Any:
    for step in steps:
        if (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        ):
            value = value[step]
        else:
            return NOTHING
    return value
