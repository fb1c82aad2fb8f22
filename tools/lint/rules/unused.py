"""What nobody uses: named types and refusals that nothing mentions."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tools.artefacts import ROOT
from tools.findings import Place, Severity
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.syntax.modules import Definition, Module, module_named

READERS = ("models", "handlers", "tools")


@rule(
    "type-used",
    "Every named type and every class of the models is used.",
    "What nobody uses is read as if it were promised. Remove it, or use it.",
    Severity.WARNING,
)
def type_used(contract: Contract) -> Iterator[Found]:
    counts: Counter[str] = Counter()
    for folder in READERS:
        for path in (ROOT / folder).rglob("*.py"):
            counts.update(_names(path.read_text("utf-8")))
    modules = list(_modules(contract))
    for module in modules:
        if not module.path.startswith(READERS):
            counts.update(_names((ROOT / module.path).read_text("utf-8")))
    for module in modules:
        for known in module.definitions.values():
            if _is_type(known) and counts[known.name] < 2:
                yield Found(f"nothing uses {known.name}", place=Place(module.path, known.line), key=known.name)


def _names(text: str) -> list[str]:
    return re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)


def _modules(contract: Contract) -> Iterator[Module]:
    """The modules of the contract: all of models/, or those that declare the requests of a small one."""
    requests = dict.fromkeys(operation.request.__module__ for operation in contract.operations)
    names = dict.fromkeys(name for name in requests if not name.startswith("models."))
    if len(names) < len(requests):
        paths = sorted((ROOT / "models").rglob("*.py"))
        names |= dict.fromkeys(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    for name in names:
        if module := module_named(name):
            yield module


def _is_type(known: Definition) -> bool:
    match known.node:
        case ast.ClassDef():
            return True
        case ast.Subscript(value=ast.Name(id="Annotated" | "Literal")):
            return True
    return False
