"""`generate`: the document and the routing tables, from the models."""

from __future__ import annotations

from tools.artefacts import Stale, sorted_json, stale
from tools.openapi.document import document
from tools.routes import FUNCTIONS, routes

COMMAND = "python -m tools generate"


def generated() -> dict[str, bytes]:
    """Every generated file but the goldens: path → bytes."""
    files = {"spec/openapi.json": sorted_json(document())}
    return files | {f"handlers/{name}/routes.json": sorted_json(routes(name)) for name in FUNCTIONS}


def stale_files() -> list[Stale]:
    """What is not as the models say."""
    files = generated()
    spec = {path: data for path, data in files.items() if path.startswith("spec/")}
    rest = {path: data for path, data in files.items() if path not in spec}
    return stale(spec, "spec") + stale(rest, "")
