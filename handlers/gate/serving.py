"""Binding a function to an operation, checked by the type checker: same request, same response."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from handlers.gate.callers import Caller
from models.operation import Operation
from models.wire import Request

Req = TypeVar("Req", bound=Request)
Resp = TypeVar("Resp")
Backend = TypeVar("Backend")
B = TypeVar("B", covariant=True)


@dataclass(frozen=True, slots=True)
class Reply(Generic[B]):
    """A response with more than its body. `status` None is the first declared one; a cookie value None removes it."""

    body: B
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Served(Generic[Req, Resp, Backend]):
    """An operation and the function that answers it."""

    operation: Operation[Req, Resp]
    answer: Callable[[Req, Caller, Backend], Resp | Reply[Resp]]


def serves(
    operation: Operation[Req, Resp],
) -> Callable[[Callable[[Req, Caller, Backend], Resp | Reply[Resp]]], Served[Req, Resp, Backend]]:
    """Declares that a function answers `operation`. It is given the request, the caller and what it may use."""

    def bind(answer: Callable[[Req, Caller, Backend], Resp | Reply[Resp]]) -> Served[Req, Resp, Backend]:
        return Served(operation, answer)

    return bind


def served_by(module: Any) -> dict[str, Served[Any, Any, Any]]:
    """What a module serves: operation id → binding."""
    return {value.operation.id: value for value in vars(module).values() if isinstance(value, Served)}
