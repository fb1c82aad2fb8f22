"""The modules of the contract as they are written: which line defines a name, and what stands behind a text."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tools.artefacts import ROOT
from tools.findings import Place

CONTRACT = ("models", "contract_tests")
"""The packages that declare a contract: the one, and those of tests."""


@dataclass(slots=True, eq=False)
class Module:
    """A module's text. `imports` is local name → (module, name there); the name is empty for a module itself."""

    name: str
    path: str
    tree: ast.Module
    definitions: dict[str, Definition] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """What a name stands for, and the line that says so. A constant's node is its value."""

    module: Module
    name: str
    line: int
    node: ast.ClassDef | ast.FunctionDef | ast.expr

    @property
    def place(self) -> Place:
        return Place(self.module.path, self.line)

    @property
    def text(self) -> Written:
        return Written(self.module, self.node, self.line)


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A piece of a module's text. `line` is where to look for it: a constant's is that of its name."""

    module: Module
    node: ast.AST
    line: int

    @property
    def place(self) -> Place:
        return Place(self.module.path, self.line)

    def part(self, node: ast.AST) -> Written:
        """A piece of this piece."""
        return Written(self.module, node, getattr(node, "lineno", self.line))

    @property
    def behind(self) -> Definition | None:
        """What the text names, if it is a name of the contract."""
        match self.node:
            case ast.Name(id=name):
                return definition(self.module, name)
            case ast.Attribute(value=ast.Name(id=holder), attr=name):
                target, _ = self.module.imports.get(holder, ("", ""))
                return definition(found, name) if (found := module_named(target)) else None
        return None


def definition(module: Module, name: str) -> Definition | None:
    """Where a name that a module uses is defined, in whichever module of the contract that is."""
    if name in module.definitions:
        return module.definitions[name]
    target, original = module.imports.get(name, ("", ""))
    found = module_named(target) if original else None
    return definition(found, original) if found else None


@cache
def module_named(name: str) -> Module | None:
    """A module of the contract; None for any other name."""
    if name.split(".")[0] not in CONTRACT:
        return None
    file = _file(name)
    return _read(name, file) if file else None


def _file(name: str) -> Path | None:
    loaded = sys.modules.get(name)
    origin = getattr(loaded, "__file__", None)
    if origin is None:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            return None
        origin = spec.origin if spec else None
    return Path(origin) if origin else None


def _read(name: str, file: Path) -> Module:
    module = Module(name, shown(file), ast.parse(file.read_text("utf-8")))
    for statement in module.tree.body:
        for found in _defined(module, statement):
            module.definitions[found.name] = found
        module.imports |= dict(_imported(statement))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            module.definitions.setdefault(node.name, Definition(module, node.name, node.lineno, node))
    return module


def shown(file: Path) -> str:
    """The path from the root of the repository; as it is if it lies elsewhere."""
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else str(file)


def _defined(module: Module, statement: ast.stmt) -> Iterator[Definition]:
    match statement:
        case ast.ClassDef() | ast.FunctionDef():
            yield Definition(module, statement.name, statement.lineno, statement)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield Definition(module, name, statement.lineno, value)
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _assigned(module, target, statement.value, statement.lineno)


def _assigned(module: Module, target: ast.expr, value: ast.expr, line: int) -> Iterator[Definition]:
    match target, value:
        case ast.Name(id=name), _:
            yield Definition(module, name, line, value)
        case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
            for inner, part in zip(names, values, strict=True):
                yield from _assigned(module, inner, part, part.lineno)


def _imported(statement: ast.stmt) -> Iterator[tuple[str, tuple[str, str]]]:
    match statement:
        case ast.ImportFrom(module=str(source), names=names, level=0):
            for alias in names:
                whole = f"{source}.{alias.name}"
                is_module = whole in sys.modules and source.split(".")[0] in CONTRACT
                yield alias.asname or alias.name, (whole, "") if is_module else (source, alias.name)
        case ast.Import(names=names):
            for alias in names:
                yield alias.asname or alias.name, (alias.name, "")


def elements(text: Written) -> list[Written]:
    """The members of a tuple or list, also of one that is a constant, a sum, a star or what a function returns."""
    match text.node:
        case ast.Tuple(elts=members) | ast.List(elts=members):
            return [found for member in members for found in _member(text.part(member))]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return elements(text.part(left)) + elements(text.part(right))
        case ast.Call(func=function):
            made = text.part(function).behind
            return [found for value in _returned(made) for found in elements(value)] if made else []
    constant = text.behind
    return elements(constant.text) if constant else []


def _member(text: Written) -> list[Written]:
    return elements(text.part(text.node.value)) if isinstance(text.node, ast.Starred) else [text]


def _returned(made: Definition) -> Iterator[Written]:
    if isinstance(made.node, ast.FunctionDef):
        for node in ast.walk(made.node):
            if isinstance(node, ast.Return) and node.value is not None:
                yield made.text.part(node.value)


def argument(call: Written, name: str, position: int | None = None) -> Written | None:
    """An argument of a call, by keyword or by position; its line is that of its keyword."""
    if not isinstance(call.node, ast.Call):
        return None
    for keyword in call.node.keywords:
        if keyword.arg == name:
            return Written(call.module, keyword.value, keyword.lineno)
    if position is not None and position < len(call.node.args):
        return call.part(call.node.args[position])
    return None


def constant(text: Written | None) -> object:
    """The value of a literal, also of one behind a name; None if it is none."""
    if text is None:
        return None
    if isinstance(text.node, ast.Constant):
        return text.node.value
    known = text.behind
    return constant(known.text) if known else None


def call_behind(text: Written) -> Written:
    """The text itself, or the constant that it names, whose line is that of the name."""
    known = text.behind
    return known.text if known and isinstance(known.node, ast.expr) else text
