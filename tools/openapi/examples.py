"""Examples of the document: every operation has one, and each fits the schema beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from models.operation import NoContent, Operation
from tools.conformance import Conformance
from tools.findings import Subject
from tools.openapi.schemas import BadContract, Schema, component_pointer


def check_shown(operation: Operation[Any, Any]) -> None:
    """Raises `BadContract` for an operation that does not show how it succeeds."""
    if not any(example.status < 300 for example in operation.examples):
        raise BadContract(
            f"{operation.id} has no example that succeeds; give one in its examples=", Subject(operation.id)
        )
    for returns in operation.responses:
        if returns.example is None and returns.body is not NoContent:
            message = f"{operation.id} has no example of its {returns.status}; give one in Returns(example=)"
            raise BadContract(message, Subject(operation.id, f"response {returns.status}"))


def check_fitting(document: Schema) -> None:
    """Raises `BadContract` with every example that does not fit its schema, closed: one that names unknown fields."""
    if found := list(misfits(document)):
        raise BadContract.several(found)


def misfits(document: Schema) -> Iterator[BadContract]:
    """What is wrong with the examples of a document, and where."""
    judge = Conformance(document)
    for name, schema in document["components"]["schemas"].items():
        for text in _errors(judge, schema, schema.get("examples", ())):
            yield BadContract(f"the component {name}: {text}", pointer=component_pointer(name))
    for path in document["paths"].values():
        for operation in path.values():
            for where, subject, schema, values in _shown(operation, Subject(operation["operationId"])):
                for text in _errors(judge, schema, values):
                    yield BadContract(f"{subject.operation_id}: {where}: {text}", subject)


def _errors(judge: Conformance, schema: Schema, values: Any) -> Iterator[str]:
    for value in values:
        for error in judge.validator(schema).iter_errors(value):
            at = "/".join(map(str, error.instance_path)) or "its root"
            yield f"the example does not fit at {at}: {error.message[:200]}"


def _shown(operation: Schema, whole: Subject) -> Iterator[tuple[str, Subject, Schema, list[Any]]]:
    """Where in words, where in the contract, schema, examples."""
    for parameter in operation.get("parameters", ()):
        at = replace(whole, location=parameter["in"]).inside(parameter["name"])
        yield f"the parameter {parameter['name']}", at, parameter["schema"], _values(parameter)
    for status, response in operation["responses"].items():
        for name, header in response.get("headers", {}).items():
            if "schema" in header:
                at = replace(whole, location=f"response {status} header").inside(name)
                yield f"the header {name} of {status}", at, header["schema"], _values(header)
    contents = {("the request body", "body"): operation.get("requestBody", {})}
    contents |= {(f"status {s}", f"response {s}"): response for s, response in operation["responses"].items()}
    for (where, location), holder in contents.items():
        for media in holder.get("content", {}).values():
            yield where, replace(whole, location=location), media["schema"], _values(media)


def _values(holder: Schema) -> list[Any]:
    alone = [holder["example"]] if "example" in holder else []
    return [*alone, *(example["value"] for example in holder.get("examples", {}).values())]
