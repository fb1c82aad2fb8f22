"""Statuses: what each promises beside its body."""

from __future__ import annotations

from collections.abc import Iterator

from models.operation import NoContent, Streams
from models.refusals import Invalid, ServiceUnavailable
from tools.findings import Severity, Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.lint.words import secret, words
from tools.openapi.responses import refusals_of


@rule(
    "no-content-empty",
    "A 204 has no body, and what has no body is a 204.",
    "Clients do not read the body of a 204 and wait for one elsewhere (RFC 9110, 15.3.5). Give NoContent to 204, and only to it.",
)
def no_content_empty(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for returns in operation.responses:
            empty = returns.body is NoContent
            if empty != (returns.status in (204, 205)) and not isinstance(returns, Streams):
                said = "has no body" if empty else f"has the body {getattr(returns.body, '__name__', returns.body)}"
                yield Found(f"the {returns.status} of {operation.id} {said}",
                            Subject(operation.id, f"response {returns.status}"))  # fmt: skip


@rule(
    "create-is-201",
    "What creates answers 201, or 202 if it only begins to.",
    "A client tells a new thing from an old one by the status. Return Returns(201, …).",
)
def create_is_201(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for returns in operation.responses:
            if words(operation.id)[:1] == ["create"] and returns.status not in (201, 202):
                yield Found(f"{operation.id} answers {returns.status}",
                            Subject(operation.id, f"response {returns.status}"))  # fmt: skip


@rule(
    "created-is-found",
    "A 201 says where the new thing is: a Location header, or a link to what reads it.",
    "Otherwise a client has to know how paths are made (RFC 9110, 15.3.2). Add a SentHeader of Location, or a Link to a GET.",
)
def created_is_found(contract: Contract) -> Iterator[Found]:
    reads = {operation.id for operation in contract.operations if operation.method == "GET"}
    # A session has no address: its credential is what finds it.
    starts = {p.subject.operation_id for p in contract.sent if p.location == "response 201" and secret(p.name)}
    for operation in contract.operations:
        for returns in operation.responses:
            named = any(header.name.lower() == "location" for header in returns.headers)
            linked = any(link.operation_id in reads for link in returns.links)
            if returns.status == 201 and not named and not linked and operation.id not in starts:
                yield Found(f"the 201 of {operation.id} has neither Location nor a link to what reads it",
                            Subject(operation.id, "response 201"))  # fmt: skip


@rule(
    "accepted-is-followed",
    "A 202 links to where its outcome can be seen.",
    "Accepted is not done (RFC 9110, 15.3.3): a client needs something to ask later. Add a Link, or waive it where knowing "
    "would tell a stranger too much.",
    Severity.WARNING,
)
def accepted_is_followed(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for returns in operation.responses:
            named = any(header.name.lower() == "location" for header in returns.headers)
            if returns.status == 202 and not returns.links and not named:
                yield Found(f"the 202 of {operation.id} links to nothing", Subject(operation.id, "response 202"))


@rule(
    "refusal-code-unique",
    "Every refusal has a code of its own, in upper case.",
    "Programs decide by `code`: two refusals with one code cannot be told apart. Give the class its own `code`.",
)
def refusal_code_unique(contract: Contract) -> Iterator[Found]:
    seen: dict[str, str] = {}
    refusals = dict.fromkeys(refusal for operation in contract.operations for refusal in refusals_of(operation))
    for refusal in sorted(refusals, key=lambda refusal: (len(refusal.__mro__), refusal.__name__)):
        name, code = refusal.__name__, getattr(refusal, "code", "")
        other = seen.setdefault(code, name)
        if other != name or not code or code != code.upper().replace("-", "_").replace(" ", "_"):
            said = f"is that of {other}" if other != name else "is not in upper case with underscores"
            yield Found(f"the code {code!r} of {name} {said}", place=contract.sources.of_class(refusal), key=name)


@rule(
    "refusal-shown",
    "A refusal that an operation declares is shown by an example of its status.",
    "The golden of it is the only proof that the handler refuses so, and what a front end tests against. Add an Example "
    "with that status, or leave the refusal out.",
)
def refusal_shown(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        shown = {example.status for example in operation.examples}
        for refusal in operation.refusals:
            by_gate = issubclass(refusal, Invalid | ServiceUnavailable)
            if refusal.status not in shown and not by_gate:
                yield Found(f"{operation.id} declares {refusal.__name__} and has no example of a {refusal.status}",
                            Subject(operation.id, f"response {refusal.status}"), key=refusal.__name__)  # fmt: skip
