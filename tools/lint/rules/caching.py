"""Caches and secrets: who may keep an answer, and what may not be kept or seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.operation import Level, Operation
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.lint.words import secret, words


@rule(
    "secret-not-in-query",
    "No secret travels in a query.",
    "Addresses end up in logs, histories and Referer headers. Use a header or the body. Streams may: a browser's EventSource "
    "sends no headers of ours. So may the token of a mailed link, which is an address by nature: a public GET that is not "
    "safe and leaves other query keys alone, safe=False and open_query=True; and a POST like it on the same path, which mail "
    "programs send to the same address (RFC 8058).",
)
def secret_not_in_query(contract: Contract) -> Iterator[Found]:
    streams = {operation.id for operation in contract.operations if operation.streams}
    addresses = {
        operation.path for operation in contract.operations if operation.method == "GET" and _mailed(operation)
    }
    mailed = {each.id for each in contract.operations if each.path in addresses and _mailed(each)}
    for position in contract.asked:
        operation_id = position.subject.operation_id
        free = operation_id in streams or (operation_id in mailed and words(position.name)[-1] == "token")
        if position.location == "query" and secret(position.name) and not free:
            yield Found(f"{position.name} is a secret in an address", position.subject)


def _mailed(operation: Operation[Any, Any]) -> bool:
    """Whether an operation is what a link or button of a mail asks: the token is all that there is, and mailers add keys."""
    acts = operation.method in ("GET", "POST") and not operation.safe and operation.open_query
    return acts and operation.level is Level.PUBLIC and "no-store" in operation.cache


@rule(
    "secret-not-kept",
    "A response with a secret in it is not kept by any cache.",
    'A shared computer would show it to the next person. Say cache="no-store", which is what an operation has if it says nothing.',
)
def secret_not_kept(contract: Contract) -> Iterator[Found]:
    kept = {operation.id for operation in contract.operations if "no-store" not in operation.cache}
    for position in contract.sent:
        if secret(position.name) and any(position.of_type("string")) and position.subject.operation_id in kept:
            yield Found(f"{position.name} is a secret in a response that may be kept", position.subject)


@rule(
    "cache-fits-level",
    "What only some may see is in a public cache only if it differs by credential.",
    "A shared cache gives the first caller's answer to the next one, unless Vary names the credential, which etag=True adds. "
    "Say private, or etag=True.",
)
def cache_fits_level(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        if operation.level is not Level.PUBLIC and "public" in operation.cache and not operation.etag:
            yield Found(
                f"{operation.id} is for {operation.level.value} and kept for everybody", Subject(operation.id), "cache"
            )


@rule(
    "etag-fits-cache",
    "What may be kept has an ETag, and what has an ETag may be kept.",
    "Without an ETag a client fetches everything anew once max-age is over; with one and no-store it never can use it.",
)
def etag_fits_cache(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        cache = "" if "no-store" in operation.cache else operation.cache
        reused = "max-age" in cache
        # What is no-cache is kept, and asked about each time: RFC 9111, 5.2.2.4. It need not be: a stream is not.
        kept = reused or "no-cache" in cache
        if operation.method == "GET" and ((reused and not operation.etag) or (operation.etag and not kept)):
            said = "has an ETag and may not be kept" if operation.etag else "may be kept and has no ETag"
            yield Found(f"{operation.id} {said}", Subject(operation.id), "etag" if operation.etag else "cache")
