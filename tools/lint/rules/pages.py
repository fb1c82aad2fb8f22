"""Pages: lists that come in parts."""

from __future__ import annotations

from collections.abc import Iterator

from models.operation import Operation
from tools.findings import Subject
from tools.lint.contract import Contract, Position
from tools.lint.rule import Found, rule


def _named(contract: Contract, operation_id: str, name: str, location: str) -> Position | None:
    for position in contract.positions:
        subject = position.subject
        if (subject.operation_id, subject.location, subject.pointer) == (operation_id, location, f"/{name}"):
            return position
    return None


def _success(operation: Operation) -> str:  # type: ignore[type-arg]
    return f"response {operation.responses[0].status}"


@rule(
    "page-complete",
    "A page that can be followed has all of limit, cursor and next_cursor.",
    "A cursor without next_cursor cannot be had, next_cursor without cursor cannot be used, and neither is of use without "
    "limit. Add what is missing.",
)
def page_complete(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        cursor = _named(contract, operation.id, "cursor", "query")
        following = _named(contract, operation.id, "next_cursor", _success(operation))
        limit = _named(contract, operation.id, "limit", "query")
        if cursor and not following:
            yield Found(f"{operation.id} takes a cursor and gives no next_cursor", cursor.subject)
        if following and not cursor:
            yield Found(f"{operation.id} gives a next_cursor and takes no cursor", following.subject)
        if cursor and not limit:
            yield Found(f"{operation.id} takes a cursor and no limit", cursor.subject, key="limit")


@rule(
    "cursor-refused",
    "A cursor that is not ours is refused by a rule.",
    "A forged cursor fits its schema. What it is answered stands in the document only if the operation has cursor_rule(…) "
    "among its rules.",
)
def cursor_refused(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        cursor = _named(contract, operation.id, "cursor", "query")
        if cursor and not any(rule.loc == ("query", "cursor") for rule in operation.rules):
            yield Found(f"{operation.id} has no rule about its cursor", Subject(operation.id), "rules")


@rule(
    "limit-fits-page",
    "The greatest limit is the greatest length of the list that it limits.",
    "A limit of 100 with a list of at most 50 promises what cannot be kept. Give both the same bound.",
)
def limit_fits_page(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        limit = _named(contract, operation.id, "limit", "query")
        most = next((kind["maximum"] for kind in limit.kinds if "maximum" in kind), None) if limit else None
        lists = {
            kind["maxItems"]
            for position in contract.sent
            if position.subject.operation_id == operation.id
            for kind in position.of_type("array")
            if "maxItems" in kind
        }
        if limit and most is not None and lists and most not in lists:
            message = f"limit goes up to {most}, and no list of the answer does ({', '.join(map(str, sorted(lists)))})"
            yield Found(message, limit.subject)
