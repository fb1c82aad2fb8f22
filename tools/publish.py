"""What is published beside the document, made from it, the goldens and the corpus: coverage, form errors, requests, reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tools import form_errors, request_files
from tools.artefacts import Stale, stale
from tools.corpus.files import committed
from tools.coverage import measuring
from tools.coverage.items import Coverage
from tools.goldens import golden
from tools.openapi.document import document
from tools.openapi.schemas import Schema
from tools.reference import page

OWNED = ("spec/validation-errors.*", "spec/coverage.json", "spec/reference.html", "spec/requests/*")


@dataclass(frozen=True, slots=True)
class Published:
    """Path → bytes of every file, and the coverage that they show."""

    files: dict[str, bytes]
    coverage: Coverage


def published(made: Schema, goldens: Mapping[str, bytes]) -> Published:
    """Everything in `spec/` that shows what the handlers answer."""
    coverage = measuring.measured(made, goldens, committed())
    files = {
        **form_errors.files(made, goldens),
        **request_files.files(made, goldens),
        **measuring.files(coverage),
        **page.files(made, goldens, coverage),
    }
    return Published(files, coverage)


def stale_files(progress: Callable[[str], None] | None = None) -> list[Stale]:
    """The goldens that are not as contract and handlers say, and the published files that are not as they should be."""
    goldens = golden.goldens(progress)
    return stale(goldens, golden.OWNED) + stale(published(document(), goldens).files, OWNED)
