"""`generate`: what the models alone decide: the document, the TypeScript made from it, the routing tables."""

from __future__ import annotations

from collections.abc import Callable

from tools.artefacts import Stale, sorted_json, stale
from tools.openapi.document import document
from tools.openapi.schemas import Schema
from tools.routes import FUNCTIONS, routes
from tools.typescript import files as typescript_files

COMMAND = "python -m tools generate"
OWNED = ("spec/openapi.json", "spec/typescript/*")


def generated(made: Schema) -> dict[str, bytes]:
    """Every file of a document that needs no handler: path → bytes."""
    files = {"spec/openapi.json": sorted_json(made)}
    files |= typescript_files.files(made)
    files |= {f"handlers/{name}/routes.json": sorted_json(routes(name)) for name in FUNCTIONS}
    return files


def stale_files(progress: Callable[[str], None] | None = None) -> list[Stale]:
    """What is not as the models say."""
    files = generated(document())
    if progress:
        for path in files:
            progress(path)
    return stale(files, OWNED)
