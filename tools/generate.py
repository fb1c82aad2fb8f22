"""`generate`: the document and the routing tables, from the models."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.artefacts import Stale, sorted_json, stale
from tools.openapi.document import document
from tools.routes import FUNCTIONS, routes

COMMAND = "python -m tools generate"


def generated() -> Iterator[tuple[str, bytes]]:
    """Every generated file but the goldens: path, bytes."""
    yield "spec/openapi.json", sorted_json(document())
    for name in FUNCTIONS:
        yield f"handlers/{name}/routes.json", sorted_json(routes(name))


def stale_files(progress: Callable[[str], None] | None = None) -> list[Stale]:
    """What is not as the models say."""
    spec: dict[str, bytes] = {}
    rest: dict[str, bytes] = {}
    for path, data in generated():
        (spec if path.startswith("spec/") else rest)[path] = data
        if progress:
            progress(path)
    return stale(spec, "spec") + stale(rest, "")
