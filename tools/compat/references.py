"""The `$ref`s of an OpenAPI document, followed: what each part says with everything it refers to in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from tools.compat.grammar import GRAMMAR, Form, Members
from tools.compat.json_text import shown
from tools.openapi.schemas import Schema

UNREAD = ("$id", "$anchor", "$dynamicRef", "$dynamicAnchor")
"""Keywords that move where a `$ref` points; nothing here needs them, and a wrong reading would be a wrong proof."""


class NotAContract(Exception):
    """What was given cannot be compared. The message is a sentence that says what to do."""


@dataclass(slots=True)
class References:
    """Follows every `$ref` of one document. Schemas that contain themselves stay references, to `definitions`."""

    root: Any
    name: str
    definitions: dict[str, Any] = field(default_factory=dict)
    """JSON pointer of a schema that contains itself → the schema, with `$ref`s as `#/$defs/<pointer>`."""
    done: dict[tuple[str, str], Any] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    """The references being followed, outermost first."""
    round: set[str] = field(default_factory=set)
    """The references known to lead back to themselves."""

    def read(self, node: Any, kind: str, where: str) -> Any:
        """The node with everything it refers to put in its place."""
        if kind == "schema" and isinstance(node, bool):
            return node
        if not isinstance(node, dict):
            raise NotAContract(f"{self.name} has {shown(node)} at {where or '#'} where a {kind} belongs; mend it there")
        if "$ref" in node:
            return self._referred(node, kind, where)
        return self._members(node, kind, where)

    def _members(self, node: Schema, kind: str, where: str) -> Schema:
        if kind == "schema":
            self._check_readable(node, where)
        else:
            self._check_schemas(node, kind, where)
        members = GRAMMAR[kind]
        return {name: self._member(name, value, members, f"{where}/{name}") for name, value in node.items()}

    def _check_readable(self, node: Schema, where: str) -> None:
        for keyword in UNREAD:
            if keyword in node:
                raise NotAContract(f"{self.name} uses {keyword} at {where}, which is not followed; use a plain $ref")

    def _check_schemas(self, node: Schema, kind: str, where: str) -> None:
        """The schemas that a node holds itself have to be such; those inside them are then, too."""
        for name, (form, held) in GRAMMAR[kind].items():
            if held == "schema" and name in node:
                schemas = (
                    [node[name]]
                    if form is Form.ONE
                    else list(node[name].values())
                    if isinstance(node[name], dict)
                    else []
                )
                for schema in schemas:
                    self._check_schema(schema, f"{where}/{name}")

    def _check_schema(self, schema: Any, where: str) -> None:
        if isinstance(schema, dict | bool) and not jsonschema_rs.meta.is_valid(schema):
            raise NotAContract(f"{self.name} has at {where} no JSON Schema of draft 2020-12; generate it again")

    def _member(self, name: str, value: Any, members: Members, where: str) -> Any:
        if name not in members:
            return value
        form, kind = members[name]
        if form is Form.ONE:
            return self.read(value, kind, where)
        if form is Form.LIST and isinstance(value, list):
            return [self.read(member, kind, f"{where}/{index}") for index, member in enumerate(value)]
        if form is Form.MAP and isinstance(value, dict):
            return {key: self.read(member, kind, f"{where}/{key}") for key, member in value.items()}
        belongs = "a list" if form is Form.LIST else "an object"
        raise NotAContract(f"{self.name} has {shown(value)} at {where} where {belongs} belongs; mend it there")

    def _referred(self, node: Schema, kind: str, where: str) -> Any:
        """A `$ref` with what stands beside it, which applies too."""
        target = self.follow(node["$ref"], kind, where)
        beside = {key: value for key, value in node.items() if key != "$ref"}
        if not beside:
            return target
        if kind != "schema":
            texts = {key: value for key, value in beside.items() if key in ("summary", "description")}
            return {**target, **texts}
        read = self._members(beside, "schema", where)
        return {**read, "allOf": [*read.get("allOf", ()), target]}

    def follow(self, reference: Any, kind: str, where: str) -> Any:
        """What a reference points to, once for all who ask."""
        if not (isinstance(reference, str) and reference.startswith("#")):
            raise NotAContract(
                f"{self.name} refers to {shown(reference)} at {where}, outside itself; bundle it into one document first"
            )
        if (reference, kind) in self.done:
            return self.done[reference, kind]
        if reference in self.open:
            return self._again(reference, kind)
        return self._first(reference, kind, where)

    def _again(self, reference: str, kind: str) -> Schema:
        if kind != "schema":
            raise NotAContract(f"{self.name} has a {kind} at {reference} that refers to itself; write it out")
        self.round.add(reference)
        return {"$ref": _definition(reference)}

    def _first(self, reference: str, kind: str, where: str) -> Any:
        node = self._at(reference, where)
        self._check_ends(reference, where)
        if kind == "schema":
            self._check_schema(node, reference)
        self.open.append(reference)
        made = self.read(node, kind, reference)
        self.open.pop()
        if reference in self.round:
            self.definitions[_definition(reference)] = made
            made = {"$ref": _definition(reference)}
        if not self.round.intersection(self.open):
            self.done[reference, kind] = made
        return made

    def _check_ends(self, reference: str, where: str) -> None:
        """A chain of bare references has to arrive somewhere."""
        seen = [reference]
        node = self._at(reference, where)
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and node["$ref"].startswith("#"):
            if node["$ref"] in seen:
                raise NotAContract(
                    f"{self.name} has a $ref at {reference} that only leads back to itself; say what it is"
                )
            seen.append(node["$ref"])
            node = self._at(node["$ref"], reference)

    def _at(self, reference: str, where: str) -> Any:
        node = self.root
        for step in unquote(reference[1:]).split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            else:
                raise NotAContract(
                    f"{self.name} refers to {reference} at {where}, which is not there; add it or mend the $ref"
                )
        return node


def _definition(reference: str) -> str:
    """A reference into the document as one into the definitions that travel with a schema."""
    return "#/$defs/" + reference.removeprefix("#/").replace("~", "~0").replace("/", "~1")
