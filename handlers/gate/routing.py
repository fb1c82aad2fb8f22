"""Which operation a method and a path mean: a dictionary for fixed paths, a tree of segments for the rest.

The table comes from the generated `routes.json`, so that routing imports no model and no handler.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

PARAMETER = ""


class Route(NamedTuple):
    method: str
    path: str
    operation_id: str
    module: str
    tag: str
    summary: str
    safe: bool


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    place: Place | None = None


class Place:
    """Everything served at one path."""

    __slots__ = ("allow", "names", "routes")

    def __init__(self, path: str) -> None:
        segments = path.split("/")[1:]
        self.names = tuple(s[1:-1] for s in segments if s.startswith("{"))
        self.routes: dict[str, Route] = {}
        self.allow = ""

    def add(self, route: Route) -> None:
        self.routes[route.method] = route
        methods = set(self.routes) | {"OPTIONS"} | ({"HEAD"} if self.head() else set())
        self.allow = ", ".join(sorted(methods))

    def head(self) -> Route | None:
        """The route that answers HEAD: the GET, unless it has side effects."""
        route = self.routes.get("GET")
        return route if route is not None and route.safe else None


class Router:
    """Time to find a place depends on the number of segments, not on the number of routes."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, Place] = {}
        self._root = _Node()
        for route in routes:
            self._place(route.path).add(route)

    def _place(self, path: str) -> Place:
        if "{" not in path:
            return self._fixed.setdefault(path, Place(path))
        node = self._root
        for segment in path.split("/")[1:]:
            node = node.children.setdefault(PARAMETER if segment.startswith("{") else segment, _Node())
        node.place = node.place or Place(path)
        return node.place

    def find(self, path: str) -> tuple[Place, list[str]] | None:
        """The place of a path and the raw values of its parameters in order. A fixed segment wins over a parameter."""
        place = self._fixed.get(path)
        if place is not None:
            return place, []
        segments = path.split("/")
        values: list[str] = []
        found = _descend(self._root, segments, 1, values)
        return None if found is None else (found, values)


def _descend(node: _Node, segments: list[str], depth: int, values: list[str]) -> Place | None:
    if depth == len(segments):
        return node.place
    segment = segments[depth]
    if not segment:
        return None
    child = node.children.get(segment)
    if child is not None:
        found = _descend(child, segments, depth + 1, values)
        if found is not None:
            return found
    child = node.children.get(PARAMETER)
    if child is None:
        return None
    values.append(segment)
    found = _descend(child, segments, depth + 1, values)
    if found is None:
        values.pop()
    return found
