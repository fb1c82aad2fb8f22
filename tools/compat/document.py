"""An OpenAPI document as data: every `$ref` followed, every operation with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.compat.grammar import METHODS
from tools.compat.json_text import canonical, normal, shown
from tools.compat.references import NotAContract, References
from tools.openapi.schemas import Schema

__all__ = ["Document", "NotAContract", "Served"]

SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "operationId": ("a text", lambda said: isinstance(said, str)),
    "tags": ("a list of texts", lambda said: isinstance(said, list) and all(isinstance(tag, str) for tag in said)),
    "x-constraint": (
        "a list of objects with `loc` and `type`",
        lambda said: isinstance(said, list) and all(isinstance(one, dict) and _located(one) for one in said),
    ),
    "x-rate-limit": ("an object", lambda said: isinstance(said, dict)),
}
"""Members of an operation that rules read → what they have to be, in words and as a check."""


def _scoped(alternative: Schema) -> bool:
    return all(isinstance(scopes, list) and all(isinstance(s, str) for s in scopes) for scopes in alternative.values())


def _located(constraint: Schema) -> bool:
    loc = constraint.get("loc", [])
    return (
        isinstance(loc, list) and all(isinstance(step, str) for step in loc) and isinstance(constraint.get("type"), str)
    )


@dataclass(frozen=True, slots=True)
class Served:
    """One operation, with every `$ref` followed and the parameters of its path among its own."""

    path: str
    method: str
    said: Schema
    security: list[Schema]
    """The alternatives, each a map of schemes, by what they are and not by name, to scopes; empty means public."""

    @property
    def id(self) -> str:
        """The operationId, or method and path where there is none."""
        return str(self.said.get("operationId") or f"{self.method.upper()} {self.path}")

    @property
    def route(self) -> tuple[str, str]:
        """What a client calls: the method, and the path without the names of its parameters."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


class Document:
    """An OpenAPI 3.1 document. `name` is what messages call it. Raises `NotAContract`."""

    def __init__(self, raw: Any, name: str = "the contract") -> None:
        self.name = name
        try:
            self.root: Schema = normal(raw)
            self.text = canonical(self.root)
        except (RecursionError, TypeError, ValueError) as error:
            raise NotAContract(f"{name} is no JSON that can be read ({error}); generate it again") from None
        self._check_openapi()
        self._references = References(self.root, name)
        try:
            self.operations: list[Served] = list(self._operations())
        except RecursionError:
            raise NotAContract(f"{name} is nested too deeply to be read; flatten it") from None

    @property
    def definitions(self) -> dict[str, Any]:
        """The schemas that contain themselves, by the `$ref` that stands for each."""
        return self._references.definitions

    def _check_openapi(self) -> None:
        if not isinstance(self.root, dict):
            raise NotAContract(f"{self.name} is {shown(self.root)}, not an object; name an OpenAPI 3.1 document")
        version = self.root.get("openapi")
        if version is None:
            raise NotAContract(f"{self.name} has no `openapi`; name an OpenAPI 3.1 document")
        if not re.fullmatch(r"3\.1\.\d+", str(version)):
            raise NotAContract(
                f"{self.name} is OpenAPI {version}, whose schemas read differently; convert it to 3.1 or name a later one"
            )
        if not isinstance(self.root.get("paths"), dict):
            raise NotAContract(f"{self.name} has no object at `paths`, so no operation to compare; generate it again")

    def _operations(self) -> Iterator[Served]:
        for path, item in self.root["paths"].items():
            read = self._references.read(item, "path item", f"#/paths/{path}")
            for method in METHODS:
                if method in read:
                    yield self._served(path, method, read)

    def _served(self, path: str, method: str, item: Schema) -> Served:
        operation = item[method]
        if not isinstance(operation.get("responses", {}), dict):
            raise NotAContract(
                f"{self.name} has no object at the responses of {method.upper()} {path}; generate it again"
            )
        self._check_shapes(operation, f"{method.upper()} {path}")
        own = self._parameters(operation, path)
        shared = [p for key, p in self._parameters(item, path).items() if key not in own]
        inherited = {name: item[name] for name in ("servers",) if name in item}
        said = {**inherited, **operation, "parameters": [*shared, *own.values()]}
        return Served(path, method, said, self._security(operation.get("security", self.root.get("security", []))))

    def _check_shapes(self, operation: Schema, call: str) -> None:
        for name, (belongs, fits) in SHAPES.items():
            if name in operation and not fits(operation[name]):
                raise NotAContract(
                    f"{self.name} has {shown(operation[name])} for `{name}` of {call} where {belongs} belongs; mend it there"
                )

    def _parameters(self, holder: Schema, path: str) -> dict[tuple[str, str], Schema]:
        found = {}
        for parameter in holder.get("parameters", ()):
            if not (isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str)):
                raise NotAContract(f"{self.name} has a parameter of {path} without `name` or `in`; generate it again")
            found[parameter["name"], parameter["in"]] = parameter
        return found

    def _security(self, said: Any) -> list[Schema]:
        if not (isinstance(said, list) and all(isinstance(one, dict) and _scoped(one) for one in said)):
            raise NotAContract(
                f"{self.name} has {shown(said)} for `security` where a list of objects belongs; mend it there"
            )
        return [{self._scheme(name): scopes for name, scopes in alternative.items()} for alternative in said]

    def _scheme(self, name: str) -> str:
        """What a scheme is, as text: its name and its description do not matter to a client."""
        where = f"#/components/securitySchemes/{name}"
        scheme = self._references.follow(where, "security scheme", "`security`")
        return canonical({key: value for key, value in scheme.items() if key not in ("description", "bearerFormat")})
