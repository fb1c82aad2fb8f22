"""Caches and secrets: who may keep an answer, and what may not be kept or seen."""

from __future__ import annotations

from collections.abc import Iterator

from models.operation import Level
from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule
from tools.lint.words import secret


@rule(
    "secret-not-in-query",
    "No secret travels in a query.",
    "Addresses end up in logs, histories and Referer headers. Use a header or the body. Streams may: a browser's EventSource "
    "sends no headers of ours.",
)
def secret_not_in_query(contract: Contract) -> Iterator[Found]:
    streams = {operation.id for operation in contract.operations if operation.streams}
    for position in contract.asked:
        if position.location == "query" and secret(position.name) and position.subject.operation_id not in streams:
            yield Found(f"{position.name} is a secret in an address", position.subject)


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
        kept = "max-age" in operation.cache and "no-store" not in operation.cache
        if operation.method == "GET" and kept != operation.etag:
            said = "has an ETag and may not be kept" if operation.etag else "may be kept and has no ETag"
            yield Found(f"{operation.id} {said}", Subject(operation.id), "etag" if operation.etag else "cache")
