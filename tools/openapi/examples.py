"""Examples of the document: every operation has one, and each fits the schema beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.operation import NoContent, Operation
from tools.conformance import Conformance
from tools.openapi.schemas import BadContract, Schema


def check_shown(operation: Operation[Any, Any]) -> None:
    """Raises `BadContract` for an operation that does not show how it succeeds."""
    if not any(example.status < 300 for example in operation.examples):
        raise BadContract(f"{operation.id} has no example that succeeds; give one in its examples=")
    for returns in operation.responses:
        if returns.example is None and returns.body is not NoContent:
            raise BadContract(f"{operation.id} has no example of its {returns.status}; give one in Returns(example=)")


def check_fitting(document: Schema) -> None:
    """Raises `BadContract` with every example that does not fit its schema, closed: one that names unknown fields."""
    if found := list(misfits(document)):
        raise BadContract("\n".join(found))


def misfits(document: Schema) -> Iterator[str]:
    """What is wrong with the examples of a document, and where."""
    judge = Conformance(document)
    for name, schema in document["components"]["schemas"].items():
        yield from _errors(judge, f"the component {name}", schema, schema.get("examples", ()))
    for path in document["paths"].values():
        for operation in path.values():
            for where, schema, values in _shown(operation):
                yield from _errors(judge, f"{operation['operationId']}: {where}", schema, values)


def _errors(judge: Conformance, where: str, schema: Schema, values: Any) -> Iterator[str]:
    for value in values:
        for error in judge.validator(schema).iter_errors(value):
            at = "/".join(map(str, error.instance_path)) or "its root"
            yield f"{where}: the example does not fit at {at}: {error.message[:200]}"


def _shown(operation: Schema) -> Iterator[tuple[str, Schema, list[Any]]]:
    """Where, schema, examples."""
    for parameter in operation.get("parameters", ()):
        yield f"the parameter {parameter['name']}", parameter["schema"], _values(parameter)
    for status, response in operation["responses"].items():
        for name, header in response.get("headers", {}).items():
            if "schema" in header:
                yield f"the header {name} of {status}", header["schema"], _values(header)
    contents = {"the request body": operation.get("requestBody", {})}
    contents |= {f"status {status}": response for status, response in operation["responses"].items()}
    for where, holder in contents.items():
        for media in holder.get("content", {}).values():
            yield where, media["schema"], _values(media)


def _values(holder: Schema) -> list[Any]:
    alone = [holder["example"]] if "example" in holder else []
    return [*alone, *(example["value"] for example in holder.get("examples", {}).values())]
