"""Which operation a call means, by the document alone: an opinion of its own beside the router's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tools.fuzz.calls import Sent
from tools.openapi.schemas import Schema


@dataclass(frozen=True, slots=True)
class Meant:
    """What a call is about. Without an operation: the methods of its path, none if the document has no such path."""

    operation: Schema | None
    methods: frozenset[str]
    values: dict[str, str]
    """Parameters of the path, decoded."""


class Paths:
    """The paths of a document. A fixed segment wins over a parameter, further left first."""

    def __init__(self, document: Schema) -> None:
        templates = sorted(document["paths"], key=lambda path: [part.startswith("{") for part in path.split("/")])
        self._places = [(_matcher(template), document["paths"][template]) for template in templates]

    def meant(self, sent: Sent) -> Meant:
        """An HTTP API hands its path on decoded: there `%2F` separates segments."""
        decoded = sent.shape == "v2"
        path = unquote(sent.call.path) if decoded else sent.call.path
        for matcher, place in self._places:
            found = matcher.fullmatch(path)
            if found:
                values = {name: value if decoded else unquote(value) for name, value in found.groupdict().items()}
                return _meant(place, sent.call.method, values)
        return Meant(None, frozenset(), {})


def _meant(place: dict[str, Any], method: str, values: dict[str, str]) -> Meant:
    methods = frozenset(name.upper() for name in place)
    return Meant(place.get(method.lower()), methods, values)


def _matcher(template: str) -> re.Pattern[str]:
    parts = (f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part) for part in template.split("/"))
    return re.compile("/".join(parts), re.DOTALL)
