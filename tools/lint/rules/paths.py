"""Paths: what a client puts together by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.operation import Path
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule


@rule(
    "path-form",
    "A path is made of lower-case words with hyphens and of parameters in snake_case, without an end slash.",
    "People type paths, and servers compare them with case. Write /api/v2/market-hours/{day_id}.",
)
def path_form(contract: Contract) -> Iterator[Found]:
    segment = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?|\{[a-z][a-z0-9]*(_[a-z0-9]+)*\}")
    for operation in contract.operations:
        for part in operation.path.split("/")[1:] if operation.path != "/" else ():
            if not segment.fullmatch(part):
                message = (
                    f"the segment {part!r} of {operation.path} is no lower-case word with hyphens and no {{parameter}}"
                )
                yield Found(message, Subject(operation.id), "path", key=part)


@rule(
    "path-parameter-declared",
    "The parameters of a path and the Path() fields of its request are the same.",
    "A parameter that no field reads is lost, and a field that the path does not have can never be sent.",
)
def path_parameter_declared(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        named = set(re.findall(r"\{([^}]*)\}", operation.path))
        fields = set(operation.places(Path))
        for name in sorted(named - fields):
            yield Found(f"{{{name}}} of {operation.path} has no Path() field in {operation.request.__name__}",
                        Subject(operation.id), "path", key=name)  # fmt: skip
        for name in sorted(fields - named):
            yield Found(f"{operation.path} has no {{{name}}}", Subject(operation.id, "path").inside(name), key=name)


@rule(
    "path-parameter-alike",
    "The same place of a path has the same name in every operation.",
    "Clients group operations by path, and two names for one thing read as two things. Use the name of the other operation.",
)
def path_parameter_alike(contract: Contract) -> Iterator[Found]:
    first: dict[str, tuple[str, str]] = {}
    for operation in contract.operations:
        parts = operation.path.split("/")
        for index, part in enumerate(parts):
            if not part.startswith("{"):
                continue
            before = "/".join(re.sub(r"\{.*\}", "{}", one) for one in parts[:index])
            name, other = first.setdefault(before, (part, operation.id))
            if part != name:
                message = f"{operation.path} says {part} where {other} says {name}"
                yield Found(message, Subject(operation.id), "path", key=part)


@rule(
    "path-id-named",
    "A parameter of a path that is an id of ours is named so.",
    "{config_id} says what to put there, {config} does not. End the name in _id.",
)
def path_id_named(contract: Contract) -> Iterator[Found]:
    for position in contract.asked:
        uuid = any(kind.get("format") == "uuid" for kind in position.kinds)
        if position.location == "path" and uuid and not re.fullmatch(r"(.*_)?id", position.name):
            yield Found(f"{position.name} is an id and not named so, such as {position.name}_id", position.subject)
