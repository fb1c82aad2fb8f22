"""What the API refuses, as exceptions. The status and the machine code stand on the class.

Refusal
├── BadRequest               400  the request cannot be read
├── Unauthenticated          401  no credential, or one that no longer speaks for anybody
├── Forbidden                403  the caller's role is too low
│   └── CsrfMismatch         403  the double-submitted token is missing or differs
├── NotFound                 404  no such route
│   ├── ConfigurationNotFound
│   └── TickerNotListed
├── MethodNotAllowed         405
├── Conflict                 409
│   └── ConfigurationLimitReached
├── ContentTooLarge          413
├── UnsupportedMediaType     415
├── Invalid                  422  one or more values break the contract
├── TooManyRequests          429
├── InternalServerError      500
├── ResponseTooLarge         502
└── ServiceUnavailable       503  the store or a source did not answer
    └── ConnectionLimitReached
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypedDict

from models.operation import Rule

Loc = tuple[str | int, ...]


class Refusal(Exception):
    """A request that is answered by an error. `detail` is for people, `code` for programs, `reason` for the log only."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]
    """What the status means here, for the document."""

    def __init__(self, detail: str | None = None, headers: dict[str, str] | None = None) -> None:
        self.detail = detail or self.title
        self.reason = self.detail
        self.headers = headers or {}
        super().__init__(self.detail)


class BadRequest(Refusal):
    status = 400
    code = "BAD_REQUEST"
    title = "The request cannot be read"


class Unauthenticated(Refusal):
    status = 401
    code = "UNAUTHENTICATED"
    title = "Not authenticated"

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail, {"WWW-Authenticate": "Bearer"})


class Forbidden(Refusal):
    status = 403
    code = "FORBIDDEN"
    title = "The caller's role does not allow this"


class CsrfMismatch(Forbidden):
    code = "AUTH_019"
    title = "The csrf_token cookie and the X-CSRF-Token header differ or are missing"


class NotFound(Refusal):
    status = 404
    code = "NOT_FOUND"
    title = "Not Found"


class ConfigurationNotFound(NotFound):
    code = "CONFIGURATION_NOT_FOUND"
    title = "No such configuration of the caller"


class TickerNotListed(NotFound):
    code = "TICKER_NOT_LISTED"
    title = "No listing under this ticker"


class MethodNotAllowed(Refusal):
    status = 405
    code = "METHOD_NOT_ALLOWED"
    title = "Method Not Allowed"


class Conflict(Refusal):
    status = 409
    code = "CONFLICT"
    title = "The state of the resource does not allow this"


class ConfigurationLimitReached(Conflict):
    code = "CONFIGURATION_LIMIT_REACHED"
    title = "The caller has as many active configurations as are allowed"


class ContentTooLarge(Refusal):
    status = 413
    code = "CONTENT_TOO_LARGE"
    title = "The body is larger than 1 MiB"


class UnsupportedMediaType(Refusal):
    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    title = "The body is not JSON"


class BrokenValue(TypedDict):
    """One value that breaks the contract, as clients are told of it, the keys in this order."""

    loc: Loc
    msg: str
    type: str


class Invalid(Refusal):
    """Values that break the contract, in the order of locations."""

    status = 422
    code = "INVALID"
    title = "One or more values break the contract"
    detail = reason = title
    headers: dict[str, str] = {}

    def __init__(self, items: Sequence[BrokenValue]) -> None:
        # What the base would set stands on the class: a wrong request is to cost little more than a right one.
        self.items = items


def broken(rule: Rule, *indices: int, **values: object) -> Invalid:
    """The refusal of a request that breaks `rule`; `indices` replace the stars of its `loc` in order."""
    rest = iter(indices)
    loc = tuple(next(rest) if part == "*" else part for part in rule.loc)
    return Invalid([{"loc": loc, "msg": rule.message.format(**values), "type": rule.type}])


class TooManyRequests(Refusal):
    status = 429
    code = "TOO_MANY_REQUESTS"
    title = "The rate limit of this operation is used up"


class InternalServerError(Refusal):
    status = 500
    code = "INTERNAL_SERVER_ERROR"
    title = "Internal Server Error"


class ResponseTooLarge(Refusal):
    status = 502
    code = "RESPONSE_TOO_LARGE"
    title = "The response is larger than the gateway can carry"


class ServiceUnavailable(Refusal):
    status = 503
    code = "SERVICE_UNAVAILABLE"
    title = "The store or a source does not answer; retry after the seconds that Retry-After gives"

    def __init__(self, detail: str | None = None, retry_after_seconds: int = 5) -> None:
        super().__init__(detail, {"Retry-After": str(retry_after_seconds)})


class ConnectionLimitReached(ServiceUnavailable):
    code = "CONNECTION_LIMIT_REACHED"
    title = "Every stream connection of this process is taken"
