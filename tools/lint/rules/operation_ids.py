"""Names of operations: they become the functions of every generated client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.lint.words import VERBS, words

METHODS = {
    "get": ("GET",),
    "list": ("GET",),
    "search": ("GET",),
    "create": ("POST",),
    "replace": ("PUT",),
    "update": ("PATCH",),
    "delete": ("DELETE",),
}
"""What a verb promises of the method."""


@rule(
    "operation-id-form",
    "An operationId is a verb and a noun in camelCase.",
    "Generators make the name of a function of it. Begin with a verb (tools/lint/words.py lists them), then say of what: "
    "createAlert, listConfigurations.",
)
def operation_id_form(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        found = words(operation.id)
        if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)+", operation.id) or found[0] not in VERBS:
            message = f"{operation.id!r} is no verb and noun in camelCase, such as getThing"
            yield Found(message, Subject(operation.id), "operationId")


@rule(
    "operation-id-unique",
    "Every operation has an operationId of its own.",
    "Two functions of a generated client cannot share a name, and links, goldens and limits are found by it.",
)
def operation_id_unique(contract: Contract) -> Iterator[Found]:
    seen: set[str] = set()
    for entry in contract.entries:
        name = entry.operation.id
        if name in seen:
            place = contract.sources.of_declaration(entry, "operationId")
            yield Found(
                f"{name!r} is the id of another operation already",
                Subject(name),
                "operationId",
                place,
                entry.operation.path,
            )
        seen.add(name)


@rule(
    "verb-fits-method",
    "The verb of an operationId fits its method.",
    "A client that reads deleteAlert expects DELETE: create is POST, replace PUT, update PATCH, delete DELETE, and get, list "
    "and search are GET. Change the verb or the method.",
)
def verb_fits_method(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        verb = next(iter(words(operation.id)), "")
        if operation.method not in METHODS.get(verb, (operation.method,)):
            message = f"{operation.id} is {operation.method}; {verb} is {METHODS[verb][0]}"
            yield Found(message, Subject(operation.id), "method")
