"""Where in the models a place of the contract is written: the line to open, and the other lines it depends on."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from models.registry import Entry
from tools.artefacts import ROOT
from tools.findings import Place, Related, Subject
from tools.syntax.declared import Declared, class_of, named
from tools.syntax.modules import Definition, Written, argument, constant, elements, module_named
from tools.syntax.pointers import Target, target
from tools.syntax.types import MARKS, Mark, Trail, follow

CONSTRAINTS = frozenset(
    keyword for keywords in MARKS.values() for keyword in keywords if keyword not in ("type", "examples", "oneOf")
)
"""The keywords that named types are made for."""


class Sources:
    """The lines of a contract's models.

    A `keyword` narrows a subject: a keyword of JSON Schema or of OpenAPI (`maxLength`, `security`, `description`), an
    argument of `Operation` (`limit`), the type of a rule (`cursor_invalid`), or one of `rule`, `link`, `example` and
    `cookie` with a name (`link next`).
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.operation.id: entry for entry in entries}
        self._declared = {
            name: Declared(entry.operation, _declaration(entry), self.of_tag(entry.tag.name))
            for name, entry in self.entries.items()
        }

    def of(self, subject: Subject, keyword: str = "", path: str = "") -> Place:
        """The line that says it; of something that is no more, the nearest that still is. `path` helps with operations."""
        return self._found(subject, keyword, path)[0]

    def related(self, subject: Subject, keyword: str = "") -> tuple[Related, ...]:
        """The other lines of the chain, outermost first: the operation, the fields, the named types."""
        place, marks = self._found(subject, keyword, "")
        found: dict[Place, Related] = {}
        for mark in marks:
            if mark.kind and mark.place != place:
                found.setdefault(mark.place, Related(mark.place, mark.text))
        return tuple(found.values())

    def of_document_pointer(self, pointer: str, document: dict[str, Any]) -> Place:
        """The line behind a JSON pointer into the document."""
        return self.of_target(target(pointer, document))

    def of_target(self, found: Target) -> Place:
        if found.component:
            return self._component(found)
        return self.of(found.subject, found.keyword, found.path)

    def of_class(self, kind: type[Any], name: str = "", keyword: str = "") -> Place:
        """The line of a class, or of one of its fields."""
        known = class_of(kind)
        if known is None:
            return self._nowhere("")
        return _chosen(follow(named(known), [name] if name else [], Trail()), keyword)

    def of_declaration(self, entry: Entry, keyword: str = "") -> Place:
        """The line of an operation that shares its id with another, or of one of its arguments."""
        declared = Declared(entry.operation, _declaration(entry), self.of_tag(entry.tag.name))
        return _chosen(declared.trail(Subject(), keyword), keyword)

    def of_tag(self, name: str) -> Place:
        """The line of a tag."""
        registry = module_named("models.registry")
        assert registry is not None
        for text in elements(registry.definitions["TAGS"].text):
            if constant(argument(text, "name", 0)) == name:
                return text.place
        return registry.definitions["TAGS"].place

    def _found(self, subject: Subject, keyword: str, path: str) -> tuple[Place, list[Mark]]:
        entry = self.entries.get(subject.operation_id)
        if entry is None:
            return (self._nearest(subject.operation_id, path) if subject.operation_id else self._nowhere(keyword)), []
        trail = self._declared[subject.operation_id].trail(subject, keyword)
        return _chosen(trail, keyword), [*trail.way, *trail.here]

    def _component(self, found: Target) -> Place:
        for known in self._classes(found.component):
            return _chosen(follow(named(known), found.steps, Trail()), found.keyword)
        return self._nowhere("")

    def _classes(self, name: str) -> Iterator[Definition]:
        """The classes of a name, those of the operations' own modules first."""
        names = [*map(_module_name, self.entries.values()), *_model_modules()]
        for module_name in dict.fromkeys(names):
            module = module_named(module_name)
            known = module.definitions.get(name) if module else None
            if known and isinstance(known.node, ast.ClassDef):
                yield known

    def _nearest(self, operation_id: str, path: str) -> Place:
        """Where an operation that is no more was listed: the module whose operations are most like it."""
        if not self.entries:
            return self._nowhere("")

        def likeness(entry: Entry) -> tuple[int, int, float]:
            operation = entry.operation
            shared = len(_words(operation.id) & _words(operation_id))
            return _common(operation.path, path), shared, SequenceMatcher(None, operation.id, operation_id).ratio()

        best = max(self.entries.values(), key=likeness)
        module = module_named(_module_name(best))
        if module is None:
            return self._nowhere("")
        return module.definitions["OPERATIONS"].place if "OPERATIONS" in module.definitions else Place(module.path, 1)

    def _nowhere(self, keyword: str) -> Place:
        return self.of_tag(keyword.removeprefix("tag "))


def _words(text: str) -> set[str]:
    """The nouns of an operation's id, without its verb and without plural."""
    return {word.lower().rstrip("s") for word in re.findall(r"[A-Z][a-z0-9]*", text)}


def _common(one: str, other: str) -> int:
    """How many segments two paths share from the start, counting none if one is not known."""
    if not other:
        return 0
    pairs = list(zip(one.split("/"), other.split("/"), strict=False))
    return next((index for index, (a, b) in enumerate(pairs) if a != b), len(pairs))


def _module_name(entry: Entry) -> str:
    name = f"models.{entry.tag.function}.{entry.module}"
    return name if module_named(name) else entry.operation.request.__module__


def _model_modules() -> Iterator[str]:
    for path in sorted((ROOT / "models").rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _declaration(entry: Entry) -> Written:
    """The call that makes an operation; the whole module if it is made some other way."""
    module = module_named(_module_name(entry)) or module_named("models.registry")
    assert module is not None
    for name, value in vars(sys.modules.get(module.name, None) or object).items():
        if value is entry.operation and name in module.definitions:
            return module.definitions[name].text
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Operation"):
            call = Written(module, node, node.lineno)
            if constant(argument(call, "id", 0)) == entry.operation.id:
                return call
    return Written(module, module.tree, 1)


OUTER = ("description", "default", "required", "in", "style", "explode", "deprecated")
"""What a field says before its type does."""


def _chosen(trail: Trail, keyword: str) -> Place:
    """The line of a trail that says the keyword: the innermost type, since it is mended where it is written."""
    marks = trail.here
    if not trail.complete:
        return marks[-1].place
    saying = [mark for mark in marks if keyword in mark.says]
    if saying:
        return (saying[0] if keyword in OUTER else saying[-1]).at(keyword)
    # Nothing says it, or nothing says it any more: the type that constrains most closely is where it would be said.
    types = [mark for mark in marks if mark.kind == "type"] if keyword in CONSTRAINTS else []
    types = [mark for mark in types if mark.says & CONSTRAINTS] or types
    return types[-1].place if types else marks[0].place
