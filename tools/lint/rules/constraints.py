"""Constraints that the document does not show: what the schema cannot say has to be published as a rule."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, PlainValidator, WrapValidator

from models.operation import Operation, Rule
from models.wire import Request
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule

VALIDATORS = (AfterValidator, BeforeValidator, PlainValidator, WrapValidator)


@rule(
    "check-published",
    "What a request's check() demands is among the rules of its operation.",
    "A request that fits its schema may be refused only for what the document names as x-constraint; anything else is a riddle. "
    "List the Rule in rules=(…).",
)
def check_published(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        place = contract.sources.of_class(operation.request)
        if operation.request.check is not Request.check and not operation.rules:
            message = f"{operation.request.__name__}.check() refuses requests, and {operation.id} publishes no rule"
            yield Found(message, Subject(operation.id), "rules", place)
            continue
        for name, found in _rules_used(operation):
            if found not in operation.rules:
                message = (
                    f"{operation.request.__name__}.check() refuses by {name}, which {operation.id} does not publish"
                )
                yield Found(message, Subject(operation.id), "rules", key=found.type)


def _rules_used(operation: Operation[Any, Any]) -> Iterator[tuple[str, Rule]]:
    """The rules that the check of a request names, inherited ones included."""
    for cls in operation.request.__mro__:
        check = cls.__dict__.get("check")
        if check is None or cls is Request:
            continue
        module = sys.modules[cls.__module__]
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(check)))):
            value = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
            if isinstance(node, ast.Name) and isinstance(value, Rule):
                yield node.id, value


@rule(
    "no-hidden-validator",
    "No validator refuses what the schema allows.",
    "A validator of Pydantic is invisible in the document: clients, fuzzers and the table of form errors do not know it. Say it by "
    "a named type, or by a Rule and check().",
)
def no_hidden_validator(contract: Contract) -> Iterator[Found]:
    seen: set[type[BaseModel]] = set()
    for operation in contract.operations:
        for model in _models(operation.request, seen):
            for name in _validators(model):
                place = contract.sources.of_class(model, name)
                yield Found(f"{model.__name__}.{name} has a validator", place=place, key=[model.__name__, name])


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """A model and those in its fields, each once."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for kind in _classes(field.annotation):
            yield from _models(kind, seen)


def _classes(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in getattr(kind, "__args__", ()):
        yield from _classes(inner)


def _validators(model: type[BaseModel]) -> Iterator[str]:
    """Fields with a validator of their own; the model's are named by their function."""
    decorators = model.__pydantic_decorators__
    for kind in (decorators.field_validators, decorators.validators):
        for decorator in kind.values():
            yield from decorator.info.fields
    yield from decorators.model_validators
    yield from decorators.root_validators
    for name, field in model.model_fields.items():
        if any(isinstance(mark, VALIDATORS) for mark in field.metadata):
            yield name
