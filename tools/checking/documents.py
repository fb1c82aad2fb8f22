"""The document in memory: whether it can be made, is valid OpenAPI 3.1, and is the committed one."""

from __future__ import annotations

from collections.abc import Iterator

from openapi_spec_validator import OpenAPIV31SpecValidator

from models.registry import entries
from tools import generate
from tools.artefacts import stale
from tools.checking.freshness import unfresh
from tools.checking.run import Run
from tools.constraints import constraints
from tools.findings import Finding, Severity
from tools.openapi.document import document
from tools.openapi.schemas import BadContract


def check_document(run: Run) -> None:
    """Leaves the document in `run`, or findings why there is none."""
    try:
        run.counts |= counted()
        made = run.document = document()
    except BadContract as error:
        run.add(run.refused("contract", "contract-builds", error))
        return
    run.counts["statuses, each shown by a golden or by the gate's own"] = sum(
        len(operation["responses"]) for path in made["paths"].values() for operation in path.values()
    )
    run.add(_invalid(run))
    run.add(unfresh(run, stale(generate.generated(made), generate.OWNED), generate.COMMAND))


def counted() -> dict[str, int]:
    """The size of the contract, from the types. Raises `BadContract`."""
    contract = list(entries())
    found = [breakable for entry in contract for breakable in constraints(entry.operation)]
    excluded = sum(bool(breakable.excluded) for breakable in found)
    return {
        "operations": len(contract),
        f"constraints, each broken alone by a golden ({excluded} no request can break)": len(found) - excluded,
        "rules beyond JSON Schema, each broken by a golden": sum(len(entry.operation.rules) for entry in contract),
    }


def _invalid(run: Run) -> Iterator[Finding]:
    for error in OpenAPIV31SpecValidator(run.document).iter_errors():
        pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in error.absolute_path)
        place = run.sources.of_document_pointer(pointer, run.document)
        message = f"{pointer or '/'}: {error.message[:300]}"
        yield Finding("document", "document-valid", Severity.ERROR, message, place=place, key=[pointer, error.message])
