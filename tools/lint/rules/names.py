"""Names of fields, parameters, headers and classes: what they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.operation import Header
from tools.findings import Subject
from tools.lint.contract import Contract, Position
from tools.lint.rule import Found, rule
from tools.lint.words import VERBS, words

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
TRAIN = re.compile(r"[A-Z][A-Za-z0-9]*(-[A-Z][A-Za-z0-9]*)*")
STANDARD = frozenset((
    "Accept-Ranges", "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location",
    "Content-Range", "Content-Security-Policy", "Cache-Control", "Connection", "Deprecation", "ETag", "Expires",
    "Last-Modified", "Link", "Location", "Preference-Applied", "Permissions-Policy", "Referrer-Policy",
    "Retry-After", "Set-Cookie", "Strict-Transport-Security", "Sunset", "Vary", "WWW-Authenticate",
))  # fmt: skip
"""Response headers that somebody else has defined."""
FORBIDDEN = frozenset((
    "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
    "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive",
    "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
))  # fmt: skip
"""What a page may not set: https://fetch.spec.whatwg.org/#forbidden-request-header"""
NEGATIONS = (
    "no",
    "not",
    "non",
    "never",
    "without",
    "disable",
    "disabled",
    "exclude",
    "excluded",
    "hide",
    "hidden",
    "skip",
)
TIMED = ("timeout", "duration", "ttl", "interval", "delay", "elapsed", "lifetime", "latency", "uptime", "age")
OF_REQUESTS = ("get", "create", "replace", "update", "delete")
"""Verbs that begin no name of a thing."""
INSTANTS = ("at",)
DAYS = ("date", "day")


@rule(
    "snake-case",
    "Keys, query parameters, path parameters and cookies are in snake_case.",
    "One spelling everywhere spares clients a table of names. Rename the field.",
)
def snake_case(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        if position.name and "header" not in position.location and not SNAKE.fullmatch(position.name):
            yield Found(f"{position.name!r} is not in snake_case", position.subject)


@rule(
    "header-name",
    "A header is written in Train-Case, and a response header that is no standard one begins with X-.",
    "A name that a standard may define one day would then mean something else. Name it X-….",
)
def header_name(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for returns in operation.responses:
            for header in returns.headers:
                ours = header.name.startswith("X-") or header.name in STANDARD
                if not ours or not TRAIN.fullmatch(header.name):
                    subject = Subject(operation.id, f"response {returns.status} header").inside(header.name.lower())
                    yield Found(f"{header.name!r} is no standard header and does not begin with X-", subject)


@rule(
    "header-settable",
    "A page can set every request header that is declared.",
    "Browsers forbid scripts to set some headers (Host, Cookie, Origin, Date …), so that no front end could call this. "
    "Name it otherwise; a cookie is declared by Cookie().",
)
def header_settable(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        for place in operation.places(Header).values():
            name = place.name.lower() if isinstance(place, Header) else ""
            if name in FORBIDDEN or name.startswith(("proxy-", "sec-")):
                yield Found(f"no page may set {name!r}", Subject(operation.id, "header").inside(name))


@rule(
    "boolean-claims",
    "A boolean says what is true when it is true.",
    "not_hidden = false takes a moment too long to read. Turn the name round: visible.",
)
def boolean_claims(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        first = next(iter(words(position.name)), "")
        if first in NEGATIONS and any(position.of_type("boolean")):
            yield Found(f"{position.name} is a negation; say what is true when it is true", position.subject)


@rule(
    "time-named",
    "A name that ends in _at is an instant, one that ends in _date or _day is a day.",
    "Clients choose how to read a value by its name. Use Timestamp or Instant, and Day or DayText, or another name.",
)
def time_named(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        wanted = _format_named(position)
        if wanted and any(kind.get("format") != wanted for kind in position.kinds):
            yield Found(f"{position.name} is no {wanted}", position.subject)


def _format_named(position: Position) -> str:
    found = words(position.name)
    if len(found) < 2:
        return ""
    return "date-time" if found[-1] in INSTANTS else "date" if found[-1] in DAYS else ""


@rule(
    "unit-named",
    "A number that measures time says its unit.",
    "timeout = 30 may be seconds or milliseconds. Name it timeout_seconds.",
)
def unit_named(contract: Contract) -> Iterator[Found]:
    for position in contract.positions:
        last = next(reversed(words(position.name)), "")
        if last in TIMED and "header" not in position.location and any(position.of_type("integer", "number")):
            yield Found(f"{position.name} does not say its unit, such as {position.name}_seconds", position.subject)


@rule(
    "class-named",
    "A request is named by a verb, what travels in a body by a thing.",
    "The names become types of clients: a SearchTickers is what is asked, a TickerMatch is what is got. Rename the class.",
)
def class_named(contract: Contract) -> Iterator[Found]:
    for operation in contract.operations:
        request = operation.request.__name__
        if words(request)[0] not in VERBS:
            place = contract.sources.of_class(operation.request)
            yield Found(
                f"the request {request} is not named by a verb", Subject(operation.id), place=place, key=request
            )
    for name in contract.components:
        if words(name)[0] in OF_REQUESTS and len(words(name)) > 1:
            place = contract.sources.of_document_pointer(f"/components/schemas/{name}", contract.document)
            yield Found(f"{name} is named by a verb and is no request", place=place, key=name)
