"""From a type as it is written to the lines that say something of a value: fields, named types, classes, step by step."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tools.findings import Place
from tools.syntax.modules import Definition, Written

Bindings = Mapping[str, Written]
"""Type variable → what stands for it."""
LISTS = {"list", "tuple", "set", "frozenset", "Sequence", "Iterable", "Iterator"}
MAPPINGS = {"dict", "Mapping"}
ARGUMENTS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "pattern": "pattern",
    "description": "description",
    "title": "title",
    "examples": "examples",
    "deprecated": "deprecated",
    "discriminator": "discriminator",
    "default": "default",
}
"""An argument of `Field` or `StringConstraints` → the keyword of JSON Schema."""
MARKS = {
    "Ge": ("minimum",),
    "Gt": ("exclusiveMinimum",),
    "Le": ("maximum",),
    "Lt": ("exclusiveMaximum",),
    "Interval": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "MultipleOf": ("multipleOf",),
    "MinLen": ("minLength", "minItems", "minProperties"),
    "MaxLen": ("maxLength", "maxItems", "maxProperties"),
    "Len": ("minLength", "minItems", "minProperties", "maxLength", "maxItems", "maxProperties"),
    "Sent": ("pattern",),
    "TextFormat": ("type", "format", "pattern", "examples"),
    "WithJsonSchema": ("type", "format", "pattern", "examples", "enum", "const"),
    "Discriminator": ("discriminator", "oneOf"),
    "Literal": ("enum", "const"),
}
"""A mark or a type → the keywords it says."""
OF_CLASS = frozenset(("required", "properties", "additionalProperties", "propertyNames", "description", "type"))
OF_FIELD = frozenset(("required", "default", "description", "in", "style", "explode"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on the way to a value: what stands there, and which keywords it says. `docstring` is the line below it."""

    place: Place
    text: str
    says: frozenset[str] = frozenset()
    docstring: Place | None = None
    kind: str = ""
    """operation, field or type: the lines that somebody who mends it wants to see. Empty for what is in between."""

    def at(self, keyword: str) -> Place:
        return self.docstring if keyword == "description" and self.docstring else self.place


@dataclass(slots=True)
class Trail:
    """The marks on the way to a value, and those of the value itself: from the field inwards through its named types."""

    way: list[Mark] = field(default_factory=list)
    here: list[Mark] = field(default_factory=list)
    complete: bool = True
    """Whether the value exists; else the trail ends at the nearest that does."""


@dataclass(frozen=True, slots=True)
class _At:
    """A type's text with what its type variables stand for."""

    text: Written
    bindings: Bindings


def follow(text: Written, steps: list[str], trail: Trail) -> Trail:
    """Goes from a type through `steps` (names of fields, `*` or an index for an item) and marks the lines it passes."""
    return _follow(_At(text, {}), steps, trail)


def _follow(at: _At, steps: list[str], trail: Trail) -> Trail:
    ends = list(_ends(at, trail, not steps))
    if not steps:
        return trail
    found = [reached for end in ends if (reached := _entered(end, steps, trail))]
    if found:
        return next((reached for reached in found if reached.complete), found[0])
    for end in ends:
        _mark_class(end, trail)
    return replace(trail, complete=False)


def _entered(end: _At, steps: list[str], trail: Trail) -> Trail | None:
    """The trail through one alternative of a type; None if nothing is inside it under the first step."""
    inner = _inside(end, steps[0])
    if inner is None:
        return None
    mark, rest = inner
    passed = replace(trail, way=[*trail.way, *trail.here], here=[])
    _mark_class(end, passed)
    return _follow(rest, steps[1:], replace(passed, way=[*passed.way, *passed.here], here=[mark]))


def _mark_class(end: _At, trail: Trail) -> None:
    known = end.text.behind
    if known and isinstance(known.node, ast.ClassDef):
        mark = class_mark(known)
        if mark not in trail.here:
            trail.here.append(mark)


def _ends(at: _At, trail: Trail, last: bool) -> Iterator[_At]:
    """The alternatives of a type with names and marks taken off; named types leave their mark, classes if it is the last."""
    node = _parsed(at.text.node)
    text = at.text.part(node) if node is not at.text.node else at.text
    match node:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[kind, *_])):
            yield from _ends(_At(text.part(kind), at.bindings), trail, last)
        case ast.Subscript(value=ast.Name(id="Optional" | "Union"), slice=inner):
            for branch in inner.elts if isinstance(inner, ast.Tuple) else [inner]:
                yield from _ends(_At(text.part(branch), at.bindings), trail, last)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _ends(_At(text.part(left), at.bindings), trail, last)
            yield from _ends(_At(text.part(right), at.bindings), trail, last)
        case ast.Name(id=name) if name in at.bindings:
            yield from _ends(_At(at.bindings[name], {}), trail, last)
        case ast.Name() | ast.Attribute() if (known := text.behind) is not None:
            yield from _known_ends(known, _At(text, at.bindings), trail, last)
        case ast.Constant(value=None):
            return
        case _:
            yield _At(text, at.bindings)


def _known_ends(known: Definition, at: _At, trail: Trail, last: bool) -> Iterator[_At]:
    if isinstance(known.node, ast.ClassDef):
        if last:
            trail.here.append(class_mark(known))
        yield at
    elif isinstance(known.node, ast.expr):
        trail.here.append(Mark(known.place, f"the type {known.name}", said(known.text), kind="type"))
        yield from _ends(_At(known.text, {}), trail, last)


