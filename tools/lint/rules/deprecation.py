"""Deprecation: what a client is told, and how long it has."""

from __future__ import annotations

from collections.abc import Iterator

from tools.findings import Subject
from tools.lint.contract import Contract
from tools.lint.rule import Found, rule


@rule(
    "deprecation-dated",
    "What is deprecated says when it ends, and ends after it was deprecated.",
    "A client plans by the sunset (RFC 8594). Say deprecated=date(…) and sunset=date(…), the later one second.",
)
def deprecation_dated(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        since, end = operation.deprecated, operation.sunset
        if since and not end:
            yield Found(
                f"{operation.id} is deprecated and does not say when it ends", Subject(operation.id), "deprecated"
            )
        if end and not since:
            yield Found(f"{operation.id} ends on {end} and is not deprecated", Subject(operation.id), "sunset")
        if since and end and end <= since:
            yield Found(f"{operation.id} ends on {end}, not after {since}", Subject(operation.id), "sunset")
