"""The parameters of an operation in two contracts, matched as a client sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.compat.document import Served
from tools.compat.pairs import Pair
from tools.findings import Subject
from tools.openapi.schemas import Schema

Key = tuple[str, str]
LOCATIONS = ("path", "query", "header", "cookie")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `old` or `new` is None where there is none."""

    subject: Subject
    old: Schema | None
    new: Schema | None

    @property
    def name(self) -> str:
        return str((self.new or self.old or {}).get("name"))

    @property
    def location(self) -> str:
        return self.subject.location


def parameters(pair: Pair) -> Iterator[Parameter]:
    """Every parameter of either: in the path by position, headers without case, by location and name."""
    old, new = _keyed(pair.old), _keyed(pair.new)
    for location, key in sorted({*old, *new}, key=_order):
        was, is_ = old.get((location, key)), new.get((location, key))
        said: Schema = is_ or was or {}
        name = str(said["name"])
        yield Parameter(pair.subject(location).inside(name.lower() if location == "header" else name), was, is_)


def _order(key: Key) -> tuple[int, str]:
    return (LOCATIONS.index(key[0]) if key[0] in LOCATIONS else len(LOCATIONS), key[1])


def _keyed(served: Served) -> dict[Key, Schema]:
    positions = {name: f"{index:03}" for index, name in enumerate(re.findall(r"\{([^}]*)\}", served.path))}
    found = {}
    for parameter in served.said["parameters"]:
        name, location = parameter["name"], parameter["in"]
        key = positions.get(name, name) if location == "path" else name.lower() if location == "header" else name
        found[location, key] = parameter
    return found


def schema_of(parameter: Schema) -> Any:
    """What the value has to fit, however it is written."""
    for media in (parameter.get("content") or {}).values():
        return media.get("schema", {})
    return parameter.get("schema", {})


def form_of(parameter: Schema) -> Schema:
    """How a value is written into text, with what is not said filled in."""
    if content := parameter.get("content"):
        return {"content": sorted(content)}
    style = parameter.get("style", "form" if parameter.get("in") in ("query", "cookie") else "simple")
    reserved = bool(parameter.get("allowReserved"))
    return {"style": style, "explode": parameter.get("explode", style == "form"), "allowReserved": reserved}
