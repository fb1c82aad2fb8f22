"""Methods: what caches, proxies and browsers take for granted about them."""

from __future__ import annotations

from collections.abc import Iterator

from models.operation import Body, Level
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule


@rule(
    "body-fits-method",
    "GET and DELETE have no body.",
    "Browsers refuse to send one and proxies drop it (RFC 9110, 9.3.1 and 9.3.5). Put the values into the query or use POST.",
)
def body_fits_method(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for name in operation.places(Body):
            if operation.method in ("GET", "HEAD", "DELETE"):
                yield Found(f"{operation.id} is {operation.method} with the body {name}", Subject(operation.id, "body"))


@rule(
    "public-change",
    "Nobody changes or deletes without saying who they are.",
    "PUT, PATCH and DELETE are about something that exists and belongs to somebody. Say level=Level.SESSION or higher.",
)
def public_change(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        if operation.method in ("PUT", "PATCH", "DELETE") and operation.level is Level.PUBLIC:
            yield Found(f"anybody may {operation.method} {operation.path}", Subject(operation.id), "level")


@rule(
    "write-limited",
    "What writes has a rate limit.",
    "Without one a single script fills the store. Say limit=DEFAULT_LIMIT, or RateLimit(requests, seconds).",
)
def write_limited(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        if not operation.safe and operation.limit is None:
            text = f"{operation.method} {operation.path} may be asked as often as one likes"
            yield Found(text, Subject(operation.id), "limit")
