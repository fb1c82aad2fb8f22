"""Links: what a client can do next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from models.operation import Body, Link, Operation
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule

EXPRESSION = re.compile(
    r"\$(request\.(?P<location>path|query|header)\.(?P<name>.+)|response\.(body#(?P<pointer>/.*)|header\..+))"
)


@rule(
    "link-leads",
    "A link leads to an operation that is there, with parameters that it has and values that there are.",
    "Generated clients follow links. Name an operationId of this document, its parameters, and values that this request or "
    "this response has.",
)
def link_leads(contract: Contract) -> Iterator[Found]:
    known = {operation.id: operation for operation in contract.operations}
    sent = {(p.subject.operation_id, p.location, p.subject.pointer) for p in contract.sent}
    for operation in contract.operations:
        for returns in operation.responses:
            place = Subject(operation.id, f"response {returns.status}")
            pointers = {
                pointer for id_, location, pointer in sent if (id_, location) == (place.operation_id, place.location)
            }
            for link in returns.links:
                for problem in _problems(link, operation, known.get(link.operation_id), pointers):
                    yield Found(f"the link {link.name} {problem}", place, f"link {link.name}", key=[link.name, problem])


def _problems(
    link: Link, source: Operation[Any, Any], target: Operation[Any, Any] | None, pointers: set[str]
) -> Iterator[str]:
    if target is None:
        yield f"leads to {link.operation_id!r}, which is no operation"
        return
    takes = {name for name, place in target.places().items() if not isinstance(place, Body)}
    gives = set(source.places())
    for name, expression in link.parameters.items():
        if name not in takes:
            yield f"sets {name!r}, which {target.id} does not take"
        said = EXPRESSION.fullmatch(expression)
        if expression.startswith("$") and not said:
            yield f"has {expression!r}, which is no runtime expression of OpenAPI"
        elif said and said["name"] and said["name"] not in gives:
            yield f"takes {said['name']!r} from a request that does not have it"
        elif said and said["pointer"] and not _known(said["pointer"], pointers):
            yield f"takes {said['pointer']!r} from a body that does not have it"


def _known(pointer: str, pointers: set[str]) -> bool:
    """Whether a body has a pointer; an index stands for any."""
    starred = re.sub(r"/[0-9]+(?=/|$)", "/*", pointer)
    return starred in pointers
