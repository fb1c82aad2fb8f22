"""The docstring under each field, read from the source: what a client is told about it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from typing_extensions import get_original_bases, is_typeddict


@cache
def _fields_of_module(name: str) -> dict[str, dict[str, str]]:
    path = sys.modules[name].__file__
    assert path is not None
    tree = ast.parse(Path(path).read_text("utf-8"))
    return {node.name: _fields_of_class(node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def _fields_of_class(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str):
            found[field.target.id] = _line(text.value.value)
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def _lineage(cls: type[Any]) -> Iterator[type[Any]]:
    """The class after its bases. A TypedDict forgets its bases but for `__orig_bases__`."""
    if not is_typeddict(cls):
        yield from reversed(cls.__mro__)
        return
    for base in get_original_bases(cls):
        if is_typeddict(base):
            yield from _lineage(base)
    yield cls


def field_docstrings(cls: type[Any]) -> dict[str, str]:
    """Field → docstring on one line, inherited ones included."""
    found: dict[str, str] = {}
    for base in _lineage(cls):
        if base.__module__.startswith(("models.", "contract_tests.")):
            found |= _fields_of_module(base.__module__).get(base.__name__, {})
    return found


def class_docstring(cls: type[Any]) -> str:
    """The class's own docstring, on one line; empty if it has none."""
    return _line(cls.__dict__.get("__doc__") or "")