def _parsed(node: ast.AST) -> ast.AST:
    """A quoted type is its text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return ast.copy_location(ast.parse(node.value, mode="eval").body, node)
        except SyntaxError:
            return node
    return node


def _inside(end: _At, step: str) -> tuple[Mark, _At] | None:
    """The mark of what is inside a type under a step, and its own type; None if there is no such place."""
    node = end.text.node
    if isinstance(node, ast.Subscript):
        kind = ast.unparse(node.value).rpartition(".")[2]
        members = _members(node)
        if kind in LISTS and (step == "*" or step.isdigit()):
            return _item(end, members[0], "the items")
        if kind in MAPPINGS and len(members) == 2:
            return _item(end, members[1], "the values")
        return None
    known_class = end.text.behind
    if known_class and isinstance(known_class.node, ast.ClassDef):
        return _field(known_class, step)
    return None


def _item(end: _At, node: ast.AST, what: str) -> tuple[Mark, _At]:
    inner = end.text.part(node)
    return Mark(inner.place, what, said(inner)), _At(inner, end.bindings)


def _field(known: Definition, name: str) -> tuple[Mark, _At] | None:
    found = field_of(known, name)
    if found is None:
        return None
    text = Written(found.holder.module, found.statement.annotation, found.statement.lineno)
    return field_mark(found), _At(text, found.bindings)


def class_mark(known: Definition) -> Mark:
    assert isinstance(known.node, ast.ClassDef)
    first = known.node.body[0]
    docstring = Place(known.module.path, first.lineno) if _is_text(first) else None
    return Mark(known.place, f"the class {known.name}", OF_CLASS, docstring)


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field as its class declares it; `docstring` is the text below it."""

    holder: Definition
    statement: ast.AnnAssign
    docstring: ast.stmt | None
    bindings: Bindings


def field_mark(found: FieldText) -> Mark:
    path = found.holder.module.path
    below = Place(path, found.docstring.lineno) if found.docstring else None
    says = said(found.holder.text.part(found.statement.annotation)) | OF_FIELD
    text = f"the field {ast.unparse(found.statement.target)} of {found.holder.name}"
    return Mark(Place(path, found.statement.lineno), text, says, below, "field")


def field_of(known: Definition, name: str, bindings: Bindings = MappingProxyType({})) -> FieldText | None:
    """The declaration of a field in a class or in the nearest of its bases that has it."""
    assert isinstance(known.node, ast.ClassDef)
    body = known.node.body
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == name:
            return FieldText(known, statement, after if after is not None and _is_text(after) else None, bindings)
    for base, bound in bases(known):
        if found := field_of(base, name, bound):
            return found
    return None


def bases(known: Definition) -> Iterator[tuple[Definition, Bindings]]:
    """The classes of the contract that a class derives from directly, with what their type variables stand for there."""
    assert isinstance(known.node, ast.ClassDef)
    for base in known.node.bases:
        named = base.value if isinstance(base, ast.Subscript) else base
        found = known.text.part(named).behind
        if found and isinstance(found.node, ast.ClassDef):
            given = [known.text.part(value) for value in _members(base)]
            yield found, dict(zip(_variables(found.node), given, strict=False))


def _variables(node: ast.ClassDef) -> list[str]:
    """The type variables of a generic class, in order."""
    generic = [base for base in node.bases if isinstance(base, ast.Subscript) and ast.unparse(base.value) == "Generic"]
    return [ast.unparse(member) for base in generic for member in _members(base)]


def _members(node: ast.expr) -> list[ast.expr]:
    """What stands in the brackets of a type."""
    if not isinstance(node, ast.Subscript):
        return []
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def said(text: Written) -> frozenset[str]:
    """The keywords of JSON Schema that a type's text says of its value itself, not following names, not of what is inside."""
    node = _parsed(text.node)
    found: set[str] = set()
    match node:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[kind, *marks])):
            found |= said(text.part(kind))
            for mark in marks:
                found |= _said_by_mark(mark)
        case ast.Subscript(value=ast.Name(id="Literal")):
            found |= {*MARKS["Literal"], "type"}
        case ast.Subscript(value=ast.Name(id=name)) if name in LISTS:
            found |= {"type", "items"}
        case ast.Subscript(value=ast.Name(id=name)) if name in MAPPINGS:
            found |= {"type", "additionalProperties", "propertyNames"}
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            found |= {"anyOf", "oneOf", "null"} | said(text.part(left)) | said(text.part(right))
        case ast.Name(id="str" | "int" | "float" | "bool" | "date" | "datetime" | "UUID"):
            found |= {"type", "format"}
    return frozenset(found)


def _said_by_mark(mark: ast.expr) -> set[str]:
    if not isinstance(mark, ast.Call):
        return set()
    name = ast.unparse(mark.func).rpartition(".")[2]
    found = set(MARKS.get(name, ()))
    if name in ("Field", "StringConstraints"):
        for keyword in mark.keywords:
            found |= _said_by_argument(keyword.arg or "")
    return found


def _said_by_argument(name: str) -> set[str]:
    if name in ("min_length", "max_length"):
        return set(MARKS["MinLen" if name == "min_length" else "MaxLen"])
    return {ARGUMENTS[name]} if name in ARGUMENTS else set()
